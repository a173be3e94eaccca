package org.unvanish.explanation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.unvanish.diagnosis.SnapshotDiagnosis;
import org.unvanish.diagnosis.Verdict;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.diagnosis.evidence.NumbersEvidence;
import org.unvanish.diagnosis.evidence.OutputEvidence;
import org.unvanish.diagnosis.prescription.Answer;
import org.unvanish.diagnosis.prescription.Conclusion.Remark;
import org.unvanish.diagnosis.prescription.MagnitudeText;
import org.unvanish.diagnosis.prescription.VerdictWords;
import org.unvanish.forecast.Forecast;
import org.unvanish.loss.Score;
import org.unvanish.network.Network;
import org.unvanish.probe.GradientProbe;
import org.unvanish.probe.ProbedTraining;
import org.unvanish.remedy.ExaminedNetwork;
import org.unvanish.text.Style;
import org.unvanish.text.StyledText;

/** A diagnosis in words and tables: the answer first. */
public final class DiagnosisText {

  /** Of the names before the reasons. */
  private static final int INDENT = 10;

  private final ExaminedNetwork found;
  private final Optional<Network> network;
  private final long stepsPerEpoch;
  private final SnapshotDiagnosis decisive;
  private final Answer answer;

  /**
   * Of an examination.
   *
   * @param network that was trained, if it is one of the engine's
   * @param stepsPerEpoch how many there are; 1 where nothing is known of a training
   */
  public DiagnosisText(ExaminedNetwork found, Optional<Network> network, long stepsPerEpoch) {
    this.found = found;
    this.network = network;
    this.stepsPerEpoch = stepsPerEpoch;
    this.decisive = found.diagnosis().decisive();
    this.answer = new Answer(found.diagnosis(), found.conclusion(), found.trial().orElse(null));
  }

  /**
   * About a screen: what was found, what to do and how sure that is; the reasons; and layer by
   * layer where the gradient is lost or grows.
   *
   * @param width of a line in characters
   */
  public StyledText text(int width) {
    return text(width, false);
  }

  /** All there is to say: also the snapshots, all layers and what else was tried. */
  public StyledText all(int width) {
    return text(width, true);
  }

  private StyledText text(int width, boolean all) {
    StyledText text = answer(width).blank();
    reasons(text, width);
    if (all) {
      text.blank().add(new SnapshotTable(found.diagnosis(), stepsPerEpoch).text(width));
    }
    String when = when(decisive);
    text.blank()
        .paragraph(
            "The gradient %s, from the last layer to the first, as log₁₀ (−1: a tenth is left):"
                .formatted(when),
            width)
        .add(new LayerTable(decisive, forecast()).text(width, all))
        .add(new TimeTable(decisive.evidence().time()).text(when, width));
    if (all) {
      found
          .trial()
          .filter(trial -> trial.tried().size() > 1)
          .ifPresent(trial -> text.blank().add(new TrialTable(trial).text(width)));
      text.blank().item("In full", INDENT, found.conclusion().prescription().why(), width);
    }
    return text;
  }

  /** What was found, and on a line of its own what to do and how sure that is. */
  public StyledText answer(int width) {
    Verdict verdict = found.conclusion().verdict();
    return new StyledText()
        .paragraph(answer.finding(), width, verdict.isHealthy() ? Style.GOOD : Style.BAD)
        .paragraph(answer.advice(), width, Style.STRONG);
  }

  private void reasons(StyledText text, int width) {
    Verdict verdict = found.conclusion().verdict();
    text.item("Verdict", INDENT, "%s (%s)".formatted(verdict, when(decisive)), width)
        .item("Found", INDENT, answer.found(), width);
    found.conclusion().remarks().stream()
        .map(Remark::text)
        .forEach(remark -> text.item("Besides", INDENT, remark, width));
    text.item("Trial", INDENT, answer.tried(), width);
    if (answer.tried().isEmpty()) {
      text.item("Forecast", INDENT, answer.forecast(), width);
    }
    found
        .divergence()
        .ifPresent(
            d ->
                text.item(
                    "Diverged",
                    INDENT,
                    "The training diverged in epoch %d at step %d; there are no later snapshots."
                        .formatted(d.epoch(), d.step()),
                    width));
    text.item("Training", INDENT, training(), width);
    text.item("Note", INDENT, (answer.caution() + " " + less()).strip(), width);
  }

  private String training() {
    List<SnapshotDiagnosis> snapshots = found.diagnosis().snapshots();
    SnapshotDiagnosis first = snapshots.get(0);
    List<String> sentences = new ArrayList<>();
    if (decisive.verdict().cause().isOfTraining() && first.evidence().step() == 0) {
      sentences.add(
          "Training caused this: at the initial weights the verdict is %s."
              .formatted(first.verdict()));
    }
    if (decisive.verdict().isHealthy()) {
      snapshots.stream()
          .filter(snapshot -> !snapshot.verdict().isHealthy())
          .findFirst()
          .ifPresent(
              ill ->
                  sentences.add(
                      "Training has fixed what was wrong %s (%s)."
                          .formatted(when(ill), ill.verdict())));
    }
    SnapshotDiagnosis last = snapshots.get(snapshots.size() - 1);
    if (last.evidence().isTrained()) {
      sentences.add(VerdictWords.learnt(last.learning(), when(last), loss(last)));
    } else if (last.evidence().step() == MeasuredBackward.UNKNOWN_STEP
        && !last.evidence().output().random()) {
      sentences.add("At the file's weights " + loss(last) + ".");
    }
    return String.join(" ", sentences).strip();
  }

  private static String loss(SnapshotDiagnosis snapshot) {
    OutputEvidence output = snapshot.evidence().output();
    return VerdictWords.loss(output.loss(), output.constantLoss(), headline(output));
  }

  private static String headline(OutputEvidence output) {
    if (!Double.isNaN(output.accuracy())) {
      return VerdictWords.accuracy(output.accuracy());
    }
    NumbersEvidence numbers = output.numbers();
    if (numbers == null || numbers.score().key().equals(Score.LOSS)) {
      return "";
    }
    return numbers.score().title()
        + " "
        + (numbers.score().form() == Score.Form.SHARE
            ? MagnitudeText.share(numbers.value())
            : MagnitudeText.number(numbers.value()));
  }

  /** What is less than usual, so that nobody takes it for the usual; empty where nothing is. */
  public String less() {
    return network.map(this::less).orElse("");
  }

  private String less(Network trained) {
    MeasuredBackward evidence = decisive.evidence();
    List<String> sentences = new ArrayList<>();
    if (evidence.batches() < GradientProbe.BATCHES) {
      double cost = (double) trained.multiplyAdds() * evidence.batchSize();
      sentences.add(
          ("A mini-batch takes %.1f billion multiply-adds, so each probe is over %d mini-batches"
                  + " instead of %d.")
              .formatted(cost / 1e9, evidence.batches(), GradientProbe.BATCHES));
    }
    long affordable = ProbedTraining.affordableSteps(trained, evidence.batchSize());
    List<SnapshotDiagnosis> snapshots = found.diagnosis().snapshots();
    if (snapshots.get(snapshots.size() - 1).evidence().step() == affordable) {
      sentences.add(
          "A step is costly, so the training ends after %d steps; ask for more with --snapshots."
              .formatted(affordable));
    }
    return String.join(" ", sentences);
  }

  private String when(SnapshotDiagnosis snapshot) {
    return VerdictWords.when(snapshot.evidence().step(), stepsPerEpoch);
  }

  /** What theory says of the decisive snapshot: of the initial weights, and of no others. */
  private Optional<Forecast> forecast() {
    return decisive.evidence().step() == 0 ? found.forecast() : Optional.empty();
  }
}
