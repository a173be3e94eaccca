package org.unvanish.meanfield;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against optimizers of one parameter. */
class EscapeLawTest {

  private static final double RATE = 0.001;

  /** From 10 to 1 in 10,856 steps, whatever r. */
  @ParameterizedTest
  @ValueSource(doubles = {1e-4, 0.01, 1})
  void adamWithoutNoise(double strength) {
    Adam adam = new Adam(10);
    int steps = 0;
    while (adam.theta > 1) {
      adam.step(strength * adam.theta);
      steps++;
    }
    assertThat(steps).isBetween(10_850, 10_862);
    EscapeLaw law = new EscapeLaw.Adam(RATE, strength, 0, 0.999);
    assertThat(law.steps(10, 1)).isCloseTo(steps, withinPercentage(0.5));
    assertThat(law.after(10, steps)).isCloseTo(1, withinPercentage(2));
  }

  /** With the noise of a batch's gradient: many parameters, their root mean square. */
  @Test
  void adamWithNoise() {
    Random random = new Random(7);
    double strength = 0.01;
    double noise = 0.05;
    int steps = 12_000;
    double sum = 0;
    int parameters = 40;
    for (int i = 0; i < parameters; i++) {
      Adam adam = new Adam(10);
      for (int t = 0; t < steps; t++) {
        adam.step(strength * adam.theta + noise * random.nextGaussian());
      }
      sum += adam.theta;
    }
    EscapeLaw law = new EscapeLaw.Adam(RATE, strength, noise, 0.999);
    assertThat(sum / parameters).isCloseTo(law.after(10, steps), withinPercentage(2));
    assertThat(law.steps(10, law.after(10, steps))).isCloseTo(steps, within(1.0));
  }

  @Test
  void muchNoiseMakesItExponential() {
    EscapeLaw.Adam law = new EscapeLaw.Adam(RATE, 0.01, 10, 0.999);
    assertThat(law.steps(10, 1))
        .isCloseTo(Math.log(10) * 10 / (RATE * 0.01), withinPercentage(0.1));
    assertThat(law.isDrowned(10)).isTrue();
    assertThat(law.isDrowned(101)).isFalse();
  }

  @Test
  void stochasticGradientDescent() {
    double rate = 0.03;
    double strength = 0.01;
    double theta = 10;
    int steps = 0;
    while (theta > 1) {
      theta -= rate * strength * theta;
      steps++;
    }
    EscapeLaw law = new EscapeLaw.Sgd(rate, strength);
    assertThat(law.steps(10, 1)).isCloseTo(steps, withinPercentage(1));
    assertThat(law.after(10, steps)).isCloseTo(theta, withinPercentage(1));
  }

  /**
   * Figure 1's network, uniform ±10 and 1,563 steps an epoch: gain 1 of dense layers that read 8
   * and 48 units (section 6 of the design).
   */
  @Test
  void figureOneEscapesInSevenEpochs() {
    EscapeLaw adam = new EscapeLaw.Adam(RATE, 0.01, 0, 0.999);
    assertThat(adam.stepsFromUniform(10, 1 / Math.sqrt(8)) / 1563).isCloseTo(6.6, within(0.051));
    assertThat(adam.stepsFromUniform(10, 1 / Math.sqrt(48)) / 1563).isCloseTo(7.4, within(0.051));
    EscapeLaw sgd = new EscapeLaw.Sgd(0.03, 0.01);
    assertThat(sgd.stepsFromUniform(10, 1 / Math.sqrt(8)) / 1563).isCloseTo(6.0, within(0.051));
    assertThat(sgd.stepsFromUniform(10, 1 / Math.sqrt(48)) / 1563).isCloseTo(7.9, within(0.051));
    EscapeLaw slow = new EscapeLaw.Sgd(0.001, 0.01);
    assertThat(slow.stepsFromUniform(10, 1 / Math.sqrt(48)) / 1563).isCloseTo(236, within(1.0));
    assertThat(new EscapeLaw.Sgd(0, 1).stepsFromUniform(10, 1)).isInfinite();
  }

  @Test
  void withoutPullNothingMoves() {
    assertThat(new EscapeLaw.Adam(RATE, 0, 0.1, 0.999).steps(10, 1)).isInfinite();
    assertThat(new EscapeLaw.Adam(RATE, 0, 0.1, 0.999).after(10, 1e6)).isEqualTo(10);
    assertThat(new EscapeLaw.Sgd(RATE, 0).steps(10, 1)).isInfinite();
    assertThat(new EscapeLaw.Adam(RATE, 0.01, 0, 0.999).after(10, 1e7)).isLessThan(1e-30);
    assertThat(new EscapeLaw.Adam(RATE, 0.01, 0, 0.999).steps(2, 2)).isZero();
  }

  @Test
  void aStrongPenaltyPassesTheCriticalSize() {
    EscapeLaw law = new EscapeLaw.Adam(RATE, 0.1, 0, 0.999);
    assertThat(law.passesCritical(0.35, 0.02)).isTrue();
    assertThat(law.passesCritical(0.35, 0.05)).isFalse();
  }

  @Test
  void badNumbersAreRefused() {
    assertThatThrownBy(() -> new EscapeLaw.Adam(RATE, 0.01, 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("beta2");
    assertThatThrownBy(() -> new EscapeLaw.Sgd(-1, 0.01))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("learningRate");
    assertThatThrownBy(() -> new EscapeLaw.Sgd(1, 0.01).steps(1, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2.0");
  }

  /** Adam (Kingma &amp; Ba 2015) for one parameter. */
  private static final class Adam {
    double theta;
    private double m;
    private double v;
    private double first = 1;
    private double second = 1;

    Adam(double theta) {
      this.theta = theta;
    }

    void step(double gradient) {
      m = 0.9 * m + 0.1 * gradient;
      v = 0.999 * v + 0.001 * gradient * gradient;
      first *= 0.9;
      second *= 0.999;
      theta -= RATE * (m / (1 - first)) / (Math.sqrt(v / (1 - second)) + 1e-8);
    }
  }
}
