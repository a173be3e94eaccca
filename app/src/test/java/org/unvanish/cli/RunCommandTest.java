package org.unvanish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.cli.execution.StoredExperiments;
import org.unvanish.cli.terminal.ShellWords;
import org.unvanish.experiment.Experiment;
import org.unvanish.paper.PaperSpecs;
import org.unvanish.spec.ExperimentSpec;
import org.unvanish.spec.Overrides;
import org.unvanish.store.Provenance;
import org.unvanish.store.RunStore;
import org.unvanish.store.StoredExperiment;

/** The commands run, status and compare, from end to end. */
class RunCommandTest {

  private static final String SPEC =
      """
      name: depth
      title: Two activation functions
      data: {source: synthetic, train-samples: 160, seed: 3}
      network:
        - max-pooling: 8
        - dense: 8
        - activation
        - dense: classes
      defaults: {epochs: 2, seeds: 2}
      arms:
        - {name: tanh, activation: tanh}
        - {name: relu, activation: relu}
      """;

  @TempDir Path folder;
  private Terminal terminal;
  private Path file;
  private Path out;

  @BeforeEach
  void write() throws IOException {
    terminal = new Terminal(folder.resolve("cache"));
    file = Files.writeString(folder.resolve("depth.yaml"), SPEC);
    out = folder.resolve("results");
  }

  @Test
  void anExperimentOfAFileIsRunReportedAndKept() throws IOException {
    succeed("run", file.toString(), "--out=" + out);
    assertThat(terminal.out()).contains("tanh", "relu", "2 finished", "wrote to " + out + ":\n");
    assertThat(terminal.err()).contains("depth on ");
    assertThat(terminal.next()).containsExactly("unvanish", "report", out.toString());
    try (Stream<Path> files = Files.list(out)) {
      assertThat(files.map(path -> path.getFileName().toString()))
          .contains("runs.db", "epochs.csv", "times.csv", "depth.svg", "depth.png", "depth.yaml");
    }
    assertThat(Files.readAllLines(out.resolve("epochs.csv"))).hasSize(1 + 2 * 2 * 2);
  }

  @Test
  void anOwnFigureDoesNotSpeakOfThePaper() throws IOException {
    succeed("run", file.toString(), "--out=" + out, "--seeds=1", "--epochs=1");
    assertThat(Files.readString(out.resolve("depth.svg")))
        .contains("How it is trained: ")
        .doesNotContain("Lederer", "paper");
  }

  @Test
  void aFigureOfThePaperWithAnArmRemovedIsRunAndNotJudged() throws IOException {
    String figure =
        PaperSpecs.text("figure1")
            .replace("data: cifar10", "data: {source: synthetic, train-samples: 64}");
    file =
        Files.writeString(
            folder.resolve("figure1.yaml"), figure.substring(0, figure.indexOf("  - name: tanh,")));
    succeed("run", file.toString(), "--out=" + out, "--seeds=1", "--epochs=1");
    assertThat(terminal.out()).contains("1 finished").doesNotContain("claims");
    succeed("report", out.toString());
    succeed("export", out.toString(), "--format=latex", "--out=" + folder.resolve("latex"));
  }

  @Test
  void theSameCommandAgainTrainsNothingAndGivesTheSameBytes() throws IOException {
    succeed("run", file.toString(), "--out=" + out);
    String epochs = Files.readString(out.resolve("epochs.csv"));
    String times = Files.readString(out.resolve("times.csv"));
    Files.delete(out.resolve("epochs.csv"));
    succeed("run", file.toString(), "--out=" + out);
    assertThat(Files.readString(out.resolve("epochs.csv"))).isEqualTo(epochs);
    // Times would differ if anything had been trained again.
    assertThat(Files.readString(out.resolve("times.csv"))).isEqualTo(times);
    String told = terminal.out();
    succeed("run", file.toString(), "--out=" + out, "--quiet");
    assertThat(terminal.out()).isEqualTo(told);
    assertThat(terminal.err()).isEmpty();
  }

  // ---- files that Unvanish did not write --------------------------------------------------------

  @Test
  void theUsersOwnSpecInTheFolderStaysAsItIs() throws IOException {
    succeed("run", file.toString(), "--out=" + folder);
    assertThat(file).hasContent(SPEC);
    assertThat(terminal.out()).contains("wrote to " + folder + ":\n  epochs.csv, ");
    assertThat(terminal.out()).doesNotContain("depth.yaml");
    succeed("run", folder.toString());
    assertThat(file).hasContent(SPEC);
  }

  @Test
  void aSpecOfThatNameThatSaysOtherwiseIsRefusedBeforeAnyWork() throws IOException {
    assertThat(terminal.execute("run", file.toString(), "--seeds=1", "--out=" + folder))
        .isEqualTo(1);
    assertThat(terminal.err()).contains("depth.yaml exists already", "choose another folder");
    assertThat(file).hasContent(SPEC);
    assertThat(RunStore.isIn(folder)).isFalse();
  }

  @Test
  void dataThatHaveTheNameOfATableAreRefusedBeforeAnyWork() throws IOException {
    Files.createDirectories(out);
    Path data = Files.writeString(out.resolve("epochs.csv"), "epoch,price\n1,2\n");
    assertThat(terminal.execute("run", file.toString(), "--out=" + out)).isEqualTo(1);
    assertThat(terminal.err()).contains("epochs.csv exists already");
    assertThat(data).hasContent("epoch,price\n1,2\n");
    assertThat(RunStore.isIn(out)).isFalse();
  }

  @Test
  void aCopyOfTheFilledInSpecThatWasChangedIsTheUsers() throws IOException {
    succeed("run", file.toString(), "--out=" + out);
    Path copy = out.resolve("depth.yaml");
    String changed = Files.readString(copy).replace("Two activation", "2 activation");
    Files.writeString(copy, changed);
    assertThat(terminal.execute("run", out.toString(), "--seeds=3")).isEqualTo(1);
    assertThat(terminal.err()).contains("depth.yaml exists already");
    assertThat(copy).hasContent(changed);
  }

  @Test
  void theFolderOfAnEarlierVersionIsGoneOnWithAndItsFilesAreRenewed() throws Exception {
    succeed("run", file.toString(), "--out=" + out);
    // No marks, and a store without checksums: as that version left it.
    for (String name : List.of("depth.yaml", "depth.svg")) {
      Path marked = out.resolve(name);
      String text = Files.readString(marked);
      Files.writeString(marked, text.replaceFirst("(# |<!-- )Written by .*\n", ""));
      assertThat(Files.readString(marked)).isNotEqualTo(text);
    }
    // It drew with JFreeSVG, whose figures begin so.
    Files.writeString(
        out.resolve("depth.svg"),
        "<?xml version=\"1.0\"?>\n<svg xmlns:jfreesvg='x'><defs><clipPath id='dclip-0'></svg>\n");
    Path png = out.resolve("depth.png");
    ImageIO.write(ImageIO.read(png.toFile()), "png", png.toFile());
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + out.resolve(RunStore.FILE));
        Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE checksum");
      statement.execute("DROP TABLE constant_predictor");
      statement.execute("DROP TABLE score");
      statement.execute("DROP TABLE constant_score");
      statement.execute("DROP TABLE parameter_update");
      statement.execute("DROP TABLE learned_scale");
      statement.execute("DROP TABLE input_column");
      statement.execute("DROP TABLE target_column");
      statement.execute("DROP TABLE shard");
      statement.execute("DROP TABLE dropped_arm");
      statement.execute("DROP TABLE race");
      statement.execute("DROP TABLE value_size");
      statement.execute("PRAGMA user_version = 2");
    }
    succeed("run", out.toString(), "--seeds=3");
    assertThat(Files.readString(out.resolve("depth.yaml"))).contains("Written by", "seeds: 3");
    assertThat(Files.readString(out.resolve("epochs.csv"))).contains("relu,3,2,");
    succeed("run", out.toString(), "--seeds=4");
  }

  @Test
  void probingChangesNoResultAndIsDrawnInTheReport() throws IOException {
    succeed("run", file.toString(), "--out=" + out);
    String epochs = Files.readString(out.resolve("epochs.csv"));
    String gradients = Files.readString(out.resolve("gradients.csv"));
    succeed("report", out.toString());
    assertThat(Files.readString(out.resolve("report.html"))).contains("\"signal\":null");

    Path probed = folder.resolve("probed");
    succeed("run", file.toString(), "--out=" + probed, "--probe", "--epochs=1");
    succeed("run", probed.toString(), "--probe", "--epochs=2");
    assertThat(Files.readString(probed.resolve("epochs.csv"))).isEqualTo(epochs);
    assertThat(Files.readString(probed.resolve("gradients.csv"))).isEqualTo(gradients);
    succeed("report", probed.toString());
    assertThat(Files.readString(probed.resolve("report.html")))
        .contains(
            "\"seed\":1,\"tolerance\":2",
            "\"when\":\"at the initial weights\"",
            "\"when\":\"after epoch 1\"",
            "\"when\":\"after epoch 2\"")
        .doesNotContain("\"signal\":null");
  }

  @Test
  void aFolderIsExtendedByMoreSeedsAndEpochsAsIfAskedForAtOnce() throws IOException {
    succeed("run", file.toString(), "--out=" + out, "--seeds=1", "--epochs=1", "--workers=1");
    succeed("run", out.toString(), "--seeds=3", "--epochs=3");
    Path whole = folder.resolve("whole");
    succeed("run", file.toString(), "--out=" + whole, "--seeds=3", "--epochs=3", "--workers=4");
    assertThat(Files.readString(out.resolve("epochs.csv")))
        .isEqualTo(Files.readString(whole.resolve("epochs.csv")));
    assertThat(Files.readString(out.resolve("gradients.csv")))
        .isEqualTo(Files.readString(whole.resolve("gradients.csv")));
  }

  @Test
  void whatWasPlannedIsResumedFromTheFolderAlone() {
    succeed("run", file.toString(), "--out=" + out, "--seeds=5,9");
    succeed("run", out.toString());
    assertThat(terminal.err()).contains("runs: 4");
  }

  @Test
  void aChangedExperimentIsRefusedWithWhatDiffers() throws IOException {
    succeed("run", file.toString(), "--out=" + out);
    Files.writeString(file, SPEC.replace("activation: relu", "activation: arctan"));
    refuse(1, "arctan", "run", file.toString(), "--out=" + out);
    assertThat(terminal.err())
        .contains(
            "Choose another folder",
            "changed:\n  relu: layer 3: relu, alpha 1 in the folder, arctan, alpha 1 now\n");
    refuse(1, "batch size: 32 in the folder, 64 now", "run", out.toString(), "--batch-size=64");
    Files.writeString(file, SPEC.replace("name: depth", "name: other"));
    refuse(1, "holds the experiment depth, not other", "run", file.toString(), "--out=" + out);
  }

  @Test
  void aFolderInUseIsRefused() {
    succeed("run", file.toString(), "--out=" + out);
    RunStore held = RunStore.open(out);
    try {
      refuse(1, out.toString(), "run", out.toString());
    } finally {
      held.close();
    }
    succeed("run", out.toString());
  }

  @Test
  void whatCannotBeRunIsRefused() throws IOException {
    refuse(1, "the file does not exist", "run", folder.resolve("none.yaml").toString());
    refuse(1, folder.toString(), "run", folder.toString());
    refuse(2, "--out needs a spec", "run", folder.toString(), "--out=" + out);
    refuse(2, "--seeds must be", "run", file.toString(), "--seeds=1,1");
    refuse(2, "--seeds must be", "run", file.toString(), "--seeds=x");
    refuse(
        2,
        "--input-scaling must be unit or standardised or raw",
        "run",
        file.toString(),
        "--input-scaling=log");
    Files.writeString(file, SPEC.replace("arms:", "amrs:"));
    refuse(1, "did you mean", "run", file.toString(), "--out=" + out);
    assertThat(out).doesNotExist();
  }

  @Test
  void armsThatAnOptionMakesAlikeAreRefusedBeforeAnythingIsWritten() throws IOException {
    Files.writeString(
        file,
        SPEC.replace("tanh, activation: tanh", "small, activation: tanh, batch-size: 16")
            .replace("relu, activation: relu", "large, activation: tanh, batch-size: 32"));
    refuse(1, "differ by name only", "run", file.toString(), "--batch-size=64", "--out=" + out);
    assertThat(out).doesNotExist();
    Files.writeString(file, SPEC.replace("synthetic", folder.resolve("nowhere").toString()));
    refuse(1, "nowhere", "run", file.toString(), "--out=" + out);
    assertThat(out).doesNotExist();
  }

  @Test
  void whatThePaperLeavesOpenIsNoMatterForASpecOfOnesOwn() {
    for (String option :
        List.of(
            "--epsilon=1e-7",
            "--epsilon-form=keras",
            "--penalty-form=keras",
            "--convolutions=separable",
            "--biases=dense",
            "--logsigmoid=logistic",
            "--quick")) {
      refuse(2, "Unknown option: '" + option, "run", file.toString(), option);
      refuse(2, "Unknown option: '" + option, "diagnose", file.toString(), option);
    }
  }

  @Test
  void anEmptyStoreIsSaidToBeEmpty() {
    RunStore.open(out).close();
    for (String command : List.of("status", "compare", "run", "report", "export", "serve")) {
      refuse(1, "there is no experiment in " + out + ": its runs.db is empty", command, "" + out);
    }
    assertThat(out.resolve("report.html")).doesNotExist();
    succeed("run", file.toString(), "--out=" + out);
  }

  @Test
  void whatIsRecommendedCanBePastedIntoAShell() {
    Path spaced = folder.resolve("r 3's");
    succeed("run", file.toString(), "--out=" + spaced);
    try (RunStore store = RunStore.open(spaced)) {
      StoredExperiment stored = store.experiments().get(0);
      ExperimentSpec more =
          StoredExperiments.spec(stored, spaced).with(Overrides.runs(List.of(1L, 2L), 9));
      store.plan(more.experiment(stored.data()), more.toYaml(), "");
    }
    succeed("status", spaced.toString());
    assertThat(terminal.out())
        .contains(
            "2 planned",
            "Nothing is training here. To continue: unvanish run '%s/r 3'\\''s'%n"
                .formatted(folder));
    assertThat(terminal.next()).isEmpty();
    try (RunStore store = RunStore.open(spaced)) {
      Experiment experiment = StoredExperiments.experiment(store.experiments().get(0), spaced);
      store
          .listener(experiment, new Provenance("1.0", "a Java", "a processor"))
          .started(experiment.runs().get(0), 2);
    }
    succeed("status", spaced.toString());
    assertThat(terminal.out())
        .contains(
            "1 planned, 1 stopped", "The training was stopped, and every finished epoch is kept");
    assertThat(ShellWords.line(List.of("a", "--out=b/ö.1", "", "~x", "$y")))
        .isEqualTo("a --out=b/ö.1 '' '~x' '$y'");
  }

  @Test
  void statusTellsHowFarEachArmIs() throws IOException {
    succeed("run", file.toString(), "--out=" + out);
    succeed("status", out.toString());
    assertThat(terminal.out())
        .contains("depth: Two activation functions", "2 finished", "4 of 4")
        .doesNotContain("To continue");
    assertThat(terminal.next()).containsExactly("unvanish", "compare", out.toString());
    succeed("status", out.toString(), "--json");
    JsonNode status = new ObjectMapper().readTree(terminal.out());
    assertThat(status.at("/experiments/0/experiment").asText()).isEqualTo("depth");
    JsonNode run = status.at("/experiments/0/runs/0");
    assertThat(run.at("/state").asText()).isEqualTo("finished");
    assertThat(run.at("/sessions/0/jvm").asText()).isNotBlank();
    assertThat(status.at("/experiments/0/data_sha256").asText()).hasSize(64);
    refuse(1, folder.toString(), "status", folder.toString());
  }

  @Test
  void compareShowsEveryArmAndEveryPair() throws IOException {
    succeed("run", file.toString(), "--out=" + out);
    succeed("compare", out.toString(), "--reach=5,99.5");
    assertThat(terminal.next()).containsExactly("unvanish", "report", out.toString());
    assertThat(terminal.out())
        .contains("epochs to 5 %", "epochs to 99.5 %", "“relu” − “tanh”", "p (Holm)");
    succeed("compare", out.toString(), "--json");
    JsonNode compared = new ObjectMapper().readTree(terminal.out());
    assertThat(compared.at("/folder").asText()).isEqualTo(out.toString());
    JsonNode result = compared.at("/experiments/0");
    assertThat(result.at("/score").asText()).isEqualTo("accuracy");
    assertThat(result.at("/arms/1/arm").asText()).isEqualTo("relu");
    assertThat(result.at("/arms/1/runs/0/final_score").isNumber()).isTrue();
    assertThat(result.at("/comparisons/0/pairs").asInt()).isEqualTo(2);
    refuse(2, "--reach must be", "compare", out.toString(), "--reach=0");
    refuse(1, folder.toString(), "compare", folder.toString());
  }

  private void succeed(String... args) {
    assertThat(terminal.execute(args)).as(terminal.err()).isZero();
  }

  private void refuse(int exitCode, String message, String... args) {
    int code = terminal.execute(args);
    assertThat(terminal.err()).startsWith("unvanish: ").contains(message).doesNotContain("\tat ");
    assertThat(terminal.out()).isEmpty();
    assertThat(code).isEqualTo(exitCode);
  }
}
