package org.unvanish.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputFilesTest {
  @TempDir Path folder;

  @Test
  void filesAndFoldersEndAndPipesAndDevicesDoNot() throws Exception {
    assertThat(InputFiles.isEndless(folder)).isFalse();
    assertThat(InputFiles.isEndless(folder.resolve("none"))).isFalse();
    assertThat(InputFiles.isEndless(Files.createFile(folder.resolve("file")))).isFalse();
    Path pipe = folder.resolve("pipe");
    assumeThat(isMade("mkfifo", pipe.toString())).isTrue();
    assertThat(InputFiles.isEndless(pipe)).isTrue();
    assertThat(InputFiles.isEndless(Path.of("/dev/zero"))).isTrue();
  }

  private static boolean isMade(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
