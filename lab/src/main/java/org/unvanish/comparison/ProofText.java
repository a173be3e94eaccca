package org.unvanish.comparison;

import org.unvanish.comparison.ProofVerdict.Effect;
import org.unvanish.comparison.ProofVerdict.Measured;

/** A {@link ProofVerdict} in words. */
public final class ProofText {

  private final ProofVerdict verdict;
  private final Measured accuracy;
  private final Measured loss;

  /** Of a verdict. */
  public ProofText(ProofVerdict verdict) {
    this.verdict = verdict;
    this.accuracy = verdict.accuracy();
    this.loss = verdict.loss();
  }

  /** {@code Proved …} or {@code Not proved: …} with the reason: one sentence. */
  public String conclusion() {
    if (verdict.reason() == null) {
      return verdict.isProvedByAccuracy()
          ? loss.effect() == Effect.GAIN
              ? "Proved: with the prescription the test accuracy is higher and the test loss lower."
              : loss.effect() == Effect.HARM
                  ? "Proved for the test accuracy, which is higher with the prescription; but the test"
                      + " loss is higher too: it is right more often, and surer where it is wrong."
                  : "Proved: with the prescription the test accuracy is higher; the test losses show"
                      + " no clear difference."
          : "Proved for the test loss, which is lower with the prescription; "
              + (accuracy.effect() == Effect.GAIN
                  ? "the test accuracy is higher, but not clear of a constant answer's."
                  : "the test accuracies show no clear difference.");
    }
    return "Not proved: "
        + switch (verdict.reason()) {
          case NOTHING_PRESCRIBED -> "no arm follows a prescription, so there is nothing to prove.";
          case NOT_FINISHED ->
              "with %d of %d seeds a run failed or has not ended."
                  .formatted(verdict.open(), verdict.open() + verdict.seeds());
          case DIVERGED ->
              "the training as prescribed diverges with %s.".formatted(seeds(verdict.diverged()));
          case TOO_FEW_SEEDS ->
              "%s can prove nothing.".formatted(verdict.seeds() == 1 ? "one seed" : few());
          case WORSE ->
              accuracy.effect() == Effect.HARM
                  ? "with the prescription the test accuracy is lower"
                      + (loss.effect() == Effect.GAIN ? ", although the test loss is too." : ".")
                  : "with the prescription the test loss is higher, and the test accuracy is not.";
          case NOTHING_LEARNS ->
              "the network learns as prescribed with %s."
                  .formatted(seeds(Math.max(accuracy.learning(), loss.learning())));
          case NO_DIFFERENCE ->
              loss.effect() == Effect.GAIN
                  ? "the test loss is lower, but not clear of a constant answer's, and the test"
                      + " accuracies show no clear difference."
                  : accuracy.effect() == Effect.GAIN
                      ? "the test accuracy is higher, but not clear of a constant answer's, and the"
                          + " test losses show no clear difference."
                      : "neither test accuracy nor test loss shows a clear difference.";
        };
  }

  private String few() {
    return verdict.seeds() + " seeds";
  }

  /** {@code 2 of 6 seeds}, {@code none of 6 seeds}. */
  private String seeds(int some) {
    return (some == 0 ? "none" : some)
        + " of "
        + verdict.seeds()
        + (verdict.seeds() == 1 ? " seed" : " seeds");
  }

  /** Both measures, and what needs no training; empty where no seed can be compared. */
  public String numbers() {
    if (verdict.seeds() == 0) {
      return "";
    }
    return ("Test accuracy %s as prescribed against %s untouched: %s points [%s, %s], %s. Test loss"
            + " %s against %s: %s [%s, %s], %s. A constant answer has %s and a loss of %s; clear of"
            + " it, and learning, are %s by accuracy and %s by loss.")
        .formatted(
            percent(accuracy.prescribed()),
            percent(accuracy.untouched()),
            signed("%.1f", 100 * accuracy.difference()),
            signed("%.1f", 100 * accuracy.interval().low()),
            signed("%.1f", 100 * accuracy.interval().high()),
            counts(accuracy),
            nats(loss.prescribed()),
            nats(loss.untouched()),
            signed("%.3g", loss.difference()),
            signed("%.3g", loss.interval().low()),
            signed("%.3g", loss.interval().high()),
            counts(loss),
            percent(verdict.constant().accuracy()),
            nats(verdict.constant().loss()),
            seeds(accuracy.learning()),
            seeds(loss.learning()));
  }

  private String counts(Measured measured) {
    return "better with %s, p = %s"
        .formatted(seeds(measured.better()), ShownNumber.pValue(measured.pValue()));
  }

  private static String percent(double share) {
    return ShownNumber.of("%.1f %%", 100 * share);
  }

  private static String nats(double loss) {
    return ShownNumber.of("%.3g", loss);
  }

  private static String signed(String format, double value) {
    return ShownNumber.of(format.replace("%", "%+"), value);
  }

  /** What it would take; empty where it is proved, or nothing was prescribed. */
  public String wayOut() {
    if (verdict.reason() == null) {
      return "";
    }
    return switch (verdict.reason()) {
      case NOTHING_PRESCRIBED -> "";
      case NOT_FINISHED -> "What it takes: the missing runs. The same command trains them.";
      case DIVERGED ->
          "What it would take: a training that does not diverge, for instance with a lower learning"
              + " rate.";
      case TOO_FEW_SEEDS ->
          "What it takes: at least %d seeds; with %d the smallest p that is possible is %s.%s"
              .formatted(
                  ProofVerdict.LEAST_SEEDS,
                  verdict.seeds(),
                  ShownNumber.pValue(Math.scalb(2, -verdict.seeds())),
                  accuracy.worse() > accuracy.better()
                      ? " But these seeds speak against the prescription."
                      : "");
      case WORSE ->
          "What it would take: another remedy, or more epochs; more seeds would not help.";
      case NOTHING_LEARNS ->
          "What it would take: a network that learns with at least %s. More epochs or another learning"
                  .formatted(seeds(ProofVerdict.leastLearning(verdict.seeds())))
              + " rate may help.";
      case NO_DIFFERENCE ->
          "What it would take: more seeds, which show smaller differences, or more epochs. Add them"
              + " once, not until it is proved.";
    };
  }
}
