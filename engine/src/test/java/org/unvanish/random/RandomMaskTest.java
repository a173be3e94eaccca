package org.unvanish.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RandomMaskTest {

  /** The known answers that Random123, the authors' own library, comes with. */
  @Test
  void theBitsAreThoseOfThreefry() {
    assertThat(RandomMask.words(0, 0, 0)).isEqualTo(0x6b200159_99ba4efeL);
    assertThat(RandomMask.words(-1, -1, -1)).isEqualTo(0x1cb996fc_bb002be7L);
    assertThat(RandomMask.words(0x13198a2e_03707344L, 0x243f6a88, 0x85a308d3))
        .isEqualTo(0xc4923a9c_483df7a0L);
    assertThat(RandomMask.word(0, 0, 0)).isEqualTo(0x6b200159);
    assertThat(RandomMask.word(0, 0, 1)).isEqualTo(0x99ba4efe);
  }

  @Test
  void theRateIsTheShareOfValuesThatAreDropped() {
    for (double rate : new double[] {0, 0.1, 0.5, 0.9}) {
      long key = RandomMask.key(7, 2, 1000);
      int threshold = RandomMask.threshold(rate);
      int dropped = 0;
      for (int sample = 0; sample < 100; sample++) {
        for (int unit = 0; unit < 1000; unit++) {
          dropped += RandomMask.drops(key, sample, unit, threshold) ? 1 : 0;
        }
      }
      // Five standard deviations of the share of 100,000 values.
      assertThat(dropped / 1e5).isCloseTo(rate, within(5 * Math.sqrt(rate * (1 - rate) / 1e5)));
    }
  }

  @Test
  void seedLayerStepSampleAndUnitDecide() {
    long key = RandomMask.key(1, 0, 0);
    assertThat(RandomMask.key(2, 0, 0)).isNotEqualTo(key);
    assertThat(RandomMask.key(1, 1, 0)).isNotEqualTo(key);
    assertThat(RandomMask.key(1, 0, 1)).isNotEqualTo(key).isNotEqualTo(RandomMask.key(1, 1, 0));
    assertThat(RandomMask.word(key, 1, 0)).isNotEqualTo(RandomMask.word(key, 0, 0));
    assertThat(RandomMask.word(key, 0, 2)).isNotEqualTo(RandomMask.word(key, 0, 0));
  }
}
