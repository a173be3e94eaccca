package org.unvanish.benchmarks.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.unvanish.data.synthetic.SyntheticImages;

class StudyCommandTest {

  @Test
  void thePapersStudyHasTenArms() {
    assertThat(StudyCommand.arms(SyntheticImages.draw(1, 32, 1))).hasSize(10);
  }
}
