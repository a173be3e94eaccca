package org.unvanish.examination;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unvanish.diagnosis.Cause;
import org.unvanish.diagnosis.Learning;
import org.unvanish.diagnosis.Mechanism;
import org.unvanish.diagnosis.Signal;
import org.unvanish.diagnosis.Verdict;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.diagnosis.prescription.TypicalText;
import org.unvanish.loss.Score;

/** A verdict as people say it. */
public final class VerdictText {

  /** So many layers are many. */
  private static final int MANY = 5;

  private VerdictText() {}

  /**
   * What is the matter along a training, and whether the network learns all the same: one to three
   * sentences.
   *
   * @param snapshots in the order of their steps
   * @param decisive the one of them that decides
   */
  public static String of(List<SnapshotJson> snapshots, SnapshotJson decisive, long stepsPerEpoch) {
    return of(snapshots, decisive, decisive.verdict(), stepsPerEpoch);
  }

  /**
   * The same where the network's verdict is another than that of the decisive snapshot.
   *
   * @param verdict on the network
   */
  public static String of(
      List<SnapshotJson> snapshots, SnapshotJson decisive, Verdict verdict, long stepsPerEpoch) {
    String when = when(decisive.step(), stepsPerEpoch);
    List<String> sentences = new ArrayList<>();
    if (verdict.isHealthy() && decisive.rank().learning() == Learning.FITTED) {
      sentences.add(
          "The network learns: %s %s (%s).".formatted(when, score(decisive), decisive.verdict()));
      overcome(snapshots, stepsPerEpoch).ifPresent(sentences::add);
      return String.join(" ", sentences);
    }
    sentences.add(
        verdict.equals(decisive.verdict())
            ? sentence(decisive, when)
            : verdict.cause() == Cause.CONSTANT_PREDICTION
                    && decisive.numbers() != null
                    && decisive.predictedShare() == null
                ? sentence(verdict, when, "the outputs are nearly the same for all samples")
                : sentence(verdict, when));
    TypicalText.of(
            decisive.verdict().signal(),
            log10(decisive.netLog10()),
            decisive.typical(),
            log10(decisive.typicalLog10()))
        .ifPresent(sentences::add);
    if (decisive.verdict().cause().isOfTraining() && snapshots.get(0).step() == 0) {
      sentences.add(
          "Training brought it there: at the initial weights the verdict is %s."
              .formatted(snapshots.get(0).verdict()));
    }
    SnapshotJson last = snapshots.get(snapshots.size() - 1);
    if (last.step() > 0) {
      String later = when(last.step(), stepsPerEpoch) + " " + score(last) + ".";
      switch (last.rank().learning()) {
        case UNKNOWN -> {}
        case WORSE -> sentences.add("The network gets worse: " + later);
        case NOTHING -> sentences.add("It has learnt hardly anything so far: " + later);
        case SOME, FITTED -> sentences.add("It does learn: " + later);
      }
    }
    return String.join(" ", sentences);
  }

  private static String score(SnapshotJson snapshot) {
    String accuracy =
        snapshot.accuracy() == null
            ? snapshot.headline() == null || snapshot.headline().key().equals(Score.LOSS)
                ? ""
                : ", " + snapshot.headline().text()
            : String.format(Locale.ROOT, ", the accuracy %.1f %%", 100 * snapshot.accuracy());
    String constant =
        snapshot.constantLoss() == null
            ? ""
            : ", where a constant predictor has " + number(snapshot.constantLoss());
    return "the loss is %s%s%s"
        .formatted(
            snapshot.loss() == null ? "no finite number" : number(snapshot.loss()),
            constant,
            accuracy);
  }

  private static String number(double value) {
    return value == 0 ? "0" : String.format(Locale.ROOT, value < 0.001 ? "%.1e" : "%.3g", value);
  }

  /** The first snapshot at which something was wrong that did not matter in the end. */
  private static Optional<String> overcome(List<SnapshotJson> snapshots, long stepsPerEpoch) {
    return snapshots.stream()
        .filter(snapshot -> !snapshot.verdict().isHealthy())
        .findFirst()
        .map(
            ill ->
                "It has overcome what was wrong %s (%s)."
                    .formatted(when(ill.step(), stepsPerEpoch), ill.verdict()));
  }

  private static double log10(@Nullable Double kept) {
    return kept == null ? Double.NEGATIVE_INFINITY : kept;
  }

  private static String sentence(SnapshotJson snapshot, String when) {
    double[] nets =
        snapshot.layers().stream().mapToDouble(layer -> log10(layer.netLog10())).toArray();
    Verdict verdict = snapshot.verdict();
    String cause = cause(verdict.cause());
    if (verdict.cause() == Cause.MANY_LAYERS && !snapshot.overflows()) {
      int main = verdict.signal().mainPart(nets);
      boolean many = nets.length >= MANY;
      cause =
          main >= 0
              ? snapshot.layers().get(main).name() + " does nearly all of it"
              : many ? cause : "the layers each do a part of it";
    }
    boolean time =
        snapshot.isWorseThroughTime()
            && verdict.signal() != Signal.STABLE
            && verdict.cause() != Cause.SATURATED_OUTPUT;
    return sentence(verdict, when, cause, time || verdict.cause() == Cause.MANY_STEPS);
  }

  /** A sentence, with the words in brackets that the verdict has in JSON and {@code --fail-on}. */
  public static String sentence(Verdict verdict, String when) {
    return sentence(verdict, when, cause(verdict.cause()));
  }

  private static String sentence(Verdict verdict, String when, String cause) {
    return sentence(verdict, when, cause, verdict.cause() == Cause.MANY_STEPS);
  }

  /**
   * @param time whether the signal is that of the way back through time
   */
  private static String sentence(Verdict verdict, String when, String cause, boolean time) {
    String signal =
        switch (verdict.signal()) {
          case VANISHING -> "vanishes";
          case STABLE -> "keeps its size";
          case EXPLODING -> "explodes";
        };
    String joint = verdict.signal() == Signal.STABLE ? ", but " : ", because ";
    return "%s%s the backpropagated gradient %s on its way %s%s%s (%s)."
        .formatted(
            when.substring(0, 1).toUpperCase(Locale.ROOT),
            when.substring(1),
            signal,
            time ? "back through time" : "from the last layer to the first",
            through(verdict.mechanism(), time ? "the recurrent weights" : "the weights"),
            cause.isEmpty() ? "" : joint + cause,
            verdict);
  }

  private static String through(@Nullable Mechanism mechanism, String weights) {
    if (mechanism == null) {
      return "";
    }
    return switch (mechanism) {
      case ACTIVATION -> ", through f′";
      case LINEAR -> ", through " + weights;
      case BOTH -> ", through f′ and " + weights;
    };
  }

  private static String cause(Cause cause) {
    return switch (cause) {
      case LARGE_PARAMETERS -> "parameters are large";
      case MANY_LAYERS -> "many layers each do a part of it";
      case MANY_STEPS -> "each step does a part of it";
      case BOTH -> "parameters are large, and the other layers do not keep it either";
      case LARGE_INPUTS -> "the data is not scaled";
      case DEAD_UNITS -> "units of relu are dead";
      case SATURATED_OUTPUT -> "the last activation is saturated where the outputs are wrong";
      case LARGE_TARGETS -> "the targets are not scaled";
      case TARGETS_OUT_OF_RANGE -> "targets lie outside the range of the last activation";
      case TARGETS_AT_ASYMPTOTE -> "targets lie where the last activation never comes";
      case LARGE_LEARNING_RATE -> "the learning rate is too large";
      case SMALL_LEARNING_RATE -> "the learning rate is too small";
      case STRONG_PENALTY -> "the penalty is too strong";
      case CAPACITY -> "the network has too few units for its task";
      case ZERO_LOSS -> "the loss is exactly 0";
      case EQUAL_UNITS -> "units of a layer are equal";
      case CONSTANT_PREDICTION -> "all samples are predicted to be one class";
      case CONSTANT_INPUTS -> "all samples have the same inputs";
      case CONSTANT_TARGETS -> "all samples have the same target";
      case NONE -> "";
    };
  }

  /**
   * {@code at the initial weights}, {@code at the file's weights}, {@code after 300 steps}, {@code
   * after epoch 2}.
   *
   * @param step steps that are done, as in {@link MeasuredBackward}
   * @param stepsPerEpoch how many there are
   */
  public static String when(long step, long stepsPerEpoch) {
    if (step == MeasuredBackward.UNKNOWN_STEP) {
      return "at the file's weights";
    }
    if (step == 0) {
      return "at the initial weights";
    }
    return step % stepsPerEpoch == 0
        ? "after epoch " + step / stepsPerEpoch
        : "after " + step + (step == 1 ? " step" : " steps");
  }
}
