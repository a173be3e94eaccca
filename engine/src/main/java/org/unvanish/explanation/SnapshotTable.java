package org.unvanish.explanation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.unvanish.diagnosis.Diagnosis;
import org.unvanish.diagnosis.SnapshotDiagnosis;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.diagnosis.evidence.NumbersEvidence;
import org.unvanish.diagnosis.evidence.OutputEvidence;
import org.unvanish.diagnosis.prescription.MagnitudeText;
import org.unvanish.diagnosis.prescription.VerdictWords;
import org.unvanish.loss.Score;
import org.unvanish.text.Style;
import org.unvanish.text.StyledText;
import org.unvanish.text.TextTable;

/** The snapshots along a training, as a table. */
final class SnapshotTable {

  /** More are not read line by line. */
  private static final int MOST = 20;

  /** From here on a loss has too many digits to be read. */
  private static final double LARGE_LOSS = 1e5;

  private final Diagnosis diagnosis;
  private final SnapshotDiagnosis decisive;
  private final long stepsPerEpoch;

  SnapshotTable(Diagnosis diagnosis, long stepsPerEpoch) {
    this.diagnosis = diagnosis;
    this.decisive = diagnosis.decisive();
    this.stepsPerEpoch = stepsPerEpoch;
  }

  /** Of many snapshots some evenly chosen ones; the one that decides is told from the others. */
  StyledText text(int width) {
    List<SnapshotDiagnosis> all = diagnosis.snapshots();
    List<SnapshotDiagnosis> chosen = chosen(all);
    List<SnapshotDiagnosis> shown = all.stream().filter(chosen::contains).toList();
    boolean random = decisive.evidence().output().random();
    List<List<String>> rows = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of("snapshot", "verdict", "f′", "weights", "net"));
    header.add("typical");
    if (!random) {
      header.addAll(List.of("loss", score()));
    }
    header.add("first gradient");
    rows.add(header);
    shown.forEach(snapshot -> rows.add(row(snapshot, random)));
    Double epsilon = decisive.evidence().adamEpsilon();
    StyledText text =
        new StyledText()
            .add(
                TextTable.of(
                    rows,
                    width,
                    row -> shown.get(row - 1) == decisive ? Style.STRONG : Style.PLAIN));
    return text.paragraph(
        "%sThe verdict is that %s.%s"
            .formatted(
                shown.size() < all.size()
                    ? "%d of %d snapshots; --json has all. ".formatted(shown.size(), all.size())
                    : "",
                when(decisive),
                epsilon == null
                    ? ""
                    : " A gradient below Adam's ε, %s, moves little."
                        .formatted(MagnitudeText.number(epsilon))),
        width);
  }

  private List<String> row(SnapshotDiagnosis snapshot, boolean random) {
    MeasuredBackward evidence = snapshot.evidence();
    List<String> row = new ArrayList<>();
    row.add(when(snapshot));
    row.add(snapshot.verdict().toString());
    row.add(MagnitudeText.signed(evidence.activationLog10()));
    row.add(MagnitudeText.signed(evidence.weightsLog10()));
    row.add(MagnitudeText.signed(evidence.endToEndLog10()));
    row.add(MagnitudeText.signed(evidence.typicalLog10()));
    if (!random) {
      row.add(loss(evidence.output().loss()));
      row.add(score(evidence.output()));
    }
    row.add(MagnitudeText.power(evidence.firstGradientLog10()));
    return row;
  }

  private String when(SnapshotDiagnosis snapshot) {
    return VerdictWords.when(snapshot.evidence().step(), stepsPerEpoch);
  }

  /** So many evenly chosen ones, among them the first and the last, and the decisive one. */
  private List<SnapshotDiagnosis> chosen(List<SnapshotDiagnosis> all) {
    List<SnapshotDiagnosis> chosen = new ArrayList<>(List.of(decisive));
    int count = Math.min(all.size(), MOST);
    for (int i = 0; i < count; i++) {
      chosen.add(all.get((int) ((long) i * (all.size() - 1) / Math.max(1, count - 1))));
    }
    return chosen;
  }

  /** The score beside the loss: accuracy of classes, R² of numbers. */
  private String score() {
    NumbersEvidence numbers = decisive.evidence().output().numbers();
    return numbers == null ? "accuracy" : numbers.score().title();
  }

  private static String score(OutputEvidence output) {
    NumbersEvidence numbers = output.numbers();
    if (numbers == null) {
      return MagnitudeText.share(output.accuracy());
    }
    return numbers.score().form() == Score.Form.SHARE
        ? MagnitudeText.share(numbers.value())
        : MagnitudeText.number(numbers.value());
  }

  private static String loss(double value) {
    return Double.isFinite(value)
        ? String.format(
            Locale.ROOT,
            value >= LARGE_LOSS ? "%.3g" : value == 0 || value >= 0.001 ? "%.3f" : "%.0e",
            value)
        : "not finite";
  }
}
