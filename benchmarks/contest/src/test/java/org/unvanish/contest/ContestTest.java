package org.unvanish.contest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ContestTest {

  @Test
  void aLibrarysVersionIsThatOfItsJar() {
    assertThat(Contest.version(Test.class)).matches("\\d+\\.\\d+\\.\\d+");
  }
}
