package org.unvanish.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Shape;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.data.synthetic.SyntheticImages;
import org.unvanish.gradient.GradientSource;
import org.unvanish.initialization.Initialization;
import org.unvanish.network.Activated;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.Convolutional.SeparableConvolution;
import org.unvanish.network.Dense;
import org.unvanish.network.Dropout;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.Normalization.BatchNormalization;
import org.unvanish.network.Normalization.GroupNormalization;
import org.unvanish.network.Normalization.LayerNormalization;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.ParameterTensor.Kind;
import org.unvanish.network.Pooling.MaxPooling;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.penalty.Penalty;

class NormalizationTest {

  private static final BatchNormalization NORM = BatchNormalization.DEFAULT;
  private static final Layer TANH = new Activated(Activation.of(ActivationFunction.TANH));
  private static final Dataset DATA = SyntheticImages.draw(3, 53, 21);

  /** At the start, after convolutions and pooling, twice in a row, at the end; and dropout. */
  private static final Network NETWORK =
      new Network(
          new Shape(3, 32, 32),
          List.of(
              NORM,
              new Convolution(3, 4, true),
              NORM,
              TANH,
              new MaxPooling(4),
              new SeparableConvolution(3, 5, false),
              new Activated(Activation.learned(ActivationFunction.ARCTAN, 1.5)),
              new BatchNormalization(0.01, 0.3),
              NORM,
              new GroupNormalization(5, 1e-5),
              new Dropout(0.1),
              new Dense(9, false),
              NORM,
              TANH,
              LayerNormalization.DEFAULT,
              new Dropout(0.5),
              new Dense(10, true)));

  private static TrainingSettings settings(int batchSize, int epochs) {
    return new TrainingSettings(
        new Optimizer.Sgd(0.05, 0.9),
        Penalty.l2(0.01),
        new Initialization.Glorot(),
        new Initialization.Zeros(),
        PixelScaling.STANDARDISED,
        batchSize,
        epochs);
  }

  @Test
  void everyGradientIsWithinItsBoundWhereverTheLayerStands() {
    RandomCases random = new RandomCases(1);
    int narrow = 0;
    int tensors = 0;
    for (int i = 0; i < 120; i++) {
      ActivationFunction function = random.oneOf(ActivationFunction.values());
      Network network = normalized(random, random.network(Activation.of(function)));
      double gain = random.oneOf(0.3, 1.0);
      Batch batch =
          new Batch(
              network,
              random.values(network, Kind.WEIGHTS, gain),
              random.values(network, Kind.BIAS, gain),
              random.data(network, random.oneOf(3, 15, 16, 17, 33, 40), 1));
      TrainingStep step = batch.byEngine();
      ReferenceNetwork reference = batch.byReference(step.parameters());
      assertThat(Batch.worst(step, reference)).as("gradient of %s", batch).isLessThanOrEqualTo(1);
      assertThat(Math.abs(step.loss() * batch.size() - reference.loss()))
          .as("loss of %s", batch)
          .isLessThanOrEqualTo(reference.lossError());
      for (ParameterTensor tensor : network.trainedParameters()) {
        tensors++;
        narrow += isNarrow(tensor, reference) ? 1 : 0;
      }
    }
    // A normalization multiplies the bounds before it by as much as it divides deviations.
    assertThat((double) narrow / tensors)
        .as("share of parameter tensors whose bound is below 1 %% of their largest gradient")
        .isGreaterThan(0.4);
  }

  private static boolean isNarrow(ParameterTensor tensor, ReferenceNetwork reference) {
    double largest = 0;
    double bound = 0;
    for (int i = tensor.offset(); i < tensor.end(); i++) {
      largest = Math.max(largest, Math.abs(reference.gradient(i)));
      bound = Math.max(bound, reference.gradientError(i));
    }
    return bound < 0.01 * largest;
  }

  /** The same network with normalizations of all kinds and dropout before some of its layers. */
  private static Network normalized(RandomCases random, Network network) {
    List<Layer> layers = new ArrayList<>();
    Shape shape = network.input();
    for (int i = 0; i < network.layers().size(); i++) {
      if (random.between(1, 4) == 1) {
        layers.add(random.oneOf(NORM, perSample(random, shape), new Dropout(0.3)));
      }
      layers.add(network.layers().get(i));
      shape = network.output(i);
    }
    return new Network(network.input(), layers);
  }

  private static Layer perSample(RandomCases random, Shape shape) {
    int groups = random.between(1, shape.channels());
    if (shape.channels() % groups == 0 && shape.size() / groups > 1) {
      return new GroupNormalization(groups, random.oneOf(1e-5, 0.01));
    }
    return shape.size() > 1 ? LayerNormalization.DEFAULT : new BatchNormalization(0.01, 0.1);
  }

  @Test
  void theOraclesGradientsAreTheLimitOfDifferences() {
    RandomCases random = new RandomCases(2);
    for (int i = 0; i < 10; i++) {
      Network plain = random.network(Activation.of(ActivationFunction.TANH));
      Network network = normalized(random, plain);
      ImageSet images = random.data(network, 7, 1).train();
      double[] parameters = new double[network.parameterCount()];
      Arrays.setAll(parameters, p -> random.between(-100, 100) / 100.0);
      ReferenceNetwork reference = new ReferenceNetwork(network, parameters);
      Batch.addAll(reference, images, images.count());
      for (int p = 0; p < parameters.length; p += random.between(1, 1 + parameters.length / 10)) {
        double wide = Differences.slope(network, images, parameters, p, 1e-5);
        double close = Differences.slope(network, images, parameters, p, 5e-6);
        assertThat(reference.gradient(p))
            .as("parameter %s of %s", p, network)
            .isCloseTo(close, within(Math.abs(wide - close) + 1e-8 * (1 + Math.abs(close))));
      }
    }
  }

  @Test
  void runningStatisticsFollowTheBatchesAsPyTorchsDo() {
    Network network =
        new Network(
            new Shape(3, 32, 32), List.of(new BatchNormalization(1e-5, 0.25), new Dense(10, true)));
    Trainer trainer = new Trainer(network, settings(53, 2), DATA, 1);
    trainer.run(TrainingObserver.NONE);
    ImageSet images = DATA.train();
    for (int channel = 0; channel < 3; channel++) {
      // Standardised pixels have mean 0 and biased variance 1 over all samples: one batch.
      double n = images.count() * 32.0 * 32;
      double variance = 0.75 * (0.75 * 1 + 0.25 * n / (n - 1)) + 0.25 * n / (n - 1);
      assertThat(trainer.parameters()[network.parameters().get(2).offset() + channel])
          .isCloseTo(0, within(1e-5f));
      assertThat((double) trainer.parameters()[network.parameters().get(3).offset() + channel])
          .isCloseTo(variance, within(1e-5));
    }
  }

  @Test
  void aSampleIsPredictedAlikeInAnyCompany(@TempDir Path folder) throws Exception {
    Model model = Training.of(NETWORK).epochs(2).batchSize(20).seed(1).run(DATA);
    float[][] together = model.outputs(DATA.test());
    model.save(folder.resolve("m.safetensors"));
    Model loaded = Model.load(folder.resolve("m.safetensors"));
    assertThat(loaded.parameters()).isEqualTo(model.parameters());
    for (int i = 0; i < 5; i++) {
      int size = NETWORK.input().size();
      byte[] pixels = Arrays.copyOfRange(DATA.test().bytes(), i * size, (i + 1) * size);
      ImageSet alone = new ImageSet(NETWORK.input(), pixels, new byte[1]);
      assertThat(loaded.outputs(alone)[0]).isEqualTo(together[i]);
    }
  }

  @Test
  void aRunThatGoesOnAfterAnEpochHasTheBitsOfOneThatNeverStopped() {
    Recording whole = new Recording();
    Trainer trainer = new Trainer(NETWORK, settings(15, 4), DATA, 7);
    trainer.run(whole);
    for (Checkpoint checkpoint : whole.checkpoints) {
      Trainer resumed = new Trainer(NETWORK, settings(15, 4), DATA, 7, checkpoint);
      Recording rest = new Recording();
      resumed.run(rest);
      assertThat(resumed.parameters()).isEqualTo(trainer.parameters());
      for (EpochRecord epoch : rest.epochs) {
        EpochRecord same = whole.epochs.get(epoch.epoch() - 1);
        assertThat(epoch.test()).isEqualTo(same.test());
        assertThat(epoch.gradients()).isEqualTo(same.gradients());
      }
    }
  }

  @Test
  void runningStatisticsHaveNoGradientsAndAreNotCounted() {
    Recording recording = new Recording();
    new Trainer(NETWORK, settings(53, 1), DATA, 1).run(recording);
    EpochRecord epoch = recording.epochs.get(0);
    assertThat(epoch.gradients())
        .noneMatch(g -> g.parameter().endsWith("/mean") || g.parameter().endsWith("/variance"))
        .anyMatch(g -> g.parameter().equals("batchnorm2/gamma"));
    assertThat(epoch.gradient(ParameterGradient.ALL, GradientSource.TOTAL).count())
        .isEqualTo(NETWORK.trainedCount());
    assertThat(NETWORK.parameterCount() - NETWORK.trainedCount())
        .isEqualTo(2 * (3 + 4 + 5 + 5 + 9));
    // The penalty leaves factors and shifts alone, too.
    assertThat(epoch.gradient("batchnorm2/gamma", GradientSource.PENALTY).maxAbs()).isZero();
    assertThat(epoch.gradient("conv1/bias", GradientSource.TOTAL).maxAbs()).isPositive();
  }

  @Test
  void aBatchOfOneIsRefusedWhereAChannelHasOneValue() {
    Network flat =
        new Network(
            new Shape(3, 32, 32), List.of(new Dense(4, true), NORM, TANH, new Dense(10, true)));
    assertThatThrownBy(() -> new Trainer(flat, settings(1, 1), DATA, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "batch normalization needs 2 samples in each batch, but with batch size 1 the last"
                + " batch of the 53 training samples of synthetic has 1. Choose another batch"
                + " size, such as 3");
    assertThatThrownBy(() -> new Trainer(flat, settings(13, 1), DATA, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("Choose another batch size, such as 14");
    assertThat(new Trainer(flat, settings(14, 1), DATA, 1).run(TrainingObserver.NONE))
        .isEqualTo(new TrainingOutcome.Finished());
    Network image = new Network(new Shape(3, 32, 32), List.of(NORM, new Dense(10, true)));
    assertThat(new Trainer(image, settings(13, 1), DATA, 1).run(TrainingObserver.NONE))
        .isEqualTo(new TrainingOutcome.Finished());
  }
}
