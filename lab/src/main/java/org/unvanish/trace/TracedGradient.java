package org.unvanish.trace;

import java.util.List;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.unvanish.diagnosis.measurement.LayerGradient;

/** A gradient of which only the sizes were recorded. */
final class TracedGradient implements LayerGradient {

  /** By what the gradients of one backward pass are multiplied on their way, as log₁₀. */
  static final class Scale {
    private double log10;

    double log10() {
      return log10;
    }
  }

  private final long count;
  private final Scale scale;
  private final List<@Nullable Double> replacement;
  private final double replacementLog10;
  private List<@Nullable Double> sizes;
  private double log10;

  /**
   * @param sizes as {@link TraceLine.Sizes} has them
   * @param log10 by what they are to be multiplied
   * @param replacement what a test gradient in its place was
   * @param replacementLog10 by what that is to be multiplied
   */
  TracedGradient(
      long count,
      List<@Nullable Double> sizes,
      double log10,
      List<@Nullable Double> replacement,
      double replacementLog10,
      Scale scale) {
    this.count = count;
    this.sizes = sizes;
    this.log10 = log10;
    this.replacement = replacement;
    this.replacementLog10 = replacementLog10;
    this.scale = scale;
  }

  @Override
  public long count() {
    return count;
  }

  @Override
  public double sumOfSquares() {
    return count * square(0);
  }

  @Override
  public int samples() {
    return sizes.size() - 1;
  }

  @Override
  public void sumsOfSquares(double[] sums) {
    for (int i = 0; i < samples(); i++) {
      sums[i] = square(i + 1);
    }
  }

  private double square(int index) {
    Double size = sizes.get(index);
    return size == null ? 0 : StrictMath.pow(10, 2 * (size + log10 + scale.log10));
  }

  @Override
  public void multiply(float a, float b) {
    scale.log10 += StrictMath.log10(a) + StrictMath.log10(b);
  }

  @Override
  public void replace(DoubleSupplier values) {
    sizes = replacement;
    log10 = replacementLog10;
  }

  /** The logarithm of its root mean square, as it is recorded and multiplied; NaN for zero. */
  double rmsLog10() {
    Double size = sizes.get(0);
    return size == null ? Double.NaN : size + log10;
  }
}
