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
import org.unvanish.diagnosis.prescription.TypicalText;
import org.unvanish.diagnosis.prescription.VerdictWords;
import org.unvanish.loss.Score;

/** A verdict as people say it. */
public final class VerdictText {

  /** So many layers are many. */
  private static final int MANY = 5;

  private VerdictText() {}

  /**
   * What is wrong along a training, and whether the network learns all the same: one to three
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
    String when = VerdictWords.when(decisive.step(), stepsPerEpoch);
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
          "Training caused this: at the initial weights the verdict is %s."
              .formatted(snapshots.get(0).verdict()));
    }
    SnapshotJson last = snapshots.get(snapshots.size() - 1);
    if (last.step() > 0) {
      String learnt =
          VerdictWords.learnt(
              last.rank().learning(), VerdictWords.when(last.step(), stepsPerEpoch), score(last));
      if (!learnt.isEmpty()) {
        sentences.add(learnt);
      }
    }
    return String.join(" ", sentences);
  }

  private static String score(SnapshotJson snapshot) {
    SnapshotJson.Headline headline = snapshot.headline();
    String beside = headline == null || headline.key().equals(Score.LOSS) ? "" : headline.text();
    return VerdictWords.loss(
        number(snapshot.loss()),
        number(snapshot.constantLoss()),
        snapshot.accuracy() == null ? beside : VerdictWords.accuracy(snapshot.accuracy()));
  }

  private static double number(@Nullable Double kept) {
    return kept == null ? Double.NaN : kept;
  }

  /** The first snapshot at which something was wrong that did not matter in the end. */
  private static Optional<String> overcome(List<SnapshotJson> snapshots, long stepsPerEpoch) {
    return snapshots.stream()
        .filter(snapshot -> !snapshot.verdict().isHealthy())
        .findFirst()
        .map(
            ill ->
                "Training has fixed what was wrong %s (%s)."
                    .formatted(VerdictWords.when(ill.step(), stepsPerEpoch), ill.verdict()));
  }

  private static double log10(@Nullable Double kept) {
    return kept == null ? Double.NEGATIVE_INFINITY : kept;
  }

  private static String sentence(SnapshotJson snapshot, String when) {
    double[] nets =
        snapshot.layers().stream().mapToDouble(layer -> log10(layer.netLog10())).toArray();
    Verdict verdict = snapshot.verdict();
    String cause = VerdictWords.cause(verdict.cause());
    if (verdict.cause() == Cause.MANY_LAYERS && !snapshot.overflows()) {
      int main = verdict.signal().mainPart(nets);
      boolean many = nets.length >= MANY;
      cause =
          main >= 0
              ? snapshot.layers().get(main).name() + " causes nearly all of it"
              : many ? cause : "the effects of the layers multiply";
    }
    boolean time =
        snapshot.isWorseThroughTime()
            && verdict.signal() != Signal.STABLE
            && verdict.cause() != Cause.SATURATED_OUTPUT;
    return sentence(verdict, when, cause, time || verdict.cause() == Cause.MANY_STEPS);
  }

  /** A sentence, with the words in brackets that the verdict has in JSON and {@code --fail-on}. */
  public static String sentence(Verdict verdict, String when) {
    return sentence(verdict, when, VerdictWords.cause(verdict.cause()));
  }

  private static String sentence(Verdict verdict, String when, String cause) {
    return sentence(verdict, when, cause, verdict.cause() == Cause.MANY_STEPS);
  }

  /**
   * @param time whether the signal is that of the way back through time
   */
  private static String sentence(Verdict verdict, String when, String cause, boolean time) {
    String signal = VerdictWords.signal(verdict.signal());
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
}
