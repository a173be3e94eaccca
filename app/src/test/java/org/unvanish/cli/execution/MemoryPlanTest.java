package org.unvanish.cli.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.unvanish.cli.terminal.CommandFailure;

class MemoryPlanTest {

  private static final long GIBIBYTE = 1L << 30;

  @Test
  void whatFitsIsNotRefused() {
    MemoryPlan plan = new MemoryPlan(GIBIBYTE / 2, GIBIBYTE, 4 * GIBIBYTE);
    assertThatCode(() -> plan.require(3)).doesNotThrowAnyException();
    assertThat(plan.text())
        .isEqualTo(
            "at least 1.0 GiB per concurrent run, plus 512.0 MiB of data; Java may use 4.0 GiB");
  }

  @Test
  void tooManyRunsAtATimeAreRefusedWithTheNumberThatFits() {
    assertThatThrownBy(() -> new MemoryPlan(GIBIBYTE, GIBIBYTE, 4 * GIBIBYTE).require(8))
        .isInstanceOf(CommandFailure.class)
        .hasMessage(
            "8 runs at a time and the data need at least 9.0 GiB of memory, but Java may use "
                + "no more than 4.0 GiB. Allow more with the environment variable "
                + "JDK_JAVA_OPTIONS=-Xmx8g (for 8 GiB), or train fewer runs at a time: --workers 3");
  }

  @Test
  void aRunThatIsTooLargeAloneIsRefusedWithTheWayOut() {
    assertThatThrownBy(() -> new MemoryPlan(0, 5 * GIBIBYTE, 4 * GIBIBYTE).require(1))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("1 run at a time")
        .hasMessageEndingWith("or use a smaller network or less data");
  }
}
