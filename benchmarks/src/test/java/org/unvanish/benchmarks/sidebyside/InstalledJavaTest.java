package org.unvanish.benchmarks.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstalledJavaTest {

  @TempDir private Path jdks;

  @Test
  void theNewestJavaIsFound() throws IOException {
    install("jdk-98", "98.0.2");
    install("a-99", "99.0.1");
    install("jdk-97", "97.0.15");
    assertThat(newest()).isEqualTo(new InstalledJava(jdks.resolve("a-99"), 99, "99.0.1"));
  }

  @Test
  void theOneThatRunsThisIsAmongThem() throws IOException {
    assertThat(InstalledJava.oldestAndNewest(List.of(jdks)))
        .containsExactly(InstalledJava.running());
    assertThat(InstalledJava.oldestAndNewest(List.of(jdks.resolve("nowhere"))))
        .containsExactly(InstalledJava.running());
    install("jdk-99", "99");
    assertThat(InstalledJava.oldestAndNewest(List.of(jdks)))
        .hasSize(2)
        .contains(InstalledJava.running());
  }

  @Test
  void whatTheEngineDoesNotRunOnDoesNotCount() throws IOException {
    install("jdk-8", "1.8.0_402");
    install("jdk-11", "11.0.2");
    assertThat(InstalledJava.oldestAndNewest(List.of(jdks)))
        .containsExactly(InstalledJava.running());
  }

  @Test
  void aFolderWithoutAProgramCountsNot() throws IOException {
    install("jdk-99", "99");
    Files.delete(jdks.resolve("jdk-99/bin/java"));
    assertThat(newest()).isEqualTo(InstalledJava.running());
  }

  @Test
  void namedOnesAreTheOnlyOnesTheOldestFirst() throws IOException {
    Path newer = install("b", "99.0.1");
    Path older = install("c", "98.0.2");
    assertThat(InstalledJava.chosen(List.of(newer, older)))
        .extracting(InstalledJava::feature)
        .containsExactly(98, 99);
  }

  @Test
  void aNamedFolderThatCannotBeUsedIsRefusedByName() throws IOException {
    Path old = install("old", "11.0.2");
    Path newer = install("new", "99");
    Path second = install("second", "99.1");
    Path empty = Files.createDirectory(jdks.resolve("empty"));
    refuses(List.of(old), old + " is Java 11. Name one of version 17 or newer");
    refuses(List.of(empty), empty + " is no Java");
    refuses(List.of(newer, second), second + " is a second Java 99");
  }

  private static void refuses(List<Path> named, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> InstalledJava.chosen(named))
        .withMessageContaining(message);
  }

  private InstalledJava newest() throws IOException {
    List<InstalledJava> javas = InstalledJava.oldestAndNewest(List.of(jdks));
    return javas.get(javas.size() - 1);
  }

  private Path install(String folder, String version) throws IOException {
    Path home = jdks.resolve(folder);
    Path program = Files.createDirectories(home.resolve("bin")).resolve("java");
    Files.createFile(program);
    assertThat(program.toFile().setExecutable(true)).isTrue();
    Files.writeString(home.resolve("release"), "X=\"1\"\nJAVA_VERSION=\"" + version + "\"\n");
    return home;
  }
}
