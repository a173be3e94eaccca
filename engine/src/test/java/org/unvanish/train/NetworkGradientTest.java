package org.unvanish.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Shape;
import org.unvanish.network.Activated;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.Convolutional.SeparableConvolution;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.ParameterTensor.Kind;
import org.unvanish.network.Pooling.MaxPooling;

/**
 * Losses and gradients of one step against the {@link ReferenceNetwork}, on many generated
 * networks. Every coordinate must lie within its own derived bound; that the bounds are narrow
 * enough to catch a mistake is tested too.
 */
class NetworkGradientTest {

  /** From vanishingly small values to layers in which every unit is saturated. */
  private static final double[] GAINS = {1e-4, 1e-2, 0.3, 1, 3, 10, 30};

  private static final int NETWORKS_PER_GAIN = 6;

  @ParameterizedTest
  @EnumSource
  void everyCoordinateIsWithinItsBound(ActivationFunction function) {
    RandomCases random = new RandomCases(function.ordinal());
    int tensors = 0;
    int narrow = 0;
    for (double gain : GAINS) {
      for (int i = 0; i < NETWORKS_PER_GAIN; i++) {
        for (Activation activation : random.activations(function)) {
          Network network = random.network(activation);
          Batch batch = batch(random, network, gain);
          TrainingStep step = batch.byEngine();
          ReferenceNetwork reference = batch.byReference(step.parameters());
          assertThat(Batch.worst(step, reference))
              .as("gradient of %s, gain %s", batch, gain)
              .isLessThanOrEqualTo(1);
          assertThat(Math.abs(step.loss() * batch.size() - reference.loss()))
              .as("loss of %s, gain %s", batch, gain)
              .isLessThanOrEqualTo(reference.lossError());
          for (ParameterTensor tensor : network.parameters()) {
            double relative = relativeBound(tensor, reference);
            // Of a positively homogeneous function the gradient with respect to α is 0.
            tensors += relative < Double.POSITIVE_INFINITY ? 1 : 0;
            narrow += relative < 0.01 ? 1 : 0;
          }
        }
      }
    }
    // Bounds multiply from layer to layer; deep and saturated networks have wide ones.
    assertThat((double) narrow / tensors)
        .as("share of parameter tensors whose bound is below 1 %% of their largest gradient")
        .isGreaterThan(0.6);
  }

  /** An activation that may overwrite its input, one that may not, and a padded gradient. */
  @Test
  void anyLayerMayBeTheLast() {
    RandomCases random = new RandomCases(15);
    for (ActivationFunction function : ActivationFunction.values()) {
      for (Activation activation : random.activations(function)) {
        Layer last =
            random.oneOf(
                new Activated(activation),
                new Convolution(3, 2, true),
                new SeparableConvolution(5, 3, true),
                new MaxPooling(2));
        Network network =
            new Network(
                new Shape(2, 4, 6),
                List.of(new Convolution(3, 3, true), new Activated(activation), last));
        Batch batch = batch(random, network, 1);
        TrainingStep step = batch.byEngine();
        assertThat(Batch.worst(step, batch.byReference(step.parameters())))
            .as("gradient of %s", batch)
            .isLessThanOrEqualTo(1);
      }
    }
  }

  private static Batch batch(RandomCases random, Network network, double gain) {
    return new Batch(
        network,
        random.values(network, Kind.WEIGHTS, gain),
        random.values(network, Kind.BIAS, gain),
        random.data(network, random.oneOf(1, 5, 16, 17, 33, 40), 1));
  }

  private static double relativeBound(ParameterTensor tensor, ReferenceNetwork reference) {
    double largest = 0;
    double bound = 0;
    for (int i = tensor.offset(); i < tensor.end(); i++) {
      largest = Math.max(largest, Math.abs(reference.gradient(i)));
      bound = Math.max(bound, reference.gradientError(i));
    }
    return bound / largest;
  }

  /** What the comparison must be able to see, done to the reference rather than to the engine. */
  private enum Mistake {
    A_SAMPLE_IS_LEFT_OUT {
      @Override
      ReferenceNetwork apply(Batch batch, TrainingStep step) {
        ReferenceNetwork reference = batch.reference(step.parameters());
        ImageSet images = batch.data().train();
        for (int i = 1; i < images.count(); i++) {
          reference.add(Batch.image(images, i), images.label(i), batch.size());
        }
        return reference;
      }
    },
    LANES_ARE_OFF_BY_ONE {
      @Override
      ReferenceNetwork apply(Batch batch, TrainingStep step) {
        ReferenceNetwork reference = batch.reference(step.parameters());
        ImageSet images = batch.data().train();
        for (int i = 0; i < images.count(); i++) {
          int next = (i + 1) % images.count();
          reference.add(Batch.image(images, i), images.label(next), batch.size());
        }
        return reference;
      }
    },
    THE_MEAN_COUNTS_UNUSED_LANES {
      @Override
      ReferenceNetwork apply(Batch batch, TrainingStep step) {
        ReferenceNetwork reference = batch.reference(step.parameters());
        Batch.addAll(reference, batch.data().train(), (batch.size() + 15) / 16 * 16);
        return reference;
      }
    },
    A_TAP_IS_DROPPED {
      @Override
      ReferenceNetwork apply(Batch batch, TrainingStep step) {
        float[] parameters = step.parameters().clone();
        // Of the first weights, the one that the loss would miss most: some only see zeros.
        int dropped = 0;
        for (int i = 0; i < batch.network().parameters().get(0).size(); i++) {
          if (weight(step, i) > weight(step, dropped)) {
            dropped = i;
          }
        }
        parameters[dropped] = 0;
        ReferenceNetwork reference = batch.reference(parameters);
        Batch.addAll(reference, batch.data().train(), batch.size());
        return reference;
      }
    };

    private static double weight(TrainingStep step, int i) {
      return Math.abs(step.parameters()[i] * step.dataGradient()[i]);
    }

    abstract ReferenceNetwork apply(Batch batch, TrainingStep step);
  }

  @ParameterizedTest
  @EnumSource
  void aMistakeIsCaught(Mistake mistake) {
    RandomCases random = new RandomCases(100);
    int caught = 0;
    for (int i = 0; i < 50; i++) {
      Network network = random.network(Activation.of(ActivationFunction.TANH));
      Batch batch =
          new Batch(
              network,
              random.values(network, Kind.WEIGHTS, 1),
              random.values(network, Kind.BIAS, 1),
              random.data(network, random.oneOf(5, 17, 33), 1));
      TrainingStep step = batch.byEngine();
      caught += Batch.worst(step, mistake.apply(batch, step)) > 1 ? 1 : 0;
    }
    // A network may forgive: a tap on a ring of zeros, a neighbour with the same label.
    assertThat(caught).isGreaterThanOrEqualTo(48);
  }

  @Test
  void aPartialBlockCountsEverySampleOnce() {
    RandomCases random = new RandomCases(7);
    Network network = random.network(Activation.of(ActivationFunction.TANH));
    for (int samples = 1; samples <= 35; samples++) {
      Batch batch =
          new Batch(
              network,
              random.values(network, Kind.WEIGHTS, 1),
              random.values(network, Kind.BIAS, 1),
              random.data(network, samples, 1));
      TrainingStep step = batch.byEngine();
      assertThat(Batch.worst(step, batch.byReference(step.parameters())))
          .as("batch of %s", samples)
          .isLessThanOrEqualTo(1);
    }
  }
}
