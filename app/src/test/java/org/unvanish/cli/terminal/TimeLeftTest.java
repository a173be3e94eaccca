package org.unvanish.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimeLeftTest {

  @Test
  void whatIsLeftGoesOnAtTheMeanSpeedSoFar() {
    assertThat(TimeLeft.of(1, 4, 10)).isEqualTo("about 30 s left");
    assertThat(TimeLeft.of(4, 4, 10)).isEqualTo("about 0 s left");
    assertThat(TimeLeft.of(5, 4, 10)).isEqualTo("about 0 s left");
  }

  @Test
  void nothingIsSaidBeforeMuchIsKnown() {
    assertThat(TimeLeft.of(0, 4, 10)).isEmpty();
    assertThat(TimeLeft.of(1, 4, 3.9)).isEmpty();
  }

  @Test
  void timesAreSaidInTheUnitsThatFit() {
    assertThat(TimeLeft.inWords(59.4)).isEqualTo("59 s");
    assertThat(TimeLeft.inWords(59.6)).isEqualTo("1 min 00 s");
    assertThat(TimeLeft.inWords(200)).isEqualTo("3 min 20 s");
    assertThat(TimeLeft.inWords(3599.6)).isEqualTo("1 h 00 min");
    assertThat(TimeLeft.inWords(7500)).isEqualTo("2 h 05 min");
  }
}
