package org.unvanish.comparison;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.RunResult;
import org.unvanish.loss.Score;

/**
 * One of many comparisons between an experiment's arms.
 *
 * @param comparison of two arms
 * @param holm its p value, corrected for the number of comparisons with the same measure (Holm
 *     1979)
 */
public record PairwiseComparison(Comparison comparison, double holm) {

  private static final double LEVEL = 0.05;

  private static final int FIRST_EPOCHS = 3;

  /**
   * The measures by which arms are compared: final and best headline score, that score over all
   * epochs, and the gradient in the first epochs, at most 3.
   */
  public static List<RunMeasure> measures(ExperimentResult result) {
    Score headline = result.experiment().headline();
    return List.of(
        RunMeasure.last(headline),
        RunMeasure.best(headline),
        RunMeasure.mean(headline),
        RunMeasure.gradientFrom(1, firstEpochs(result)));
  }

  /** In how many first epochs gradients are compared: at most 3, and as many as every arm has. */
  public static int firstEpochs(ExperimentResult result) {
    int epochs =
        result.experiment().arms().stream().mapToInt(arm -> arm.epochs()).min().orElseThrow();
    return Math.min(FIRST_EPOCHS, epochs);
  }

  /**
   * Every arm against every one listed before it, measure by measure; where there are many, every
   * one of the {@link BestArms}. An arm that a race dropped before any of its runs was finished is
   * left out: what it has is not comparable.
   */
  public static List<PairwiseComparison> all(ExperimentResult result) {
    ExperimentResult compared = BestArms.of(result);
    List<PairwiseComparison> all = new ArrayList<>();
    for (RunMeasure measure : measures(result)) {
      all.addAll(corrected(compare(compared, measure)));
    }
    return List.copyOf(all);
  }

  /** True where seeds and means have one direction, and chance does not explain that: p ≤ 0.05. */
  public boolean isClear() {
    return comparison.isClear() && holm <= LEVEL;
  }

  private static List<Comparison> compare(ExperimentResult result, RunMeasure measure) {
    List<Arm> arms =
        result.experiment().arms().stream().filter(arm -> !isDroppedEarly(result, arm)).toList();
    List<Comparison> comparisons = new ArrayList<>();
    for (int i = 0; i < arms.size(); i++) {
      for (int j = i + 1; j < arms.size(); j++) {
        comparisons.add(Comparison.of(result, arms.get(i), arms.get(j), measure));
      }
    }
    return comparisons;
  }

  /** True for an arm that a race dropped before any of its runs was finished. */
  static boolean isDroppedEarly(ExperimentResult result, Arm arm) {
    List<RunResult> runs = result.of(arm);
    return runs.stream().anyMatch(run -> run.outcome() instanceof RunOutcome.Dropped)
        && runs.stream().noneMatch(RunResult::isFinished);
  }

  private static List<PairwiseComparison> corrected(List<Comparison> family) {
    List<Double> holm = holm(family.stream().map(Comparison::pValue).toList());
    return IntStream.range(0, family.size())
        .mapToObj(i -> new PairwiseComparison(family.get(i), holm.get(i)))
        .toList();
  }

  /** Holm's step-down correction of a family of p values, in their order. */
  static List<Double> holm(List<Double> pValues) {
    List<Integer> order =
        IntStream.range(0, pValues.size())
            .boxed()
            .sorted(Comparator.comparing(pValues::get))
            .toList();
    Double[] corrected = new Double[pValues.size()];
    double least = 0;
    for (int rank = 0; rank < order.size(); rank++) {
      least = Math.max(least, Math.min(1, (order.size() - rank) * pValues.get(order.get(rank))));
      corrected[order.get(rank)] = least;
    }
    return List.of(corrected);
  }
}
