package org.unvanish.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DecadeTextTest {

  @Test
  void whatIsNoFiniteNumberHasASignOfItsOwn() {
    assertThat(DecadeText.of(Double.NaN)).isEqualTo("–");
    assertThat(DecadeText.of(Double.NEGATIVE_INFINITY)).isEqualTo("−∞");
    assertThat(DecadeText.of(Double.POSITIVE_INFINITY)).isEqualTo("+∞");
    assertThat(DecadeText.signed(Double.NaN)).isEqualTo("   –");
    assertThat(DecadeText.power(Double.NaN)).isEqualTo("–");
    assertThat(DecadeText.power(Double.NEGATIVE_INFINITY)).isEqualTo("0");
    assertThat(DecadeText.power(Double.POSITIVE_INFINITY)).isEqualTo("∞");
  }

  @Test
  void zeroHasNoSign() {
    assertThat(DecadeText.of(-0.04)).isEqualTo("0.0");
    assertThat(DecadeText.signed(-0.04)).isEqualTo(" 0.0");
    assertThat(DecadeText.signed(0.04)).isEqualTo(" 0.0");
    assertThat(DecadeText.signed(-10.04)).isEqualTo("−10.0");
    assertThat(DecadeText.signed(1.26)).isEqualTo("+1.3");
  }

  @Test
  void powersThatNoDoubleHoldsAreWritten() {
    assertThat(DecadeText.power(-4.5)).isEqualTo("3e-05");
    assertThat(DecadeText.power(-420)).isEqualTo("1e-420");
    assertThat(DecadeText.power(420)).isEqualTo("1e+420");
  }
}
