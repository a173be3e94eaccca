package org.unvanish.initialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Dataset;
import org.unvanish.data.Shape;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.network.Activated;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.Dense;
import org.unvanish.network.Network;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.Pooling.AveragePooling;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.penalty.Penalty;
import org.unvanish.train.RandomCases;
import org.unvanish.train.Recording;
import org.unvanish.train.Trainer;
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
