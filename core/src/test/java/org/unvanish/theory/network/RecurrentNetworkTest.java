package org.unvanish.theory.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.theory.network.SmallNetwork.Builder;
import org.unvanish.theory.network.SmallNetwork.Weights;
import org.unvanish.theory.network.UpdateRule.Method;

class RecurrentNetworkTest {

  private static final double H = 1e-5;

  @Test
  void twoStepsAreWhatAPocketCalculatorSays() {
    RecurrentNetwork network =
        new RecurrentNetwork(
            ActivationFunction.TANH.scaled(2),
            new double[][] {{0, 1}, {-1, 0.5}},
            new double[][] {{2}, {0}},
            new double[] {0.25, 0});
    RecurrentPass pass = network.run(new double[] {1, 0}, new double[][] {{1}, {-1}});
    double first = 2 * Math.tanh(2.25 / 2);
    double second = 2 * Math.tanh(-1 / 2.0);
    assertThat(pass.preActivation(1)).containsExactly(2.25, -1);
    assertThat(pass.state(1)).containsExactly(first, second);
    assertThat(pass.preActivation(2)).containsExactly(-1.75 + second, -first + 0.5 * second);
    double slope = 1 - Math.pow(Math.tanh(pass.preActivation(2)[1] / 2), 2);
    double[][] step = pass.jacobian(2, 1);
    assertThat(step[0][0]).isZero();
    assertThat(step[1][0]).isCloseTo(-slope, within(1e-15));
    assertThat(step[1][1]).isCloseTo(0.5 * slope, within(1e-15));
    assertThat(pass.jacobian(2, 0)).isDeepEqualTo(new double[][] {{1, 0}, {0, 1}});
  }

  @Test
  void gradientsAreThoseOfFiniteDifferences() {
    SplittableRandom random = new SplittableRandom(7);
    for (int n = 0; n < 60; n++) {
      Sequence s = new Sequence(random);
      RecurrentPass.Gradients gradients = s.gradients();
      assertDifferences(s::loss, s.network.recurrent(), gradients.recurrent());
      assertDifferences(s::loss, s.network.input(), gradients.input());
      assertDifferences(s::loss, new double[][] {s.network.bias()}, gradients.bias());
      assertDifferences(s::loss, new double[][] {s.initial}, gradients.initial());
      assertDifferences(s::loss, s.x, gradients.x());
    }
  }

  @Test
  void jacobiansAreThoseOfFiniteDifferences() {
    SplittableRandom random = new SplittableRandom(8);
    for (int n = 0; n < 60; n++) {
      Sequence s = new Sequence(random);
      int steps = s.x.length;
      double[][] jacobian = s.network.run(s.initial, s.x).jacobian(steps, steps);
      for (int unit = 0; unit < s.network.units(); unit++) {
        int i = unit;
        assertDifferences(
            () -> s.network.run(s.initial, s.x).state(steps)[i],
            new double[][] {s.initial},
            jacobian[i]);
      }
    }
  }

  @Test
  void jacobiansOfStepsMultiply() {
    Sequence s = new Sequence(new SplittableRandom(9));
    RecurrentPass pass = s.network.run(s.initial, s.x);
    for (int t = 2; t <= pass.steps(); t++) {
      double[][] last = pass.jacobian(t, 1);
      double[][] before = pass.jacobian(t - 1, t - 1);
      double[][] both = pass.jacobian(t, t);
      for (int i = 0; i < both.length; i++) {
        for (int j = 0; j < both.length; j++) {
          double sum = 0;
          for (int k = 0; k < both.length; k++) {
            sum += last[i][k] * before[k][j];
          }
          assertThat(both[i][j]).isCloseTo(sum, within(1e-12));
        }
      }
    }
  }

  /** The other oracle, of any operations. */
  @Test
  void itIsTheSmallNetworkWithSharedWeights() {
    Sequence s = new Sequence(new SplittableRandom(10));
    int units = s.network.units();
    int features = s.x[0].length;
    Builder builder = new Builder(units + s.x.length * features);
    Weights drive = builder.weights(features, units, true);
    Weights recurrent = builder.weights(units, units, false);
    int place = builder.place();
    int state = builder.window(0, 0, units);
    for (int t = 0; t < s.x.length; t++) {
      int z = builder.dense(builder.window(0, units + t * features, features), drive);
      state = builder.activate(builder.sum(z, builder.dense(state, recurrent)), place);
    }
    double[] parameters = joined(s.network.input());
    parameters = joined(new double[][] {parameters, s.network.bias()});
    parameters = joined(new double[][] {parameters, joined(s.network.recurrent())});
    UpdateRule none = new UpdateRule(0, 0, 0);
    Activation activation = s.network.activation();
    ScaledNetwork other =
        new ScaledNetwork(
            builder.build(),
            activation.function(),
            new double[] {activation.outer()},
            new double[] {activation.inner()},
            1,
            1,
            parameters,
            none,
            none);
    double[] input = joined(new double[][] {s.initial, joined(s.x)});
    RecurrentPass pass = s.network.run(s.initial, s.x);
    double[] last = pass.state(s.x.length);
    double[] y = new double[units];
    assertThat(other.output(input)).containsExactly(last, within(1e-14));
    ScaledNetwork.Gradients expected = other.gradients(input, y);
    RecurrentPass.Gradients gradients = pass.gradientsOfLast(last);
    assertThat(joined(new double[][] {gradients.initial(), joined(gradients.x())}))
        .containsExactly(expected.input(), within(1e-13));
    double[] own = joined(new double[][] {joined(gradients.input()), gradients.bias()});
    assertThat(joined(new double[][] {own, joined(gradients.recurrent())}))
        .containsExactly(expected.parameters(), within(1e-13));
  }

  @Test
  void aStepOfTrainingIsThatOfTheRules() {
    Sequence s = new Sequence(new SplittableRandom(11));
    double[] y = new double[s.network.units()];
    RecurrentPass pass = s.network.run(s.initial, s.x);
    double[] error = pass.state(s.x.length).clone();
    for (int i = 0; i < error.length; i++) {
      error[i] *= 9;
    }
    RecurrentPass.Gradients gradients = pass.gradientsOfLast(error);
    RecurrentNetwork trained =
        s.network.trained(
            Method.SGD,
            new UpdateRule(0.1, 0, 0.5),
            new UpdateRule(0.01, 0, 0),
            s.initial,
            s.x,
            3,
            y,
            1);
    double w = s.network.recurrent()[0][0];
    assertThat(trained.recurrent()[0][0])
        .isCloseTo(w - 0.1 * (gradients.recurrent()[0][0] + 0.5 * w), within(1e-12));
    assertThat(trained.input()[0][0])
        .isCloseTo(s.network.input()[0][0] - 0.01 * gradients.input()[0][0], within(1e-12));
    assertThat(trained.bias()[0])
        .isCloseTo(s.network.bias()[0] - 0.01 * gradients.bias()[0], within(1e-12));
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Activation tanh = Activation.of(ActivationFunction.TANH);
    double[][] one = {{1}};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RecurrentNetwork(tanh, one, one, new double[2]))
        .withMessageContaining("W has 1 rows, U 1 and b 2 numbers");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RecurrentNetwork(tanh, new double[][] {{1, 2}}, one, new double[1]))
        .withMessageContaining("each row of W must have 1 numbers, but one has 2");
    RecurrentNetwork network = new RecurrentNetwork(tanh, one, one, new double[1]);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network.run(new double[1], new double[0][]))
        .withMessageContaining("at least one step");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network.run(new double[2], one))
        .withMessageContaining("the initial state must have 1 numbers, but has 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network.run(new double[1], new double[][] {{1}, {1, 2}}))
        .withMessageContaining("each row of x must have 1 numbers, but one has 2");
  }

  /** A network with a sequence, and a loss that reads all states. */
  private static final class Sequence {
    final RecurrentNetwork network;
    final double[] initial;
    final double[][] x;
    final double[][] read;

    Sequence(RandomGenerator random) {
      int units = random.nextInt(2, 5);
      int features = random.nextInt(1, 4);
      ActivationFunction[] smooth = {
        ActivationFunction.TANH, ActivationFunction.LOGISTIC, ActivationFunction.ARCTAN
      };
      network =
          new RecurrentNetwork(
              smooth[random.nextInt(3)].scaled(random.nextDouble(0.5, 3)),
              matrix(units, units, random),
              matrix(units, features, random),
              matrix(1, units, random)[0]);
      initial = matrix(1, units, random)[0];
      x = matrix(random.nextInt(3, 7), features, random);
      read = matrix(x.length + 1, units, random);
    }

    /** ½·Σ read·h² over all states. */
    double loss() {
      RecurrentPass pass = network.run(initial, x);
      double sum = 0;
      for (int t = 0; t <= x.length; t++) {
        for (int i = 0; i < network.units(); i++) {
          sum += read[t][i] * pass.state(t)[i] * pass.state(t)[i] / 2;
        }
      }
      return sum;
    }

    RecurrentPass.Gradients gradients() {
      RecurrentPass pass = network.run(initial, x);
      double[][] ofStates = new double[x.length + 1][network.units()];
      for (int t = 0; t <= x.length; t++) {
        for (int i = 0; i < network.units(); i++) {
          ofStates[t][i] = read[t][i] * pass.state(t)[i];
        }
      }
      return pass.gradients(ofStates);
    }
  }

  private static void assertDifferences(
      DoubleSupplier function, double[][] numbers, double[]... gradients) {
    for (int i = 0; i < numbers.length; i++) {
      for (int j = 0; j < numbers[i].length; j++) {
        double was = numbers[i][j];
        numbers[i][j] = was + H;
        double up = function.getAsDouble();
        numbers[i][j] = was - H;
        double down = function.getAsDouble();
        numbers[i][j] = was;
        assertThat(gradients[i][j]).isCloseTo((up - down) / (2 * H), within(1e-7));
      }
    }
  }

  private static double[][] matrix(int rows, int columns, RandomGenerator random) {
    double[][] matrix = new double[rows][columns];
    for (double[] row : matrix) {
      Arrays.setAll(row, i -> random.nextDouble(-1.2, 1.2));
    }
    return matrix;
  }

  private static double[] joined(double[][] rows) {
    return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
  }
}
