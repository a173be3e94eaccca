package org.unvanish.data.scaling;

import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the values of one channel become numbers: (p − mean)/deviation.
 *
 * <p>For the bytes of images it is computed without a division as p·slope + (p·slopeRest + shift),
 * each + and its product rounded once. What 1/deviation loses when it is rounded to the slope
 * stands in the rest; so p/255 comes out correctly rounded for every byte p. For other values it is
 * computed in double precision and rounded once.
 *
 * @since 0.1
 */
public final class ChannelScaling implements Serializable {
  /** Leaves all values as they are. */
  public static final ChannelScaling NONE = new ChannelScaling(0, 1);

  private final double mean;
  private final double deviation;
  private final float slope;
  private final float slopeRest;
  private final float shift;

  /**
   * The scaling of one channel.
   *
   * @param mean what becomes 0
   * @param deviation what becomes the distance 1, not 0
   * @throws IllegalArgumentException if the deviation is 0, or a number is not finite
   */
  public ChannelScaling(double mean, double deviation) {
    if (!Double.isFinite(mean) || !Double.isFinite(deviation) || deviation == 0) {
      throw new IllegalArgumentException(
          "nothing can be scaled by mean %s and deviation %s".formatted(mean, deviation));
    }
    this.mean = mean;
    this.deviation = deviation;
    this.slope = (float) (1 / deviation);
    this.slopeRest = (float) (1 / deviation - slope);
    this.shift = (float) (-mean / deviation);
  }

  /**
   * Whether it moves 0 or 1, or stretches the distance between them, by more than so much.
   *
   * @param much at least 0
   */
  boolean changesBy(double much) {
    return Math.abs(mean) > much || Math.abs(deviation - 1) > much;
  }

  /** What becomes 0. */
  public double mean() {
    return mean;
  }

  /** What becomes the distance 1. */
  public double deviation() {
    return deviation;
  }

  /** 1/deviation in single precision. */
  public float slope() {
    return slope;
  }

  /** 1/deviation less the slope. */
  public float slopeRest() {
    return slopeRest;
  }

  /** −mean/deviation. */
  public float shift() {
    return shift;
  }

  /**
   * The number that stands for a pixel.
   *
   * @param pixel 0 to 255
   */
  public float apply(int pixel) {
    return Math.fma((float) pixel, slope, Math.fma((float) pixel, slopeRest, shift));
  }

  /** The number that stands for a real number. */
  public float applyTo(float value) {
    return (float) ((value - mean) / deviation);
  }

  /** True for the same mean and deviation. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ChannelScaling scaling
        && Double.compare(mean, scaling.mean) == 0
        && Double.compare(deviation, scaling.deviation) == 0;
  }

  @Override
  public int hashCode() {
    return Objects.hash(mean, deviation);
  }
}
