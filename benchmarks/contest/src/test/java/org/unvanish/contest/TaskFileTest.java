package org.unvanish.contest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskFileTest {

  @TempDir private Path folder;

  @Test
  void aTaskComesBackAsItWas() throws IOException {
    Task task = TestTasks.small();
    Path file = folder.resolve("task");
    TaskFile.write(task, file);
    assertThat(TaskFile.read(file)).usingRecursiveComparison().isEqualTo(task);
    assertThat(folder.toFile().list()).containsExactly("task");
  }

  @Test
  void aFileCutShortAnywhereIsRefusedByName() throws IOException {
    Path file = folder.resolve("task");
    TaskFile.write(TestTasks.small(), file);
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length += 13) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatIOException().isThrownBy(() -> TaskFile.read(file)).withMessageContaining("task");
    }
  }

  @Test
  void aFileThatGoesOnIsRefused() throws IOException {
    Path file = folder.resolve("task");
    TaskFile.write(TestTasks.small(), file);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length + 1));
    assertThatIOException()
        .isThrownBy(() -> TaskFile.read(file))
        .withMessageContaining("goes on after its end");
  }

  @Test
  void anotherFileIsRefused() throws IOException {
    Path file = folder.resolve("other");
    Files.write(file, new byte[] {0, 1, 'x', 0, 0, 0});
    assertThatIOException()
        .isThrownBy(() -> TaskFile.read(file))
        .withMessageContaining("is no task");
  }
}
