package org.unvanish.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.unvanish.activation.Activation;
import org.unvanish.data.Shape;
import org.unvanish.network.Activated;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.Convolutional.SeparableConvolution;
import org.unvanish.network.Dense;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.Pooling.AveragePooling;
import org.unvanish.network.Pooling.MaxPooling;

/** Stacks layers, with what {@link MeanField} needs to know of each. */
final class ArchitectureBuilder {

  private static final int CLASSES = 10;

  private final Shape input;
  private final Activation activation;
  private final int width;
  private final boolean separable;
  private final Random random;
  private final List<Layer> layers = new ArrayList<>();
  private final List<MeanField.Step> steps = new ArrayList<>();
  private int convolutions;
  private int channels;
  private int side;

  ArchitectureBuilder(
      Shape input,
      Activation activation,
      int width,
      boolean convolutional,
      boolean separable,
      Random random) {
    this.input = input;
    this.activation = activation;
    this.width = width;
    this.separable = separable;
    this.random = random;
    this.convolutions = convolutional ? Integer.MAX_VALUE : 0;
    this.channels = input.channels();
    this.side = input.rows();
  }

  /** Adds a layer with a gain. */
  void add(double gain, boolean last) {
    if (last) {
      layers.add(new Dense(CLASSES, true));
      steps.add(new MeanField.Step(gain, 1, channels * side * side, null, 0));
      return;
    }
    if (convolutions > 0) {
      convolutions--;
      double inside = (3.0 * side - 2) / (3 * side);
      // A separable convolution's own zeros are the same.
      int averaged = 0;
      layers.add(
          separable ? new SeparableConvolution(3, width, true) : new Convolution(3, width, true));
      layers.add(new Activated(activation));
      int read = channels;
      double taps = inside * inside;
      channels = width;
      if (side > 4 && random.nextInt(3) == 0) {
        boolean average = random.nextBoolean();
        layers.add(average ? new AveragePooling(2) : new MaxPooling(2));
        averaged = average ? 1 : 0;
        side /= 2;
      }
      // Now and then the rest is dense.
      convolutions = random.nextInt(8) == 0 ? 0 : convolutions;
      steps.add(new MeanField.Step(gain, taps, read, activation, averaged));
    } else {
      layers.add(new Dense(width, true));
      layers.add(new Activated(activation));
      steps.add(new MeanField.Step(gain, 1, channels * side * side, activation, 0));
      channels = width;
      side = 1;
    }
  }

  Network network() {
    return new Network(input, layers);
  }

  List<MeanField.Step> steps() {
    return steps;
  }
}
