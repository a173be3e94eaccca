package org.unvanish.diagnosis.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.diagnosis.evidence.LayerEvidence;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.diagnosis.evidence.OutputActivation;
import org.unvanish.diagnosis.evidence.OutputEvidence;
import org.unvanish.diagnosis.evidence.Saturation;
import org.unvanish.diagnosis.evidence.StepEvidence;
import org.unvanish.diagnosis.evidence.StepRole;

/**
 * A source that is neither the engine nor another library: a stack of one unit in each layer, whose
 * passes are multiplications by hand.
 */
class BackwardMeasurementTest {

  private static final OutputEvidence OUTPUT = new OutputEvidence(1, 0.5, 1, 1, 0.7, 0.5, 1);
  private static final Offset<Double> ROUNDING = within(1e-6);

  /**
   * A mini-batch.
   *
   * @param factor by which the last weight is multiplied
   * @param errors the output error of each sample
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record MiniBatch(double factor, double... errors) {}

  /** Layer 2i has the weight w_i, layer 2i + 1 is a tanh at which f′ is the slope s_i. */
  private final List<Double> weights = new ArrayList<>();

  private final List<Double> slopes = new ArrayList<>();

  @Test
  void eachLayerHasItsOwnFactors() {
    stack(0.5, 0.1, 4, 0.01, 8, 1);
    MeasuredBackward found = measure(batch(3, 4));
    assertThat(found.layers()).extracting(LayerEvidence::name).containsExactly("a0", "a1", "a2");
    LayerEvidence middle = found.layers().get(1);
    assertThat(middle.enteringLog10()).isCloseTo(log10(Math.sqrt(12.5) * 8), ROUNDING);
    assertThat(middle.activationLog10()).isCloseTo(-2, ROUNDING);
    assertThat(middle.linearLog10()).isCloseTo(log10(4), ROUNDING);
    assertThat(middle.weightGain()).isCloseTo(4, ROUNDING);
    assertThat(middle.criticalGain()).isEqualTo(1);
    // The pass ends at the first layer's own output.
    LayerEvidence first = found.layers().get(0);
    assertThat(first.linearLog10()).isZero();
    assertThat(first.leavingLog10()).isCloseTo(middle.leavingLog10() - 1, ROUNDING);
    // Of inputs of 1 the mean gradient of a batch is that of its sum over its samples.
    assertThat(first.tensors().get(0).gradientLog10())
        .isCloseTo(log10((3 + 4) / 2.0 * 8 * 0.01 * 4 * 0.1), ROUNDING);
  }

  /** A layer of one unit whose f' differs from sample to sample. */
  private static MeasuredBackward saturating(float[]... slopes) {
    BackwardMeasurement found = new BackwardMeasurement(List.of(dense(0, 1), tanh(), dense(1, 1)));
    for (float[] batch : slopes) {
      BackwardPass pass = found.pass();
      float[] ones = new float[batch.length];
      Arrays.fill(ones, 1);
      pass.arrive(2, LayerGradient.of(ones.clone(), batch.length), null);
      pass.arrive(1, LayerGradient.of(ones, batch.length), null);
      pass.arrive(0, LayerGradient.of(batch.clone(), batch.length), null);
      found.add(pass, null, batch.length);
    }
    return result(found);
  }

  @Test
  void fewSamplesRuleTheRootMeanSquareAndNotTheTypicalOne() {
    MeasuredBackward found = saturating(new float[] {1e-4f, 1e-5f, 1000}, new float[] {1e-3f, 100});
    assertThat(found.endToEndLog10()).isGreaterThan(1);
    assertThat(found.typicalLog10()).isCloseTo(-3, ROUNDING);
    assertThat(found.layers().get(0).typicalLog10()).isCloseTo(-3, ROUNDING);
    assertThat(found.layers().get(1).typicalLog10()).isZero();
  }

  @Test
  void ofAnEvenNumberTheTypicalSampleIsBetweenTheTwoInTheMiddle() {
    assertThat(saturating(new float[] {1e-4f, 1e-5f, 1, 0.01f}).typicalLog10())
        .isCloseTo(-3, ROUNDING);
  }

  @Test
  void whatMoreThanHalfOfTheSamplesLoseTheTypicalOneLoses() {
    assertThat(saturating(new float[] {0, 0, 1}).typicalLog10())
        .isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(saturating(new float[] {0, 0.1f, 1}).typicalLog10()).isCloseTo(-1, ROUNDING);
  }

  @Test
  void samplesWithoutAnErrorTellNothingOfTheTypicalOne() {
    stack(1, 0.1, 1, 1);
    assertThat(measure(batch(0, 0, 0, 2)).typicalLog10()).isCloseTo(-1, ROUNDING);
  }

  @Test
  void behindALayerThatLetsNothingThroughTheTypicalSampleIsATestGradients() {
    stack(1, 0.1, 3, 1, 2, 0, 1, 1);
    MeasuredBackward found = measure(batch(1, 2));
    assertThat(found.typicalLog10()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(found.layers())
        .extracting(LayerEvidence::typicalLog10)
        .contains(Double.NEGATIVE_INFINITY);
    assertThat(found.layers().get(0).typicalLog10()).isCloseTo(-1, ROUNDING);
    assertThat(found.layers().get(1).typicalLog10()).isCloseTo(log10(3), ROUNDING);
  }

  @Test
  void valuesThatAreNotAsManyForEachSampleAreRefused() {
    assertThatThrownBy(() -> LayerGradient.of(new float[5], 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("5 values are not as many for each of 2 samples");
  }

  @Test
  void nothingIsLostBelowTheRangeOfSinglePrecision() {
    stack(1, 1, 1e-30, 1, 1e-30, 1, 1e-30, 1);
    MeasuredBackward found = measure(batch(1));
    assertThat(found.endToEndLog10()).isCloseTo(-90, ROUNDING);
    assertThat(found.firstGradientLog10()).isCloseTo(-90, ROUNDING);
    assertThat(found.layers()).noneMatch(LayerEvidence::testGradient);
  }

  @Test
  void behindALayerThatLetsNothingThroughATestGradientGoesOn() {
    stack(1, 0.1, 3, 1, 2, 0, 1, 1);
    MeasuredBackward found = measure(batch(1, 2, 3));
    assertThat(found.layers().get(2).activationLog10()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(found.layers().get(2).testGradient()).isFalse();
    assertThat(found.layers().get(1).testGradient()).isTrue();
    assertThat(found.layers().get(1).linearLog10()).isCloseTo(log10(3), ROUNDING);
    assertThat(found.layers().get(0).activationLog10()).isCloseTo(-1, ROUNDING);
    assertThat(found.firstGradientLog10()).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void theActivationBehindTheLastWeightsIsNoPartOfTheLastLayer() {
    stack(1, 0.1, 3, 0.01);
    MeasuredBackward found = measure(batch(1, 2, 3));
    assertThat(found.layers().get(1).activationLog10()).isZero();
    assertThat(found.endToEndLog10()).isCloseTo(log10(0.3), ROUNDING);
    OutputActivation last = Objects.requireNonNull(found.output().last());
    assertThat(last.function()).isEqualTo("tanh");
    assertThat(last.log10()).isCloseTo(-2, ROUNDING);
    assertThat(last.lostLog10()).isCloseTo(-2, ROUNDING);
    assertThat(found.layers().get(1).steps())
        .containsExactly(
            new StepEvidence("a1", StepRole.WEIGHTS, found.layers().get(1).linearLog10()));
  }

  @Test
  void whatIsLostAtTheOutputIsNotLostInTheLayers() {
    stack(1, 0.1, 3, 0);
    MeasuredBackward found = measure(batch(1, 2, 3));
    assertThat(Objects.requireNonNull(found.output().last()).log10())
        .isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(found.layers()).allMatch(LayerEvidence::testGradient);
    assertThat(found.endToEndLog10()).isCloseTo(log10(0.3), ROUNDING);
  }

  /** A block whose branch halves what the skip keeps: together half as much again. */
  @Test
  void aResidualBlockIsMeasuredWhereItsPathsMeet() {
    StackLayer block =
        new StackLayer(
            "residual1",
            StepRole.RESIDUAL,
            Optional.empty(),
            List.of(),
            List.of(dense(1, 0.5), tanh()));
    BackwardMeasurement measurement =
        new BackwardMeasurement(List.of(dense(0, 1), block, dense(2, 1)));
    BackwardPass pass = measurement.pass();
    // So small that it is brought back to 1 in front of the block.
    float tiny = 1e-20f;
    pass.arrive(2, LayerGradient.of(new float[] {tiny}, 1), null);
    float[] behind = {1};
    pass.arrive(1, LayerGradient.of(behind, 1), null);
    float[] inner = behind.clone();
    pass.inside(1).arrive(1, LayerGradient.of(inner, 1), null);
    inner[0] *= 0.1f;
    pass.inside(1).arrive(0, LayerGradient.of(inner, 1), null);
    pass.inside(1).parameterGradient(0, 0, inner[0] * inner[0], 1);
    pass.arrive(0, LayerGradient.of(new float[] {behind[0] + 0.5f * inner[0]}, 1), null);
    measurement.inside(1).saturation(1, saturated(0.4));
    measurement.add(pass, null, 1);
    LayerEvidence found = result(measurement).layers().get(1);
    assertThat(found.isResidual()).isTrue();
    assertThat(found.linearLog10()).isCloseTo(log10(1.05), ROUNDING);
    assertThat(found.saturation().saturatedShare()).isEqualTo(0.4);
    assertThat(found.inside()).hasSize(1);
    LayerEvidence branch = found.inside().get(0);
    assertThat(branch.name()).isEqualTo("a1");
    assertThat(branch.activationLog10()).isCloseTo(-1, ROUNDING);
    assertThat(branch.weightGain()).isEqualTo(0.5);
    // The power of two that was taken out in front of the block is taken out here, too.
    assertThat(branch.enteringLog10()).isCloseTo(found.enteringLog10(), ROUNDING);
    assertThat(found.tensors()).containsExactlyElementsOf(branch.tensors());
  }

  /** The same block, but its branch has no weights: x + tanh(x). */
  @Test
  void aResidualBlockThatTrainsNothingBelongsToTheLayerBeforeIt() {
    StackLayer block =
        new StackLayer("residual", StepRole.RESIDUAL, Optional.empty(), List.of(), List.of(tanh()));
    BackwardMeasurement measurement =
        new BackwardMeasurement(List.of(block, dense(0, 1), block, dense(2, 1)));
    BackwardPass pass = measurement.pass();
    pass.arrive(3, LayerGradient.of(new float[] {1}, 1), null);
    pass.arrive(2, LayerGradient.of(new float[] {1}, 1), null);
    pass.inside(2).arrive(0, LayerGradient.of(new float[] {1}, 1), null);
    pass.arrive(1, LayerGradient.of(new float[] {1.1f}, 1), null);
    measurement.inside(2).saturation(0, saturated(0.4));
    measurement.add(pass, null, 1);
    List<LayerEvidence> found = result(measurement).layers();
    assertThat(found).extracting(LayerEvidence::name).containsExactly("a0", "a2");
    assertThat(found.get(0).linearLog10()).isCloseTo(log10(1.1), ROUNDING);
    assertThat(found.get(0).saturation().saturatedShare()).isEqualTo(0.4);
    assertThat(found.get(0).steps())
        .extracting(StepEvidence::role)
        .containsExactly(StepRole.WEIGHTS, StepRole.RESIDUAL);
    assertThat(found.get(0).isResidual()).isFalse();
    assertThat(found).allSatisfy(layer -> assertThat(layer.tensors()).hasSize(1));
  }

  @Test
  void aGradientThatIsNoNumberCountsAsNone() {
    stack(1, 1, 1, 1);
    MeasuredBackward found = measure(batch(Double.NaN, 1));
    assertThat(found.layers().get(1).enteringLog10()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(found.layers().get(1).testGradient()).isTrue();
  }

  /** Of eight the two at either end are left out. */
  @Test
  void theMiddleHalfOfTheWindowDecides() {
    stack(1, 1, 1, 1);
    MeasuredBackward found =
        measure(
            DoubleStream.of(1e-30, 10, 10, 1e-9, 10, 1e9, 10, 1e30)
                .mapToObj(factor -> new MiniBatch(factor, 1))
                .toArray(MiniBatch[]::new));
    assertThat(found.batches()).isEqualTo(8);
    assertThat(found.layers().get(1).linearLog10()).isCloseTo(1, ROUNDING);
  }

  @Test
  void blocksAddUpToTheirMiniBatch() {
    stack(0.5, 0.1, 1e-25, 0.01, 8, 1);
    MeasuredBackward one = measure(batch(3, 4));
    BackwardMeasurement blocks = measurement();
    BackwardPass pass = blocks.pass();
    double sum = send(pass, batch(3), null);
    sum += send(pass, batch(4), null);
    pass.parameterGradient(0, 0, sum * sum, 1);
    blocks.add(pass, null, 2);
    MeasuredBackward two = result(blocks);
    for (int i = 0; i < 3; i++) {
      assertThat(two.layers().get(i).netLog10())
          .isCloseTo(one.layers().get(i).netLog10(), ROUNDING);
    }
    assertThat(two.firstGradientLog10()).isCloseTo(one.firstGradientLog10(), ROUNDING);
  }

  @Test
  void theWorstActivationOfALayerTells() {
    BackwardMeasurement found =
        new BackwardMeasurement(List.of(dense(1, 1), tanh(), tanh(), dense(2, 1)));
    found.saturation(1, saturated(0.2));
    found.saturation(2, saturated(0.1));
    found.equalUnits(0, 0.25);
    found.input(0).addSquares(new float[] {3, 4});
    found.data().add(Math.scalb(1.0, 40), -40, 4);
    BackwardPass pass = found.pass();
    for (int i = 3; i >= 0; i--) {
      pass.arrive(i, LayerGradient.of(new float[] {1}, 1), null);
    }
    found.add(pass, null, 1);
    MeasuredBackward result = result(found);
    assertThat(result.inputRms()).isEqualTo(0.5);
    LayerEvidence first = result.layers().get(0);
    assertThat(first.saturation().saturatedShare()).isEqualTo(0.2);
    assertThat(first.equalUnits()).isEqualTo(0.25);
    assertThat(first.inputRms()).isCloseTo(Math.sqrt(12.5), ROUNDING);
    assertThat(result.layers().get(1).equalUnits()).isNaN();
    assertThat(result.layers().get(1).saturation()).isEqualTo(Saturation.NONE);
  }

  @Test
  void aStackWithoutWeightsAndAWindowWithoutBatchesAreRefused() {
    assertThatThrownBy(() -> new BackwardMeasurement(List.of(tanh())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs a layer with weights");
    stack(1, 1);
    assertThatThrownBy(() -> result(measurement()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is no batch");
  }

  @Test
  void countsThatWereMadeElsewhereAreTheSame() {
    for (ActivationFunction function : ActivationFunction.values()) {
      PreActivationCounts one = new PreActivationCounts(function);
      PreActivationCounts other = new PreActivationCounts(function);
      float[] values = {-20, -3, -0.5f, 0, 0.5f, 3, 20};
      for (float u : values) {
        one.add(u > 0 ? 1 : 0, u);
      }
      other.addCount(values.length);
      for (PreActivationCounts.Side side : one.sides()) {
        float[] bounds = one.bounds(side);
        long[] beyond = new long[bounds.length];
        double squares = 0;
        for (float u : values) {
          for (int i = 0; i < bounds.length; i++) {
            beyond[i] += side.size(u) >= bounds[i] ? 1 : 0;
          }
          squares += side.size(u) * side.size(u);
        }
        other.addAll(side, beyond, squares);
      }
      other.addUnit(0, false);
      other.addUnit(1, true);
      assertThat(other.saturation()).isEqualTo(one.saturation());
      assertThat(one.saturation().deadShare())
          .isEqualTo(function == ActivationFunction.RELU ? 0.5 : 0);
    }
  }

  private void stack(double... weightsAndSlopes) {
    for (int i = 0; i < weightsAndSlopes.length; i += 2) {
      weights.add(weightsAndSlopes[i]);
      slopes.add(weightsAndSlopes[i + 1]);
    }
  }

  private static MiniBatch batch(double... errors) {
    return new MiniBatch(1, errors);
  }

  private MeasuredBackward measure(MiniBatch... window) {
    BackwardMeasurement measurement = measurement();
    for (MiniBatch batch : window) {
      BackwardPass real = measurement.pass();
      double sum = send(real, batch, null);
      real.parameterGradient(0, 0, sum * sum, 1);
      BackwardPass tested = null;
      if (real.end() >= 0) {
        tested = measurement.pass();
        send(tested, batch, real.end());
      }
      measurement.add(real, tested, batch.errors.length);
    }
    return result(measurement);
  }

  private BackwardMeasurement measurement() {
    List<StackLayer> layers = new ArrayList<>();
    for (int i = 0; i < weights.size(); i++) {
      layers.add(dense(i, weights.get(i)));
      layers.add(tanh());
    }
    return new BackwardMeasurement(layers);
  }

  /**
   * @param end where a test gradient begins; null for the real one
   * @return the gradient of the first weight, whose inputs are 1, as it came out
   */
  private double send(BackwardPass pass, MiniBatch batch, @Nullable Integer end) {
    int last = 2 * weights.size() - 1;
    double[] values = end == null ? batch.errors.clone() : new double[batch.errors.length];
    for (int i = end == null ? last : end; i >= 0; i--) {
      float[] gradient = new float[values.length];
      for (int k = 0; k < values.length; k++) {
        gradient[k] = (float) values[k];
      }
      pass.arrive(i, LayerGradient.of(gradient, gradient.length), end == null ? null : () -> 1.5);
      double w = weights.get(i / 2) * (i == last - 1 ? batch.factor : 1);
      for (int k = 0; k < values.length; k++) {
        values[k] = gradient[k] * (i == 0 ? 1 : i % 2 == 0 ? w : slopes.get(i / 2));
      }
    }
    return Arrays.stream(values).sum();
  }

  private static MeasuredBackward result(BackwardMeasurement measurement) {
    return measurement.result(0, OUTPUT, null);
  }

  private static StackLayer dense(int number, double weight) {
    StackTensor tensor =
        new StackTensor(
            "a" + number + "/weights",
            1,
            true,
            1,
            Math.abs(weight),
            weight,
            Double.NaN,
            Double.NEGATIVE_INFINITY,
            Double.NaN);
    return StackLayer.of("a" + number, Optional.empty(), List.of(tensor));
  }

  private static StackLayer tanh() {
    return StackLayer.of("tanh", Optional.of(Activation.of(ActivationFunction.TANH)), List.of());
  }

  private static Saturation saturated(double share) {
    return new Saturation(share, 0, 1, List.of(1 - share, 0.0, 0.0, share, 0.0, 0.0));
  }

  private static double log10(double value) {
    return StrictMath.log10(value);
  }
}
