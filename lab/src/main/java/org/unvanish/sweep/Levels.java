package org.unvanish.sweep;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.unvanish.experiment.Sweep;

/**
 * The values of an axis, smallest first, or in the order of the spec where they are names. More
 * than {@value #MOST} numbers, as of a sample, are put into bins with equally many arms.
 *
 * @param axis which
 * @param labels of the levels
 * @param of the level of each arm, from 0, in the sweep's order
 */
public record Levels(Sweep.Axis axis, List<String> labels, List<Integer> of) {

  /** The most values that stand for themselves. */
  static final int MOST = 16;

  /** Bins of more values than that. */
  static final int BINS = 8;

  /** Copies the lists. */
  public Levels {
    labels = List.copyOf(labels);
    of = List.copyOf(of);
  }

  static Levels of(SweepResult result, Sweep.Axis axis) {
    int index = result.axes().indexOf(axis);
    List<Sweep.Value> values = result.arms().stream().map(arm -> arm.values().get(index)).toList();
    Set<Sweep.Value> different = new LinkedHashSet<>(values);
    boolean numbers = different.stream().allMatch(value -> value.number().isPresent());
    List<Sweep.Value> ordered = new ArrayList<>(different);
    if (numbers) {
      ordered.sort((a, b) -> Double.compare(a.number().orElseThrow(), b.number().orElseThrow()));
    }
    return numbers && ordered.size() > MOST
        ? bins(axis, values, ordered)
        : new Levels(
            axis,
            ordered.stream().map(Sweep.Value::text).toList(),
            values.stream().map(ordered::indexOf).toList());
  }

  /** Each bin has equally many different values. */
  private static Levels bins(Sweep.Axis axis, List<Sweep.Value> values, List<Sweep.Value> ordered) {
    int count = ordered.size();
    List<String> labels =
        IntStream.range(0, BINS)
            .mapToObj(
                bin ->
                    ordered.get(first(bin, count)).text()
                        + "–"
                        + ordered.get(first(bin + 1, count) - 1).text())
            .toList();
    List<Double> starts =
        IntStream.range(0, BINS)
            .mapToObj(bin -> ordered.get(first(bin, count)).number().orElseThrow())
            .toList();
    List<Integer> of = new ArrayList<>();
    for (Sweep.Value value : values) {
      int bin = BINS - 1;
      while (value.number().orElseThrow() < starts.get(bin)) {
        bin--;
      }
      of.add(bin);
    }
    return new Levels(axis, labels, of);
  }

  /** The first value of a bin. */
  private static int first(int bin, int count) {
    return bin * count / BINS;
  }
}
