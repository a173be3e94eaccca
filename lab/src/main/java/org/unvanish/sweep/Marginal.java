package org.unvanish.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.unvanish.experiment.Sweep;
import org.unvanish.statistics.Spread;

/**
 * How much one setting matters: the scores of the arms by its value.
 *
 * @param levels its values
 * @param scores of each level, the spread of its arms' mean scores; empty where none has one
 * @param best of each level, the best of these; NaN where there is none
 * @param share of the variance of the arms' mean scores that the level explains, its main effect
 *     η², from 0 to 1; NaN where nothing varies
 */
public record Marginal(
    Levels levels, List<Optional<Spread>> scores, List<Double> best, double share) {

  /** Copies the lists. */
  public Marginal {
    scores = List.copyOf(scores);
    best = List.copyOf(best);
  }

  static Marginal of(SweepResult result, Sweep.Axis axis) {
    Levels levels = Levels.of(result, axis);
    List<List<Double>> groups = new ArrayList<>();
    levels.labels().forEach(label -> groups.add(new ArrayList<>()));
    for (int i = 0; i < result.arms().size(); i++) {
      if (result.arms().get(i).isScored()) {
        groups.get(levels.of().get(i)).add(result.arms().get(i).score());
      }
    }
    return new Marginal(
        levels,
        groups.stream().map(group -> Spread.of(array(group))).toList(),
        groups.stream().map(g -> g.stream().reduce(Double.NaN, result::better)).toList(),
        share(groups));
  }

  private static double share(List<List<Double>> groups) {
    List<Double> all = groups.stream().flatMap(List::stream).toList();
    double mean = mean(all);
    double total = all.stream().mapToDouble(y -> (y - mean) * (y - mean)).sum();
    double between =
        groups.stream()
            .filter(group -> !group.isEmpty())
            .mapToDouble(g -> g.size() * (mean(g) - mean) * (mean(g) - mean))
            .sum();
    return total > 0 ? Math.min(1, between / total) : Double.NaN;
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
