package org.unvanish.data;

/**
 * How the pixels of one channel become numbers: (p − mean)/deviation, computed without a division
 * as p·slope + (p·slopeRest + shift), each + and its product rounded once.
 *
 * <p>What 1/deviation loses when it is rounded to the slope stands in the rest; so p/255 comes out
 * correctly rounded for every byte p.
 *
 * @param slope 1/deviation in single precision
 * @param slopeRest 1/deviation less the slope
 * @param shift −mean/deviation
 */
public record ChannelScaling(float slope, float slopeRest, float shift) {

  /**
   * The scaling of one channel.
   *
   * @param mean what becomes 0
   * @param deviation what becomes the distance 1, not 0
   */
  public ChannelScaling(double mean, double deviation) {
    this(
        (float) (1 / deviation),
        (float) (1 / deviation - (float) (1 / deviation)),
        (float) (-mean / deviation));
  }

  /**
   * The number that stands for a pixel.
   *
   * @param pixel 0 to 255
   */
  public float apply(int pixel) {
    return Math.fma((float) pixel, slope, Math.fma((float) pixel, slopeRest, shift));
  }
}
