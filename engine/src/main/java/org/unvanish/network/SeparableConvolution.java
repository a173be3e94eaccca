package org.unvanish.network;

import java.util.List;
import org.unvanish.data.Shape;

/**
 * A depthwise-separable convolution: one k×k kernel for each channel, then a 1×1 convolution over
 * the channels, nothing in between.
 *
 * @param kernel k, odd
 * @param filters output channels, at least 1
 * @param bias whether each filter has a bias
 * @since 0.1
 */
public record SeparableConvolution(int kernel, int filters, boolean bias) implements Convolutional {
  /**
   * @throws IllegalArgumentException if k is even or below 1, or there are no filters
   */
  public SeparableConvolution {
    LayerChecks.requireConvolution(kernel, filters);
  }

  @Override
  public String name() {
    return "sepconv";
  }

  @Override
  public Shape output(Shape input) {
    return LayerChecks.convolved(this, input, "separable convolution");
  }

  @Override
  public List<Parameters> parameters(Shape input) {
    int area = kernel * kernel;
    int channels = input.channels();
    return Parameters.withBias(
        List.of(
            Parameters.weights("depthwise", List.of(channels, kernel, kernel), area, area),
            Parameters.weights("pointwise", List.of(filters, channels), channels, filters)),
        bias,
        filters,
        channels);
  }

  @Override
  public SeparableConvolution widened(int factor) {
    return new SeparableConvolution(kernel, filters * factor, bias);
  }
}
