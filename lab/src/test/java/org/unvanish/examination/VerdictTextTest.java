package org.unvanish.examination;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.unvanish.diagnosis.Cause;
import org.unvanish.diagnosis.Mechanism;
import org.unvanish.diagnosis.Signal;
import org.unvanish.diagnosis.Verdict;

class VerdictTextTest {

  @Test
  void momentsAreNamedByEpochWhereTheyCan() {
    assertThat(VerdictText.when(0, 10)).isEqualTo("at the initial values");
    assertThat(VerdictText.when(1, 10)).isEqualTo("after 1 step");
    assertThat(VerdictText.when(15, 10)).isEqualTo("after 15 steps");
    assertThat(VerdictText.when(20, 10)).isEqualTo("after epoch 2");
    assertThat(VerdictText.when(1, 1)).isEqualTo("after epoch 1");
  }

  @Test
  void aVerdictIsASentence() {
    assertThat(
            VerdictText.sentence(
                new Verdict(Signal.VANISHING, Cause.MANY_LAYERS, Mechanism.LINEAR),
                "after 2 steps"))
        .isEqualTo(
            "After 2 steps the backpropagated signal vanishes on its way from the last layer to the"
                + " first, through the weights, because many layers each do a part of it (vanishing,"
                + " many-layers, linear).");
    assertThat(VerdictText.sentence(new Verdict(Signal.STEADY, Cause.NONE, null), "after epoch 2"))
        .isEqualTo(
            "After epoch 2 the backpropagated signal keeps its size on its way from the last layer to"
                + " the first (steady, none).");
  }

  @Test
  void everyVerdictHasWords() {
    for (Signal signal : Signal.values()) {
      for (Cause cause : Cause.values()) {
        for (Mechanism mechanism : Mechanism.values()) {
          assertThat(VerdictText.sentence(new Verdict(signal, cause, mechanism), "now"))
              .startsWith("Now the backpropagated signal ")
              .contains("(" + signal + ", " + cause + ", " + mechanism + ").");
        }
      }
    }
  }
}
