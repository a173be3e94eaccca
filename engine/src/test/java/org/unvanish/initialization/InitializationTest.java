package org.unvanish.initialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Shape;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.loss.MeanSquaredError;
import org.unvanish.network.Activated;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.Convolutional.SeparableConvolution;
import org.unvanish.network.Dense;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.Normalization.BatchNormalization;
import org.unvanish.network.Padding;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.Pooling.AveragePooling;
import org.unvanish.network.Recurrent.Direction;
import org.unvanish.network.Recurrent.Lstm;
import org.unvanish.network.Recurrent.Output;
import org.unvanish.network.Residual;
import org.unvanish.optimizer.Clipping;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.optimizer.Schedule;
import org.unvanish.penalty.Penalty;
import org.unvanish.probe.GradientProbe;
import org.unvanish.train.FirstBatch;
import org.unvanish.train.Model;
import org.unvanish.train.RandomCases;
import org.unvanish.train.Recording;
import org.unvanish.train.Trainer;
import org.unvanish.train.Training;
import org.unvanish.train.TrainingOutcome;
import org.unvanish.train.TrainingSettings;

/** Where a run starts, seen through its trainer. */
class InitializationTest {

  // Convolution weights 64·32·3·3 = 18,432 with fans 288 and 576; dense 200·1024 = 204,800.
  private static final Network BIG =
      new Network(
          new Shape(32, 4, 4),
          List.of(
              new Convolution(3, 64, true),
              new Activated(Activation.learned(ActivationFunction.TANH, 2.5)),
              new Dense(200, true),
              new Dense(2, false)));

  private static final Dataset DATA = new RandomCases(1).data(BIG, 2, 1);

  private static Trainer trainer(Network network, Initialization weights, Initialization biases) {
    TrainingSettings settings =
        new TrainingSettings(
            Optimizer.Adam.DEFAULT, Penalty.none(), weights, biases, PixelScaling.UNIT, 2, 1);
    return new Trainer(network, settings, DATA, 11);
  }

  private static float[] drawn(Initialization weights, Initialization biases, String tensor) {
    float[] all = trainer(BIG, weights, biases).parameters();
    for (ParameterTensor t : BIG.parameters()) {
      if (t.name().equals(tensor)) {
        return Arrays.copyOfRange(all, t.offset(), t.end());
      }
    }
    throw new AssertionError(tensor);
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double moment(float[] values, int order) {
    double sum = 0;
    for (float value : values) {
      sum += Math.pow(value, order);
    }
    return sum / values.length;
  }

  /** Mean, variance and range of uniform numbers, to five standard errors. */
  private static void assertUniform(float[] values, double bound) {
    int n = values.length;
    double deviation = bound / Math.sqrt(3);
    assertThat(mean(values)).isCloseTo(0, within(5 * deviation / Math.sqrt(n)));
    // The variance of x² is bound⁴·(1/5 − 1/9).
    assertThat(moment(values, 2))
        .isCloseTo(deviation * deviation, within(5 * bound * bound * Math.sqrt(4 / 45.0 / n)));
    double smallest = Double.POSITIVE_INFINITY;
    double largest = Double.NEGATIVE_INFINITY;
    for (float value : values) {
      smallest = Math.min(smallest, value);
      largest = Math.max(largest, value);
    }
    assertThat(smallest).isBetween(-bound, -bound * (1 - 40.0 / n));
    assertThat(largest).isBetween(bound * (1 - 40.0 / n), bound);
  }

  /** Mean, variance and kurtosis of normal numbers, to five standard errors. */
  private static void assertNormal(float[] values, double deviation) {
    int n = values.length;
    double variance = deviation * deviation;
    assertThat(mean(values)).isCloseTo(0, within(5 * deviation / Math.sqrt(n)));
    assertThat(moment(values, 2)).isCloseTo(variance, within(5 * variance * Math.sqrt(2.0 / n)));
    // The variance of x⁴ is (105 − 9)·σ⁸.
    assertThat(moment(values, 4))
        .isCloseTo(3 * variance * variance, within(5 * variance * variance * Math.sqrt(96.0 / n)));
  }

  @Test
  void uniformValuesFillTheirRange() {
    Initialization uniform = new Initialization.Uniform(0.3);
    assertUniform(drawn(uniform, new Initialization.Zeros(), "conv1/weights"), 0.3);
    assertUniform(drawn(uniform, new Initialization.Zeros(), "dense1/weights"), 0.3);
    assertUniform(drawn(uniform, new Initialization.Uniform(10), "dense1/bias"), 10);
  }

  @Test
  void normalValuesHaveTheirDeviation() {
    Initialization normal = new Initialization.Normal(0.05);
    assertNormal(drawn(normal, new Initialization.Zeros(), "conv1/weights"), 0.05);
    assertNormal(drawn(normal, new Initialization.Zeros(), "dense1/weights"), 0.05);
  }

  @Test
  void glorotsBoundComesFromBothFans() {
    Initialization glorot = new Initialization.Glorot();
    assertUniform(
        drawn(glorot, new Initialization.Zeros(), "conv1/weights"), Math.sqrt(6.0 / (288 + 576)));
    assertUniform(
        drawn(glorot, new Initialization.Zeros(), "dense1/weights"), Math.sqrt(6.0 / (1024 + 200)));
  }

  @Test
  void hesDeviationComesFromTheInputs() {
    Initialization he = new Initialization.He();
    assertNormal(drawn(he, new Initialization.Zeros(), "conv1/weights"), Math.sqrt(2.0 / 288));
    assertNormal(drawn(he, new Initialization.Zeros(), "dense1/weights"), Math.sqrt(2.0 / 1024));
  }

  @Test
  void lecunsDeviationIsItsGainOverTheRootOfTheInputs() {
    Initialization lecun = new Initialization.LeCun(1);
    assertNormal(drawn(lecun, new Initialization.Zeros(), "conv1/weights"), Math.sqrt(1.0 / 288));
    double gain = Gain.of(ActivationFunction.TANH).orElseThrow();
    assertNormal(
        drawn(new Initialization.LeCun(gain), new Initialization.Zeros(), "dense1/weights"),
        5.0 / 3 / 32);
    assertThatThrownBy(() -> new Initialization.LeCun(0))
        .hasMessage("gain must be a finite number above 0, but is 0.0");
  }

  /** As torch.nn.init.calculate_gain; that of a leak takes its slope. */
  @Test
  void gainsAreThoseOfPyTorch() {
    Map<ActivationFunction, Double> gains = new EnumMap<>(ActivationFunction.class);
    for (ActivationFunction function : ActivationFunction.values()) {
      Gain.of(function).ifPresent(gain -> gains.put(function, gain));
    }
    assertThat(gains)
        .containsOnly(
            Map.entry(ActivationFunction.IDENTITY, 1.0),
            Map.entry(ActivationFunction.LOGISTIC, 1.0),
            Map.entry(ActivationFunction.TANH, 5.0 / 3),
            Map.entry(ActivationFunction.RELU, Math.sqrt(2)),
            Map.entry(ActivationFunction.LEAKY_RELU, Math.sqrt(2 / 1.0001)),
            Map.entry(ActivationFunction.SELU, 0.75));
  }

  @Test
  void theShorterSideOfAnOrthogonalMatrixIsOrthogonal() {
    Initialization orthogonal = new Initialization.Orthogonal(1.5);
    float[] dense = drawn(orthogonal, new Initialization.Zeros(), "dense1/weights");
    assertOrthogonal(dense, 200, 1024, 1.5);
    float[] convolution = drawn(orthogonal, new Initialization.Zeros(), "conv1/weights");
    assertOrthogonal(convolution, 64, 288, 1.5);
    // Each entry of a Haar matrix has variance 1/n; its fourth moment is that of a sphere,
    // 3/(n(n+2)).
    double n = 1024;
    assertThat(mean(dense)).isCloseTo(0, within(5 * 1.5 / Math.sqrt(n) / Math.sqrt(dense.length)));
    assertThat(moment(dense, 4)).isCloseTo(5.0625 * 3 / (n * (n + 2)), within(0.02 * 15 / (n * n)));
    Network tall = new Network(Shape.flat(5), List.of(new Dense(40, false), new Dense(2, false)));
    float[] all = Initializer.draw(tall, orthogonal, new Initialization.Zeros(), 3);
    float[] turned = new float[200];
    for (int i = 0; i < 200; i++) {
      turned[i % 5 * 40 + i / 5] = all[i];
    }
    assertOrthogonal(turned, 5, 40, 1.5);
  }

  private static void assertOrthogonal(float[] matrix, int rows, int columns, double gain) {
    for (int a = 0; a < rows; a++) {
      for (int b = 0; b <= a; b++) {
        double product = 0;
        for (int i = 0; i < columns; i++) {
          product += (double) matrix[a * columns + i] * matrix[b * columns + i];
        }
        assertThat(product).isCloseTo(a == b ? gain * gain : 0, within(1e-6));
      }
    }
  }

  private static final Network RECURRENT =
      new Network(
          new Shape(2, 5, 1),
          List.of(
              new Lstm(
                  3,
                  Activation.of(ActivationFunction.TANH),
                  ActivationFunction.LOGISTIC,
                  Output.LAST,
                  Direction.BOTH,
                  true,
                  0,
                  1.5),
              new Dense(2, true)));

  private static float[] values(float[] all, String name) {
    ParameterTensor tensor =
        RECURRENT.parameters().stream()
            .filter(one -> one.name().equals(name))
            .findFirst()
            .orElseThrow();
    return Arrays.copyOfRange(all, tensor.offset(), tensor.end());
  }

  @Test
  void recurrentWeightsHaveAMatrixForEachGate() {
    float[] orthogonal =
        Initializer.draw(
            RECURRENT,
            new Initialization.Glorot(),
            new Initialization.Orthogonal(2),
            new Initialization.Zeros(),
            1);
    float[] identity =
        Initializer.draw(
            RECURRENT,
            new Initialization.Glorot(),
            new Initialization.Identity(0.5),
            new Initialization.Zeros(),
            1);
    for (String name : List.of("lstm1/recurrent-weights", "lstm1/reverse-recurrent-weights")) {
      for (int gate = 0; gate < 4; gate++) {
        assertOrthogonal(
            Arrays.copyOfRange(values(orthogonal, name), gate * 9, gate * 9 + 9), 3, 3, 2);
        assertThat(Arrays.copyOfRange(values(identity, name), gate * 9, gate * 9 + 9))
            .containsExactly(0.5f, 0, 0, 0, 0.5f, 0, 0, 0, 0.5f);
      }
    }
    assertThat(values(identity, "dense1/weights")).doesNotContain(0, 0.5f);
  }

  @Test
  void recurrentWeightsStartLikeAllOthersWhereNothingIsSaid() {
    Initialization glorot = new Initialization.Glorot();
    Initialization zeros = new Initialization.Zeros();
    assertThat(Initializer.draw(RECURRENT, glorot, zeros, 1))
        .containsExactly(Initializer.draw(RECURRENT, glorot, glorot, zeros, 1));
    TrainingSettings settings = TrainingSettings.DEFAULT;
    Initialization he = new Initialization.He();
    assertThat(settings.recurrent()).isEqualTo(settings.weights());
    assertThat(settings.withInitialValues(he, zeros).recurrent()).isEqualTo(he);
    TrainingSettings apart = settings.withRecurrent(new Initialization.Identity(1));
    TrainingSettings changed =
        apart
            .withInitialValues(he, zeros)
            .withLoss(new MeanSquaredError())
            .withEpochs(3)
            .withBatchSize(5)
            .withOptimizer(new Optimizer.Sgd(1, 0))
            .withSchedule(Schedule.CONSTANT)
            .withClipping(Clipping.none())
            .withPenalty(Penalty.none())
            .withPixelScaling(PixelScaling.RAW);
    assertThat(changed.recurrent()).isEqualTo(new Initialization.Identity(1));
  }

  @Test
  void theForgetGateStartsWithABiasOfItsOwnUnlessBiasesAreGiven() {
    Initialization glorot = new Initialization.Glorot();
    float[] drawn = Initializer.draw(RECURRENT, glorot, new Initialization.Zeros(), 1);
    for (String name : List.of("lstm1/bias", "lstm1/reverse-bias")) {
      assertThat(values(drawn, name)).containsExactly(0, 0, 0, 1.5f, 1.5f, 1.5f, 0, 0, 0, 0, 0, 0);
    }
    assertThat(values(drawn, "dense1/bias")).containsExactly(0, 0);
    Initialization given = new Initialization.Given(Collections.nCopies(26, 7f));
    assertThat(values(Initializer.draw(RECURRENT, glorot, given, 1), "lstm1/bias")).containsOnly(7);
  }

  @Test
  void leeChoiAndKimsMatrixIsOnesAndNoise() {
    Network network =
        new Network(
            new Shape(4, 6, 6),
            List.of(
                new Convolution(3, 10, false),
                new SeparableConvolution(3, 3, false),
                new Dense(200, false),
                new Dense(500, false)));
    float[] all =
        Initializer.draw(network, new Initialization.LeeChoiKim(), new Initialization.Zeros(), 5);
    for (ParameterTensor tensor : network.parameters()) {
      int rows = tensor.shape().get(0);
      int columns = tensor.size() / rows;
      int area = tensor.shape().size() == 2 ? 1 : 9;
      float[] noise = Arrays.copyOfRange(all, tensor.offset(), tensor.end());
      for (int row = 0; row < rows; row++) {
        int channels = columns / area;
        noise[row * columns + row % channels * area + area / 2] -= 1;
      }
      double deviation = 0.085 / Math.sqrt(columns);
      assertThat(Math.sqrt(moment(noise, 2)))
          .as(tensor.name())
          .isCloseTo(deviation, within(5 * deviation / Math.sqrt(2.0 * noise.length)));
    }
  }

  @Test
  void lsuvGivesEachLayerVarianceOneOnTheFirstBatch() {
    Network network =
        new Network(
            new Shape(3, 8, 8),
            List.of(
                new Convolution(3, 7, true, 2, Padding.SAME),
                new Activated(Activation.of(ActivationFunction.RELU)),
                new SeparableConvolution(3, 5, true),
                new Activated(Activation.of(ActivationFunction.TANH)),
                new AveragePooling(3),
                new Dense(20, true),
                new Activated(Activation.of(ActivationFunction.LOGISTIC)),
                new Dense(4, true)));
    Dataset data = new RandomCases(4).data(network, 100, 4);
    TrainingSettings settings =
        TrainingSettings.DEFAULT
            .withInitialValues(new Initialization.Lsuv(), new Initialization.Zeros())
            .withBatchSize(37);
    float[] initial = new Trainer(network, settings, data, 9).parameters();
    assertThat(new GradientProbe(network, settings, data, 9).initialValues())
        .containsExactly(initial);
    int[] batch = Arrays.copyOf(Trainer.firstOrder(9, 100), 37);
    for (int layer : new int[] {0, 2, 5, 7}) {
      assertThat(FirstBatch.variance(network, initial, data, batch, layer))
          .as("variance behind layer " + layer)
          .isCloseTo(1, within(Initialization.Lsuv.TOLERANCE + 1e-6));
    }
    assertThat(new Trainer(network, settings, data, 10).parameters()).isNotEqualTo(initial);
  }

  @Test
  void lsuvScalesTheLayersOfABlockAndItsProjection() {
    Layer tanh = new Activated(Activation.of(ActivationFunction.TANH));
    Layer norm = new BatchNormalization(1e-5, 0.1);
    List<Layer> inner =
        List.of(
            new Convolution(3, 6, true),
            tanh,
            new Residual(List.of(norm, new Convolution(3, 6, false)), false),
            new Convolution(1, 5, false));
    Layer front = new Convolution(3, 4, true);
    Network network =
        new Network(
            new Shape(2, 6, 6),
            List.of(front, new Residual(inner, true), tanh, new Dense(3, true)));
    Dataset data = new RandomCases(5).data(network, 40, 4);
    TrainingSettings settings =
        TrainingSettings.DEFAULT.withInitialValues(
            new Initialization.Lsuv(), new Initialization.Zeros());
    float[] initial = new Trainer(network, settings, data, 2).parameters();
    int[] batch = Arrays.copyOf(Trainer.firstOrder(2, 40), 32);
    // Parameters lie in the order of the layers, so a network of the first ones reads them in
    // place.
    List<Layer> whole = new ArrayList<>(List.of(front));
    whole.addAll(inner.subList(0, 2));
    whole.addAll(((Residual) inner.get(2)).layers());
    assertVariance(whole, 0, network, initial, data, batch);
    assertVariance(whole, 1, network, initial, data, batch);
    assertVariance(whole, 4, network, initial, data, batch);
    List<Layer> block = new ArrayList<>(List.of(front));
    block.addAll(inner);
    assertVariance(block, 4, network, initial, data, batch);
    assertVariance(network.layers(), 3, network, initial, data, batch);
    ParameterTensor projection = network.parameters(1).get(network.parameters(1).size() - 1);
    assertThat(projection.name()).isEqualTo("residual1/projection/weights");
    float[] ofProjection = Arrays.copyOf(initial, network.parameters(0).get(1).end() + 20);
    System.arraycopy(initial, projection.offset(), ofProjection, ofProjection.length - 20, 20);
    assertVariance(
        List.of(front, new Convolution(1, 5, false)), 1, network, ofProjection, data, batch);
  }

  /** Behind a layer of a network that begins as another one does. */
  private static void assertVariance(
      List<Layer> layers, int layer, Network whole, float[] parameters, Dataset data, int[] batch) {
    Network head = new Network(whole.input(), layers.subList(0, layer + 1));
    float[] own = Arrays.copyOf(parameters, head.parameterCount());
    assertThat(FirstBatch.variance(head, own, data, batch, layer))
        .isCloseTo(1, within(Initialization.Lsuv.TOLERANCE + 1e-6));
  }

  @Test
  void lsuvLeavesALayerThatPutsOutNothing() {
    Network network = new Network(Shape.flat(3), List.of(new Dense(4, false), new Dense(2, true)));
    ImageSet black = new ImageSet(network.input(), new byte[6], new byte[] {0, 1});
    Dataset data = new Dataset("black", "black", List.of("a", "b"), black, black, "");
    TrainingSettings settings =
        TrainingSettings.DEFAULT.withInitialValues(
            new Initialization.Lsuv(), new Initialization.Zeros());
    assertThat(new Trainer(network, settings, data, 1).parameters())
        .containsExactly(
            Initializer.draw(network, new Initialization.Lsuv(), new Initialization.Zeros(), 1));
  }

  @Test
  void allParametersComeFromAFile(@TempDir Path folder) throws IOException {
    Model model = Training.of(BIG).epochs(1).run(DATA);
    Path path = folder.resolve("model.safetensors");
    model.save(path);
    Initialization file = Initialization.FromFile.of(path.toString());
    assertThat(trainer(BIG, file, new Initialization.Zeros()).parameters())
        .containsExactly(model.parameters());
    Network other = new Network(BIG.input(), List.of(new Dense(3, false), new Dense(2, false)));
    assertThatThrownBy(() -> trainer(other, file, file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "initial values: %s, tensor \"dense1/weights\" must be F32 of shape [3, 512]", path);
    Network fewer = new Network(BIG.input(), List.of(BIG.layers().get(0), BIG.layers().get(3)));
    assertThatThrownBy(() -> trainer(fewer, file, file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("initial values: %s, tensor \"dense1/weights\" must be F32", path);
    Network without =
        new Network(
            BIG.input(), List.of(BIG.layers().get(0), BIG.layers().get(2), new Dense(2, false)));
    assertThatThrownBy(() -> trainer(without, file, file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "initial values: %s, tensor \"activation1/alpha\": the network has none of that name",
            path);
    Network more =
        new Network(
            BIG.input(),
            List.of(
                BIG.layers().get(0),
                BIG.layers().get(1),
                BIG.layers().get(2),
                new Dense(2, false),
                new Dense(2, false)));
    assertThatThrownBy(() -> trainer(more, file, file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("initial values: %s, tensor \"dense3/weights\" is missing", path);
    Files.write(path, new byte[] {1}, StandardOpenOption.APPEND);
    assertThatThrownBy(() -> trainer(BIG, file, file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("initial values: the file %s has changed", path);
    assertThatThrownBy(() -> Initialization.FromFile.of(folder.resolve("no").toString()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot be read");
  }

  @Test
  void zerosAreZero() {
    assertThat(drawn(new Initialization.He(), new Initialization.Zeros(), "dense1/bias"))
        .containsOnly(0);
    assertThat(drawn(new Initialization.Zeros(), new Initialization.Zeros(), "dense1/weights"))
        .containsOnly(0);
  }

  @Test
  void givenValuesAreTakenInOrderAndByKind() {
    Network network =
        new Network(
            new Shape(32, 4, 4),
            List.of(
                new AveragePooling(4),
                new Convolution(1, 1, true),
                new Activated(Activation.learned(ActivationFunction.TANH, 2.5)),
                new Dense(2, true)));
    Float[] weights = new Float[34];
    float[] expected = new float[38];
    for (int i = 0; i < 34; i++) {
      weights[i] = i + 0.5f;
      expected[i < 32 ? i : i + 2] = weights[i];
    }
    expected[32] = -1;
    expected[33] = 2.5f;
    expected[36] = -2;
    expected[37] = -3;
    Initialization biases = new Initialization.Given(List.of(-1f, -2f, -3f));
    assertThat(
            trainer(network, new Initialization.Given(Arrays.asList(weights)), biases).parameters())
        .containsExactly(expected);
  }

  @Test
  void tooFewGivenValuesAreRefused() {
    assertThatThrownBy(
            () ->
                trainer(BIG, new Initialization.Given(List.of(1f, 2f)), new Initialization.Zeros()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2 initial values are given for 223632 parameters of kind WEIGHTS");
    assertThatThrownBy(
            () -> trainer(BIG, new Initialization.He(), new Initialization.Given(List.of())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("0 initial values are given for 264 parameters of kind BIAS");
  }

  @Test
  void sizesThatAreNotPositiveAreRefused() {
    assertThatThrownBy(() -> new Initialization.Uniform(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("bound must be a finite number above 0, but is 0.0");
    assertThatThrownBy(() -> new Initialization.Normal(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("standard deviation must be a finite number above 0, but is NaN");
  }

  @Test
  void aLearnedAlphaStartsWhereItShouldAndMoves() {
    Trainer trainer = trainer(BIG, new Initialization.Glorot(), new Initialization.Zeros());
    ParameterTensor alpha = BIG.parameters().get(2);
    assertThat(alpha.name()).isEqualTo("activation1/alpha");
    assertThat(trainer.parameters()[alpha.offset()]).isEqualTo(2.5f);
    assertThat(trainer.run(new Recording())).isEqualTo(new TrainingOutcome.Finished());
    // Adam's first step is the learning rate.
    assertThat(Math.abs(trainer.parameters()[alpha.offset()] - 2.5)).isBetween(5e-4, 1.01e-3);
  }

  @Test
  void theSameSeedStartsTheSame() {
    float[] one = trainer(BIG, new Initialization.He(), new Initialization.Zeros()).parameters();
    float[] two = trainer(BIG, new Initialization.He(), new Initialization.Zeros()).parameters();
    assertThat(Arrays.equals(one, two)).isTrue();
  }
}
