package org.unvanish.examination;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.unvanish.diagnosis.evidence.TimeEvidence;

/**
 * The {@code through_time} of {@code diagnosis.schema.json}: the gradient's way back through the
 * steps of one recurrent layer, in one direction. Null stands for a number that is not finite, as
 * in {@link SnapshotJson}.
 *
 * @param layer its name as in the network
 * @param reverse whether it is the direction that reads from the last step to the first
 * @param gated whether the layer has gates
 * @param steps how many steps there are to go back
 * @param stepLog10 what one step does in the mean, as far as the gradient comes
 * @param wholeLog10 what all steps do, as if those beyond the points did as those before
 * @param points from 0 steps back to the farthest; of long sequences a choice of them. Where
 *     nothing is left, or more than single precision holds, they end before the steps do
 */
@JsonNaming(SnakeCaseStrategy.class)
public record ThroughTimeJson(
    String layer,
    boolean reverse,
    boolean gated,
    int steps,
    @Nullable Double stepLog10,
    @Nullable Double wholeLog10,
    List<Point> points) {

  /**
   * The gradient so many steps back, as decimal logarithms.
   *
   * @param back steps from the last state
   * @param sizeLog10 root mean square of the gradient with respect to the states
   * @param carriedLog10 what the layer itself has carried this far
   * @param typicalLog10 the same of the typical sample
   * @param activationLog10 the part of f′
   * @param recurrentLog10 the part of the recurrent weights
   * @param cellLog10 what the gates alone would have carried; null without gates
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Point(
      int back,
      @Nullable Double sizeLog10,
      @Nullable Double carriedLog10,
      @Nullable Double typicalLog10,
      @Nullable Double activationLog10,
      @Nullable Double recurrentLog10,
      @Nullable Double cellLog10) {
    private TimeEvidence.Point evidence() {
      return new TimeEvidence.Point(
          back,
          log10(sizeLog10),
          log10(carriedLog10),
          log10(typicalLog10),
          log10(activationLog10),
          log10(recurrentLog10),
          log10(cellLog10));
    }

    private static double log10(@Nullable Double kept) {
      return kept == null ? Double.NEGATIVE_INFINITY : kept;
    }

    private static Point of(TimeEvidence.Point point) {
      return new Point(
          point.back(),
          SnapshotJson.number(point.sizeLog10()),
          SnapshotJson.number(point.carriedLog10()),
          SnapshotJson.number(point.typicalLog10()),
          SnapshotJson.number(point.activationLog10()),
          SnapshotJson.number(point.recurrentLog10()),
          SnapshotJson.number(point.cellLog10()));
    }
  }

  /** Copies the list. */
  public ThroughTimeJson {
    points = List.copyOf(points);
  }

  /** As it was measured, but that −∞ stands for any logarithm that is not finite. */
  TimeEvidence evidence() {
    return new TimeEvidence(
        layer, reverse, gated, steps, points.stream().map(Point::evidence).toList());
  }

  static ThroughTimeJson of(TimeEvidence time) {
    return new ThroughTimeJson(
        time.layer(),
        time.reverse(),
        time.gated(),
        time.steps(),
        SnapshotJson.number(time.stepLog10()),
        SnapshotJson.number(time.wholeLog10()),
        time.points().stream().map(Point::of).toList());
  }
}
