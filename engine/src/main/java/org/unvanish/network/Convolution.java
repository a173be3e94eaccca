package org.unvanish.network;

import java.util.List;
import org.unvanish.data.Shape;

/**
 * A k×k convolution with stride 1 and same padding (zeros).
 *
 * @param kernel k, odd
 * @param filters output channels, at least 1
 * @param bias whether each filter has a bias
 * @since 0.1
 */
public record Convolution(int kernel, int filters, boolean bias) implements Convolutional {
  /**
   * @throws IllegalArgumentException if k is even or below 1, or there are no filters
   */
  public Convolution {
    LayerChecks.requireConvolution(kernel, filters);
  }

  @Override
  public String name() {
    return "conv";
  }

  @Override
  public Shape output(Shape input) {
    return LayerChecks.convolved(this, input, "convolution");
  }

  @Override
  public List<Parameters> parameters(Shape input) {
    int area = kernel * kernel;
    int fanIn = input.channels() * area;
    List<Integer> shape = List.of(filters, input.channels(), kernel, kernel);
    return Parameters.withBias(
        List.of(Parameters.weights("weights", shape, fanIn, filters * area)), bias, filters, fanIn);
  }

  @Override
  public Convolution widened(int factor) {
    return new Convolution(kernel, filters * factor, bias);
  }
}
