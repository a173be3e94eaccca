package org.unvanish.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SameBitsTest {

  @Test
  void thisJavaTrainsToTheBitsThatTheLauncherAsksOfANewOne() {
    assertThat(SameBits.found()).isEqualTo(SameBits.KNOWN);
  }
}
