package org.unvanish.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Shape;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.diagnosis.prescription.Change;
import org.unvanish.initialization.Initialization;
import org.unvanish.network.Network;
import org.unvanish.network.Normalization;
import org.unvanish.network.ParameterTensor;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.penalty.Penalty;
import org.unvanish.train.TrainingSettings;

/** Factors in front of layers do what larger weights do, and keep the weights. */
class LayerFactorsTest {

  private static Network network(Activation activation) {
    return Network.builder(new Shape(3, 32, 32))
        .convolution(3, 4)
        .activation(activation)
        .maxPooling(2)
        .dense(8)
        .activation(activation)
        .dense(10)
        .build();
  }

  private static final Activation TANH = Activation.of(ActivationFunction.TANH);

  /** Without biases, and by powers of two: so that nothing is rounded. */
  @Test
  void aFactorIsAsGoodAsWeightsThatAreAsMuchLarger() {
    Network plain = network(TANH);
    GradientProbe probe = probe(plain, new Initialization.Normal(0.05));
    float[] weights = probe.initialValues();
    float[] larger = weights.clone();
    List<Double> factors = List.of(4.0, 2.0, 8.0);
    int layer = 0;
    for (ParameterTensor tensor : plain.parameters()) {
      if (tensor.name().endsWith("weights")) {
        for (int i = tensor.offset(); i < tensor.end(); i++) {
          larger[i] *= factors.get(layer).floatValue();
        }
        layer++;
      }
    }
    assertThat(layer).isEqualTo(3);
    MeasuredBackward byFactors = probe.with(factors).measure(weights, 0);
    MeasuredBackward byWeights = probe.measure(larger, 0);
    assertThat(byFactors.output().loss()).isEqualTo(byWeights.output().loss());
    assertThat(byFactors.endToEndLog10()).isCloseTo(byWeights.endToEndLog10(), within(1e-6));
    assertThat(byFactors.typicalLog10()).isCloseTo(byWeights.typicalLog10(), within(1e-6));
  }

  @Test
  void theFactorsOfAForecastBringTheGradientThrough() {
    Network deep = PaperCases.table2(ActivationFunction.TANH);
    GradientProbe probe = probe(deep, PaperCases.NARROW);
    assertThat(probe.initial().endToEndLog10()).isLessThan(-8);
    List<Double> factors = probe.criticalFactors();
    assertThat(factors).hasSize(14).allMatch(factor -> factor > 2);
    assertThat(probe.with(factors).initial().endToEndLog10()).isBetween(-1.5, 1.5);
  }

  @Test
  void theFirstLayersFactorStandsInAnIdentityInFront() {
    Network changed =
        AppliedRemedies.network(network(TANH), Change.factors(List.of(3.0, 1.0, 0.5)));
    assertThat(changed.activations())
        .containsExactly(
            Activation.naive(ActivationFunction.IDENTITY, 3),
            TANH,
            Activation.naive(ActivationFunction.TANH, 0.5));
    assertThat(changed.parameters()).isEqualTo(network(TANH).parameters());
  }

  @Test
  void naiveFactorsThatAreThereAreMultiplied() {
    Activation naive = Activation.naive(ActivationFunction.TANH, 3);
    assertThat(LayerFactors.times(naive, 2))
        .isEqualTo(Activation.naive(ActivationFunction.TANH, 6));
  }

  @Test
  void networksWithAScaleOrNormalizationHaveNone() {
    assertThat(LayerFactors.fit(network(TANH))).isTrue();
    assertThat(LayerFactors.fit(network(TANH.times(2)))).isFalse();
    assertThat(
            LayerFactors.fit(
                Network.builder(new Shape(1, 1, 4))
                    .dense(4)
                    .layer(new Normalization.LayerNormalization(1e-5))
                    .activation(TANH)
                    .dense(2)
                    .build()))
        .isFalse();
    assertThatThrownBy(() -> LayerFactors.times(TANH.times(2), 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("tanh, α = 2 has a scale: it cannot have a factor");
  }

  @Test
  void asManyFactorsAsLayersWithWeightsAreNeeded() {
    for (int count : new int[] {2, 4}) {
      Double[] factors = new Double[count];
      Arrays.fill(factors, 2.0);
      assertThatThrownBy(() -> LayerFactors.network(network(TANH), List.of(factors)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("layers with weights");
    }
  }

  @Test
  void aNetworkAtItsCriticalPointNeedsNone() {
    GradientProbe probe =
        probe(PaperCases.table2(ActivationFunction.RELU), new Initialization.He());
    assertThat(probe.forecast()).isPresent();
    assertThat(probe.criticalFactors()).allMatch(factor -> factor < 1.5);
  }

  private static GradientProbe probe(Network network, Initialization weights) {
    return new GradientProbe(
        network,
        new TrainingSettings(
            Optimizer.Adam.DEFAULT,
            Penalty.none(),
            weights,
            new Initialization.Zeros(),
            PixelScaling.UNIT,
            32,
            1),
        PaperCases.data(),
        1);
  }
}
