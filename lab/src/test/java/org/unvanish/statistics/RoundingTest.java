package org.unvanish.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoundingTest {

  @Test
  void sumsOfDecimalsAreTheDecimal() {
    assertThat(.1 + .2).isNotEqualTo(.3);
    assertThat(Rounding.off(.1 + .2)).isEqualTo(Rounding.off(.3));
    assertThat(Rounding.off(-.1 - .2)).isEqualTo(Rounding.off(-.3));
  }

  @Test
  void whatAMeasurementTellsApartStaysApart() {
    assertThat(Rounding.off(1 + 1e-11)).isGreaterThan(Rounding.off(1));
    assertThat(Rounding.off(1e-30 * (1 + 1e-11))).isGreaterThan(Rounding.off(1e-30));
  }

  @Test
  void whatIsNotFiniteStays() {
    assertThat(Rounding.off(Double.NaN)).isNaN();
    assertThat(Rounding.off(Double.NEGATIVE_INFINITY)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(Rounding.off(0)).isZero();
  }
}
