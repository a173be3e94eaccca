package org.unvanish.cli.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.unvanish.cli.terminal.Bars;
import org.unvanish.codec.yaml.Numbers;
import org.unvanish.comparison.ShownNumber;
import org.unvanish.comparison.TextTable;
import org.unvanish.diagnosis.Cause;
import org.unvanish.diagnosis.SnapshotDiagnosis;
import org.unvanish.diagnosis.evidence.LayerEvidence;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.diagnosis.evidence.NumbersEvidence;
import org.unvanish.diagnosis.evidence.OutputActivation;
import org.unvanish.diagnosis.evidence.OutputEvidence;
import org.unvanish.diagnosis.evidence.Saturation;
import org.unvanish.diagnosis.prescription.MagnitudeText;
import org.unvanish.diagnosis.prescription.Prescription;
import org.unvanish.diagnosis.prescription.Trial;
import org.unvanish.diagnosis.prescription.TrialScore;
import org.unvanish.diagnosis.prescription.TriedChange;
import org.unvanish.examination.Examined;
import org.unvanish.forecast.Forecast;
import org.unvanish.loss.Score;
import org.unvanish.network.Network;
import org.unvanish.probe.GradientProbe;
import org.unvanish.probe.ProbedTraining;

/** An examination for a reader at a terminal. */
public final class DiagnosisText {

  private static final int WIDTH = 100;

  /** From here on a loss has too many digits to be read. */
  private static final double LARGE_LOSS = 1e5;

  private static final String LOSS = "loss";

  private static final String ACCURACY = "accuracy";

  private static final String NORMALIZATION = "norm";

  private static final String TYPICAL = "typical";

  private static final String FORECAST = "forecast";

  private final Examined found;
  private final SnapshotDiagnosis decisive;

  /** Of an examination. */
  public DiagnosisText(Examined found) {
    this.found = found;
    this.decisive = found.diagnosis().decisive();
  }

  /** The verdict, the snapshots, the layers at the decisive one, and the prescription. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(wrapped(found.title())).append('\n');
    text.append(wrapped(found.sentence())).append('\n');
    text.append(snapshots());
    text.append(less());
    found
        .divergence()
        .ifPresent(
            d ->
                text.append(
                    "The training diverged in epoch %d at step %d; there are no later snapshots.\n"
                        .formatted(d.epoch(), d.step())));
    text.append("\nLayer by layer ").append(found.when(decisive));
    text.append(", from the last to the first, as log₁₀ (−1: a tenth is left):\n");
    text.append(layers());
    text.append(new TimeTable(decisive.evidence().time()).text(found.when(decisive)));
    text.append('\n');
    found
        .trial()
        .filter(trial -> trial.tried().size() > 1)
        .ifPresent(trial -> text.append(trial(trial)).append('\n'));
    text.append("prescribed: ").append(remedies()).append('\n');
    text.append(wrapped(found.prescription().why()));
    return text.toString();
  }

  private String snapshots() {
    List<List<String>> rows = new ArrayList<>();
    Double epsilon = decisive.evidence().adamEpsilon();
    rows.add(
        List.of(
            "snapshot",
            "verdict",
            "f′",
            "weights",
            "net",
            TYPICAL,
            LOSS,
            headline(),
            "first gradient" + (epsilon == null ? "" : " (Adam's ε: " + number(epsilon) + ")")));
    for (SnapshotDiagnosis snapshot : found.diagnosis().snapshots()) {
      MeasuredBackward evidence = snapshot.evidence();
      rows.add(
          List.of(
              found.when(snapshot),
              snapshot.verdict().toString(),
              log10(evidence.activationLog10()),
              log10(evidence.weightsLog10()),
              log10(evidence.endToEndLog10()),
              log10(evidence.typicalLog10()),
              loss(evidence.output().loss()),
              headline(evidence.output()),
              power(evidence.firstGradientLog10())));
    }
    boolean random = decisive.evidence().output().random();
    return TextTable.of(random ? without(ACCURACY, without(LOSS, rows)) : rows);
  }

  /** The score beside the loss: accuracy of classes, R² of numbers. */
  private String headline() {
    NumbersEvidence numbers = decisive.evidence().output().numbers();
    return numbers == null ? ACCURACY : numbers.score().title();
  }

  private static String headline(OutputEvidence output) {
    NumbersEvidence numbers = output.numbers();
    if (numbers == null) {
      return share(output.accuracy());
    }
    return numbers.score().form() == Score.Form.SHARE
        ? share(numbers.value())
        : ShownNumber.of("%.3f", numbers.value());
  }

  /** The rows without a column, which nothing is known of. */
  private static List<List<String>> without(String column, List<List<String>> rows) {
    int index = rows.get(0).indexOf(column);
    return rows.stream()
        .map(
            row -> {
              List<String> others = new ArrayList<>(row);
              others.remove(index);
              return others;
            })
        .toList();
  }

  /** What is less than usual, so that nobody takes it for the usual. */
  public String less() {
    return found.network().map(this::less).orElse("");
  }

  private String less(Network network) {
    MeasuredBackward evidence = decisive.evidence();
    List<String> sentences = new ArrayList<>();
    if (evidence.batches() < GradientProbe.BATCHES) {
      double cost = (double) network.multiplyAdds() * evidence.batchSize();
      sentences.add(
          ("A mini-batch takes %.1f billion multiply-adds, so each probe is over %d mini-batches"
                  + " instead of %d.")
              .formatted(cost / 1e9, evidence.batches(), GradientProbe.BATCHES));
    }
    long affordable = ProbedTraining.affordableSteps(network, evidence.batchSize());
    List<SnapshotDiagnosis> snapshots = found.diagnosis().snapshots();
    if (snapshots.get(snapshots.size() - 1).evidence().step() == affordable) {
      sentences.add(
          "A step is costly, so the training ends after %d; --snapshots can ask for more."
              .formatted(affordable));
    }
    return sentences.isEmpty() ? "" : wrapped(String.join(" ", sentences));
  }

  /** What a forecast says from end to end. */
  private static String sums(Forecast forecast) {
    return "forecast from end to end: net %s, typical %s ± %.1f over seeds\n"
        .formatted(
            log10(forecast.rmsLog10()).strip(),
            log10(forecast.typicalLog10()).strip(),
            forecast.spreadLog10());
  }

  private String layers() {
    Optional<Forecast> forecast = found.forecast(decisive);
    List<LayerEvidence> layers = decisive.evidence().layers();
    double scale =
        layers.stream()
            .flatMap(layer -> Stream.of(layer.activationLog10(), weights(layer)))
            .mapToDouble(Math::abs)
            .filter(Double::isFinite)
            .max()
            .orElse(1);
    // No drama where all is well: a full bar is at least an order of magnitude.
    Bars bars = new Bars(Math.max(1, scale));
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "layer",
            "f′",
            "",
            "weights",
            "",
            NORMALIZATION,
            "net",
            TYPICAL,
            FORECAST,
            "saturated",
            "",
            "cause"));
    OutputActivation last = decisive.evidence().output().last();
    if (last != null) {
      rows.add(last(last, bars));
    }
    for (int i = layers.size() - 1; i >= 0; i--) {
      int number = i;
      double theory = forecast.map(f -> f.layers().get(number).rmsLog10()).orElse(Double.NaN);
      rows.add(layer(layers.get(i), "", decisive.layers().get(i).cause(), theory, bars));
      List<LayerEvidence> inside = layers.get(i).inside();
      for (int k = inside.size() - 1; k >= 0; k--) {
        rows.add(
            layer(inside.get(k), "  ", decisive.inside().get(i).get(k).cause(), Double.NaN, bars));
      }
    }
    boolean tested = layers.stream().anyMatch(LayerEvidence::testGradient);
    boolean normalized = layers.stream().anyMatch(layer -> layer.normalizationLog10() != 0);
    List<List<String>> shown = normalized ? rows : without(NORMALIZATION, rows);
    return TextTable.of(forecast.isPresent() ? shown : without(FORECAST, shown))
        + forecast.map(DiagnosisText::sums).orElse("")
        + (tested ? "* nothing arrives here, so it was measured with a random gradient\n" : "");
  }

  private static List<String> layer(
      LayerEvidence layer, String indent, Cause cause, double forecast, Bars bars) {
    return List.of(
        indent + layer.name() + (layer.testGradient() ? "*" : ""),
        log10(layer.activationLog10()),
        bars.signed(layer.activationLog10()),
        log10(weights(layer)),
        bars.signed(weights(layer)),
        normalization(layer) == 0 ? "" : log10(normalization(layer)),
        log10(layer.netLog10()),
        log10(layer.typicalLog10()),
        log10(forecast),
        share(layer.saturation()),
        bar(layer.saturation()),
        cause.label());
  }

  /** A residual block is measured as a whole; its branch has rows of its own. */
  private static double normalization(LayerEvidence layer) {
    return layer.isResidual() ? 0 : layer.normalizationLog10();
  }

  /** What is left of the linear factor for the weights. */
  private static double weights(LayerEvidence layer) {
    return layer.weightsLog10() - normalization(layer);
  }

  /** The activation behind the last weights: the first stretch of the way back. */
  private List<String> last(OutputActivation last, Bars bars) {
    boolean named =
        decisive.verdict().cause() == Cause.SATURATED_OUTPUT
            || decisive.besides().contains(Cause.SATURATED_OUTPUT);
    return List.of(
        "output: " + last.function(),
        log10(last.log10()),
        bars.signed(last.log10()),
        "",
        "",
        "",
        log10(last.log10()),
        "",
        "",
        share(last.saturation()),
        bar(last.saturation()),
        (named ? Cause.SATURATED_OUTPUT : Cause.NONE).label());
  }

  private static double worst(Saturation saturation) {
    return Math.max(saturation.saturatedShare(), saturation.deadShare());
  }

  private static String share(Saturation saturation) {
    return ShownNumber.of("%3.0f %%", 100 * worst(saturation))
        + (saturation.deadShare() > 0 ? " dead" : "");
  }

  private static String bar(Saturation saturation) {
    return Bars.share(worst(saturation));
  }

  private String remedies() {
    Prescription prescription = found.prescription();
    return prescription.isEmpty() ? "nothing" : prescription.change().toString();
  }

  /** What was tried, the untouched training first; the prescribed one has a mark. */
  private String trial(Trial trial) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("tried", LOSS, ACCURACY, "seed " + trial.secondSeed(), ""));
    for (TriedChange one : trial.tried()) {
      TrialScore again = one.again();
      rows.add(
          List.of(
              one.change().toString(),
              loss(one.score()),
              share(one.score().accuracy()),
              again == null ? "" : loss(again) + accuracy(again),
              one.change().equals(trial.chosen())
                  ? "prescribed"
                  : trial.helps(one) ? "helps" : ""));
    }
    return "Tried by training for %d steps, on %d training samples at the end:\n"
            .formatted(trial.steps(), trial.samples())
        + TextTable.of(classifies(trial) ? rows : without(ACCURACY, rows));
  }

  private static boolean classifies(Trial trial) {
    return trial.tried().stream().anyMatch(one -> !Double.isNaN(one.score().accuracy()));
  }

  private static String accuracy(TrialScore score) {
    return Double.isNaN(score.accuracy()) ? "" : ", " + share(score.accuracy());
  }

  private static String loss(TrialScore score) {
    return Double.isFinite(score.loss()) ? Numbers.text(rounded(score.loss())) : "diverged";
  }

  /** To four digits. */
  private static double rounded(double value) {
    return new BigDecimal(value).round(new MathContext(4)).doubleValue();
  }

  private static String number(double value) {
    return Numbers.text(value);
  }

  private static String loss(double value) {
    return Double.isFinite(value)
        ? String.format(
            Locale.ROOT,
            value >= LARGE_LOSS ? "%.3g" : value == 0 || value >= 0.001 ? "%.3f" : "%.0e",
            value)
        : "not finite";
  }

  private static String share(double value) {
    return ShownNumber.of("%.1f %%", 100 * value);
  }

  private static String log10(double value) {
    return MagnitudeText.signed(value);
  }

  private static String power(double log10) {
    return MagnitudeText.power(log10);
  }

  /** A paragraph as lines of at most {@value #WIDTH} characters that end in LF. */
  public static String wrapped(String paragraph) {
    StringBuilder text = new StringBuilder();
    int column = 0;
    for (String word : paragraph.split(" ", -1)) {
      if (column > 0 && column + 1 + word.length() > WIDTH) {
        text.append('\n');
        column = 0;
      }
      text.append(column == 0 ? "" : " ").append(word);
      column += word.length() + (column == 0 ? 0 : 1);
    }
    return text.append('\n').toString();
  }
}
