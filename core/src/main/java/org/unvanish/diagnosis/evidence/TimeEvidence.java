package org.unvanish.diagnosis.evidence;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How the gradient changes on its way back through the steps of a recurrent layer, at one snapshot:
 * the second axis, beside that from layer to layer.
 *
 * <p>Steps are counted back from the end of each sequence, so that 0 is the last state. Of a layer
 * that reads both ways, each direction is measured for itself, and the end of the second one is the
 * first step.
 *
 * @param layer its name as in the network: {@code recurrent1}
 * @param reverse whether this is the direction that reads from the last step to the first
 * @param gated whether the layer has gates, so that a state is also passed on past the sums
 * @param steps how many steps there are to go back: one less than the longest sequence of the
 *     window has states, or than the way back has before it is cut
 * @param points from 0 steps back to the farthest that the gradient comes to, in this order; of
 *     long sequences a choice of them. Where nothing is left in single precision, or more than that
 *     can hold, they end before the steps do
 * @since 0.1
 */
public record TimeEvidence(
    String layer, boolean reverse, boolean gated, int steps, List<Point> points) {

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if there is no point, or the first one is not 0 steps back
   */
  public TimeEvidence {
    points = List.copyOf(points);
    if (points.isEmpty() || points.get(0).back() != 0) {
      throw new IllegalArgumentException("the way back through time begins 0 steps back");
    }
  }

  /**
   * The gradient so many steps back. All numbers but the first are decimal logarithms, typical of
   * the window's mini-batches as in {@link LayerEvidence}; −∞ where nothing is left in single
   * precision.
   *
   * @param back steps from the last state
   * @param sizeLog10 root mean square of the gradient with respect to the states, with all that
   *     comes to them from elsewhere
   * @param carriedLog10 what the layer itself has carried this far of the gradient: the product of
   *     the factors of all steps. Where the loss reads the last state alone, it is what is left of
   *     the gradient
   * @param typicalLog10 the same of the typical sample: the median over all samples
   * @param activationLog10 the part of it that is f′: from the state to the sums that make it, in
   *     each step. With gates, only the sums' own path has this part and the next
   * @param recurrentLog10 the part of the recurrent weights: from the sums of a step to the state
   *     before it
   * @param cellLog10 what the gates alone would have carried this far, past the sums: of an LSTM by
   *     its forget gate, of a GRU by its update gate; NaN without gates
   */
  public record Point(
      int back,
      double sizeLog10,
      double carriedLog10,
      double typicalLog10,
      double activationLog10,
      double recurrentLog10,
      double cellLog10) {}

  /**
   * Where a gradient begins with so much less than in the layer's other direction, as log₁₀, a way
   * says nothing of what the loss can teach: so that of a reverse direction whose states are read
   * step by step, and from the last one on.
   */
  private static final double WEAK = 1;

  /**
   * The way that keeps most of the gradient: where that loses it, all do, and where one makes it
   * larger, this one does. Of a layer with two directions only those count on which much of the
   * gradient sets out.
   *
   * @param ways of all recurrent layers
   * @return empty if there is no way
   */
  public static Optional<TimeEvidence> decisive(List<TimeEvidence> ways) {
    return ways.stream()
        .filter(way -> ways.stream().noneMatch(way::isWeakBeside))
        .max(Comparator.comparingDouble(TimeEvidence::wholeLog10));
  }

  private boolean isWeakBeside(TimeEvidence other) {
    return layer.equals(other.layer)
        && points.get(0).sizeLog10() < other.points.get(0).sizeLog10() - WEAK;
  }

  /** The farthest point. */
  public Point last() {
    return points.get(points.size() - 1);
  }

  /** What is carried as far as the points go: −∞ if the gradient ends on its way. */
  public double carriedLog10() {
    return last().carriedLog10();
  }

  /** What one step does in the mean, as far as the gradient comes; 0 of a single state. */
  public double stepLog10() {
    Point farthest = farthest();
    return farthest.back() == 0 ? 0 : farthest.carriedLog10() / farthest.back();
  }

  /**
   * What all steps do: that which is {@linkplain #carriedLog10 carried} if the points come to the
   * end, else as if the other steps did as those before.
   */
  public double wholeLog10() {
    Point farthest = farthest();
    return farthest.back() == steps ? farthest.carriedLog10() : stepLog10() * steps;
  }

  /** The farthest point at which something is left; of those that end at once, the last one. */
  public Point farthest() {
    int last = points.size() - 1;
    while (last > 1 && points.get(last).carriedLog10() == Double.NEGATIVE_INFINITY) {
      last--;
    }
    return points.get(last);
  }
}
