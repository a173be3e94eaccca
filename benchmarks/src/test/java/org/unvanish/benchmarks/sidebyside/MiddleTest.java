package org.unvanish.benchmarks.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class MiddleTest {

  @Test
  void theMedianOfAnOddCountIsTheOneInTheMiddle() {
    assertThat(Middle.of(List.of(9.0, 1.0, 4.0))).isEqualTo(new Middle(4, 1, 9));
  }

  @Test
  void theMedianOfAnEvenCountIsTheMeanOfTheTwoInTheMiddle() {
    assertThat(Middle.of(List.of(9.0, 1.0, 4.0, 5.0))).isEqualTo(new Middle(4.5, 1, 9));
  }

  @Test
  void ratiosAreTakenPairByPair() {
    // Not the ratio of the medians, which is 2.
    assertThat(Middle.ofRatios(List.of(10.0, 20.0, 60.0), List.of(10.0, 5.0, 20.0)))
        .isEqualTo(new Middle(3, 1, 4));
  }

  @Test
  void nothingHasNoMiddle() {
    assertThatIllegalArgumentException().isThrownBy(() -> Middle.of(List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Middle.ofRatios(List.of(1.0), List.of(1.0, 2.0)));
  }
}
