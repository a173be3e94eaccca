package org.unvanish.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class ShownNumberTest {

  @Test
  void whatIsNoFiniteNumberHasASignOfItsOwn() {
    assertThat(ShownNumber.of("%.1f", Double.NaN)).isEqualTo("–");
    assertThat(ShownNumber.of("%+.1e", Double.NEGATIVE_INFINITY)).isEqualTo("−∞");
    assertThat(ShownNumber.of("%+.1e", Double.POSITIVE_INFINITY)).isEqualTo("∞");
    assertThat(ShownNumber.pValue(Double.NaN)).isEqualTo("–");
  }

  @Test
  void zeroHasNoMinus() {
    assertThat(ShownNumber.of("%.1f", -0.04)).isEqualTo("0.0");
    assertThat(ShownNumber.of("%+.1f", -0.04)).isEqualTo("+0.0");
    assertThat(ShownNumber.of("%.1e", -0.0)).isEqualTo("0.0e+00");
    assertThat(ShownNumber.of("%.2f", -0.006)).isEqualTo("-0.01");
    assertThat(ShownNumber.of("%.3g", -1234.5)).isEqualTo("-1.23e+03");
  }

  @Test
  void theLocaleOfTheMachineChangesNothing() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertThat(ShownNumber.of("%.1f", 1.5)).isEqualTo("1.5");
    } finally {
      Locale.setDefault(before);
    }
  }
}
