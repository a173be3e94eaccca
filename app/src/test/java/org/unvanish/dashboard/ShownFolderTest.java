package org.unvanish.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShownFolderTest {

  private static List<String> names(String... paths) {
    return List.copyOf(
        ShownFolder.named(Stream.of(paths).map(p -> ShownFolder.of(Path.of(p))).toList()).keySet());
  }

  @Test
  void namesAreAsShortAsTellsThemApart() {
    assertThat(names("/a/x/results", "/b/y/depth")).containsExactly("results", "depth");
    assertThat(names("/a/x/results", "/b/y/results")).containsExactly("x/results", "y/results");
    assertThat(names("/a/x/results", "/b/x/results", "/b/x/depth"))
        .containsExactly("a/x/results", "b/x/results", "depth");
    assertThat(names("/x/results", "/a/x/results")).containsExactly("/x/results", "a/x/results");
  }

  @Test
  void aTraceGoesByItsOwnPath() {
    assertThat(
            ShownFolder.named(
                List.of(
                    new ShownFolder(Path.of("/tmp/1/trace.jsonl"), Path.of("/runs/a/trace.jsonl")),
                    new ShownFolder(
                        Path.of("/tmp/2/trace.jsonl"), Path.of("/runs/b/trace.jsonl")))))
        .containsEntry("a/trace.jsonl", Path.of("/tmp/1/trace.jsonl"))
        .containsEntry("b/trace.jsonl", Path.of("/tmp/2/trace.jsonl"));
  }

  @Test
  void aFolderOfTwoPathsComesOnce(@TempDir Path folder) throws IOException {
    Path real = Files.createDirectory(folder.resolve("real"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);
    assertThat(names(real.toString(), link.toString(), real + "/../real")).containsExactly("real");
    assertThat(names(real + "/later", real + "/../real/later")).containsExactly("later");
  }
}
