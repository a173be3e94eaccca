package org.unvanish.diagnosis.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class EqualUnitsTest {

  @Test
  void unitsWithTheSameParametersAndTheSameGradientAreEqual() {
    float[] weights = {1, 2, 3, 4, 1, 2, 1, 2};
    float[] gradient = {5, 6, 5, 6, 5, 6, 5, 7};
    assertThat(EqualUnits.share(4, List.of(weights))).isEqualTo(0.75);
    assertThat(EqualUnits.share(4, List.of(weights, gradient))).isEqualTo(0.5);
  }

  @Test
  void twoPairsOfEqualUnitsAreFour() {
    assertThat(EqualUnits.share(5, List.of(new float[] {1, 2, 1, 2, 3}))).isEqualTo(0.8);
  }

  @Test
  void allOfALayerOfZerosAreEqualAndASingleUnitIsNot() {
    assertThat(EqualUnits.share(3, List.of(new float[6]))).isEqualTo(1);
    assertThat(EqualUnits.share(1, List.of(new float[6]))).isZero();
  }

  @Test
  void nothingToCompareIsNoEquality() {
    assertThat(EqualUnits.share(5, List.of())).isZero();
  }

  @Test
  void roundingMakesNoDifferenceAndWhatIsNotANumberDoes() {
    assertThat(EqualUnits.share(2, List.of(new float[] {1, 1.00001f}))).isEqualTo(1);
    assertThat(EqualUnits.share(2, List.of(new float[] {1, 1.001f}))).isZero();
    assertThat(EqualUnits.share(2, List.of(new float[] {Float.NaN, Float.NaN}))).isZero();
  }

  @Test
  void valuesThatCannotBeSharedOutAreRefused() {
    assertThatThrownBy(() -> EqualUnits.share(2, List.of(new float[3])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("3 values cannot be shared out among 2 units");
  }
}
