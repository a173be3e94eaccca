package org.unvanish.codec.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SameWordsTest {

  @Test
  void noWordMeansOneOfOursTwice() {
    OtherWords.SAME.values().forEach(ours -> assertThat(ours).doesNotHaveDuplicates());
  }
}
