package org.unvanish.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BarsTest {

  private final Bars bars = new Bars(2);

  @Test
  void lossesGoToTheLeftOfTheAxisAndGainsToItsRight() {
    assertThat(bars.signed(-2)).isEqualTo("██████│");
    assertThat(bars.signed(-0.5)).isEqualTo("    ▐█│");
    assertThat(bars.signed(0)).isEqualTo("      │");
    assertThat(bars.signed(0.5)).isEqualTo("      │█▌");
    assertThat(bars.signed(2)).isEqualTo("      │██████");
  }

  @Test
  void noBarIsLongerThanAFullOne() {
    assertThat(bars.signed(Double.NEGATIVE_INFINITY)).isEqualTo("██████│");
    assertThat(bars.signed(100)).isEqualTo("      │██████");
  }

  @Test
  void aShareOfOneIsAFullBar() {
    assertThat(Bars.share(0)).isEmpty();
    assertThat(Bars.share(1.0 / 48)).isEqualTo("▏");
    assertThat(Bars.share(0.25)).isEqualTo("█▌");
    assertThat(Bars.share(1)).isEqualTo("██████");
  }
}
