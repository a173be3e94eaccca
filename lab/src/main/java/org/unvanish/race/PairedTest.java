package org.unvanish.race;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.unvanish.loss.Score;
import org.unvanish.statistics.PairedSample;

/**
 * Settles which arms are worse than the best one, by Wilcoxon's signed-rank test paired by seed.
 *
 * <p>The chance that any arm of a race is called worse though it is not is at most the level: the
 * best arm is found by the same numbers, so that Holm's correction counts all pairs of arms that
 * the halving left, and the level is divided by the number of looks. A pair that is settled makes
 * room for the others, at this look and at later ones (Maurer &amp; Bretz 2013).
 */
final class PairedTest {

  /**
   * An arm that is worse than the best one.
   *
   * @param arm which
   * @param pValue after correction
   */
  record Settled(Standing arm, double pValue) {}

  private record Tested(Standing arm, double pValue) {}

  private PairedTest() {}

  /**
   * Looks at the arms in a race.
   *
   * @param ranked the best first
   * @param settledBefore how many pairs earlier looks settled
   */
  static List<Settled> of(List<Standing> ranked, Score score, RacePlan plan, int settledBefore) {
    Standing best = ranked.get(0);
    List<Tested> tested = new ArrayList<>();
    for (Standing other : ranked.subList(1, ranked.size())) {
      PairedSample sample = sample(best, other, score);
      if (sample.effect() > 0) {
        tested.add(new Tested(other, sample.pValue()));
      }
    }
    tested.sort(Comparator.comparingDouble(Tested::pValue));
    List<Settled> settled = new ArrayList<>();
    double least = 0;
    for (Tested candidate : tested) {
      long open = plan.pairs() - settledBefore - settled.size();
      least = Math.max(least, candidate.pValue() * RacePlan.LOOKS * open);
      if (least > plan.level()) {
        break;
      }
      settled.add(new Settled(candidate.arm(), least));
    }
    return settled;
  }

  /**
   * By how much the best arm is better, seed by seed. To have diverged is worse than all else, by
   * more than any two others differ.
   */
  private static PairedSample sample(Standing best, Standing other, Score score) {
    int seeds = best.scores().length;
    double[] better = new double[seeds];
    double[] worse = new double[seeds];
    double largest = 0;
    for (int i = 0; i < seeds; i++) {
      double own = best.scores()[i];
      double its = other.scores()[i];
      if (Double.isFinite(own - its)) {
        better[i] = score.higherIsBetter() ? own : its;
        worse[i] = score.higherIsBetter() ? its : own;
        largest = Math.max(largest, Math.abs(own - its));
      }
    }
    for (int i = 0; i < seeds; i++) {
      boolean bestDiverged = !Double.isFinite(best.scores()[i]);
      boolean otherDiverged = !Double.isFinite(other.scores()[i]);
      if (bestDiverged != otherDiverged) {
        better[i] = (bestDiverged ? -1 : 1) * (2 * largest + 1);
      }
    }
    return PairedSample.of(worse, better);
  }
}
