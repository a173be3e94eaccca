package org.unvanish.comparison;

import org.unvanish.comparison.ProofVerdict.Effect;
import org.unvanish.comparison.ProofVerdict.Measured;
import org.unvanish.loss.Score;
import org.unvanish.loss.Scores;

/** A {@link ProofVerdict} in words. */
public final class ProofText {

  private final ProofVerdict verdict;
  private final Measured first;
  private final Measured loss;
  private final String title;
  private final String titles;

  /** Of a verdict. */
  public ProofText(ProofVerdict verdict) {
    this.verdict = verdict;
    this.first = verdict.headline();
    this.loss = verdict.loss();
    this.title = "test " + first.score().title();
    this.titles = "test " + first.score().plural();
  }

  /** True where there is one score only to judge by. */
  private boolean isLossAlone() {
    return first.score().equals(loss.score());
  }

  /** {@code Proved …} or {@code Not proved: …} with the reason: one sentence. */
  public String conclusion() {
    if (verdict.reason() == null) {
      return verdict.isProvedByHeadline() ? byHeadline() : byLoss();
    }
    return "Not proved: "
        + switch (verdict.reason()) {
          case NOTHING_PRESCRIBED -> "no arm follows a prescription, so there is nothing to prove.";
          case NOT_FINISHED ->
              "with %d of %d seeds a run failed or has not ended."
                  .formatted(verdict.open(), verdict.open() + verdict.seeds());
          case DIVERGED ->
              "the prescribed training diverges with %s.".formatted(seeds(verdict.diverged()));
          case TOO_FEW_SEEDS ->
              "%s can prove nothing.".formatted(verdict.seeds() == 1 ? "one seed" : few());
          case WORSE -> worse();
          case NOTHING_LEARNS ->
              "with the prescription the network learns in %s."
                  .formatted(seeds(Math.max(first.learning(), loss.learning())));
          case NO_DIFFERENCE -> noDifference();
        };
  }

  private String byHeadline() {
    String better = "with the prescription the " + title + " is " + better();
    if (isLossAlone()) {
      return "Proved: " + better + ".";
    }
    return switch (loss.effect()) {
      case GAIN -> "Proved: " + better + " and the test loss lower.";
      case NONE -> "Proved: " + better + "; the test losses show no clear difference.";
      case HARM ->
          "Proved for the %s, which is %s with the prescription; yet the test loss is higher%s."
              .formatted(
                  title,
                  better(),
                  first.score().equals(Score.ACCURACY)
                      ? ": it is right more often, but more confident where it is wrong"
                      : "");
    };
  }

  private String byLoss() {
    return "Proved for the test loss, which is lower with the prescription; the "
        + (first.effect() == Effect.GAIN
            ? "%s is %s, but not clearly better than a constant predictor's."
                .formatted(title, better())
            : "%s show no clear difference.".formatted(titles));
  }

  private String worse() {
    if (first.effect() != Effect.HARM) {
      return "with the prescription the test loss is higher, and the %s is not.".formatted(title);
    }
    return "with the prescription the %s is %s%s."
        .formatted(
            title,
            first.score().higherIsBetter() ? "lower" : "higher",
            loss.effect() == Effect.GAIN ? ", although the test loss is lower" : "");
  }

  private String noDifference() {
    if (first.effect() != Effect.GAIN && loss.effect() != Effect.GAIN) {
      return isLossAlone()
          ? "the test losses show no clear difference."
          : "neither %s nor test loss shows a clear difference.".formatted(title);
    }
    String unclear = "the %s is %s, but not clearly better than a constant predictor's";
    if (isLossAlone()) {
      return unclear.formatted(title, better()) + ".";
    }
    return loss.effect() == Effect.GAIN
        ? unclear.formatted("test loss", "lower")
            + ", and the %s show no clear difference.".formatted(titles)
        : unclear.formatted(title, better()) + ", and the test losses show no clear difference.";
  }

  private String better() {
    return first.score().higherIsBetter() ? "higher" : "lower";
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

  /** All measures, and what needs no training; empty where no seed can be compared. */
  public String numbers() {
    if (verdict.seeds() == 0) {
      return "";
    }
    Scores constant = verdict.constant().scores();
    if (isLossAlone()) {
      return "%s A constant predictor has a loss of %s; runs that learn and are clearly better: %s."
          .formatted(sentence(loss, true), value(loss, constant.loss()), seeds(loss.learning()));
    }
    return "%s %s A constant predictor has %s and a loss of %s; runs that learn and are clearly better: %s by %s, %s by loss."
        .formatted(
            sentence(first, true),
            sentence(loss, false),
            value(first, constant.of(first.score())),
            value(loss, constant.loss()),
            seeds(first.learning()),
            first.score().title(),
            seeds(loss.learning()));
  }

  /** Both arms by one measure; only the first such sentence says which is which. */
  private String sentence(Measured measured, boolean isFirst) {
    return "Test %s %s%s against %s%s: %s [%s, %s], %s."
        .formatted(
            measured.score().title(),
            value(measured, measured.prescribed()),
            isFirst ? " as prescribed" : "",
            value(measured, measured.untouched()),
            isFirst ? " untouched" : "",
            difference(measured, measured.difference())
                + (measured.score().form() == Score.Form.SHARE ? " points" : ""),
            difference(measured, measured.interval().low()),
            difference(measured, measured.interval().high()),
            counts(measured));
  }

  private String counts(Measured measured) {
    return "better with %s, p = %s"
        .formatted(seeds(measured.better()), ShownNumber.pValue(measured.pValue()));
  }

  private static String value(Measured measured, double value) {
    return switch (measured.score().form()) {
      case SHARE -> ShownNumber.of("%.1f %%", 100 * value);
      case NUMBER -> ShownNumber.of("%.3g", value);
    };
  }

  private static String difference(Measured measured, double value) {
    return switch (measured.score().form()) {
      case SHARE -> ShownNumber.of("%+.1f", 100 * value);
      case NUMBER -> ShownNumber.of("%+.3g", value);
    };
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
                  ShownNumber.pValue(Math.scalb(2.0, -verdict.seeds())),
                  first.worse() > first.better()
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
