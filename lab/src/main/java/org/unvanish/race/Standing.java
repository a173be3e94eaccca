package org.unvanish.race;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.unvanish.experiment.Arm;
import org.unvanish.loss.Score;
import org.unvanish.statistics.Rounding;

/**
 * How an arm stands in a race after some epochs.
 *
 * @param arm which
 * @param scores on the test data, one for each seed; NaN for a run that diverged
 */
// Made once and never changed.
@SuppressWarnings("ArrayRecordComponent")
record Standing(Arm arm, double[] scores) {

  /** How many runs diverged, or have a score that is no number. */
  long diverged() {
    return Arrays.stream(scores).filter(score -> !Double.isFinite(score)).count();
  }

  /** Of the runs that did not diverge, in the order of the seeds; NaN where there is none. */
  double meanOfOthers() {
    double sum = 0;
    for (double score : scores) {
      sum += Double.isFinite(score) ? score : 0;
    }
    // In this order: how a stream adds up has changed from one JDK to another.
    return sum / (scores.length - diverged());
  }

  /** Of all runs; NaN where one diverged. */
  double mean() {
    return diverged() > 0 ? Double.NaN : meanOfOthers();
  }

  /** The same by some of the seeds. */
  Standing from(int firstSeed) {
    return new Standing(arm, Arrays.copyOfRange(scores, firstSeed, scores.length));
  }

  /**
   * The best first: fewer diverged runs, then the better mean of the others, where it differs by
   * more than rounding, then as the arms are listed.
   */
  static List<Standing> ranked(List<Standing> standings, Score score) {
    Comparator<Standing> byMean =
        (a, b) -> {
          double first = Rounding.off(a.meanOfOthers());
          double second = Rounding.off(b.meanOfOthers());
          return score.isBetter(first, second) ? -1 : score.isBetter(second, first) ? 1 : 0;
        };
    return standings.stream()
        .sorted(Comparator.comparingLong(Standing::diverged).thenComparing(byMean))
        .toList();
  }
}
