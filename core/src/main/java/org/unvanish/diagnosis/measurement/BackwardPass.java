package org.unvanish.diagnosis.measurement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One mini-batch's backward pass through a layer stack, measured at each layer's output. {@link
 * BackwardMeasurement#pass} makes it.
 *
 * <p>At every layer's output the backpropagated gradient is brought back to about 1 by a power of
 * two, which is exact, and the power is remembered. So nothing is lost to the range of single
 * precision but what lies 38 orders of magnitude below the rest of the same tensor. The powers stay
 * the same for all blocks of the mini-batch, because their parameter gradients are added up. Inside
 * a residual block the gradient is only looked at: what is passed on there is added to what the
 * skip passes on, so it keeps the power of the block.
 */
public final class BackwardPass {

  private static final int UNKNOWN = Integer.MIN_VALUE;

  /** Gradients within 2^±20 of 1 are left alone. */
  private static final int TOLERATED = 20;

  private final int first;
  private final ScaledSum[] arriving;
  private final ScaledSum[] sent;
  private final SampleSizes[] arrivingSizes;
  private final SampleSizes[] sentSizes;
  private final int[] shifts;
  private final int[] exponents;
  private final double[][] parameterGradients;

  /** Of each layer, by direction. */
  private final List<List<TimePass>> times = new ArrayList<>();

  private final @Nullable BackwardPass[] inside;
  private final @Nullable BackwardPass around;
  private final int place;

  /**
   * @param first the first layer with weights, where the pass ends
   */
  BackwardPass(List<StackLayer> layers, int first) {
    this(layers, first, null, 0);
  }

  /**
   * @param around the pass through the block that the layers are inside of; null if there is none
   * @param place of the block in that
   */
  private BackwardPass(
      List<StackLayer> layers, int first, @Nullable BackwardPass around, int place) {
    this.first = first;
    this.around = around;
    this.place = place;
    this.inside = new BackwardPass[layers.size()];
    this.arriving = sums(layers.size());
    this.sent = sums(layers.size());
    this.arrivingSizes = sizes(layers.size());
    this.sentSizes = sizes(layers.size());
    this.shifts = new int[layers.size()];
    this.exponents = new int[layers.size()];
    this.parameterGradients = new double[layers.size()][];
    for (int i = 0; i < layers.size(); i++) {
      parameterGradients[i] = new double[layers.get(i).tensors().size()];
      Arrays.fill(parameterGradients[i], Double.NEGATIVE_INFINITY);
      times.add(new ArrayList<>());
      List<StackLayer> branch = layers.get(i).inside();
      inside[i] = branch.isEmpty() ? null : new BackwardPass(branch, 0, this, i);
    }
    Arrays.fill(shifts, UNKNOWN);
  }

  private static ScaledSum[] sums(int count) {
    ScaledSum[] sums = new ScaledSum[count];
    Arrays.setAll(sums, i -> new ScaledSum());
    return sums;
  }

  private static SampleSizes[] sizes(int count) {
    SampleSizes[] sizes = new SampleSizes[count];
    Arrays.setAll(sizes, i -> new SampleSizes());
    return sizes;
  }

  /**
   * The pass through the branch of a residual block, whose gradients arrive after the block's own.
   *
   * @param layer the block's index from 0
   */
  public BackwardPass inside(int layer) {
    return Objects.requireNonNull(inside[layer], "no residual block");
  }

  /**
   * Measures a block's gradient where it arrives, and makes of it what the layer is to pass on: the
   * same times a power of two, or a test gradient. Call it for each block, layer by layer, last to
   * first; a layer that looks at a whole batch lets all blocks come to it before one goes on.
   *
   * @param layer its index from 0
   * @param gradient at the layer's output; what is not finite counts as nothing
   * @param test where the values of a test gradient come from if no gradient arrives; null to send
   *     none
   * @return whether there is anything to pass on
   */
  public boolean arrive(int layer, LayerGradient gradient, @Nullable DoubleSupplier test) {
    long count = gradient.count();
    double squares = gradient.sumOfSquares();
    boolean arrives = squares > 0 && Double.isFinite(squares);
    int exponent = exponentBefore(layer);
    if (around != null) {
      exponent = around.exponents[place];
      shifts[layer] = 0;
    }
    arriving[layer].add(arrives ? squares : 0, 2 * exponent, count);
    arrivingSizes[layer].add(gradient, exponent);
    if (arrives || test == null) {
      sentSizes[layer].addLast(arrivingSizes[layer], gradient.samples());
    } else {
      gradient.replace(test);
      sentSizes[layer].add(gradient, exponent);
      squares = gradient.sumOfSquares();
      arrives = true;
    }
    if (arrives && shifts[layer] == UNKNOWN) {
      int size = Math.getExponent(Math.sqrt(squares / count));
      shifts[layer] = Math.abs(size) > TOLERATED ? -size : 0;
    }
    if (arrives && shifts[layer] != 0) {
      // In two steps, for one factor may be too large for a float.
      int half = shifts[layer] / 2;
      gradient.multiply(Math.scalb(1f, half), Math.scalb(1f, shifts[layer] - half));
      exponent -= shifts[layer];
      squares = gradient.sumOfSquares();
    }
    exponents[layer] = exponent;
    sent[layer].add(arrives ? squares : 0, 2 * exponent, count);
    return arrives;
  }

  /** The power that was taken out of a gradient on its way to a layer. */
  private int exponentBefore(int layer) {
    int exponent = 0;
    for (int i = layer + 1; i < shifts.length; i++) {
      exponent -= shifts[i] == UNKNOWN ? 0 : shifts[i];
    }
    return exponent;
  }

  /**
   * Measures the gradient of a parameter tensor when all blocks are done.
   *
   * @param layer its index from 0
   * @param tensor its index among the layer's, from 0
   * @param sumOfSquares of the gradient of the sum of the samples' losses, as it came out of the
   *     gradients that the layers passed on
   * @param count how many parameters there are
   */
  public void parameterGradient(int layer, int tensor, double sumOfSquares, long count) {
    ScaledSum sum = new ScaledSum();
    sum.add(sumOfSquares, 2 * exponents[layer], count);
    parameterGradients[layer][tensor] = sum.rmsLog10();
  }

  /**
   * The way through the steps of a recurrent layer, to which to add what is measured behind the
   * layer's output.
   *
   * @param layer its index from 0
   * @param direction 0 for that from the first step to the last, 1 for the other one
   * @param values of a state
   */
  public TimePass time(int layer, int direction, int values) {
    List<TimePass> own = times.get(layer);
    while (own.size() <= direction) {
      own.add(new TimePass(values));
    }
    return own.get(direction);
  }

  /** The ways through a layer's steps, by direction; none if it has no steps. */
  List<TimePass> times(int layer) {
    return times.get(layer);
  }

  /** The power of two by which the gradient was divided that a layer has passed on. */
  int exponent(int layer) {
    return exponents[layer];
  }

  /** The decimal logarithm of a parameter gradient's root mean square, summed over samples. */
  double parameterGradientLog10(int layer, int tensor) {
    return parameterGradients[layer][tensor];
  }

  /** The gradient as it arrives at a layer's output. */
  ScaledSum arriving(int layer) {
    return arriving[layer];
  }

  /** The gradient as the layer passes it on: the same, or a test gradient. */
  ScaledSum sent(int layer) {
    return sent[layer];
  }

  /** How large each sample's gradient is as it arrives at a layer's output. */
  SampleSizes arrivingSizes(int layer) {
    return arrivingSizes[layer];
  }

  /** The same as the layer passes it on. */
  SampleSizes sentSizes(int layer) {
    return sentSizes[layer];
  }

  /** The last layer at whose output nothing arrives, or −1: there a test gradient has to begin. */
  public int end() {
    for (int i = arriving.length - 1; i >= first; i--) {
      if (arriving[i].isZero()) {
        return i;
      }
    }
    return -1;
  }
}
