package org.unvanish.diagnosis.prescription;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MagnitudeTextTest {

  @Test
  void whatIsNoFiniteNumberHasASignOfItsOwn() {
    assertThat(MagnitudeText.of(Double.NaN)).isEqualTo("–");
    assertThat(MagnitudeText.of(Double.NEGATIVE_INFINITY)).isEqualTo("−∞");
    assertThat(MagnitudeText.of(Double.POSITIVE_INFINITY)).isEqualTo("+∞");
    assertThat(MagnitudeText.signed(Double.NaN)).isEqualTo("   –");
    assertThat(MagnitudeText.power(Double.NaN)).isEqualTo("–");
    assertThat(MagnitudeText.power(Double.NEGATIVE_INFINITY)).isEqualTo("0");
    assertThat(MagnitudeText.power(Double.POSITIVE_INFINITY)).isEqualTo("∞");
  }

  @Test
  void zeroHasNoSign() {
    assertThat(MagnitudeText.of(-0.04)).isEqualTo("0.0");
    assertThat(MagnitudeText.signed(-0.04)).isEqualTo(" 0.0");
    assertThat(MagnitudeText.signed(0.04)).isEqualTo(" 0.0");
    assertThat(MagnitudeText.signed(-10.04)).isEqualTo("−10.0");
    assertThat(MagnitudeText.signed(1.26)).isEqualTo("+1.3");
  }

  @Test
  void powersThatNoDoubleHoldsAreWritten() {
    assertThat(MagnitudeText.power(-4.5)).isEqualTo("3e-05");
    assertThat(MagnitudeText.power(-420)).isEqualTo("1e-420");
    assertThat(MagnitudeText.power(420)).isEqualTo("1e+420");
  }
}
