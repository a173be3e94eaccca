package org.unvanish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.unvanish.paper.PaperSpecs;
import org.unvanish.store.RunStore;

/** The commands run --shard and merge, from end to end. */
class ShardCommandsTest {

  private static final String SPEC =
      """
      name: depth
      title: Two activation functions
      data: {source: %s, label-column: sign}
      network:
        - dense: 3
        - activation
        - dense: classes
      defaults: {epochs: 2, seeds: 3}
      arms:
        - {name: tanh, activation: tanh}
        - {name: relu, activation: relu}
      """;

  /** Three shards of four, trained once. */
  @TempDir static Path shared;

  private static Path file;
  private static Path first;
  private static String told;

  private final Terminal terminal = new Terminal(shared.resolve("cache"));

  @TempDir Path folder;

  @BeforeAll
  static void train() throws IOException {
    StringBuilder table = new StringBuilder("x,y,sign\n");
    for (int i = 0; i < 40; i++) {
      table.append("%d,%d,%s\n".formatted(i * 7 % 40 - 20, i % 5, i * 7 % 40 < 20 ? "-" : "+"));
    }
    Path data = Files.writeString(shared.resolve("signs.csv"), table);
    file = Files.writeString(shared.resolve("depth.yaml"), SPEC.formatted(data));
    ShardCommandsTest test = new ShardCommandsTest();
    first = test.shard("1/4");
    told = test.terminal.out() + test.terminal.err();
  }

  private void succeed(String... command) {
    assertThat(terminal.execute(command)).as(terminal.err()).isZero();
  }

  private Path shard(String text) {
    Path out = shared.resolve("depth-" + text.replace("/", "-of-"));
    succeed("run", file.toString(), "--shard=" + text, "--out=" + out);
    return out;
  }

  @Test
  void fourShardsMergedHaveTheBytesOfOneMachine() throws IOException {
    Path merged = shared.resolve("depth");
    assertThat(told)
        .contains(
            "depth, shard 1 of 4, on",
            "This is shard 1 of 4: 2 of the 6 runs of depth. When all shards are done: unvanish merge "
                + merged
                + "-*-of-4 --out "
                + merged)
        .doesNotContain("stopped: ");
    Path second = shard("2/4");
    Path fourth = shard("4/4");
    succeed("merge", fourth.toString(), first.toString(), second.toString(), "--out=" + merged);
    assertThat(terminal.out())
        .contains(
            "merged 3 folders into " + merged,
            "1 of the 6 runs of depth have not ended yet. Merge the missing shards too, or "
                + "train the rest here: unvanish run "
                + merged);
    succeed("merge", shard("3/4").toString(), "--out=" + merged);
    assertThat(terminal.out())
        .contains("wrote to " + merged + ":\n  epochs.csv, ")
        .doesNotContain("not ended");

    Path whole = folder.resolve("whole");
    succeed("run", file.toString(), "--out=" + whole);
    try (Stream<Path> files = Files.list(whole)) {
      for (Path written : files.toList()) {
        String name = String.valueOf(written.getFileName());
        if (name.matches("(?!times).*\\.(csv|yaml)")) {
          assertThat(merged.resolve(name)).hasSameBinaryContentAs(written);
        }
      }
    }
    assertThat(Files.readAllLines(merged.resolve("epochs.csv"))).hasSize(1 + 2 * 3 * 2);
  }

  @Test
  void aShardsFolderKnowsThatItIsAPart() throws IOException {
    Path out = first;
    succeed("status", out.toString());
    assertThat(terminal.out())
        .contains("Two activation functions (shard 1 of 4: 2 of 6 runs)", "1 finished")
        .doesNotContain("To continue", "planned");
    succeed("status", out.toString(), "--json");
    JsonNode status = new ObjectMapper().readTree(terminal.out()).at("/experiments/0");
    assertThat(status.at("/shard/number").asInt()).isEqualTo(1);
    assertThat(status.at("/shard/count").asInt()).isEqualTo(4);
    assertThat(status.at("/runs")).hasSize(2);
    succeed("compare", out.toString());
    assertThat(terminal.err()).contains("depth is shard 1 of 4 only");
    succeed("report", out.toString());
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("Two activation functions (shard 1 of 4: 2 of 6 runs)");
  }

  @Test
  void aShardsFolderIsResumedAndExtendedAsThatShard() {
    Path out = folder.resolve("one");
    succeed("run", file.toString(), "--shard=2/4", "--epochs=1", "--out=" + out);
    assertThat(terminal.out())
        .contains("When all shards are done: unvanish merge FOLDERS --out DIR");
    succeed("run", out.toString(), "--epochs=2");
    assertThat(terminal.out()).contains("This is shard 2 of 4: 2 of the 6 runs of depth");
    succeed("status", out.toString());
    assertThat(terminal.out()).contains("2 of 2").doesNotContain("To continue");
    try (RunStore store = RunStore.read(out)) {
      assertThat(store.experiments().get(0).arms()).allMatch(arm -> arm.seeds().size() == 3);
    }
  }

  @Test
  void aFolderOfAnotherShardOrOfTheWholeIsRefused() {
    Path out = first;
    assertThat(terminal.execute("run", file.toString(), "--shard=2/4", "--out=" + out)).isOne();
    assertThat(terminal.err())
        .contains(out + " holds shard 1 of 4 of depth, not shard 2 of 4. Choose another folder");
    assertThat(terminal.execute("run", file.toString(), "--out=" + out)).isOne();
    assertThat(terminal.err()).contains("not the whole");
    assertThat(terminal.execute("run", out.toString(), "--shard=1/4")).isEqualTo(2);
    assertThat(terminal.err()).contains("--shard needs a spec");
    assertThat(terminal.execute("merge", out.toString(), "--out=" + out)).isOne();
    assertThat(terminal.err()).contains("Name another folder for the merged experiment");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0/4 | 2 | --shard cannot be '0/4': shards are counted from 1",
        "x | 2 | wanted is which shard of how many, such as 2/4",
        "9/9 | 1 | depth has 6 runs, so that shard 9 of 9 has none",
      })
  void whatIsNoShardIsRefusedBeforeAnyWork(String text, int code, String message) {
    Path out = folder.resolve("out");
    assertThat(terminal.execute("run", file.toString(), "--shard=" + text, "--out=" + out))
        .isEqualTo(code);
    assertThat(terminal.err()).contains(message);
    assertThat(out).doesNotExist();
  }

  @Test
  void timesAreNotComparedAcrossMachines() throws IOException {
    String table4 =
        PaperSpecs.text("table4")
            .replace("data: cifar10", "data: {source: synthetic, train-samples: 64}");
    Path timed = Files.writeString(folder.resolve("table4.yaml"), table4);
    Path out = folder.resolve("out");
    assertThat(terminal.execute("run", timed.toString(), "--shard=1/2", "--out=" + out)).isOne();
    assertThat(terminal.err()).contains("table4 compares times", "Run it without --shard");
    assertThat(out).doesNotExist();
  }

  @Test
  void filesOfTheUsersAreNotOverwrittenByAMerge() throws IOException {
    Path out = first;
    Path merged = Files.createDirectories(folder.resolve("merged"));
    Path own = Files.writeString(merged.resolve("epochs.csv"), "epoch,price\n1,2\n");
    assertThat(terminal.execute("merge", out.toString(), "--out=" + merged)).isOne();
    assertThat(terminal.err()).contains("epochs.csv exists already");
    assertThat(own).hasContent("epoch,price\n1,2\n");
    assertThat(RunStore.isIn(merged)).isFalse();
  }

  @Test
  void aMergeNeedsFoldersWithRunsAndAPlace() {
    assertThat(terminal.execute("merge", folder.toString())).isEqualTo(2);
    assertThat(terminal.err()).contains("--out");
    Path merged = folder.resolve("merged");
    assertThat(terminal.execute("merge", folder.toString(), "--out=" + merged)).isOne();
    assertThat(terminal.err()).contains("there is no experiment in " + folder);
    assertThat(merged).doesNotExist();
  }
}
