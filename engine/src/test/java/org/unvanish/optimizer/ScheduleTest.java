package org.unvanish.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.unvanish.optimizer.Schedule.Decay;
import org.unvanish.optimizer.Schedule.Unit;
import org.unvanish.optimizer.Schedule.WarmUp;

class ScheduleTest {

  private static final int STEPS = 10;

  private static double factor(WarmUp warmUp, Decay decay, int step) {
    return new Schedule(warmUp, decay).factor(step, STEPS);
  }

  @Test
  void withoutAScheduleTheRateStays() {
    assertThat(Schedule.CONSTANT.factor(1, STEPS)).isEqualTo(1);
    assertThat(Schedule.CONSTANT.factor(100_000, STEPS)).isEqualTo(1);
  }

  @Test
  void aWarmUpRisesStepByStepAndThenStays() {
    for (WarmUp warmUp : new WarmUp[] {new WarmUp(20, Unit.STEPS), new WarmUp(2, Unit.EPOCHS)}) {
      assertThat(factor(warmUp, new Decay.None(), 1)).isEqualTo(0.05);
      assertThat(factor(warmUp, new Decay.None(), 19)).isEqualTo(0.95);
      assertThat(factor(warmUp, new Decay.None(), 20)).isEqualTo(1);
      assertThat(factor(warmUp, new Decay.None(), 21)).isEqualTo(1);
    }
  }

  @Test
  void stepsFallAtTheEndOfAnEpoch() {
    Decay decay = new Decay.Step(3, 0.5);
    assertThat(factor(WarmUp.NONE, decay, 1)).isEqualTo(1);
    assertThat(factor(WarmUp.NONE, decay, 30)).isEqualTo(1);
    assertThat(factor(WarmUp.NONE, decay, 31)).isEqualTo(0.5);
    assertThat(factor(WarmUp.NONE, decay, 61)).isEqualTo(0.25);
  }

  @Test
  void aCosineFallsToItsEndFactorAndStaysThere() {
    Decay decay = new Decay.Cosine(4, 0.2);
    assertThat(factor(WarmUp.NONE, decay, 1)).isEqualTo(1);
    assertThat(factor(WarmUp.NONE, decay, 21)).isCloseTo(0.6, within(1e-15));
    assertThat(factor(WarmUp.NONE, decay, 41)).isEqualTo(0.2);
    assertThat(factor(WarmUp.NONE, decay, 1_000)).isEqualTo(0.2);
    assertThat(factor(WarmUp.NONE, new Decay.Cosine(4, 0), 41)).isZero();
  }

  @Test
  void aWarmUpMultipliesWhatFalls() {
    Decay decay = new Decay.Cosine(4, 0.2);
    assertThat(factor(new WarmUp(4, Unit.STEPS), decay, 2))
        .isEqualTo(0.5 * factor(WarmUp.NONE, decay, 2));
    assertThat(factor(new WarmUp(4, Unit.STEPS), decay, 21))
        .isEqualTo(factor(WarmUp.NONE, decay, 21));
  }

  @Test
  void largeNumbersDoNotOverflow() {
    assertThat(new Schedule(new WarmUp(10_000, Unit.EPOCHS), new Decay.None()).factor(1, 1_000_000))
        .isEqualTo(1e-10);
    assertThat(new Decay.Cosine(10_000, 0).factor(Integer.MAX_VALUE, 1_000_000)).isPositive();
  }

  @Test
  void numbersOutOfRangeAreRefused() {
    refused(() -> new WarmUp(-1, Unit.STEPS), "warm-up", "-1");
    refused(() -> new Decay.Step(0, 0.5), "epochs", "0");
    refused(() -> new Decay.Step(1, 0), "factor", "(0, 1]");
    refused(() -> new Decay.Step(1, 1.5), "factor", "1.5");
    refused(() -> new Decay.Cosine(0, 0), "epochs", "0");
    refused(() -> new Decay.Cosine(1, Double.NaN), "end factor", "NaN");
  }

  private static void refused(Runnable runnable, String... words) {
    assertThatThrownBy(runnable::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(words);
  }
}
