package org.unvanish.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Columns;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Lengths;
import org.unvanish.data.Pixels;
import org.unvanish.data.Shape;
import org.unvanish.data.Targets;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.network.Activated;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.Dense;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.Normalization.BatchNormalization;
import org.unvanish.network.Normalization.GroupNormalization;
import org.unvanish.network.Normalization.LayerNormalization;
import org.unvanish.network.Padding;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.ParameterTensor.Kind;
import org.unvanish.network.Recurrent;
import org.unvanish.network.Recurrent.Direction;
import org.unvanish.network.Recurrent.Gru;
import org.unvanish.network.Recurrent.Lstm;
import org.unvanish.network.Recurrent.Output;
import org.unvanish.network.Recurrent.SimpleRecurrent;
import org.unvanish.network.Residual;
import org.unvanish.probe.GradientProbe;

/**
 * Recurrent layers against their equations in double precision, against finite differences, and
 * sequences of different lengths against the same without padding.
 */
class RecurrentTest {

  private static final int FEATURES = 3;
  private static final int STEPS = 7;
  private static final Activation TANH = Activation.of(ActivationFunction.TANH);

  /** The three kinds. */
  private static List<Recurrent> kinds(
      int units,
      Activation activation,
      ActivationFunction gates,
      Output output,
      Direction direction,
      boolean bias,
      int truncate) {
    return List.of(
        new SimpleRecurrent(units, activation, output, direction, bias, truncate),
        new Lstm(units, activation, gates, output, direction, bias, truncate, 1),
        new Gru(units, activation, gates, output, direction, bias, truncate));
  }

  /** Layers for sequences of 7 steps: each kind with each option, in one, two or three layers. */
  static List<List<Layer>> stacks() {
    List<List<Layer>> stacks = new ArrayList<>();
    ActivationFunction logistic = ActivationFunction.LOGISTIC;
    for (Direction direction : Direction.values()) {
      for (int truncate : new int[] {0, 1, 3}) {
        for (Output output : Output.values()) {
          boolean bias = truncate != 1;
          kinds(9, TANH, logistic, output, direction, bias, truncate)
              .forEach(layer -> stacks.add(List.of(layer)));
        }
      }
      List<Recurrent> first = kinds(4, TANH, logistic, Output.ALL, direction, true, 0);
      List<Recurrent> second = kinds(5, TANH, logistic, Output.LAST, direction, true, 0);
      for (int i = 0; i < first.size(); i++) {
        stacks.add(List.of(first.get(i), second.get(i)));
      }
    }
    Recurrent all = new SimpleRecurrent(4, TANH, Output.ALL, Direction.FORWARD, true, 0);
    stacks.add(List.of(all, new Activated(TANH), new Lstm(3, TANH)));
    stacks.add(List.of(all, BatchNormalization.DEFAULT, new Gru(3, TANH)));
    stacks.add(List.of(all, BatchNormalization.DEFAULT, all, new Residual(List.of(all), false)));
    return stacks;
  }

  private static Network network(List<Layer> layers) {
    return network(layers, STEPS);
  }

  private static Network network(List<Layer> layers, int steps) {
    return new Network(
        new Shape(FEATURES, steps, 1),
        Stream.concat(layers.stream(), Stream.of(new Dense(3, true))).toList());
  }

  private static Batch batch(RandomCases random, Network network, double gain, int samples) {
    return new Batch(
        network,
        random.values(network, Kind.WEIGHTS, gain),
        random.values(network, Kind.BIAS, gain),
        random.data(network, samples, 1));
  }

  @ParameterizedTest
  @MethodSource("stacks")
  void allGradientsAreWithinTheBoundsOfTheEquations(List<Layer> layers) {
    Network network = network(layers);
    for (int samples : new int[] {5, 33}) {
      Batch batch = batch(new RandomCases(samples), network, 0.5, samples);
      TrainingStep step = batch.byEngine();
      ReferenceNetwork reference = batch.byReference(step.parameters());
      assertThat(Batch.worst(step, reference)).isLessThanOrEqualTo(1);
      assertThat(Math.abs(step.loss() * samples - reference.loss()))
          .isLessThanOrEqualTo(reference.lossError());
      // Bounds multiply from step to step, and so from layer to layer.
      for (ParameterTensor tensor :
          layers.size() == 1 ? network.parameters() : List.<ParameterTensor>of()) {
        assertThat(relativeBound(tensor, reference)).as(tensor.name()).isLessThan(0.2);
      }
    }
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

  @ParameterizedTest
  @EnumSource
  void anyFunctionWithAnyScaleIsActivationOrGate(ActivationFunction function) {
    RandomCases random = new RandomCases(function.ordinal());
    // Softplus as a gate makes the state grow faster than any power within the seven steps.
    ActivationFunction gates =
        function == ActivationFunction.SOFTPLUS ? ActivationFunction.LOGISTIC : function;
    for (Activation activation : random.activations(function)) {
      for (Recurrent layer : kinds(5, activation, gates, Output.LAST, Direction.BOTH, true, 0)) {
        Batch batch = batch(random, network(List.of(layer)), 0.3, 17);
        TrainingStep step = batch.byEngine();
        assertThat(Batch.worst(step, batch.byReference(step.parameters())))
            .as("%s", layer)
            .isLessThanOrEqualTo(1);
      }
    }
  }

  static List<Recurrent> whole() {
    Activation learned = Activation.learned(ActivationFunction.TANH, 1.5);
    return kinds(4, learned, ActivationFunction.LOGISTIC, Output.LAST, Direction.BOTH, true, 0);
  }

  /** Of the loss in double precision, which knows the equations and no way back. */
  @ParameterizedTest
  @MethodSource("whole")
  void gradientsAreFiniteDifferences(Recurrent layer) {
    Network network = network(List.of(layer));
    Batch batch = batch(new RandomCases(3), network, 1, 6);
    TrainingStep step = batch.byEngine();
    double[] at = Batch.toDouble(step.parameters());
    double h = 1e-5;
    for (int i = 0; i < at.length; i++) {
      double difference = 0;
      for (int side : new int[] {-1, 1}) {
        double[] moved = at.clone();
        moved[i] += side * h;
        ReferenceNetwork reference = new ReferenceNetwork(network, moved);
        Batch.addAll(reference, batch.data().train(), batch.size());
        difference += side * reference.loss();
      }
      assertThat((double) step.dataGradient()[i])
          .as("parameter %s", i)
          .isCloseTo(difference / (2 * h * batch.size()), within(1e-6));
    }
  }

  /** Sequences of bytes, padded up to some steps with a byte that is no zero. */
  private static Dataset sequences(int[] lengths, int steps, int padding) {
    Random random = new Random(7);
    byte[] pixels = new byte[lengths.length * FEATURES * steps];
    Arrays.fill(pixels, (byte) padding);
    byte[] labels = new byte[lengths.length];
    for (int sample = 0; sample < lengths.length; sample++) {
      labels[sample] = (byte) (sample % 3);
      for (int channel = 0; channel < FEATURES; channel++) {
        for (int row = 0; row < lengths[sample]; row++) {
          pixels[(sample * FEATURES + channel) * steps + row] = (byte) random.nextInt(256);
        }
      }
    }
    ImageSet samples =
        new ImageSet(
            new Shape(FEATURES, steps, 1),
            new Pixels.Bytes(pixels),
            new Targets.Labels(labels),
            Columns.NONE,
            Lengths.of(lengths));
    List<String> classes = List.of("a", "b", "c");
    return new Dataset("sequences", "sequences", classes, samples, samples, "");
  }

  private static TrainingStep step(List<Layer> layers, Dataset data) {
    Network network = network(layers, data.shape().rows());
    RandomCases random = new RandomCases(11);
    return new Batch(
            network,
            random.values(network, Kind.WEIGHTS, 1),
            random.values(network, Kind.BIAS, 1),
            data)
        .byEngine();
  }

  /** Layers whose parameters do not depend on how many steps there are. */
  static List<List<Layer>> lastStates() {
    return stacks().stream()
        .filter(
            layers ->
                layers.get(layers.size() - 1) instanceof Recurrent last
                    && last.output() == Output.LAST)
        .filter(layers -> layers.stream().noneMatch(Layer::needsBatch))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("lastStates")
  void paddingDoesNotShowInTheBits(List<Layer> layers) {
    int[] lengths = new int[21];
    Arrays.fill(lengths, 5);
    TrainingStep without = step(layers, sequences(lengths, 5, 0));
    TrainingStep padded = step(layers, sequences(lengths, 9, 200));
    assertThat(padded.loss()).isEqualTo(without.loss());
    assertThat(padded.dataGradient()).containsExactly(without.dataGradient());
  }

  @ParameterizedTest
  @MethodSource("lastStates")
  void theLongestOfOtherBatchesDoesNotShowInTheBits(List<Layer> layers) {
    int[] lengths = IntStream.range(0, 21).map(i -> 1 + i * 5 % 7).toArray();
    TrainingStep narrow = step(layers, sequences(lengths, 7, 1));
    TrainingStep wide = step(layers, sequences(lengths, 20, 200));
    assertThat(wide.loss()).isEqualTo(narrow.loss());
    assertThat(wide.dataGradient()).containsExactly(narrow.dataGradient());
  }

  /** Each sample of the batch, alone and without padding, in the equations. */
  @ParameterizedTest
  @MethodSource("lastStates")
  void sequencesOfDifferentLengthsAreLearntAsIfEachWereAlone(List<Layer> layers) {
    int[] lengths = IntStream.range(0, 21).map(i -> 1 + i * 5 % 7).toArray();
    Dataset data = sequences(lengths, 7, 200);
    TrainingStep step = step(layers, data);
    ReferenceNetwork reference =
        new ReferenceNetwork(network(layers), Batch.toDouble(step.parameters()));
    for (int sample = 0; sample < lengths.length; sample++) {
      reference.add(
          first(Batch.image(data.train(), sample), lengths[sample]),
          data.train().label(sample),
          lengths.length);
    }
    assertThat(Batch.worst(step, reference)).isLessThanOrEqualTo(1);
  }

  private static Bounded first(Bounded sequence, int steps) {
    Bounded part = new Bounded(new Shape(FEATURES, steps, 1));
    for (int channel = 0; channel < FEATURES; channel++) {
      System.arraycopy(
          sequence.value, channel * sequence.shape.rows(), part.value, channel * steps, steps);
    }
    return part;
  }

  /** All states of a padded sequence, and those of the shorter one, which end with zeros. */
  @Test
  void whatStandsBehindTheEndIsPutOutAsZeros() {
    for (Recurrent layer :
        kinds(2, TANH, ActivationFunction.LOGISTIC, Output.ALL, Direction.BOTH, true, 0)) {
      Dataset data = sequences(new int[] {4, 6}, 7, 200);
      Network network = new Network(data.shape(), List.of(layer));
      float[] parameters = new float[network.parameterCount()];
      Arrays.fill(parameters, 0.3f);
      float[][] outputs =
          new Model(
                  network,
                  TrainingSettings.DEFAULT.pixelScaling().fit(data.train()),
                  data.classes(),
                  0,
                  parameters,
                  new TrainingHistory(List.of()))
              .outputs(data.train());
      for (int channel = 0; channel < 4; channel++) {
        for (int row = 0; row < 7; row++) {
          assertThat(outputs[0][channel * 7 + row] == 0).isEqualTo(row >= 4);
          assertThat(outputs[1][channel * 7 + row] == 0).isEqualTo(row >= 6);
        }
      }
    }
  }

  @Test
  void truncationLeavesThatOfTheLastStepsAlone() {
    for (int kind = 0; kind < 3; kind++) {
      List<Layer> whole =
          List.of(
              kinds(4, TANH, ActivationFunction.LOGISTIC, Output.LAST, Direction.FORWARD, true, 0)
                  .get(kind));
      List<Layer> seven =
          List.of(
              kinds(4, TANH, ActivationFunction.LOGISTIC, Output.LAST, Direction.FORWARD, true, 7)
                  .get(kind));
      List<Layer> two =
          List.of(
              kinds(4, TANH, ActivationFunction.LOGISTIC, Output.LAST, Direction.FORWARD, true, 2)
                  .get(kind));
      int[] lengths = {7, 7, 7, 3};
      Dataset data = sequences(lengths, 7, 0);
      assertThat(step(seven, data).dataGradient())
          .containsExactly(step(whole, data).dataGradient());
      assertThat(step(two, data).loss()).isEqualTo(step(whole, data).loss());
      assertThat(step(two, data).dataGradient()).isNotEqualTo(step(whole, data).dataGradient());
    }
  }

  @Test
  void lengthsThatNobodyKnowsAnyMoreAreRefused() {
    Dataset data = sequences(new int[] {4, 6}, 8, 0);
    Network network =
        new Network(
            data.shape(),
            List.of(
                new Residual(
                    List.of(
                        new SimpleRecurrent(
                            FEATURES, TANH, Output.ALL, Direction.FORWARD, true, 0)),
                    false),
                new Convolution(1, FEATURES, false, 2, Padding.SAME),
                new Lstm(3, TANH)));
    assertThat(network.problem(Lengths.FULL)).isEmpty();
    assertThatThrownBy(() -> new Trainer(network, TrainingSettings.DEFAULT, data, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "sequences: The sequences have different lengths, up to 8 steps, but 4 steps reach lstm1. Leave out what changes their number before it, or give sequences of one length.");
  }

  /** Statistics of all steps would count those behind the ends. */
  @Test
  void normalizationBeforeARecurrentLayerReadsNoSequencesOfDifferentLengths() {
    Dataset data = sequences(new int[] {4, 6}, 8, 0);
    for (Layer layer :
        List.of(
            BatchNormalization.DEFAULT,
            LayerNormalization.DEFAULT,
            new GroupNormalization(1, GroupNormalization.USUAL_EPSILON))) {
      Network before = new Network(data.shape(), List.of(layer, new Lstm(3, TANH)));
      assertThat(before.trainingProblem(Lengths.FULL)).isEmpty();
      assertThatThrownBy(() -> new Trainer(before, TrainingSettings.DEFAULT, data, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "sequences: The sequences have different lengths, and %s1 would read the steps behind their ends as data. Put it behind the recurrent layers, or give sequences of one length.",
              layer.name());
    }
    Network behind =
        new Network(data.shape(), List.of(new Lstm(3, TANH), BatchNormalization.DEFAULT));
    assertThat(behind.trainingProblem(data.train().lengths())).isEmpty();
  }

  /** The lengths of sequences reach a probe, too: what it measures does not see the padding. */
  @ParameterizedTest
  @MethodSource("lastStates")
  void aProbeReadsSequencesOfDifferentLengths(List<Layer> layers) {
    int[] lengths = IntStream.range(0, 40).map(i -> 1 + i * 5 % 7).toArray();
    List<MeasuredBackward> measured = new ArrayList<>();
    for (int steps : new int[] {7, 12}) {
      Dataset data = sequences(lengths, steps, 200);
      GradientProbe probe =
          new GradientProbe(network(layers, steps), TrainingSettings.DEFAULT, data, 1);
      measured.add(probe.initial());
    }
    for (int layer = 0; layer < layers.size(); layer++) {
      assertThat(measured.get(1).layers().get(layer).tensors())
          .isEqualTo(measured.get(0).layers().get(layer).tensors());
    }
  }
}
