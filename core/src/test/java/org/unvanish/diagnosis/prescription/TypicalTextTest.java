package org.unvanish.diagnosis.prescription;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.unvanish.diagnosis.Signal;

class TypicalTextTest {

  @Test
  void whatFewSamplesAndTheTypicalOneDoIsSaidWhereItDiffers() {
    assertThat(TypicalText.of(Signal.EXPLODING, 2.6, Signal.VANISHING, -4.4))
        .hasValue(
            "The gradient explodes for few samples and vanishes for the typical one, whose gradient"
                + " shrinks 10⁴-fold.");
    assertThat(TypicalText.of(Signal.STABLE, 0, Signal.VANISHING, Double.NEGATIVE_INFINITY))
        .hasValue(
            "The gradient keeps its size for few samples and vanishes for the typical one, whose"
                + " gradient is lost.");
    assertThat(TypicalText.of(Signal.EXPLODING, 3.1, Signal.STABLE, -1.8))
        .hasValue(
            "The gradient explodes for few samples only: that of the typical one shrinks 63-fold.");
  }

  @Test
  void nothingIsSaidWhereBothAreAlikeOrOneIsNotKnown() {
    assertThat(TypicalText.of(Signal.VANISHING, -5, Signal.VANISHING, -9)).isEmpty();
    assertThat(TypicalText.of(Signal.VANISHING, -5, null, Double.NaN)).isEmpty();
    assertThat(TypicalText.of(Signal.VANISHING, -2.1, Signal.STABLE, -1.9)).isEmpty();
  }
}
