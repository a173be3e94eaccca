package org.unvanish.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Shape;
import org.unvanish.data.synthetic.SyntheticImages;
import org.unvanish.gradient.GradientSource;
import org.unvanish.network.Activated;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.Dense;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.Normalization.BatchNormalization;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.ParameterTensor.Kind;
import org.unvanish.network.Recurrent.SimpleRecurrent;
import org.unvanish.network.Residual;

/** One learned α for several places of a network. */
class SharedScaleTest {

  private static final Layer SHARED = new Activated(Activation.shared(ActivationFunction.TANH, 2));
  private static final Shape IMAGE = new Shape(2, 6, 6);

  /** Three places, one of them inside a block, on either side of a batch stage. */
  private static Network network(Layer activation) {
    return new Network(
        IMAGE,
        List.of(
            new Convolution(3, 3, true),
            activation,
            new Residual(List.of(activation, new Convolution(3, 3, false)), false),
            BatchNormalization.DEFAULT,
            new Dense(5, true),
            activation,
            new Dense(3, true)));
  }

  @Test
  void allPlacesHaveOneTensor() {
    Network network = network(SHARED);
    assertThat(network.parameters())
        .extracting(ParameterTensor::name)
        .containsOnlyOnce("activations/alpha")
        .doesNotContain("activation1/alpha", "residual1/activation1/alpha");
    Network own = network(new Activated(Activation.learned(ActivationFunction.TANH, 2)));
    assertThat(network.trainedCount()).isEqualTo(own.trainedCount() - 2);
    assertThat(network.parametersByLayer()).hasSize(own.parameters().size());
    int end = 0;
    for (ParameterTensor tensor : network.parameters()) {
      assertThat(tensor.offset()).isEqualTo(end);
      end = tensor.end();
    }
    assertThat(own.parametersByLayer()).isEqualTo(own.parameters());
  }

  @Test
  void placesThatStartFromSeveralValuesAreRefused() {
    Layer other = new Activated(Activation.shared(ActivationFunction.ARCTAN, 3));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Network(IMAGE, List.of(new Dense(3, false), SHARED, other)))
        .withMessageContaining("share a learned α start from 2.0 and 3.0");
    Layer alike = new Activated(Activation.shared(ActivationFunction.ARCTAN, 2));
    assertThat(new Network(IMAGE, List.of(new Dense(3, false), SHARED, alike)).trainedCount())
        .isEqualTo(3 * 72 + 1);
  }

  /** Also where it stands before the first weights, where nobody needs the gradient by x. */
  @Test
  void itsGradientIsWithinItsBoundInEveryNetwork() {
    RandomCases random = new RandomCases(5);
    int several = 0;
    for (int i = 0; i < 120; i++) {
      ActivationFunction function = random.oneOf(ActivationFunction.values());
      Network network = random.network(Activation.shared(function, random.oneOf(0.5, 1.0, 3.0)));
      several += network.activations().size() > 1 ? 1 : 0;
      requireWithinBounds(network, random);
    }
    assertThat(several).isGreaterThan(40);
    requireWithinBounds(network(SHARED), random);
  }

  private static void requireWithinBounds(Network network, RandomCases random) {
    Batch batch =
        new Batch(
            network,
            random.values(network, Kind.WEIGHTS, 1),
            random.values(network, Kind.BIAS, 1),
            random.data(network, random.oneOf(3, 16, 17, 33), 1));
    TrainingStep step = batch.byEngine();
    double worst = Batch.worst(step, batch.byReference(step.parameters()));
    assertThat(worst).as("gradient of %s, in bounds", batch).isLessThanOrEqualTo(1);
  }

  /** No rounding either, of which Adam would make whole steps: α·relu(z/α) is relu(z). */
  @Test
  void aScaleThatChangesNothingStaysAsItIs() {
    for (ActivationFunction function : ActivationFunction.values()) {
      Activation activation = Activation.shared(function, 3);
      Network network =
          new Network(
              new Shape(2, 3, 1),
              List.of(
                  new SimpleRecurrent(4, activation),
                  new Activated(activation),
                  new Dense(3, true)));
      RandomCases random = new RandomCases(7);
      Batch batch =
          new Batch(
              network,
              random.values(network, Kind.WEIGHTS, 1),
              random.values(network, Kind.BIAS, 1),
              random.data(network, 16, 1));
      float gradient = batch.byEngine().dataGradient()[alpha(network)];
      assertThat(gradient == 0).as(function.label()).isEqualTo(function.isHomogeneous());
    }
  }

  @Test
  void theOraclesGradientIsTheLimitOfDifferences() {
    RandomCases random = new RandomCases(6);
    Network network = network(SHARED);
    ImageSet images = random.data(network, 5, 1).train();
    double[] parameters = new double[network.parameterCount()];
    Arrays.setAll(parameters, p -> random.between(-100, 100) / 100.0 + 0.005);
    int alpha = alpha(network);
    parameters[alpha] = 1.5;
    ReferenceNetwork reference = new ReferenceNetwork(network, parameters);
    Batch.addAll(reference, images, images.count());
    double slope = Differences.slope(network, images, parameters, alpha, 1e-5);
    assertThat(Math.abs(slope)).isGreaterThan(1e-3);
    assertThat(reference.gradient(alpha)).isCloseTo(slope, within(1e-6 * Math.abs(slope)));
  }

  private static int alpha(Network network) {
    return network.parameters().stream()
        .filter(ParameterTensor::isShared)
        .findFirst()
        .orElseThrow()
        .offset();
  }

  /** A place alone shares with nobody: it trains to the bits of an α of its own. */
  @Test
  void onePlaceAloneTrainsAsWithAnAlphaOfItsOwn() {
    assertThat(trained(one(Activation.shared(ActivationFunction.LOGISTIC, 2))))
        .isEqualTo(trained(one(Activation.learned(ActivationFunction.LOGISTIC, 2))));
  }

  private static Network one(Activation activation) {
    return new Network(
        new Shape(3, 32, 32),
        List.of(new Dense(4, true), new Activated(activation), new Dense(10, true)));
  }

  private static Network many() {
    return new Network(
        new Shape(3, 32, 32),
        List.of(
            new Convolution(3, 2, true),
            SHARED,
            new Residual(List.of(SHARED, new Convolution(3, 2, false)), false),
            new Dense(6, true),
            SHARED,
            new Dense(10, true)));
  }

  private static float[] trained(Network network) {
    Dataset data = SyntheticImages.draw(1, 70, 10);
    return Training.of(network).epochs(2).run(data).parameters();
  }

  @Test
  void itTrainsToTheSameBitsWithAnyWorkers() throws Exception {
    float[] expected = trained(many());
    assertThat(expected[alpha(many())]).isNotEqualTo(2);
    ExecutorService workers = Executors.newFixedThreadPool(3);
    try {
      List<Future<float[]>> runs =
          List.of(
              workers.submit(() -> trained(many())),
              workers.submit(() -> trained(many())),
              workers.submit(() -> trained(many())));
      for (Future<float[]> run : runs) {
        assertThat(run.get()).isEqualTo(expected);
      }
    } finally {
      workers.shutdown();
    }
  }

  @Test
  void aModelIsSavedWithItsOneAlpha(@TempDir Path folder) throws IOException {
    Dataset data = SyntheticImages.draw(1, 40, 10);
    Model model = Training.of(many()).epochs(1).run(data);
    Path file = folder.resolve("shared.safetensors");
    model.save(file);
    Model loaded = Model.load(file);
    assertThat(loaded.network()).isEqualTo(many());
    assertThat(loaded.parameters()).isEqualTo(model.parameters());
    assertThat(loaded.outputs(data.test())).isDeepEqualTo(model.outputs(data.test()));
    EpochRecord last = model.history().last();
    assertThat(last.updateRatio(ParameterTensor.SHARED_ALPHA)).isPositive();
    assertThat(last.gradient(ParameterTensor.SHARED_ALPHA, GradientSource.DATA).rms()).isPositive();
  }
}
