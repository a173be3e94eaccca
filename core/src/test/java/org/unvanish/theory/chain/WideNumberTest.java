package org.unvanish.theory.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WideNumberTest {

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -1, 1.5, -3.25e-300, Double.MIN_VALUE, Double.MAX_VALUE, 4.9e-310})
  void everyDoubleSurvivesTheRoundTrip(double value) {
    assertThat(WideNumber.of(value).toDouble()).isEqualTo(value);
    assertThat(WideNumber.of(value).negated().toDouble()).isEqualTo(0 - value);
  }

  @Test
  void arithmeticIsThatOfDoublesWhereTheyHaveRoom() {
    SplittableRandom random = new SplittableRandom(3);
    for (int n = 0; n < 10_000; n++) {
      double a = random.nextDouble(-10, 10) * Math.pow(2, random.nextInt(-60, 60));
      double b = random.nextDouble(-10, 10) * Math.pow(2, random.nextInt(-60, 60));
      WideNumber wideA = WideNumber.of(a);
      WideNumber wideB = WideNumber.of(b);
      assertThat(wideA.times(wideB).toDouble()).isEqualTo(a * b);
      assertThat(wideA.dividedBy(wideB).toDouble()).isEqualTo(a / b);
      assertThat(wideA.plus(wideB).toDouble()).isEqualTo(a + b);
      assertThat(wideA.minus(wideB).toDouble()).isEqualTo(a - b);
      assertThat(wideA.isLargerThan(wideB)).isEqualTo(Math.abs(a) > Math.abs(b));
    }
  }

  @Test
  void productsBeyondTheDoublesKeepTheirDigits() {
    WideNumber tiny = WideNumber.of(1.25e-300);
    assertThat(tiny.times(tiny).times(tiny).dividedBy(tiny).dividedBy(tiny).toDouble())
        .isCloseTo(1.25e-300, within(1e-315));
    assertThat(tiny.times(tiny).toDouble()).isZero();
    assertThat(tiny.times(tiny).log10()).isCloseTo(2 * Math.log10(1.25e-300), within(1e-12));
    assertThat(WideNumber.ZERO.log()).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void theTextIsTheSameInEveryLanguage() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      WideNumber tiny = WideNumber.of(1.25e-300);
      assertThat(tiny.times(tiny).toString()).matches("1\\.56[0-9]+E-600");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void theTextGivesSeventeenDigitsBeyondTheDoubles() {
    SplittableRandom random = new SplittableRandom(5);
    for (int n = 0; n < 2000; n++) {
      double significand = random.nextDouble(1, 2) * (random.nextBoolean() ? 1 : -1);
      int exponent = random.nextInt(1022, 6000);
      BigDecimal large = new BigDecimal(significand).multiply(BigDecimal.valueOf(2).pow(exponent));
      BigDecimal small = new BigDecimal(significand).multiply(new BigDecimal("0.5").pow(exponent));
      assertThat(new BigDecimal(new WideNumber(significand, exponent).toString()))
          .isEqualByComparingTo(large.round(new MathContext(17)));
      assertThat(new BigDecimal(new WideNumber(significand, -exponent).toString()))
          .isEqualByComparingTo(small.round(new MathContext(17)));
    }
  }

  @Test
  void theTextHasOneDigitBeforeThePoint() {
    // The neighbours of powers of ten, which must not be rounded to ten times something.
    for (int power = 310; power < 2000; power++) {
      WideNumber ten = WideNumber.ONE;
      for (int n = 0; n < power; n++) {
        ten = ten.times(10);
      }
      for (double factor : new double[] {1 - 1e-4, 1 - 1e-12, 1 - 0x1p-53, 1, 1 + 0x1p-52}) {
        assertThat(WideNumber.of(factor).dividedBy(ten).toString())
            .matches("[1-9]\\.[0-9]{1,16}E-[0-9]+");
      }
    }
  }

  @Test
  void theTextKeepsItsDigitsAtTheEndsOfTheRange() {
    // By 60-digit arithmetic.
    assertThat(new WideNumber(1, 1_000_000_000_000_000L))
        .hasToString("1.5675223395448293E301029995663981");
    assertThat(new WideNumber(-1.5, -1_000_000_000_000_000L))
        .hasToString("-9.5692416124389259E-301029995663982");
  }

  @Test
  void theExponentialIsThatOfStrictMath() {
    for (double z = -700; z <= 700; z += 0.37) {
      assertThat(WideNumber.exp(z).toDouble() / StrictMath.exp(z)).isCloseTo(1, within(1e-15));
    }
    assertThat(WideNumber.exp(Double.NEGATIVE_INFINITY)).isEqualTo(WideNumber.ZERO);
  }

  @Test
  void whatIsNoNumberIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> WideNumber.of(Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> WideNumber.exp(Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> new WideNumber(2, 0));
    assertThatThrownBy(() -> WideNumber.ONE.dividedBy(WideNumber.ZERO))
        .isInstanceOf(ArithmeticException.class);
  }
}
