package org.unvanish.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.unvanish.data.Columns;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Lengths;
import org.unvanish.data.Pixels;
import org.unvanish.data.Shape;
import org.unvanish.data.Targets;
import org.unvanish.data.scaling.ChannelScaling;
import org.unvanish.network.Dense;
import org.unvanish.network.Network;

class InputStatisticsTest {

  private static InputStatistics of(Shape shape, byte... pixels) {
    Network network = new Network(shape, List.of(new Dense(2, true)));
    byte[] labels = new byte[pixels.length / shape.size()];
    List<ChannelScaling> raw = Collections.nCopies(shape.channels(), ChannelScaling.NONE);
    return InputStatistics.of(network, new ImageSet(shape, pixels, labels), raw);
  }

  @Test
  void productsAreThoseOfTwoValuesOfAChannel() {
    InputStatistics two = of(new Shape(1, 1, 2), new byte[] {1, 2, 3, 5});
    assertThat(two.meanSquare()).isEqualTo((1 + 4 + 9 + 25) / 4.0);
    assertThat(two.products().distances()).containsExactly((1 * 2 + 3 * 5) / 2.0);
    assertThat(two.products().sameSample()).isEqualTo((1 * 2 + 3 * 5) / 2.0);
    assertThat(two.products().samePlace()).isEqualTo((1 * 3 + 2 * 5) / 2.0);
    assertThat(two.products().anywhere()).isCloseTo(11.0 * 11 / 16, within(1e-12));
  }

  @Test
  void tablesHaveOnePlace() {
    InputStatistics table = of(Shape.flat(2), new byte[] {1, 2, 3, 5, 4, 0});
    assertThat(table.products().distances()).isEmpty();
    double pairs = 1 * 3 + 2 * 5 + 1 * 4 + 3 * 4;
    assertThat(table.products().samePlace()).isCloseTo(pairs / 6, within(1e-12));
    assertThat(table.products().anywhere()).isCloseTo(pairs / 6, within(1e-12));
  }

  @Test
  void paddingIsReadAsZero() {
    Shape shape = new Shape(1, 3, 1);
    ImageSet padded =
        new ImageSet(
            shape,
            new Pixels.Floats(new float[] {5, 6, 0, 7, 0, 0}),
            new Targets.Labels(new byte[2]),
            Columns.NONE,
            Lengths.of(2, 1));
    Network network = new Network(shape, List.of(new Dense(2, true)));
    assertThat(InputStatistics.of(network, padded, List.of(new ChannelScaling(4, 1))).meanSquare())
        .isEqualTo((1 + 4 + 9) / 6.0);
  }

  @Test
  void aMeanSquareIsFiniteAndNotNegative() {
    assertThatThrownBy(() -> InputStatistics.ofMeanSquare(-1)).hasMessageContaining("but is -1");
    assertThatThrownBy(() -> InputStatistics.ofMeanSquare(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
