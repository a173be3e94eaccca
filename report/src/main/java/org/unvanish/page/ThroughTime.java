package org.unvanish.page;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.unvanish.examination.ThroughTimeJson;
import org.unvanish.examination.ThroughTimeJson.Point;

/**
 * The gradient's way back through the steps of one recurrent layer, in one direction, at one
 * snapshot. The arrays have an element for each measured step, from the last state back: decimal
 * logarithms, NaN for what is not a finite number.
 *
 * @param layer its name
 * @param reverse whether it is the direction that reads from the last step to the first
 * @param gated whether the layer has gates
 * @param steps how many steps there are to go back
 * @param stepLog10 what one step does in the mean, as far as the gradient comes
 * @param wholeLog10 what all steps do, as if those beyond the points did as those before
 * @param back how many steps back each element is, beginning with 0
 * @param sizes of the gradient with respect to the states, in root mean square
 * @param carried what the layer itself has carried this far
 * @param typical the same of the typical sample
 * @param activation the part of f′
 * @param recurrent the part of the recurrent weights
 * @param cell what the gates alone would have carried; NaN without gates
 */
// Made once and written once.
@SuppressWarnings("ArrayRecordComponent")
record ThroughTime(
    String layer,
    boolean reverse,
    boolean gated,
    int steps,
    double stepLog10,
    double wholeLog10,
    int[] back,
    double[] sizes,
    double[] carried,
    double[] typical,
    double[] activation,
    double[] recurrent,
    double[] cell) {

  static ThroughTime of(ThroughTimeJson time) {
    List<Point> points = time.points();
    return new ThroughTime(
        time.layer(),
        time.reverse(),
        time.gated(),
        time.steps(),
        SignalModel.number(time.stepLog10()),
        SignalModel.number(time.wholeLog10()),
        points.stream().mapToInt(Point::back).toArray(),
        numbers(points, Point::sizeLog10),
        numbers(points, Point::carriedLog10),
        numbers(points, Point::typicalLog10),
        numbers(points, Point::activationLog10),
        numbers(points, Point::recurrentLog10),
        numbers(points, Point::cellLog10));
  }

  private static double[] numbers(List<Point> points, Function<Point, @Nullable Double> number) {
    return points.stream().mapToDouble(point -> SignalModel.number(number.apply(point))).toArray();
  }
}
