package org.unvanish.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Pixels;
import org.unvanish.data.Shape;
import org.unvanish.data.Targets;
import org.unvanish.data.scaling.ChannelScaling;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.diagnosis.evidence.LayerEvidence;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.diagnosis.evidence.OutputEvidence;
import org.unvanish.diagnosis.evidence.TensorEvidence;
import org.unvanish.initialization.Initialization;
import org.unvanish.network.Activated;
import org.unvanish.network.Dense;
import org.unvanish.network.Embedding;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.ParameterTensor.Kind;
import org.unvanish.network.Tables;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.penalty.Penalty;
import org.unvanish.train.RandomCases;
import org.unvanish.train.ReferenceTrace;
import org.unvanish.train.TrainingSettings;

/** The probe against the reference network, and where single precision ends. */
class GradientProbeTest {

  @ParameterizedTest
  @EnumSource(ActivationFunction.class)
  void theEvidenceIsWhatTheReferenceComputes(ActivationFunction function) {
    RandomCases cases = new RandomCases(function.ordinal());
    int compared = 0;
    for (Activation activation : cases.activations(function)) {
      for (int i = 0; i < 3; i++) {
        Network network = cases.network(activation);
        Dataset data = cases.data(network, cases.between(3, 9), 1);
        TrainingSettings settings =
            settings(
                cases.values(network, Kind.WEIGHTS, cases.oneOf(0.3, 1.0, 3.0)),
                cases.values(network, Kind.BIAS, 1),
                cases.between(1, 4));
        compared += compare(network, settings, data);
      }
    }
    // The others have a bound too wide to say anything, such as of a relu at its kink.
    assertThat(compared).isGreaterThan(60);
  }

  private static int compare(Network network, TrainingSettings settings, Dataset data) {
    GradientProbe probe = new GradientProbe(network, settings, data, 1);
    float[] parameters = probe.initialValues();
    int compared = 0;
    for (int[] batch : probe.window().subList(0, 4)) {
      ReferenceTrace trace = new ReferenceTrace(network, parameters);
      trace.add(data.train(), batch);
      compared += compare(network, trace, probe.measure(parameters, 0, List.of(batch)));
    }
    return compared;
  }

  private static int compare(Network network, ReferenceTrace trace, MeasuredBackward evidence) {
    int number = 0;
    int compared = 0;
    for (int layer = 0; layer < network.layers().size(); layer++) {
      if (!ReferenceTrace.hasWeights(network, layer)) {
        continue;
      }
      boolean first = number == 0;
      LayerEvidence found = evidence.layers().get(number++);
      int end = layer + 1;
      double activation = 0;
      double linear = first ? 0 : trace.decades(layer);
      double bound = first ? 0 : trace.decadesError(layer);
      for (; end < network.layers().size() && !ReferenceTrace.hasWeights(network, end); end++) {
        bound += trace.decadesError(end);
        if (network.layers().get(end) instanceof Activated) {
          activation += trace.decades(end);
        } else {
          linear += trace.decades(end);
        }
      }
      int leaving = first ? layer : layer - 1;
      bound += trace.rmsError(end - 1) + trace.rmsError(leaving);
      if (!(bound < 0.1) || found.testGradient()) {
        continue;
      }
      assertThat(found.activationLog10())
          .as(network.toString())
          .isCloseTo(activation, within(bound));
      assertThat(found.linearLog10()).as(network.toString()).isCloseTo(linear, within(bound));
      assertThat(found.enteringLog10()).isCloseTo(trace.rmsLog10(end - 1), within(bound));
      assertThat(found.leavingLog10()).isCloseTo(trace.rmsLog10(leaving), within(bound));
      assertThat(found.leavingLog10() - found.enteringLog10())
          .isCloseTo(found.gainLog10(), within(1e-9));
      for (TensorEvidence tensor : found.tensors()) {
        double error = trace.gradientError(tensor.name());
        if (error < 0.1) {
          assertThat(tensor.gradientLog10())
              .as(tensor.name())
              .isCloseTo(trace.gradientLog10(tensor.name()), within(error));
        }
      }
      compareArguments(network, layer + 1, end, trace, found);
      compared++;
    }
    assertThat(number).isEqualTo(evidence.layers().size());
    return compared;
  }

  /** Where several activations follow a layer, perhaps behind pooling, the worst is evidence. */
  private static void compareArguments(
      Network network, int from, int to, ReferenceTrace trace, LayerEvidence found) {
    int[] activations =
        IntStream.range(from, to)
            .filter(layer -> network.layers().get(layer) instanceof Activated)
            .toArray();
    assertThat(found.saturation().saturatedShare())
        .isBetween(
            Arrays.stream(activations).mapToDouble(trace::surelySaturated).max().orElse(0),
            Arrays.stream(activations).mapToDouble(trace::perhapsSaturated).max().orElse(0));
  }

  /** Of a window of one sample, root mean square and typical sample are the same. */
  @Test
  void theTypicalSampleIsTheMedianOfProbesOfSingleOnes() {
    RandomCases cases = new RandomCases(7);
    for (int i = 0; i < 10; i++) {
      Network network = cases.network(Activation.of(ActivationFunction.TANH));
      TrainingSettings settings =
          settings(
              cases.values(network, Kind.WEIGHTS, cases.oneOf(0.3, 1.0, 3.0)),
              cases.values(network, Kind.BIAS, 1),
              21);
      GradientProbe probe = new GradientProbe(network, settings, cases.data(network, 21, 1), 1);
      float[] parameters = probe.initialValues();
      int[] all = probe.window().get(0);
      List<MeasuredBackward> single =
          Arrays.stream(all)
              .mapToObj(one -> probe.measure(parameters, 0, List.of(new int[] {one})))
              .toList();
      MeasuredBackward found = probe.measure(parameters, 0, List.of(all));
      assertThat(found.typicalLog10())
          .isCloseTo(median(single, MeasuredBackward::endToEndLog10), within(1e-4));
      for (int layer = 0; layer < found.layers().size(); layer++) {
        int number = layer;
        assertThat(found.layers().get(layer).typicalLog10())
            .isCloseTo(median(single, one -> one.layers().get(number).netLog10()), within(1e-4));
      }
    }
  }

  private static double median(
      List<MeasuredBackward> single, ToDoubleFunction<MeasuredBackward> log10) {
    return single.stream().mapToDouble(log10).sorted().toArray()[single.size() / 2];
  }

  @Test
  void aSignalFarBelowTheRangeOfFloatIsMeasured() {
    double weight = 1e-3;
    Network network = chain(60, ActivationFunction.IDENTITY);
    MeasuredBackward evidence = probe(network, constant(network, weight)).initial();
    assertThat(evidence.layers().subList(1, 60))
        .allSatisfy(layer -> assertThat(layer.linearLog10()).isCloseTo(-3, within(1e-5)));
    assertThat(first(evidence).leavingLog10()).isLessThan(-170);
    assertThat(evidence.firstGradientLog10()).isLessThan(-170);
    assertThat(evidence.layers()).noneMatch(LayerEvidence::testGradient);
  }

  @Test
  void numbersOfCategoriesDoNotMakeTheDataLarge() {
    Network network =
        new Network(Shape.flat(2), List.of(new Embedding(0, 40, 3), new Dense(2, true)));
    float[] values = new float[2 * 64];
    for (int i = 0; i < 64; i++) {
      values[2 * i] = i % 40;
      values[2 * i + 1] = i % 2 == 0 ? 1 : -1;
    }
    ImageSet samples =
        new ImageSet(
            network.input(),
            new Pixels.Floats(values),
            new Targets.Labels(new byte[64]),
            Tables.columns(network));
    Dataset data = new Dataset("rows", "rows", List.of("a", "b"), samples, samples, "");
    TrainingSettings settings = TrainingSettings.DEFAULT.withPixelScaling(PixelScaling.RAW);
    MeasuredBackward evidence = new GradientProbe(network, settings, data, 1).initial();
    assertThat(evidence.inputRms()).isEqualTo(1);
  }

  @Test
  void layersBelowADeadOneAreMeasuredWithATestSignal() {
    Network network = chain(6, ActivationFunction.TANH);
    List<Float> weights = constant(network, 0.5);
    // 500 saturates tanh until its derivative is 0 in single precision.
    weights.set(2, 5000f);
    MeasuredBackward evidence = probe(network, weights).initial();
    assertThat(evidence.layers().get(2).activationLog10()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(evidence.layers().get(2).testGradient()).isFalse();
    assertThat(evidence.layers().get(1).testGradient()).isTrue();
    assertThat(evidence.layers().get(1).linearLog10()).isCloseTo(Math.log10(0.5), within(1e-5));
    assertThat(evidence.layers().get(2).linearLog10()).isCloseTo(Math.log10(5000), within(1e-5));
    assertThat(evidence.endToEndLog10()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(evidence.firstGradientLog10()).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void aNetworkThatOverflowsIsMeasuredWithATestSignal() {
    Network network = chain(40, ActivationFunction.RELU);
    MeasuredBackward evidence = probe(network, constant(network, 100)).initial();
    assertThat(evidence.output().loss()).isNaN();
    assertThat(evidence.endToEndLog10()).isGreaterThan(60).isFinite();
  }

  /** One sample in a hundred may carry 10¹⁰ times the signal of the others. */
  @Test
  void theMiddleHalfOfTheMiniBatchesDecides() {
    Network network = chain(3, ActivationFunction.TANH);
    GradientProbe probe = probe(network, constant(network, 20));
    float[] parameters = probe.initialValues();
    double[] single =
        probe.window().stream()
            .mapToDouble(batch -> probe.measure(parameters, 0, List.of(batch)).endToEndLog10())
            .sorted()
            .toArray();
    double middle = Arrays.stream(single).skip(5).limit(10).average().orElseThrow();
    assertThat(single[19] - single[0]).isGreaterThan(0.5);
    assertThat(probe.initial().endToEndLog10()).isCloseTo(middle, within(1e-9));
  }

  @Test
  void theWindowIsFullBatchesOfDifferentImages() {
    Network network = chain(2, ActivationFunction.TANH);
    GradientProbe probe = probe(network, constant(network, 1));
    assertThat(probe.window()).hasSize(GradientProbe.BATCHES);
    assertThat(probe.window())
        .allSatisfy(batch -> assertThat(batch).hasSize(4).doesNotHaveDuplicates());
  }

  @Test
  void theOutputStandsBesideAConstantPredictor() {
    Network network = chain(2, ActivationFunction.TANH);
    GradientProbe probe = probe(network, constant(network, 1));
    ImageSet images = new RandomCases(1).data(network, 10, 1).train();
    int[] classes = new int[2];
    probe
        .window()
        .forEach(batch -> Arrays.stream(batch).forEach(image -> classes[images.label(image)]++));
    OutputEvidence output = probe.initial().output();
    double largest = Math.max(classes[0], classes[1]) / 80.0;
    assertThat(largest).isLessThan(1);
    assertThat(output.constantAccuracy()).isEqualTo(largest);
    assertThat(output.constantLoss())
        .isCloseTo(
            -largest * Math.log(largest) - (1 - largest) * Math.log(1 - largest), within(1e-12));
    // The first logit is the second's negative, so that the sign of an image decides.
    assertThat(output.predictedShare()).isBetween(0.5, 1.0);
    float[] firstClassOnly = new float[network.parameterCount()];
    assertThat(probe.measure(firstClassOnly, 1).output().predictedShare()).isEqualTo(1);
  }

  @Test
  void tensorsTellWhatTrainingAndThePenaltyDoToThem() {
    Network network = chain(2, ActivationFunction.TANH);
    TrainingSettings settings =
        settings(new Initialization.Given(constant(network, 2)), new Initialization.Zeros(), 4);
    ImageSet images = new RandomCases(1).data(network, 10, 1).train();
    List<ChannelScaling> scaling = List.of(new ChannelScaling(0, 255));
    GradientProbe free = new GradientProbe(network, settings, images, scaling, 1);
    GradientProbe penalised =
        new GradientProbe(
            network,
            new TrainingSettings(
                settings.optimizer(),
                Penalty.l2(0.05),
                settings.weights(),
                settings.biases(),
                PixelScaling.UNIT,
                4,
                1),
            images,
            scaling,
            1);
    float[] moved = free.initialValues();
    moved[0] += 0.5f;
    TensorEvidence before = free.initial().layers().get(0).tensors().get(0);
    TensorEvidence after = penalised.measure(moved, 3).layers().get(0).tensors().get(0);
    assertThat(before.change()).isZero();
    assertThat(before.penaltyLog10()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(after.change()).isCloseTo(0.5, within(1e-6));
    assertThat(after.penaltyLog10()).isCloseTo(Math.log10(0.05 * 2.5), within(1e-6));
  }

  /** tanh(αz) with an α that has grown from 1 to 4, in the middle and at the end. */
  @Test
  void aTrainedScaleIsMeasuredAsItStands() {
    Activated dynamic = new Activated(Activation.dynamic(ActivationFunction.TANH, 1));
    Network network =
        new Network(
            Shape.flat(1), List.of(new Dense(3, true), dynamic, new Dense(2, false), dynamic));
    GradientProbe probe =
        new GradientProbe(
            network,
            settings(new Initialization.Glorot(), new Initialization.Zeros(), 4),
            new RandomCases(1).data(network, 10, 1).train(),
            List.of(new ChannelScaling(0, 255)),
            1);
    float[] parameters = probe.initialValues();
    for (ParameterTensor tensor : network.parameters()) {
      if (tensor.kind() == Kind.SCALE) {
        parameters[tensor.offset()] = 4;
      }
    }
    MeasuredBackward found = probe.measure(parameters, 1);
    assertThat(found.layers().get(0).criticalGain()).isEqualTo(0.25);
    assertThat(Objects.requireNonNull(found.output().last()).largestLog10())
        .isEqualTo(StrictMath.log10(4));
    for (ParameterTensor tensor : network.parameters()) {
      if (tensor.kind() == Kind.SCALE) {
        parameters[tensor.offset()] = Float.NaN;
      }
    }
    assertThat(probe.measure(parameters, 2).output().loss()).isNaN();
  }

  /** All weights alike: all hidden units are one, the outputs are told apart by the classes. */
  @Test
  void unitsThatTrainingCannotTellApartAreCounted() {
    Network network =
        new Network(
            Shape.flat(1),
            List.of(
                new Dense(3, true),
                new Activated(Activation.of(ActivationFunction.TANH)),
                new Dense(2, false)));
    ImageSet images = new RandomCases(1).data(network, 10, 1).train();
    float[] parameters = new float[network.parameterCount()];
    Arrays.fill(parameters, 0.5f);
    GradientProbe probe =
        new GradientProbe(
            network,
            settings(new Initialization.Glorot(), new Initialization.Zeros(), 4),
            images,
            List.of(new ChannelScaling(0, 255)),
            1);
    assertThat(probe.measure(parameters, 1).layers())
        .extracting(LayerEvidence::equalUnits)
        .containsExactly(1.0, 0.0);
    // What leads on from a unit makes its gradient, so that these will differ after a step.
    parameters[parameters.length - 1] = 0.7f;
    assertThat(probe.measure(parameters, 1).layers().get(0).equalUnits())
        .isCloseTo(2 / 3.0, within(1e-9));
    assertThat(probe.initial().layers().get(0).equalUnits()).isZero();
  }

  @Test
  void aCostlyNetworkHasFewerMiniBatchesAndThePapersHaveAll() {
    for (Network paper :
        List.of(
            PaperCases.table1(ActivationFunction.TANH),
            PaperCases.table2(ActivationFunction.TANH),
            PaperCases.table3(ActivationFunction.TANH))) {
      assertThat(GradientProbe.batches(paper, 32)).isEqualTo(GradientProbe.BATCHES);
      assertThat(ProbedTraining.affordableSteps(paper, 32)).isGreaterThan(10 * 1563);
    }
    // 660 features, seven layers of 2048 units, 134 classes: 27 million weights.
    assertThat(GradientProbe.batches(dense(660, 7, 2048, 134), 256))
        .isEqualTo(GradientProbe.FEWEST_BATCHES);
    assertThat(ProbedTraining.affordableSteps(dense(660, 7, 2048, 134), 256)).isEqualTo(36);
    Network between = dense(1000, 3, 1500, 10);
    assertThat(between.multiplyAdds()).isEqualTo(6_015_000);
    assertThat(GradientProbe.batches(between, 256)).isEqualTo(12);
  }

  private static Network dense(int inputs, int depth, int units, int classes) {
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < depth; i++) {
      layers.add(new Dense(units, true));
      layers.add(new Activated(Activation.of(ActivationFunction.LOGISTIC)));
    }
    layers.add(new Dense(classes, true));
    return new Network(Shape.flat(inputs), layers);
  }

  @Test
  void everyMiniBatchIsTold() {
    Network network = chain(2, ActivationFunction.TANH);
    List<String> told = new ArrayList<>();
    GradientProbe probe =
        new GradientProbe(
            network,
            settings(new Initialization.Glorot(), new Initialization.Zeros(), 4),
            new RandomCases(1).data(network, 10, 1),
            1,
            new ProbeProgress() {
              @Override
              public void batchProbed(int done, int batches) {
                told.add(done + "/" + batches);
              }
            });
    probe.of(network).initial();
    probe.standardised().initial();
    assertThat(told).hasSize(40).startsWith("1/20", "2/20").endsWith("19/20", "20/20");
  }

  @Test
  void parametersThatAreNotAsManyAreRefused() {
    Network network = chain(2, ActivationFunction.TANH);
    GradientProbe probe = probe(network, constant(network, 1));
    assertThatThrownBy(() -> probe.measure(new float[3], 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("3 parameters are given for a network with 4");
  }

  private static LayerEvidence first(MeasuredBackward evidence) {
    return evidence.layers().get(0);
  }

  /** Layers of one unit each, then two classes. */
  private static Network chain(int depth, ActivationFunction function) {
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < depth; i++) {
      layers.add(new Dense(1, false));
      layers.add(new Activated(Activation.of(function)));
    }
    layers.add(new Dense(2, false));
    return new Network(Shape.flat(1), layers);
  }

  private static List<Float> constant(Network network, double value) {
    List<Float> values = new ArrayList<>();
    for (int i = 0; i < network.parameterCount(); i++) {
      values.add((float) value * (i == network.parameterCount() - 1 ? -1 : 1));
    }
    return values;
  }

  private static GradientProbe probe(Network network, List<Float> weights) {
    TrainingSettings settings =
        settings(new Initialization.Given(weights), new Initialization.Zeros(), 4);
    return new GradientProbe(
        network,
        settings,
        new RandomCases(1).data(network, 10, 1).train(),
        List.of(new ChannelScaling(0, 255)),
        1);
  }

  private static TrainingSettings settings(
      Initialization weights, Initialization biases, int batchSize) {
    return new TrainingSettings(
        Optimizer.Adam.DEFAULT, Penalty.none(), weights, biases, PixelScaling.UNIT, batchSize, 1);
  }
}
