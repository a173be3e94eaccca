package org.unvanish.diagnosis.measurement;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import org.unvanish.diagnosis.evidence.TimeEvidence;
import org.unvanish.diagnosis.evidence.TimeEvidence.Point;

/** What a window of mini-batches tells of the way back through one recurrent layer's steps. */
final class TimeMeasurement {

  /** Of longer sequences so many points are shown, beside that at 0 steps back. */
  private static final int MOST_POINTS = 64;

  private final int layer;
  private final int direction;
  private final List<MeasuredBatch> batches;
  private final List<MeasuredBatch> typical;
  private final int steps;
  private final boolean gated;

  /**
   * @param layer its index in the stack
   * @param batches all
   * @param typical those that logarithms are the means of
   */
  TimeMeasurement(
      int layer, int direction, List<MeasuredBatch> batches, List<MeasuredBatch> typical) {
    this.layer = layer;
    this.direction = direction;
    this.batches = batches;
    this.typical = typical;
    this.steps = typical.stream().mapToInt(batch -> time(batch).steps()).max().orElse(0);
    this.gated = time(typical.get(0)).isGated();
  }

  private TimePass time(MeasuredBatch batch) {
    return batch.times(layer).get(direction);
  }

  TimeEvidence evidence(String name) {
    List<Point> points = new ArrayList<>();
    points.add(point(0, 0, 0, 0, gated ? 0 : Double.NaN));
    for (int back = 1; back <= steps && goesOn(points.get(back - 1)); back++) {
      Point before = points.get(back - 1);
      points.add(
          point(
              back,
              before.carriedLog10() + mean(back, TimePass::stepLog10),
              before.activationLog10() + mean(back, TimePass::activationLog10),
              before.recurrentLog10() + mean(back, TimePass::recurrentLog10),
              before.cellLog10() + mean(back, TimePass::cellLog10)));
    }
    return new TimeEvidence(name, direction == 1, gated, steps, chosen(points));
  }

  private Point point(int back, double carried, double activation, double recurrent, double cell) {
    double size =
        typical.stream()
            .filter(batch -> time(batch).steps() >= back)
            .mapToDouble(batch -> batch.stateLog10(layer, direction, back))
            .average()
            .orElseThrow();
    double median =
        Median.of(
            batches.stream()
                .filter(batch -> time(batch).steps() >= back)
                .flatMapToDouble(batch -> time(batch).carriedLog10(back)));
    return new Point(back, size, carried, median, activation, recurrent, cell);
  }

  /** Whether something is left, and single precision can hold what becomes of it. */
  private boolean goesOn(Point point) {
    return point.carriedLog10() > Double.NEGATIVE_INFINITY
        && typical.stream()
            .map(this::time)
            .allMatch(time -> time.steps() <= point.back() || time.isFinite(point.back()));
  }

  /** The mean over those mini-batches that have the step, and to which something has come there. */
  private double mean(int back, ToDoubleBiFunction<TimePass, Integer> factor) {
    double[] factors =
        typical.stream()
            .map(this::time)
            .filter(time -> time.steps() >= back)
            .mapToDouble(time -> factor.applyAsDouble(time, back - 1))
            .filter(log10 -> !Double.isNaN(log10))
            .toArray();
    double sum = 0;
    for (double log10 : factors) {
      sum += log10;
    }
    return factors.length == 0 ? 0 : sum / factors.length;
  }

  /** All, or so many, evenly spread, with the first and the last. */
  private static List<Point> chosen(List<Point> points) {
    int last = points.size() - 1;
    if (last <= MOST_POINTS) {
      return points;
    }
    List<Point> chosen = new ArrayList<>();
    for (int i = 0; i <= MOST_POINTS; i++) {
      chosen.add(points.get((int) Math.round((double) i * last / MOST_POINTS)));
    }
    return chosen;
  }
}
