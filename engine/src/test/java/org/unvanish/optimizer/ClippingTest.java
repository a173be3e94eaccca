package org.unvanish.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.unvanish.data.Shape;
import org.unvanish.network.Dense;
import org.unvanish.network.Network;

class ClippingTest {

  private static final ParameterRanges ALL =
      ParameterRanges.of(
          new Network(Shape.flat(3), List.of(new Dense(5, true), new Dense(3, true))).parameters());

  @Test
  void tensorsThatTouchAreOneRange() {
    assertThat(ALL.count()).isEqualTo(1);
    assertThat(ALL.from(0)).isZero();
    assertThat(ALL.to(0)).isEqualTo(38);
  }

  @Test
  void aGradientOfASmallerNormStays() {
    float[] gradient = gradient();
    new Clipping.Norm(1.001 * norm(gradient)).clip(gradient, ALL);
    assertThat(gradient).isEqualTo(gradient());
    Clipping.none().clip(gradient, ALL);
    assertThat(gradient).isEqualTo(gradient());
  }

  @Test
  void aGradientOfALargerNormIsShortenedAsAWhole() {
    float[] gradient = gradient();
    new Clipping.Norm(0.5).clip(gradient, ALL);
    assertThat(norm(gradient)).isCloseTo(0.5, within(1e-6));
    assertThat(gradient[3] / gradient[30]).isCloseTo(gradient()[3] / gradient()[30], within(1e-6f));
  }

  @Test
  void valuesAreLimitedOneByOne() {
    float[] gradient = gradient();
    new Clipping.Value(0.5).clip(gradient, ALL);
    for (int i = 0; i < gradient.length; i++) {
      assertThat(gradient[i]).isEqualTo(Math.max(-0.5f, Math.min(0.5f, gradient()[i])));
    }
  }

  @Test
  void aGradientThatIsNoNumberIsNotHidden() {
    for (Clipping clipping : List.of(new Clipping.Norm(1), new Clipping.Value(1))) {
      float[] gradient = gradient();
      gradient[7] = Float.NaN;
      clipping.clip(gradient, ALL);
      assertThat(gradient[7]).isNaN();
    }
  }

  @Test
  void numbersOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new Clipping.Norm(0)).hasMessageContainingAll("norm", "above 0");
    assertThatThrownBy(() -> new Clipping.Value(Double.NaN))
        .hasMessageContainingAll("value", "NaN");
  }

  private static float[] gradient() {
    Random random = new Random(1);
    float[] gradient = new float[38];
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = (float) random.nextGaussian();
    }
    return gradient;
  }

  private static double norm(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum);
  }
}
