package org.unvanish.theory.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.theory.network.SmallNetwork.Builder;
import org.unvanish.theory.network.UpdateRule.Method;

class ScaledNetworkTest {

  private static final UpdateRule RULE = new UpdateRule(0.1, 1e-7, 0.5);

  @Test
  void gradientsAreThoseOfFiniteDifferences() {
    RandomGenerator random = new SplittableRandom(3);
    for (int n = 0; n < 300; n++) {
      SmallNetwork shape = drawn(n, random);
      ScaledNetwork network = network(shape, vector(shape.parameterCount(), random), 1.7, 0.6);
      double[] x = vector(shape.inputs(), random);
      double[] y = vector(network.output(x).length, random);
      ScaledNetwork.Gradients gradients = network.gradients(x, y);
      for (int i = 0; i < x.length; i++) {
        double h = 1e-5;
        double slope = (loss(network, plus(x, i, h), y) - loss(network, plus(x, i, -h), y)) / 2 / h;
        assertThat(gradients.input()[i]).as(shape.text()).isCloseTo(slope, within(1e-6));
      }
      double[] theta = network.parameters();
      for (int i = 0; i < theta.length; i++) {
        double h = 1e-5;
        double up = loss(network.with(plus(theta, i, h)), x, y);
        double down = loss(network.with(plus(theta, i, -h)), x, y);
        assertThat(gradients.parameters()[i])
            .as(shape.text())
            .isCloseTo((up - down) / 2 / h, within(1e-6));
      }
    }
  }

  @Test
  void everyKindOfOperationIsDrawn() {
    RandomGenerator random = new SplittableRandom(1);
    List<Class<?>> kinds = new ArrayList<>();
    for (int n = 0; n < 100; n++) {
      RandomShape.any(random).operations().forEach(operation -> kinds.add(operation.getClass()));
    }
    assertThat(kinds).contains(Operation.class.getPermittedSubclasses());
  }

  @Test
  void aSmallNetworkIsWhatAPocketCalculatorSays() {
    Builder builder = new Builder(3);
    int window = builder.window(0, -1, 3);
    int dense = builder.dense(window, builder.weights(3, 2, true));
    builder.maxPooling(builder.activate(dense, builder.place()));
    // The window is 0, 1, 2; the dense layer's units are 1·1 + 2·2 + 1 = 6 and −3.
    double[] parameters = {9, 1, 2, 9, 1, -2, 1, 0};
    ScaledNetwork network = network(builder.build(), parameters, 2, 0.5);
    assertThat(network.output(new double[] {1, 2, 3})).containsExactly(2 * Math.tanh(3));
    assertThat(network.network().isBias(5)).isFalse();
    assertThat(network.network().isBias(6)).isTrue();
  }

  @Test
  void stepsAreThoseOfTheBooks() {
    double[] moments = new double[2];
    assertThat(RULE.step(Method.SGD, 2, 3, moments, 0, 1)).isEqualTo(2 - 0.1 * (3 + 0.5 * 2));
    assertThat(moments).containsOnly(0);
    // The first step of Adam is the rate, but for ε.
    double first = RULE.step(Method.ADAM, 2, 3, moments, 0, 1);
    assertThat(first).isCloseTo(1.9, within(1e-8));
    assertThat(moments[0]).isCloseTo(0.4, within(1e-15));
    assertThat(moments[1]).isCloseTo(0.016, within(1e-15));
    // m = 0.9·0.4 + 0.1·g and v = 0.999·0.016 + 0.001·g² with g = −1 + 0.5·1.9.
    double g = -1 + 0.5 * first;
    double m = (0.9 * 0.4 + 0.1 * g) / 0.19;
    double v = (0.999 * 0.016 + 0.001 * g * g) / 0.001999;
    assertThat(RULE.step(Method.ADAM, first, -1, moments, 0, 2))
        .isCloseTo(first - 0.1 * m / (Math.sqrt(v) + 1e-7), within(1e-12));
  }

  @Test
  void trainingTakesOneSampleAStep() {
    Builder builder = new Builder(1);
    builder.dense(0, builder.weights(1, 1, true));
    ScaledNetwork network = network(builder.build(), new double[] {1, 0}, 1, 1);
    UpdateRule still = new UpdateRule(0, 0, 0);
    UpdateRule sgd = new UpdateRule(0.5, 0, 0);
    ScaledNetwork fixedBias =
        new ScaledNetwork(
            network.network(),
            network.function(),
            network.outer(),
            network.inner(),
            1,
            1,
            network.parameters(),
            sgd,
            still);
    // w − ½·(w·x − y)·x: 1 → 1 − ½·(2 − 1)·2 = 0 → 0 − ½·(0 − 4)·1 = 2.
    double[] trained =
        fixedBias.trained(Method.SGD, new double[][] {{2}, {1}}, new double[][] {{1}, {4}});
    assertThat(trained).containsExactly(2, 0);
  }

  private static SmallNetwork drawn(int n, RandomGenerator random) {
    return switch (n % 4) {
      case 0 -> RandomShape.stack(random);
      case 1 -> RandomShape.biasedStack(random);
      case 2 -> RandomShape.recurrent(random, true);
      default -> RandomShape.any(random);
    };
  }

  private static ScaledNetwork network(
      SmallNetwork shape, double[] parameters, double outer, double inner) {
    double[] outers = new double[shape.places()];
    double[] inners = new double[shape.places()];
    Arrays.fill(outers, outer);
    Arrays.fill(inners, inner);
    return new ScaledNetwork(
        shape, ActivationFunction.TANH, outers, inners, 1, 1, parameters, RULE, RULE);
  }

  private static double loss(ScaledNetwork network, double[] x, double[] y) {
    double[] output = network.output(x);
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      sum += (output[i] - y[i]) * (output[i] - y[i]) / 2;
    }
    return sum;
  }

  private static double[] plus(double[] vector, int at, double h) {
    double[] other = vector.clone();
    other[at] += h;
    return other;
  }

  private static double[] vector(int length, RandomGenerator random) {
    double[] vector = new double[length];
    Arrays.setAll(vector, i -> random.nextDouble(-1.5, 1.5));
    return vector;
  }
}
