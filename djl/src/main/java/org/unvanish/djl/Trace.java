package org.unvanish.djl;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The way of a mini-batch's signal back through a chain, measured at each link's output.
 *
 * <p>As in the engine's probe, the signal is brought back to about 1 by a power of two at every
 * link, which is exact, and the power is remembered; so nothing is lost to the range of single
 * precision but what lies 38 decades below the rest of the same array.
 */
final class Trace {

  /** Signals within 2^±20 of 1 are left alone. */
  private static final int TOLERATED = 20;

  private static final double LOG10_OF_2 = StrictMath.log10(2);

  private final double[] arriving;
  private final double[] sent;
  private final int[] exponents;
  private final Map<String, Double> gradients = new HashMap<>();
  private Map<String, float[]> values = new HashMap<>();
  private int exponent;

  Trace(int links) {
    this.arriving = new double[links];
    this.sent = new double[links];
    this.exponents = new int[links];
    Arrays.fill(arriving, Double.NEGATIVE_INFINITY);
    Arrays.fill(sent, Double.NEGATIVE_INFINITY);
  }

  /**
   * The signal arrives at a link's output.
   *
   * @return what the link is to pass on: the signal, rescaled, or a test signal
   */
  float[] arrive(int link, float[] signal, @Nullable RandomGenerator random) {
    double rms = rms(signal);
    if (rms == 0 || !Double.isFinite(rms)) {
      Arrays.fill(signal, 0);
      rms = 0;
    }
    arriving[link] = log10(rms, exponent);
    if (rms == 0 && random != null) {
      for (int i = 0; i < signal.length; i++) {
        signal[i] = (float) random.nextGaussian();
      }
      rms = rms(signal);
    }
    int size = rms == 0 ? 0 : Math.getExponent(rms);
    if (Math.abs(size) > TOLERATED) {
      // In two steps, for one factor may be too large for a float.
      float a = Math.scalb(1f, -size / 2);
      float b = Math.scalb(1f, -size - -size / 2);
      for (int i = 0; i < signal.length; i++) {
        signal[i] = signal[i] * a * b;
      }
      exponent += size;
      rms = rms(signal);
    }
    exponents[link] = exponent;
    sent[link] = log10(rms, exponent);
    return signal;
  }

  /** The gradient of a link's parameter, as it came out of the rescaled signal. */
  void gradient(int link, ModelParameter parameter, float[] values) {
    gradients.put(parameter.name(), log10(rms(values), exponents[link]));
    this.values.put(parameter.name(), values);
  }

  /** As it arrives at a link's output; a decimal logarithm, −∞ for nothing. */
  double arriving(int link) {
    return arriving[link];
  }

  /** As it is passed on there. */
  double sent(int link) {
    return sent[link];
  }

  /** Of a parameter, by its name; −∞ if nothing has reached it. */
  double gradient(String parameter) {
    return gradients.getOrDefault(parameter, Double.NEGATIVE_INFINITY);
  }

  /** The gradients of all parameters by their names, each times a power of 2; no longer kept. */
  Map<String, float[]> takeValues() {
    Map<String, float[]> taken = values;
    values = new HashMap<>();
    return taken;
  }

  int links() {
    return arriving.length;
  }

  /** The last link at whose output nothing arrives, or −1. */
  int end(int first) {
    for (int i = arriving.length - 1; i >= first; i--) {
      if (arriving[i] == Double.NEGATIVE_INFINITY) {
        return i;
      }
    }
    return -1;
  }

  static double rms(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum / values.length);
  }

  private static double log10(double rms, int exponent) {
    return rms == 0 ? Double.NEGATIVE_INFINITY : StrictMath.log10(rms) + exponent * LOG10_OF_2;
  }
}
