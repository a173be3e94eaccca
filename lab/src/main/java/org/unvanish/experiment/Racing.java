package org.unvanish.experiment;

import java.util.OptionalInt;

/**
 * How a {@link Sweep} is raced, so that most of the training goes into its best arms.
 *
 * <p>First by successive halving over the epochs (Jamieson &amp; Talwalkar 2016): all arms are
 * trained for a few epochs, the best go on to more, and so on. That is a rule of thumb and proves
 * nothing: an arm that learns late is dropped as well. Then over the seeds: an arm is dropped as
 * soon as a paired test has settled that it is worse than the best one.
 *
 * @param reduction at each comparison over the epochs, one arm in so many goes on; at least 2
 * @param firstEpochs after which arms are compared for the first time, at least 1; then after
 *     {@code reduction} times as many, and so on. Empty for a tenth of all epochs, and at least 5
 * @param firstSeeds with which arms are compared over the epochs: the first so many; at least 1
 * @param level how likely it may be, at most, that the paired test drops any arm that is not worse;
 *     in (0, 1)
 */
public record Racing(int reduction, OptionalInt firstEpochs, int firstSeeds, double level) {

  /** What a sweep has that says nothing of racing. */
  public static final Racing DEFAULT = new Racing(3, OptionalInt.empty(), 2, 0.05);

  /**
   * @throws IllegalArgumentException if a number is out of its range
   */
  public Racing {
    require(reduction >= 2, "the reduction", "at least 2", reduction);
    require(firstEpochs.orElse(1) >= 1, "the first epochs", "at least 1", firstEpochs.orElse(1));
    require(firstSeeds >= 1, "the first seeds", "at least 1", firstSeeds);
    require(level > 0 && level < 1, "the level", "above 0 and below 1", level);
  }

  private static void require(boolean met, String what, String range, Number value) {
    if (!met) {
      throw new IllegalArgumentException("%s must be %s, but is %s".formatted(what, range, value));
    }
  }
}
