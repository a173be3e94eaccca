package org.unvanish.diagnosis.prescription;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.unvanish.diagnosis.Cause;
import org.unvanish.diagnosis.Diagnosis;
import org.unvanish.diagnosis.Learning;
import org.unvanish.diagnosis.Signal;
import org.unvanish.diagnosis.SnapshotDiagnosis;
import org.unvanish.diagnosis.evidence.DataEvidence;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.diagnosis.evidence.NumbersEvidence;
import org.unvanish.diagnosis.evidence.OutputActivation;
import org.unvanish.diagnosis.evidence.OutputEvidence;

/**
 * Why a network does not learn although its gradient is fine. Facts about the data and the weights
 * come first; then what a {@link Trial} has shown; then what the snapshots alone suggest; then what
 * else is wrong with outputs and targets; advice comes last.
 */
public final class FurtherAdvice {

  /** Share of the samples from which a network counts as predicting one class for all. */
  private static final double NEARLY_ALL = 0.99;

  /** Part of the targets' spread below which outputs are nearly the same number for all samples. */
  private static final double NEARLY_SAME = 0.05;

  /** What no output can reach of the targets' variance, from which a network cannot learn well. */
  private static final double UNREACHABLE = 0.01;

  /** The same of a network that has fitted what can be reached. */
  private static final double UNREACHABLE_AT_BEST = 0.25;

  /** Share of the targets from which labels are meant by the values that no output has. */
  private static final double LABELS = 0.5;

  /** Root mean square of inputs as they are given, from which they count as unscaled. */
  private static final double LARGE_RAW = 5;

  /** Steps after which parameters that are learned have moved. */
  private static final long SOME_STEPS = 100;

  /**
   * Relative change of the parameters below which they have hardly moved: a hundred steps of Adam
   * with the paper's rate move weights of 1 by up to 0.1.
   */
  private static final double HARDLY = 1e-3;

  /** An update-to-weight ratio with which weights take 100,000 steps to change, as log₁₀. */
  private static final double TINY_UPDATE = -5;

  /** Part of the constant prediction's loss below which a loss has not moved. */
  private static final double UNMOVED = 0.01;

  private final Diagnosis diagnosis;
  private final DataEvidence data;
  private final @Nullable Trial trial;
  private final MeasuredBackward first;
  private final MeasuredBackward last;
  private final Learning learning;
  private final List<Conclusion.Remark> remarks = new ArrayList<>();

  private FurtherAdvice(Diagnosis diagnosis, DataEvidence data, @Nullable Trial trial) {
    this.diagnosis = diagnosis;
    this.data = data;
    this.trial = trial;
    List<SnapshotDiagnosis> snapshots = diagnosis.snapshots();
    this.first = snapshots.get(0).evidence();
    this.last = snapshots.get(snapshots.size() - 1).evidence();
    this.learning = snapshots.get(snapshots.size() - 1).learning();
  }

  /**
   * What there is to remark, the most certain first.
   *
   * @param diagnosis of a training
   * @param data on which it trains
   * @param trial what was tried, or null
   */
  public static List<Conclusion.Remark> of(
      Diagnosis diagnosis, DataEvidence data, @Nullable Trial trial) {
    FurtherAdvice look = new FurtherAdvice(diagnosis, data, trial);
    look.addFacts();
    if (diagnosis.verdict().isHealthy()) {
      look.addTried();
      look.addSlow();
    } else if (look.trainingBroughtIt()) {
      look.addTried();
    }
    // A symptom, and one that later steps may have cured.
    if (look.remarks.isEmpty() && (trial == null || !trial.learns())) {
      look.addConstantPrediction();
    }
    look.addBesides();
    if (look.learning != Learning.FITTED && (trial == null || !trial.hasLearned())) {
      look.addAdvice();
    }
    look.addTestTargets();
    return List.copyOf(look.remarks);
  }

  private void addFacts() {
    if (data.trainingClasses() == 1) {
      add(
          Cause.CONSTANT_TARGETS,
          "All %d training samples have the same target, so there is nothing to %s. Check the %s, and"
              + " how the data was split.",
          data.samples(),
          hasNumbers() ? "learn" : "tell apart",
          hasNumbers() ? "targets" : "labels");
    }
    if (data.constantInputs() == data.inputs()) {
      add(
          Cause.CONSTANT_INPUTS,
          "All %d training samples have the same inputs, so no network can tell them apart. Check how"
              + " the data is read.",
          data.samples());
    }
    if (first.step() == 0 && first.output().loss() == 0 && data.trainingClasses() > 1) {
      add(
          Cause.ZERO_LOSS,
          "The loss is exactly 0 before any training, so every gradient is 0 and there is nothing to"
              + " learn. Check the targets, and that the loss fits them.");
    }
    addOutOfRange();
    last.layers().subList(0, last.layers().size() - 1).stream()
        .flatMap(layer -> Stream.concat(Stream.of(layer), layer.inside().stream()))
        .filter(layer -> layer.equalUnits() == 1)
        .findFirst()
        .ifPresent(
            layer ->
                add(
                    Cause.EQUAL_UNITS,
                    "All units of %s have the same weights and the same gradient, so they stay copies"
                        + " of one unit. Draw the weights at random.",
                    layer.name()));
  }

  private boolean hasNumbers() {
    return !last.output().isOfClasses();
  }

  private void addOutOfRange() {
    NumbersEvidence numbers = last.output().numbers();
    OutputActivation activation = last.output().last();
    if (numbers == null || activation == null) {
      return;
    }
    double bound = learning == Learning.FITTED ? UNREACHABLE_AT_BEST : UNREACHABLE;
    if (numbers.unreachable() >= bound) {
      add(
          Cause.TARGETS_OUT_OF_RANGE,
          "%s of the targets lie outside the range of the last activation, %s, so no weights can"
              + " reach them. Bring the targets into its range, or leave the last activation out.",
          share(numbers.outsideShare()),
          activation.function());
    }
  }

  /** What else is wrong at the decisive snapshot. */
  private void addBesides() {
    for (Cause cause : diagnosis.decisive().besides()) {
      if (cause == Cause.LARGE_TARGETS) {
        add(cause, "The targets are not scaled either: %s", largeTargets());
      } else {
        add(
            cause,
            "The last activation is saturated as well where the outputs are wrong; its f′ shrinks the output error.");
      }
    }
  }

  private String largeTargets() {
    return format(
        "their root mean square is %s, and that of the network's first outputs %s. Standardise them.",
        MagnitudeText.number(Objects.requireNonNull(last.output().numbers()).targetRms()),
        MagnitudeText.number(first.output().logitsRms()));
  }

  /** What is worth a remark, but no cause of anything that was seen. */
  private void addAdvice() {
    NumbersEvidence numbers = last.output().numbers();
    OutputActivation activation = last.output().last();
    boolean learns = learning == Learning.SOME || (trial != null && trial.learns());
    if (numbers != null
        && activation != null
        && numbers.unreachable() < UNREACHABLE
        && numbers.asymptoteShare() >= LABELS) {
      remarks.add(
          new Conclusion.Remark(
              Cause.TARGETS_AT_ASYMPTOTE,
              format(
                  "%s of the targets are values that %s reaches only with infinite weights, where its f′ is 0. Move the targets a little inside its range, or train with a cross-entropy on logits, without the last activation.",
                  share(numbers.asymptoteShare()), activation.function()),
              learns || !diagnosis.decisive().evidence().isTrained()));
    }
    addGates();
    if (!learns && data.givenInputRms() >= LARGE_RAW && first.inputRms() < LARGE_RAW) {
      remarks.add(
          new Conclusion.Remark(
              Cause.LARGE_INPUTS,
              format(
                  "Standardise the inputs in every program that trains this network: as given, their root mean square is %s. Here they are scaled to %s before the network reads them.",
                  MagnitudeText.number(data.givenInputRms()),
                  MagnitudeText.number(first.inputRms())),
              true));
    }
  }

  /** What is tested takes no part in training, so it is no cause of what becomes of that. */
  private void addTestTargets() {
    if (data.trainingClasses() > 1 && data.testClasses() == 1) {
      remarks.add(
          new Conclusion.Remark(
              Cause.CONSTANT_TARGETS,
              format(
                  "All test samples have the same target, so their %s says little. Check how the data was split.",
                  hasNumbers() ? "score" : "accuracy"),
              true));
    }
  }

  /** Where steps lose the gradient, what carries it past them. */
  private void addGates() {
    SnapshotDiagnosis decisive = diagnosis.decisive();
    if (decisive.verdict().cause() == Cause.MANY_STEPS
        && decisive.verdict().signal() == Signal.VANISHING) {
      decisive
          .evidence()
          .decisiveTime()
          .map(time -> new TimeWords(time).gates())
          .map(text -> new Conclusion.Remark(Cause.MANY_STEPS, text, true))
          .ifPresent(remarks::add);
    }
  }

  private void addTried() {
    if (trial == null || trial.chosen() == null || !remarks.isEmpty()) {
      return;
    }
    TrialScore untouched = trial.tried().get(0).score();
    for (OtherRemedy remedy : trial.chosen().other()) {
      switch (remedy) {
        case HIGHER_LEARNING_RATE, MUCH_HIGHER_LEARNING_RATE ->
            add(
                Cause.SMALL_LEARNING_RATE,
                "The learning rate is too small: in %d steps the training loss comes to %s, where a constant predictor has %s.%s Try a rate %s times as large.",
                trial.steps(),
                trial.loss(untouched),
                MagnitudeText.number(trial.constantLoss()),
                moved(),
                remedy == OtherRemedy.HIGHER_LEARNING_RATE ? "10" : "100");
        case LOWER_LEARNING_RATE, MUCH_LOWER_LEARNING_RATE ->
            add(
                Cause.LARGE_LEARNING_RATE,
                "The learning rate is too large: after %d steps the training loss is %s, where a constant predictor has %s. Try a %s of that rate.",
                trial.steps(),
                trial.loss(untouched),
                MagnitudeText.number(trial.constantLoss()),
                remedy == OtherRemedy.LOWER_LEARNING_RATE ? "tenth" : "hundredth");
        case WEAKER_PENALTY ->
            add(
                Cause.STRONG_PENALTY,
                "The penalty is too strong: after %d steps the training loss is %s, where a constant predictor has %s. Try a tenth of the penalty.",
                trial.steps(),
                trial.loss(untouched),
                MagnitudeText.number(trial.constantLoss()));
        case WIDER_LAYERS ->
            add(
                Cause.CAPACITY,
                "The network is too small for its task: after %d steps its training loss stays at %s,"
                    + " and four times as many hidden units come to %s. No other learning rate or initialization that was tried gets there. Try wider layers.",
                trial.steps(),
                trial.loss(untouched),
                trial.loss(Objects.requireNonNull(trial.of(trial.chosen())).score()));
        case SCALE_TARGETS ->
            add(Cause.LARGE_TARGETS, "The targets are not scaled: %s", largeTargets());
        case SCALE_INPUTS ->
            add(
                Cause.LARGE_INPUTS,
                "The inputs are not scaled: their root mean square is %s. Standardise them.",
                MagnitudeText.number(first.inputRms()));
        case FUSED_LOSS,
            FUSED_SOFTMAX,
            NO_LAST_ACTIVATION,
            USE_TANH,
            ORTHOGONAL_RECURRENT,
            CLIPPED_GRADIENTS -> {}
      }
    }
  }

  /** Whether the network was healthy until training came, and gentler training has helped. */
  private boolean trainingBroughtIt() {
    return first.step() == 0
        && diagnosis.snapshots().get(0).verdict().isHealthy()
        && trial != null
        && trial.chosen() != null
        && trial.chosen().other().stream().anyMatch(OtherRemedy::isGentler);
  }

  private String moved() {
    double change = change();
    return last.step() == 0 || Double.isNaN(change)
        ? ""
        : format(
            " After %d steps no parameters have moved by more than %s of their size.",
            last.step(), share(change));
  }

  /** For want of a trial, or where even a rate 100 times as large is too small. */
  private void addSlow() {
    boolean tiny = last.largestUpdateLog10() < TINY_UPDATE;
    if ((trial == null || (tiny && !trial.learns() && trial.chosen() == null))
        && remarks.isEmpty()
        && last.step() >= SOME_STEPS
        && change() < HARDLY
        && first.output().loss() - last.output().loss() < UNMOVED * last.output().constantExcess()
        && !hasMoved()) {
      add(
          Cause.SMALL_LEARNING_RATE,
          "The learning rate is too small:%s The training loss has hardly moved, from %s to %s. Try a"
              + " rate %s times as large%s.",
          moved(),
          MagnitudeText.number(first.output().loss()),
          MagnitudeText.number(last.output().loss()),
          trial == null ? "10" : "1000",
          trial == null ? "; it was not tried" : "");
    }
  }

  private boolean hasMoved() {
    return Trial.hasMoved(last.output().excessLoss(), last.output().constantExcess());
  }

  private void addConstantPrediction() {
    OutputEvidence output = last.output();
    if (last.step() > 0
        && output.predictedShare() >= NEARLY_ALL
        && output.constantAccuracy() < NEARLY_ALL
        && !hasMoved()) {
      add(
          Cause.CONSTANT_PREDICTION,
          "After %d steps the network predicts one class for %s of the training samples; the most frequent class has %s of them.",
          last.step(),
          share(output.predictedShare()),
          share(output.constantAccuracy()));
    }
    NumbersEvidence numbers = output.numbers();
    if (last.step() > 0
        && numbers != null
        && !output.isOfClasses()
        && numbers.relativeSpread() <= NEARLY_SAME
        && !hasMoved()) {
      add(
          Cause.CONSTANT_PREDICTION,
          "After %d steps the outputs vary from sample to sample by %s of what the targets do: the network predicts nearly the same for all samples, as if it knew only the targets' mean.",
          last.step(),
          share(numbers.relativeSpread()));
    }
  }

  /** The largest relative change of a tensor that was not zero at first; NaN if not known. */
  private double change() {
    return last.layers().stream()
        .flatMap(layer -> layer.tensors().stream())
        .filter(tensor -> tensor.rms() > tensor.change())
        .mapToDouble(tensor -> tensor.change() / tensor.rms())
        .max()
        .orElse(Double.NaN);
  }

  private void add(Cause cause, String text, Object... arguments) {
    remarks.add(new Conclusion.Remark(cause, format(text, arguments), false));
  }

  private static String share(double share) {
    double percent = 100 * share;
    return percent < 0.01
        ? "less than 0.01 %"
        : MagnitudeText.number(Math.round(percent * 100) / 100.0) + " %";
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
