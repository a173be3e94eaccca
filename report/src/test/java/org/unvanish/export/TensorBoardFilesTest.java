package org.unvanish.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TensorBoardFilesTest {

  @Test
  void namesStayReadable() {
    assertThat(TensorBoardFiles.folderNames(List.of("tanh, r = 0.01", "tanh, α = 2")))
        .containsExactly("tanh, r = 0.01", "tanh, α = 2");
  }

  @Test
  void noNameLeavesItsFolder() {
    assertThat(
            TensorBoardFiles.folderNames(
                List.of("../..", "/etc/passwd", "a/../b", "C:\\x", "\u0000")))
        .containsExactly("arm", "etc-passwd", "a-..-b", "C-x", "arm-2");
  }

  @Test
  void noTwoNamesAreTheSameEvenIfCapitalsDoNotCount() {
    assertThat(TensorBoardFiles.folderNames(List.of("a/b", "A-B", "a:b", "a-b-2")))
        .containsExactly("a-b", "A-B-2", "a-b-3", "a-b-2-2");
  }

  @Test
  void longNamesAreCutAndToldApart() {
    String longest = "ä".repeat(99);
    assertThat(TensorBoardFiles.folderNames(List.of(longest + "1", longest + "2")))
        .containsExactly("ä".repeat(50), "ä".repeat(50) + "-2");
  }
}
