package org.unvanish.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MemoryTest {
  @Test
  void moreThanAnArrayHoldsIsRefusedWithTheWayOut() {
    assertThatThrownBy(() -> Memory.bytes(3L << 30))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("3.0 GiB")
        .hasMessageContaining("at most 2 GiB are allowed")
        .hasMessageContaining("A training subset does not help");
    assertThatThrownBy(() -> Memory.floats(1L << 29))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("2.0 GiB");
  }

  @Test
  void whatFitsIsGiven() {
    assertThat(Memory.bytes(7)).hasSize(7);
    assertThat(Memory.floats(0)).isEmpty();
  }
}
