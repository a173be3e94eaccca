package org.unvanish.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreMarkTest {

  @TempDir Path folder;

  private void age() throws IOException {
    Files.setLastModifiedTime(folder.resolve(RunStore.FILE), FileTime.fromMillis(0));
  }

  @Test
  void readingChangesNothing() throws IOException {
    RunStore.open(folder).close();
    age();
    StoreMark before = StoreMark.of(folder);
    try (RunStore store = RunStore.read(folder)) {
      assertThat(store.experiments()).isEmpty();
      assertThat(StoreMark.of(folder)).isEqualTo(before);
    }
    assertThat(StoreMark.of(folder)).isEqualTo(before);
  }

  @Test
  void whoBeginsAndCeasesToTrainIsSeen() throws IOException {
    RunStore.open(folder).close();
    age();
    StoreMark before = StoreMark.of(folder);
    try (RunStore store = RunStore.open(folder)) {
      assertThat(store.trainingProcess()).isPresent();
      assertThat(StoreMark.of(folder).trainer()).isEqualTo(store.trainingProcess());
    }
    age();
    assertThat(StoreMark.of(folder)).isEqualTo(before);
  }

  @Test
  void aStoreThatComesChangesOrGoesIsSeen() throws IOException {
    StoreMark none = StoreMark.of(folder);
    assertThat(StoreMark.of(folder)).isEqualTo(none);
    assertThat(StoreMark.of(folder.resolve("missing"))).isEqualTo(none);
    RunStore.open(folder).close();
    StoreMark there = StoreMark.of(folder);
    assertThat(there).isNotEqualTo(none);
    age();
    StoreMark aged = StoreMark.of(folder);
    assertThat(aged).isNotEqualTo(there).isEqualTo(StoreMark.of(folder));
    Files.delete(folder.resolve(RunStore.FILE));
    assertThat(StoreMark.of(folder)).isEqualTo(none);
  }

  @Test
  void whatHasJustBeenWrittenIsLookedAtAgain() throws IOException {
    RunStore.open(folder).close();
    // A write right after the mark could leave size and time as they are.
    boolean fresh = false;
    for (int attempt = 0; attempt < 100 && !fresh; attempt++) {
      Files.setLastModifiedTime(
          folder.resolve(RunStore.FILE), FileTime.fromMillis(System.currentTimeMillis()));
      fresh = StoreMark.of(folder).fresh() != 0;
    }
    assertThat(fresh).isTrue();
  }
}
