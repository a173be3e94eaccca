package org.unvanish.diagnosis.prescription;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MagnitudeTextTest {

  @Test
  void whatIsNoFiniteNumberHasASignOfItsOwn() {
    assertThat(MagnitudeText.signed(Double.NaN)).isEqualTo("   –");
    assertThat(MagnitudeText.signed(Double.NEGATIVE_INFINITY)).isEqualTo("  −∞");
    assertThat(MagnitudeText.signed(Double.POSITIVE_INFINITY)).isEqualTo("  +∞");
    assertThat(MagnitudeText.power(Double.NaN)).isEqualTo("–");
    assertThat(MagnitudeText.power(Double.NEGATIVE_INFINITY)).isEqualTo("0");
    assertThat(MagnitudeText.power(Double.POSITIVE_INFINITY)).isEqualTo("∞");
  }

  @Test
  void zeroHasNoSign() {
    assertThat(MagnitudeText.signed(-0.04)).isEqualTo(" 0.0");
    assertThat(MagnitudeText.signed(0.04)).isEqualTo(" 0.0");
    assertThat(MagnitudeText.signed(-10.04)).isEqualTo("−10.0");
    assertThat(MagnitudeText.signed(1.26)).isEqualTo("+1.3");
  }

  @Test
  void whatBecomesOfAGradientIsAFactorInASentence() {
    assertThat(MagnitudeText.change(-5.4)).isEqualTo("shrinks 10⁵-fold");
    assertThat(MagnitudeText.change(-170)).isEqualTo("shrinks 10¹⁷⁰-fold");
    assertThat(MagnitudeText.change(2.4)).isEqualTo("grows 250-fold");
    assertThat(MagnitudeText.change(1.5)).isEqualTo("grows 32-fold");
    assertThat(MagnitudeText.change(-0.2)).isEqualTo("shrinks 1.6-fold");
    assertThat(MagnitudeText.change(0.3)).isEqualTo("grows 2-fold");
    assertThat(MagnitudeText.change(-0.05)).isEqualTo("keeps its size");
    assertThat(MagnitudeText.change(Double.NEGATIVE_INFINITY)).isEqualTo("is lost");
    assertThat(MagnitudeText.change(Double.NaN)).isEqualTo("has no finite size");
  }

  @Test
  void whatChangesAGradientIsTheSubjectOfASentence() {
    assertThat(MagnitudeText.effect("f′", false, -19.4, "it")).isEqualTo("f′ shrinks it 10¹⁹-fold");
    assertThat(MagnitudeText.effect("the weights", true, 14, "it"))
        .isEqualTo("the weights amplify it 10¹⁴-fold");
    assertThat(MagnitudeText.effect("dense1", false, 0, "it")).isEqualTo("dense1 keeps its size");
    assertThat(MagnitudeText.effect("all", true, 0, "the gradient"))
        .isEqualTo("all keep the size of the gradient");
    assertThat(MagnitudeText.effect("f′", false, Double.NEGATIVE_INFINITY, "it"))
        .isEqualTo("f′ leaves nothing of it");
  }

  @Test
  void powersThatNoDoubleHoldsAreWritten() {
    assertThat(MagnitudeText.power(-4.5)).isEqualTo("3e-05");
    assertThat(MagnitudeText.power(-420)).isEqualTo("1e-420");
    assertThat(MagnitudeText.power(420)).isEqualTo("1e+420");
  }

  @ParameterizedTest
  @CsvSource({
    "140, 140",
    "140.2, 140",
    "200.47, 200",
    "99.97, 100",
    "5.02, 5.02",
    "5.501, 5.5",
    "5.001, 5",
    "0.02, 0.02",
    "0.7071067811865476, 0.707",
    "0.00000123, 1.23e-06",
    "0.0000012, 1.2e-06",
    "1234.5, 1.23e+03",
    "100, 100",
    "0.5, 0.5",
    "1e10, 10000000000",
    "1e20, 1e+20",
    "1.23e20, 1.23e+20",
    "1.2e100, 1.2e+100",
    "1.23e-10, 1.23e-10",
    "1.20e-10, 1.2e-10",
    "1e-10, 1e-10",
    "-1.23e-20, -1.23e-20"
  })
  void numbersKeepTheZerosInFrontOfTheirPoint(double value, String text) {
    assertThat(MagnitudeText.number(value)).isEqualTo(text);
  }

  @Test
  void aRangeOfOneNumberIsThatNumber() {
    assertThat(MagnitudeText.range(2.92, 7.549)).isEqualTo("2.92 to 7.55");
    assertThat(MagnitudeText.range(2.921, 2.922)).isEqualTo("2.92");
  }
}
