package org.unvanish.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class MeanDeviationTest {

  @Test
  void ofNumbersItIsMeanAndDeviationWithOneLess() {
    MeanDeviation over = MeanDeviation.of(DoubleStream.of(1, 2, 3, 6));
    assertThat(over.mean()).isEqualTo(3);
    assertThat(over.deviation()).isCloseTo(Math.sqrt(14 / 3.0), within(1e-15));
    assertThat(over.error()).isCloseTo(Math.sqrt(14 / 3.0) / 2, within(1e-15));
    assertThat(over.n()).isEqualTo(4);
  }

  @Test
  void whatIsNotFiniteIsLeftOut() {
    assertThat(MeanDeviation.of(DoubleStream.of(2, Double.NEGATIVE_INFINITY, 4, Double.NaN)).mean())
        .isEqualTo(3);
    MeanDeviation one = MeanDeviation.of(DoubleStream.of(2, Double.NEGATIVE_INFINITY));
    assertThat(one).isEqualTo(new MeanDeviation(2, Double.NaN, 1));
    assertThat(MeanDeviation.of(DoubleStream.empty()))
        .isEqualTo(new MeanDeviation(Double.NaN, Double.NaN, 0));
  }
}
