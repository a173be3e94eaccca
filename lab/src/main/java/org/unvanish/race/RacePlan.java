package org.unvanish.race;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.unvanish.experiment.Racing;

/**
 * When arms are compared. Numbers alone decide that, before anything is trained.
 *
 * @param reduction as {@link Racing} has it
 * @param level as {@link Racing} has it
 * @param rungs the epochs after which the arms are halved, ascending; none where there are few arms
 *     or few epochs
 * @param firstSeeds how many seeds they are halved by
 * @param untested how many of the first seeds take no part in the tests, as the halving chose by
 *     them
 * @param looks how many tested seeds there are at each test, ascending; none where there are too
 *     few for any p value to be small enough
 * @param pairs of the arms that are left after the halving
 */
record RacePlan(
    int reduction,
    double level,
    List<Integer> rungs,
    int firstSeeds,
    int untested,
    List<Integer> looks,
    long pairs) {

  /** The halving leaves at least so many, whose order is for the tests to tell. */
  static final int FINALISTS = 8;

  /** Fewer epochs tell too little, where nobody says otherwise. */
  private static final int FEWEST_EPOCHS = 5;

  /** Of all epochs, after which arms are compared first where nobody says otherwise. */
  private static final int FIRST_PART = 10;

  /** How often is tested at most. Each time costs a part of the level. */
  static final int LOOKS = 3;

  /**
   * Of a race.
   *
   * @param arms in the race
   * @param epochs of each run
   * @param seeds of each arm
   */
  static RacePlan of(Racing racing, int arms, int epochs, int seeds) {
    List<Integer> rungs = new ArrayList<>();
    int left = arms;
    long first =
        racing
            .firstEpochs()
            .orElse(Math.max(FEWEST_EPOCHS, (epochs + FIRST_PART - 1) / FIRST_PART));
    // Who has come further than half the way is trained to the end.
    for (long rung = first; 2 * rung <= epochs && left > FINALISTS; rung *= racing.reduction()) {
      rungs.add((int) rung);
      left = places(left, racing.reduction());
    }
    int firstSeeds = Math.min(racing.firstSeeds(), seeds);
    int untested = rungs.isEmpty() ? 0 : firstSeeds;
    long pairs = left * (left - 1L) / 2;
    return new RacePlan(
        racing.reduction(),
        racing.level(),
        List.copyOf(rungs),
        firstSeeds,
        untested,
        pairs == 0 ? List.of() : looks(racing.level() / (LOOKS * pairs), seeds - untested),
        pairs);
  }

  /**
   * From the fewest seeds that can settle anything, evenly to the last, at which all is trained.
   */
  private static List<Integer> looks(double threshold, int seeds) {
    int fewest = 1;
    while (fewest < seeds && Math.scalb(1.0, 1 - fewest) > threshold) {
      fewest++;
    }
    int first = fewest;
    return first >= seeds
        ? List.of()
        : IntStream.range(0, LOOKS)
            .map(look -> first + look * (seeds - first) / LOOKS)
            .distinct()
            .boxed()
            .toList();
  }

  /** How many of some arms go on from a rung. */
  int places(int arms) {
    return places(arms, reduction);
  }

  private static int places(int arms, int reduction) {
    return Math.max((arms + reduction - 1) / reduction, Math.min(arms, FINALISTS));
  }

  /** How many stages there are: one up to each rung and each look, and one to the end. */
  int stages() {
    return rungs.size() + looks.size() + 1;
  }
}
