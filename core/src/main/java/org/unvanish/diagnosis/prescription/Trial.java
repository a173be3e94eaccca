package org.unvanish.diagnosis.prescription;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.unvanish.diagnosis.Learning;

/**
 * Changes that were tried by short trainings from their start, side by side: what was seen, where a
 * {@link Prescription} only forecasts.
 *
 * <p>A change <em>helps</em> if it brings the loss clearly below that of the untouched training and
 * below that of a constant prediction, by {@link #MARGIN} of the latter; and if it costs no
 * accuracy where the untouched training is better than a constant prediction itself. It is chosen
 * only if it helps with a second seed, too. Losses count as far as they are above what perfect
 * outputs leave, as in a cross-entropy with targets between 0 and 1.
 *
 * @param steps of each training
 * @param samples of the training data on which all are scored, the same for all
 * @param seed of the run: initial weights and order of samples
 * @param secondSeed with which the chosen change was tried again
 * @param constantLoss the loss of predicting the shares of the classes for every sample
 * @param leastLoss the loss where every output is its target
 * @param learns whether the untouched training learns: its loss has come to half of the constant
 *     prediction's, or the trial's second half still brings it down and the training goes on
 * @param tried the untouched training first
 * @param chosen the simplest of the best that helped; null if none did
 * @since 0.1
 */
public record Trial(
    long steps,
    int samples,
    long seed,
    long secondSeed,
    double constantLoss,
    double leastLoss,
    boolean learns,
    List<TriedChange> tried,
    @Nullable Change chosen) {

  /**
   * By how much of the constant prediction's loss another loss must be lower to be clearly so.
   * Networks that have hardly learned CIFAR-10's ten classes have losses per sample that vary by
   * about 0.3: on 640 samples, this is five standard errors of their mean.
   */
  public static final double MARGIN = 0.03;

  /** Accuracy that may be lost for a clearly lower loss: a dozen of 640 samples. */
  private static final double LOST_ACCURACY = 0.02;

  /** Of the constant prediction's loss: from here on a network has learned. */
  private static final double LEARNED = 0.1;

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if the untouched training is not the first that was tried
   */
  public Trial {
    tried = List.copyOf(tried);
    if (tried.isEmpty() || !tried.get(0).change().isEmpty()) {
      throw new IllegalArgumentException("the first that is tried must be the untouched training");
    }
  }

  /**
   * Whether a loss is that of a network that fits its data, as {@link Learning} has it.
   *
   * @param loss above the least one, as is that of a constant prediction
   */
  public static boolean hasFitted(double loss, double constantLoss) {
    return loss <= Learning.FITTED_LOSS * constantLoss;
  }

  /**
   * Whether a loss is clearly below that of a constant prediction.
   *
   * @param loss above the least one, as is that of a constant prediction
   */
  public static boolean hasMoved(double loss, double constantLoss) {
    return loss <= (1 - MARGIN) * constantLoss;
  }

  /** Whether the untouched training has learned nearly all there is to learn. */
  public boolean hasLearned() {
    return excess(tried.get(0).score()).loss() <= LEARNED * constantExcess();
  }

  /** What a constant predictor leaves to learn. */
  public double constantExcess() {
    return constantLoss - leastLoss;
  }

  /** A score with what is left to learn as its loss. */
  public TrialScore excess(TrialScore score) {
    return score.above(leastLoss);
  }

  /**
   * Whether a change helps a training, by what came out with one seed; all losses above the least
   * one.
   */
  public static boolean helps(TrialScore untouched, TrialScore changed, double constantLoss) {
    double reference = Math.min(untouched.loss(), constantLoss);
    return changed.loss() <= reference - MARGIN * constantLoss
        && (!(changed.accuracy() < untouched.accuracy() - LOST_ACCURACY)
            || untouched.loss() >= constantLoss);
  }

  /** Whether the untouched training has learned anything. */
  boolean hasMoved() {
    return hasMoved(excess(tried.get(0).score()).loss(), constantExcess());
  }

  /** Whether a change of this trial helps, by all seeds with which it was tried. */
  public boolean helps(TriedChange candidate) {
    TriedChange untouched = tried.get(0);
    return helps(untouched.score(), candidate.score())
        && (candidate.again() == null
            || helps(Objects.requireNonNull(untouched.again()), candidate.again()));
  }

  private boolean helps(TrialScore untouched, TrialScore changed) {
    return helps(excess(untouched), excess(changed), constantExcess());
  }

  /** What was tried of a change; null if it was not. */
  public @Nullable TriedChange of(Change change) {
    return tried.stream().filter(one -> one.change().equals(change)).findFirst().orElse(null);
  }

  /** What came out, in one or two sentences. */
  String sentences() {
    TriedChange untouched = tried.get(0);
    if (hasLearned()) {
      return format(
          "The network learns without any change: after %d steps the training loss is %s, where a constant predictor has %s.",
          steps, loss(untouched.score()), MagnitudeText.number(constantLoss));
    }
    if (chosen == null) {
      return format(
              "Nothing tried for %d steps helped: untouched, the training loss is then %s, where a constant predictor has %s.",
              steps, loss(untouched.score()), MagnitudeText.number(constantLoss))
          + closest(untouched);
    }
    TriedChange best = Objects.requireNonNull(of(chosen));
    return format(
        "Tried for %d steps: with “%s” the training loss is %s%s, untouched %s%s, where a constant predictor has %s. With another seed it is %s, untouched %s.",
        steps,
        chosen,
        loss(best.score()),
        beside("accuracy ", best.score()),
        loss(untouched.score()),
        beside("", untouched.score()),
        MagnitudeText.number(constantLoss),
        loss(Objects.requireNonNull(best.again())),
        loss(Objects.requireNonNull(untouched.again())));
  }

  /** What came out best all the same. */
  private String closest(TriedChange untouched) {
    TriedChange best =
        tried.stream().min(Comparator.comparingDouble(one -> one.score().loss())).orElseThrow();
    return best == untouched || !(best.score().loss() < untouched.score().loss())
        ? ""
        : format(" The lowest is %s, with “%s”.", loss(best.score()), best.change());
  }

  /** The accuracy behind a loss, where there is one. */
  private static String beside(String what, TrialScore score) {
    return Double.isNaN(score.accuracy())
        ? ""
        : format(" (%s%.1f %%)", what, 100 * score.accuracy());
  }

  /** A loss for people to read. */
  String loss(TrialScore score) {
    return score.loss() == Double.POSITIVE_INFINITY
        ? "not finite"
        : MagnitudeText.number(score.loss());
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
