package org.unvanish.benchmarks.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VariantsTest {

  @TempDir private Path jdks;

  @Test
  void theNewestJavaIsFound() throws IOException {
    install("jdk-21", "21.0.2");
    install("a-25", "25.0.1");
    install("jdk-17", "17.0.15");
    assertThat(Variants.newest(jdks, 17)).contains(jdks.resolve("a-25"));
  }

  @Test
  void onlyANewerOneCounts() throws IOException {
    install("jdk-17", "17.0.15");
    assertThat(Variants.newest(jdks, 17)).isEmpty();
    assertThat(Variants.newest(jdks.resolve("nowhere"), 17)).isEmpty();
  }

  @Test
  void aFolderWithoutAProgramCountsNot() throws IOException {
    install("jdk-99", "99");
    Files.delete(jdks.resolve("jdk-99/bin/java"));
    assertThat(Variants.newest(jdks, 17)).isEmpty();
  }

  @Test
  void theUsualVariantComesFirst() throws IOException {
    assertThat(Variants.all(jdks).get(0).entrant().id()).isEqualTo(Variants.USUAL);
  }

  private void install(String folder, String version) throws IOException {
    Path home = jdks.resolve(folder);
    Path program = Files.createDirectories(home.resolve("bin")).resolve("java");
    Files.createFile(program);
    assertThat(program.toFile().setExecutable(true)).isTrue();
    Files.writeString(home.resolve("release"), "X=\"1\"\nJAVA_VERSION=\"" + version + "\"\n");
  }
}
