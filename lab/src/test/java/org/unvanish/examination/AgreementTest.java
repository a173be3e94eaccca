package org.unvanish.examination;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.unvanish.statistics.MeanDeviation;

class AgreementTest {

  @Test
  void chanceAndTheTheorysErrorAreForgiven() {
    MeanDeviation measured = new MeanDeviation(-1, 0.4, 16);
    assertThat(Agreement.of(-1.29, measured)).isEqualTo(Agreement.AGREES);
    assertThat(Agreement.of(-0.69, measured)).isEqualTo(Agreement.DIFFERS);
  }

  @Test
  void aTenthOfALargeChangeIsNearlyRight() {
    MeanDeviation measured = new MeanDeviation(-20, 1, 100);
    assertThat(Agreement.of(-20.25, measured)).isEqualTo(Agreement.AGREES);
    assertThat(Agreement.of(-22, measured)).isEqualTo(Agreement.NEARLY);
    assertThat(Agreement.of(-23, measured)).isEqualTo(Agreement.DIFFERS);
    assertThat(Agreement.of(20, measured)).isEqualTo(Agreement.DIFFERS);
  }

  @Test
  void whereANumberIsMissingNothingIsClaimed() {
    assertThat(Agreement.of(Double.NaN, new MeanDeviation(-1, 0.1, 3)))
        .isEqualTo(Agreement.UNKNOWN);
    assertThat(Agreement.of(-1, new MeanDeviation(Double.NaN, Double.NaN, 0)))
        .isEqualTo(Agreement.UNKNOWN);
    assertThat(Agreement.of(-1, new MeanDeviation(-1.05, Double.NaN, 1)))
        .isEqualTo(Agreement.AGREES);
  }
}
