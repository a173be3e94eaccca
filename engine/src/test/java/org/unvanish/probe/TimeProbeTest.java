package org.unvanish.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.activation.SaturationPoint;
import org.unvanish.data.Columns;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Lengths;
import org.unvanish.data.Pixels;
import org.unvanish.data.Shape;
import org.unvanish.data.Targets;
import org.unvanish.diagnosis.Cause;
import org.unvanish.diagnosis.Mechanism;
import org.unvanish.diagnosis.Signal;
import org.unvanish.diagnosis.SnapshotDiagnosis;
import org.unvanish.diagnosis.Thresholds;
import org.unvanish.diagnosis.Verdict;
import org.unvanish.diagnosis.evidence.LayerEvidence;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.diagnosis.evidence.TimeEvidence;
import org.unvanish.diagnosis.evidence.TimeEvidence.Point;
import org.unvanish.network.Dense;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.Normalization.BatchNormalization;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.Recurrent;
import org.unvanish.network.Recurrent.Direction;
import org.unvanish.network.Recurrent.Gru;
import org.unvanish.network.Recurrent.Lstm;
import org.unvanish.network.Recurrent.Output;
import org.unvanish.network.Recurrent.SimpleRecurrent;
import org.unvanish.network.Residual;
import org.unvanish.train.TrainingSettings;

/** The way back through time against the Jacobian matrices of the steps in double precision. */
class TimeProbeTest {

  private static final int FEATURES = 3;
  private static final int STEPS = 7;
  private static final Activation TANH = Activation.of(ActivationFunction.TANH);

  private static List<Recurrent> kinds(
      Activation activation, Output output, Direction direction, int truncate) {
    ActivationFunction gates = ActivationFunction.LOGISTIC;
    return List.of(
        new SimpleRecurrent(4, activation, output, direction, true, truncate),
        new Lstm(4, activation, gates, output, direction, true, truncate, 1),
        new Gru(4, activation, gates, output, direction, true, truncate));
  }

  static List<Recurrent> layers() {
    List<Recurrent> layers = new ArrayList<>();
    for (Activation activation :
        List.of(TANH, TANH.times(2), Activation.learned(ActivationFunction.TANH, 1.5))) {
      for (Output output : Output.values()) {
        for (Direction direction : Direction.values()) {
          layers.addAll(kinds(activation, output, direction, 0));
        }
      }
    }
    layers.addAll(kinds(TANH, Output.LAST, Direction.BOTH, 3));
    layers.addAll(kinds(TANH, Output.ALL, Direction.BOTH, 3));
    return layers;
  }

  /** Sequences of bytes, padded with a byte that is no zero. */
  private static Dataset sequences(int[] lengths, int steps) {
    Random random = new Random(7);
    byte[] pixels = new byte[lengths.length * FEATURES * steps];
    Arrays.fill(pixels, (byte) 200);
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
    return new Dataset("sequences", "sequences", List.of("a", "b", "c"), samples, samples, "");
  }

  private static Network network(Shape input, Layer... layers) {
    return new Network(
        input, Stream.concat(Arrays.stream(layers), Stream.of(new Dense(3, true))).toList());
  }

  private static float[] parameters(Network network, double gain) {
    Random random = new Random(3);
    float[] parameters = new float[network.parameterCount()];
    for (ParameterTensor tensor : network.parameters()) {
      for (int i = tensor.offset(); i < tensor.end(); i++) {
        parameters[i] =
            tensor.kind() == ParameterTensor.Kind.SCALE
                ? 1.5f
                : (float) (gain * random.nextGaussian());
      }
    }
    return parameters;
  }

  private static GradientProbe probe(Network network, Dataset data, int batch) {
    TrainingSettings settings = TrainingSettings.DEFAULT.withBatchSize(batch);
    return new GradientProbe(network, settings, data, 1);
  }

  private static List<double[]> inputs(ImageSet samples, int sample, int length) {
    int steps = samples.shape().rows();
    List<double[]> inputs = new ArrayList<>();
    for (int row = 0; row < length; row++) {
      double[] x = new double[FEATURES];
      for (int channel = 0; channel < FEATURES; channel++) {
        int pixel = samples.bytes()[(sample * FEATURES + channel) * steps + row];
        x[channel] = (float) ((pixel & 255) / 255.0);
      }
      inputs.add(x);
    }
    return inputs;
  }

  /** What a direction does to one sample's gradient, from the last state to the first. */
  private static final class Way {
    final List<double[]> gradients = new ArrayList<>();
    final List<StepOracle.Back> steps = new ArrayList<>();
  }

  /** The ways of a sample, by direction. */
  private static List<Way> ways(
      Network network, Recurrent layer, float[] parameters, ImageSet samples, int sample) {
    int steps = samples.shape().rows();
    int length = samples.lengths().steps(sample, steps);
    Iterator<ParameterTensor> own = network.parameters(0).iterator();
    List<StepOracle> oracles = new ArrayList<>();
    List<List<double[]>> inputs = new ArrayList<>();
    List<List<double[]>> states = new ArrayList<>();
    for (int direction = 0; direction < layer.directions(); direction++) {
      StepOracle oracle = new StepOracle(layer, own, network.parameters(0), parameters);
      List<double[]> read = inputs(samples, sample, length);
      if (direction == 1) {
        Collections.reverse(read);
      }
      oracles.add(oracle);
      inputs.add(read);
      states.add(oracle.states(read));
    }
    // The dense layer behind it, and softmax.
    boolean all = layer.output() == Output.ALL;
    int rows = all ? steps : 1;
    int width = layer.outputs() * rows;
    int weights = network.parameters(1).get(0).offset();
    int biases = network.parameters(1).get(1).offset();
    double[] logits = new double[3];
    for (int k = 0; k < 3; k++) {
      logits[k] = parameters[biases + k];
      for (int direction = 0; direction < layer.directions(); direction++) {
        for (int step = all ? 0 : length - 1; step < length; step++) {
          int row = !all ? 0 : direction == 1 ? length - 1 - step : step;
          for (int unit = 0; unit < layer.units(); unit++) {
            int at = (direction * layer.units() + unit) * rows + row;
            logits[k] +=
                parameters[weights + k * width + at] * states.get(direction).get(step + 1)[unit];
          }
        }
      }
    }
    double[] errors = Arrays.stream(logits).map(Math::exp).toArray();
    double sum = Arrays.stream(errors).sum();
    for (int k = 0; k < 3; k++) {
      errors[k] = errors[k] / sum - (k == samples.label(sample) ? 1 : 0);
    }
    List<Way> ways = new ArrayList<>();
    for (int direction = 0; direction < layer.directions(); direction++) {
      StepOracle oracle = oracles.get(direction);
      Way way = new Way();
      double[] gradient = new double[oracle.size()];
      int end = layer.truncate() == 0 ? 0 : Math.max(0, length - layer.truncate());
      for (int step = length - 1; step >= end; step--) {
        int row = !all ? 0 : direction == 1 ? length - 1 - step : step;
        for (int unit = 0; unit < layer.units() && (all || step == length - 1); unit++) {
          int at = (direction * layer.units() + unit) * rows + row;
          for (int k = 0; k < 3; k++) {
            gradient[unit] += parameters[weights + k * width + at] * errors[k];
          }
        }
        way.gradients.add(gradient);
        StepOracle.Back back =
            oracle.back(states.get(direction).get(step), inputs.get(direction).get(step), gradient);
        way.steps.add(back);
        gradient = back.before().clone();
      }
      ways.add(way);
    }
    return ways;
  }

  private static double squares(double[] values) {
    return Arrays.stream(values).map(value -> value * value).sum();
  }

  private static double ratio(double before, double after) {
    return Math.log10(after / before) / 2;
  }

  @ParameterizedTest
  @MethodSource("layers")
  void eachStepIsThatOfItsJacobianMatrix(Recurrent layer) {
    int[] lengths = IntStream.range(0, 21).map(i -> 1 + i * 5 % STEPS).toArray();
    Dataset data = sequences(lengths, STEPS + 2);
    Network network = network(data.shape(), layer);
    GradientProbe probe = probe(network, data, 21);
    float[] parameters = parameters(network, 0.7);
    int[] batch = probe.window().get(0);
    List<TimeEvidence> time = probe.measure(parameters, 0, List.of(batch)).time();
    assertThat(time).hasSize(layer.directions());
    for (int direction = 0; direction < layer.directions(); direction++) {
      int number = direction;
      List<Way> ways =
          Arrays.stream(batch)
              .mapToObj(n -> ways(network, layer, parameters, data.train(), n).get(number))
              .toList();
      compare(time.get(direction), ways, layer);
    }
  }

  private static void compare(TimeEvidence found, List<Way> ways, Recurrent layer) {
    boolean gated = !(layer instanceof SimpleRecurrent);
    int steps = (layer.truncate() == 0 ? STEPS : layer.truncate()) - 1;
    assertThat(found.gated()).isEqualTo(gated);
    assertThat(found.steps()).isEqualTo(steps);
    assertThat(found.points()).hasSize(steps + 1);
    double carried = 0;
    double activation = 0;
    double recurrent = 0;
    double cell = gated ? 0 : Double.NaN;
    for (int back = 0; back <= steps; back++) {
      int k = back;
      List<Way> there = ways.stream().filter(way -> way.gradients.size() > k).toList();
      if (back > 0) {
        List<StepOracle.Back> done = there.stream().map(way -> way.steps.get(k - 1)).toList();
        double state = there.stream().mapToDouble(w -> squares(w.gradients.get(k - 1))).sum();
        double sums = done.stream().mapToDouble(step -> squares(step.sums())).sum();
        carried += ratio(state, done.stream().mapToDouble(s -> squares(s.before())).sum());
        activation += ratio(state, sums);
        recurrent += ratio(sums, done.stream().mapToDouble(s -> squares(s.recurrent())).sum());
        if (gated) {
          cell +=
              ratio(
                  done.stream().mapToDouble(s -> squares(s.past())).sum(),
                  done.stream().mapToDouble(s -> squares(s.kept())).sum());
        }
      }
      Point point = found.points().get(back);
      assertThat(point.back()).isEqualTo(back);
      double size = there.stream().mapToDouble(way -> squares(way.gradients.get(k))).sum();
      int values = there.size() * there.get(0).gradients.get(0).length;
      assertThat(point.sizeLog10()).isCloseTo(Math.log10(size / values) / 2, within(1e-4));
      assertThat(point.carriedLog10()).isCloseTo(carried, within(1e-4));
      assertThat(point.activationLog10()).isCloseTo(activation, within(1e-4));
      assertThat(point.recurrentLog10()).isCloseTo(recurrent, within(1e-4));
      if (gated) {
        assertThat(point.cellLog10()).isCloseTo(cell, within(1e-4));
      } else {
        assertThat(point.cellLog10()).isNaN();
        assertThat(point.activationLog10() + point.recurrentLog10())
            .isCloseTo(point.carriedLog10(), within(1e-9));
      }
      assertThat(point.typicalLog10()).isCloseTo(median(there, back), within(1e-4));
    }
  }

  /** Of the mini-batches, those that are ranked in the middle. */
  @Test
  void theMiddleHalfOfTheMiniBatchesDecides() {
    int[] lengths = IntStream.range(0, 40).map(i -> 1 + i * 5 % STEPS).toArray();
    Dataset data = sequences(lengths, STEPS);
    Network network = network(data.shape(), new SimpleRecurrent(4, TANH));
    GradientProbe probe = probe(network, data, 5);
    float[] parameters = parameters(network, 1);
    List<MeasuredBackward> single =
        probe.window().stream()
            .map(batch -> probe.measure(parameters, 0, List.of(batch)))
            .sorted(Comparator.comparingDouble(MeasuredBackward::endToEndLog10))
            .toList();
    TimeEvidence found = probe.measure(parameters, 0).time().get(0);
    for (int back = 1; back < found.points().size(); back++) {
      int k = back;
      double step =
          single.subList(5, 15).stream()
              .map(one -> one.time().get(0).points())
              .filter(points -> points.size() > k)
              .mapToDouble(
                  points -> points.get(k).carriedLog10() - points.get(k - 1).carriedLog10())
              .average()
              .orElseThrow();
      assertThat(found.points().get(k).carriedLog10() - found.points().get(k - 1).carriedLog10())
          .isCloseTo(step, within(1e-9));
    }
  }

  /** A batch of several blocks, whose ways are gone when all blocks have come; and two layers. */
  @Test
  void blocksAndLayersStayApart() {
    Dataset data = sequences(IntStream.generate(() -> STEPS).limit(37).toArray(), STEPS);
    Network network =
        network(
            data.shape(),
            new SimpleRecurrent(3, TANH, Output.ALL, Direction.FORWARD, true, 0),
            BatchNormalization.DEFAULT,
            new Residual(
                List.of(
                    new Gru(
                        3,
                        TANH,
                        ActivationFunction.LOGISTIC,
                        Output.ALL,
                        Direction.FORWARD,
                        true,
                        0)),
                false),
            new Lstm(4, TANH));
    GradientProbe probe = probe(network, data, 37);
    List<TimeEvidence> time = probe.measure(parameters(network, 1), 0).time();
    assertThat(time)
        .extracting(TimeEvidence::layer)
        .containsExactly("recurrent1", "residual1/gru1", "lstm1");
    for (TimeEvidence way : time) {
      assertThat(way.points()).hasSize(STEPS);
      for (Point point : way.points()) {
        assertThat(point.carriedLog10()).isFinite();
        assertThat(point.typicalLog10()).isFinite();
      }
    }
    // Nothing comes to the states of the last layer but from its own steps.
    List<Point> last = time.get(2).points();
    for (Point point : last) {
      assertThat(point.sizeLog10() - last.get(0).sizeLog10())
          .isCloseTo(point.carriedLog10(), within(1e-6));
    }
  }

  /** A layer of identity, whose steps all multiply by the same number. */
  private static MeasuredBackward multiplied(int steps, float factor) {
    Dataset data = sequences(IntStream.generate(() -> steps).limit(8).toArray(), steps);
    Activation identity = Activation.of(ActivationFunction.IDENTITY);
    Network network = network(data.shape(), new SimpleRecurrent(1, identity));
    float[] parameters = parameters(network, 1);
    // Without inputs the states stay 0, so that they cannot overflow.
    Arrays.fill(parameters, 0, FEATURES, 0);
    parameters[FEATURES] = factor;
    parameters[FEATURES + 1] = 0;
    return probe(network, data, 8).measure(parameters, 0);
  }

  @Test
  void aWayEndsWhereSinglePrecisionHasNothingLeft() {
    TimeEvidence time = multiplied(40, 0.01f).time().get(0);
    assertThat(time.steps()).isEqualTo(39);
    assertThat(time.last().back()).isBetween(19, 23);
    assertThat(time.carriedLog10()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(time.stepLog10()).isCloseTo(-2, within(0.03));
    assertThat(time.wholeLog10()).isCloseTo(-78, within(1.0));
  }

  @Test
  void aWayEndsBeforeSinglePrecisionOverflows() {
    MeasuredBackward evidence = multiplied(40, 100);
    TimeEvidence time = evidence.time().get(0);
    assertThat(time.last().back()).isBetween(17, 20);
    assertThat(time.carriedLog10()).isCloseTo(2 * time.last().back(), within(1e-4));
    assertThat(time.wholeLog10()).isCloseTo(78, within(1e-3));
    assertThat(SnapshotDiagnosis.of(evidence, Thresholds.DEFAULT).verdict())
        .isEqualTo(new Verdict(Signal.EXPLODING, Cause.LARGE_PARAMETERS, Mechanism.LINEAR));
  }

  @Test
  void ofLongSequencesSomePointsAreShown() {
    TimeEvidence time = multiplied(300, 0.99f).time().get(0);
    assertThat(time.points()).hasSize(65);
    assertThat(time.last().back()).isEqualTo(299);
    assertThat(time.carriedLog10()).isCloseTo(299 * Math.log10(0.99), within(1e-4));
    assertThat(time.last().typicalLog10()).isCloseTo(time.carriedLog10(), within(1e-4));
  }

  @Test
  void stepsBelowADeadLayerAreMeasuredWithATestGradient() {
    Dataset data = sequences(IntStream.generate(() -> STEPS).limit(8).toArray(), STEPS);
    Network network =
        network(
            data.shape(),
            new SimpleRecurrent(3, TANH, Output.ALL, Direction.FORWARD, true, 0),
            new SimpleRecurrent(3, TANH));
    float[] parameters = parameters(network, 0.5);
    ParameterTensor bias = network.parameters(1).get(2);
    // tanh′ of it is 0 in single precision.
    Arrays.fill(parameters, bias.offset(), bias.end(), 500);
    List<TimeEvidence> time = probe(network, data, 8).measure(parameters, 0).time();
    assertThat(time.get(1).points()).hasSize(2);
    assertThat(time.get(1).last().activationLog10()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(time.get(0).points()).hasSize(STEPS);
    assertThat(time.get(0).carriedLog10()).isFinite();
    assertThat(time.get(0).last().sizeLog10()).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void preActivationsOfAllRealStepsAreCounted() {
    int[] lengths = IntStream.range(0, 21).map(i -> 1 + i * 5 % STEPS).toArray();
    Dataset data = sequences(lengths, STEPS + 2);
    Activation activation = TANH.times(2);
    SimpleRecurrent layer = new SimpleRecurrent(4, activation);
    Network network = network(data.shape(), layer);
    GradientProbe probe = probe(network, data, 21);
    float[] parameters = parameters(network, 3);
    int saturated = 0;
    int all = 0;
    for (int sample : probe.window().get(0)) {
      List<ParameterTensor> tensors = network.parameters(0);
      StepOracle oracle = new StepOracle(layer, tensors.iterator(), tensors, parameters);
      List<double[]> inputs = inputs(data.train(), sample, lengths[sample]);
      List<double[]> states = oracle.states(inputs);
      for (int step = 0; step < inputs.size(); step++) {
        for (double z : oracle.sums(states.get(step), inputs.get(step))) {
          saturated += SaturationPoint.of(ActivationFunction.TANH).distance(z / 2) >= 1 ? 1 : 0;
          all++;
        }
      }
    }
    LayerEvidence found =
        probe.measure(parameters, 0, List.of(probe.window().get(0))).layers().get(0);
    assertThat(found.saturation().saturatedShare())
        .isGreaterThan(0.1)
        .isCloseTo((double) saturated / all, within(1e-12));
  }

  private static double median(List<Way> ways, int back) {
    double[] sorted =
        ways.stream()
            .mapToDouble(
                way ->
                    IntStream.range(0, back)
                        .mapToDouble(
                            i ->
                                ratio(
                                    squares(way.gradients.get(i)),
                                    squares(way.steps.get(i).before())))
                        .sum())
            .sorted()
            .toArray();
    int n = sorted.length;
    return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }
}
