package org.unvanish.probe;

import java.util.Arrays;
import java.util.List;
import org.unvanish.initialization.RandomStream;
import org.unvanish.internal.kernel.LaneTensor;
import org.unvanish.internal.kernel.LaneValues;
import org.unvanish.internal.stage.LaneNetwork;
import org.unvanish.internal.stage.Stage;

/**
 * The way of the signal back through the layers, measured at each layer's output over a mini-batch.
 *
 * <p>At every layer's output the signal is brought back to about 1 by a power of two, which is
 * exact, and the power is remembered; so nothing is lost to the range of single precision but what
 * lies 38 decades below the rest of the same tensor. The powers stay the same for all blocks of the
 * mini-batch, because their parameter gradients are added up.
 */
final class SignalTrace {

  private static final int UNKNOWN = Integer.MIN_VALUE;

  /** Signals within 2^±20 of 1 are left alone. */
  private static final int TOLERATED = 20;

  private final List<LaneNetwork.LaidOut> layers;
  private final int first;
  private final RandomStream test;
  private final ScaledSum[] arriving;
  private final ScaledSum[] sent;
  private final int[] shifts;
  private final int[] exponents;

  /**
   * @param first the first layer with weights, where the way ends
   * @param test where test signals come from
   */
  SignalTrace(List<LaneNetwork.LaidOut> layers, int first, RandomStream test) {
    this.layers = layers;
    this.first = first;
    this.test = test;
    this.arriving = sums(layers.size());
    this.sent = sums(layers.size());
    this.shifts = new int[layers.size()];
    this.exponents = new int[layers.size()];
    Arrays.fill(shifts, UNKNOWN);
  }

  private static ScaledSum[] sums(int count) {
    ScaledSum[] sums = new ScaledSum[count];
    Arrays.setAll(sums, i -> new ScaledSum());
    return sums;
  }

  /**
   * Sends a block's signal back to the first layer, adding parameter gradients on its way.
   *
   * @param from the layer behind which it starts
   * @param testing true to put a test signal where no signal arrives
   */
  void backward(int from, int samples, boolean testing) {
    int exponent = 0;
    for (int i = from; i >= first; i--) {
      LaneTensor signal = layers.get(i).outputGradient();
      long count = (long) signal.shape().size() * samples;
      double squares = LaneValues.sumOfSquares(signal, samples);
      boolean arrives = squares > 0 && Double.isFinite(squares);
      arriving[i].add(arrives ? squares : 0, 2 * exponent, count);
      if (testing && !arrives) {
        LaneValues.replaceAll(signal, samples, old -> (float) test.normal());
        squares = LaneValues.sumOfSquares(signal, samples);
        arrives = true;
      }
      if (arrives && shifts[i] == UNKNOWN) {
        int size = Math.getExponent(Math.sqrt(squares / count));
        shifts[i] = Math.abs(size) > TOLERATED ? -size : 0;
      }
      if (arrives && shifts[i] != 0) {
        // In two steps, for one factor may be too large for a float.
        int half = shifts[i] / 2;
        float a = Math.scalb(1f, half);
        float b = Math.scalb(1f, shifts[i] - half);
        LaneValues.replaceAll(signal, samples, old -> old * a * b);
        exponent -= shifts[i];
        squares = LaneValues.sumOfSquares(signal, samples);
      }
      exponents[i] = exponent;
      sent[i].add(arrives ? squares : 0, 2 * exponent, count);
      through(layers.get(i).stages(), i > first);
    }
  }

  private static void through(List<Stage> stages, boolean toInput) {
    for (int j = stages.size() - 1; j >= 0; j--) {
      stages.get(j).addParameterGradients();
      if (toInput || j > 0) {
        stages.get(j).inputGradient();
      }
    }
  }

  /** The power of two by which a layer's parameter gradients of this batch are to be multiplied. */
  int exponent(int layer) {
    return exponents[layer];
  }

  /** The signal as it arrives at a layer's output. */
  ScaledSum arriving(int layer) {
    return arriving[layer];
  }

  /** The signal as the layer passes it on: the same, or a test signal. */
  ScaledSum sent(int layer) {
    return sent[layer];
  }

  /** The last layer at whose output nothing arrives, or −1. */
  int end() {
    for (int i = layers.size() - 1; i >= first; i--) {
      if (arriving[i].isZero()) {
        return i;
      }
    }
    return -1;
  }
}
