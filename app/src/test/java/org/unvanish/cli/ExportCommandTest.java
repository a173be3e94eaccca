package org.unvanish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.data.catalog.DataCatalog;
import org.unvanish.spec.ExperimentSpec;
import org.unvanish.store.RunStore;

class ExportCommandTest {

  private static final String SPEC =
      """
      name: depth
      title: Two activation functions
      data: {source: synthetic, train-samples: 160, seed: 3}
      network: [{max-pooling: 8}, {dense: 4}, activation, {dense: classes}]
      defaults: {epochs: 2, seeds: 2}
      arms:
        - {name: tanh, activation: tanh}
        - {name: relu, activation: relu}
      """;

  @TempDir Path folder;
  private Terminal terminal;
  private Path results;

  @BeforeEach
  void train() throws IOException {
    terminal = new Terminal(folder.resolve("cache"));
    results = folder.resolve("results");
    run(SPEC);
  }

  @Test
  void everythingIsExportedIntoTheFolder() throws IOException {
    assertThat(terminal.execute("export", results.toString())).as(terminal.err()).isZero();
    assertThat(files(results.resolve("export")))
        .containsOnlyKeys(
            "comparisons.csv",
            "comparisons.tex",
            "depth.pdf",
            "depth.png",
            "depth.svg",
            "epochs.csv",
            "figure.tex",
            "gradients.csv",
            "results.tex",
            "runs.csv",
            "scales.csv",
            "rms.csv",
            "summary.csv",
            "tensorboard/relu/seed-1/events.out.tfevents.unvanish",
            "tensorboard/relu/seed-2/events.out.tfevents.unvanish",
            "tensorboard/tanh/seed-1/events.out.tfevents.unvanish",
            "tensorboard/tanh/seed-2/events.out.tfevents.unvanish",
            "times.csv",
            "updates.csv");
    assertThat(results.resolve("export/epochs.csv"))
        .hasSameBinaryContentAs(results.resolve("epochs.csv"));
    assertThat(terminal.out())
        .contains("wrote " + results.resolve("export/depth.pdf"))
        .contains("wrote " + results.resolve("export/tensorboard") + System.lineSeparator());
    assertThat(terminal.next()).containsExactly("unvanish", "serve", results.toString());
    assertThat(terminal.err().lines()).hasSize(1);
  }

  @Test
  void theSameStoreGivesTheSameBytes() throws IOException {
    terminal.execute("export", results.toString());
    Map<String, String> first = files(results.resolve("export"));
    terminal.execute("export", results.toString());
    assertThat(files(results.resolve("export"))).isEqualTo(first);
  }

  @Test
  void onlyWhatIsAskedForIsWritten() throws IOException {
    Path out = folder.resolve("new/paper");
    assertThat(
            terminal.execute(
                "export", results.toString(), "--format=svg,pdf", "--width=170", "--out=" + out))
        .isZero();
    assertThat(files(out)).containsOnlyKeys("depth.svg", "depth.pdf");
    assertThat(Files.readString(out.resolve("depth.svg"))).contains("width='170.0mm'");
  }

  @Test
  void severalExperimentsHaveASubFolderEach() throws IOException {
    plan(SPEC.replace("name: depth", "name: width"));
    Path out = folder.resolve("out");
    assertThat(terminal.execute("export", results.toString(), "--format=csv,svg", "--out=" + out))
        .isZero();
    assertThat(files(out)).containsKeys("depth/depth.svg", "width/width.svg", "width/runs.csv");
    assertThat(files(out).keySet()).allMatch(file -> file.matches("(depth|width)/.*"));
  }

  @Test
  void whatIsNotFinishedIsExportedAndTold() throws IOException {
    plan(SPEC.replace("seeds: 2", "seeds: 3"));
    assertThat(terminal.execute("export", results.toString())).isZero();
    assertThat(terminal.err()).contains("depth: 2 of 6 runs are not finished");
    assertThat(files(results.resolve("export"))).containsKey("depth.pdf");
    assertThat(Files.readString(results.resolve("export/figure.tex")))
        .contains("2 of 6 runs did not finish (0 diverged, 0 failed, 2 interrupted)");
  }

  @Test
  void anExperimentWithoutAnEpochHasNoFigure() throws IOException {
    results = folder.resolve("planned");
    plan(SPEC);
    assertThat(terminal.execute("export", results.toString())).isZero();
    assertThat(terminal.err()).contains("depth: no run has completed an epoch");
    assertThat(files(results.resolve("export")))
        .containsKeys("results.tex", "runs.csv")
        .doesNotContainKeys("depth.svg", "figure.tex", "tensorboard");
  }

  @Test
  void aRunThatDivergedCountsForItsEpochs() throws IOException {
    results = folder.resolve("diverged");
    run(
        """
        name: diverged
        data: {source: synthetic, train-samples: 160, seed: 3}
        network: [{max-pooling: 8}, {dense: 4}, activation, {dense: classes}]
        defaults: {epochs: 2, seeds: 1}
        arms:
          - {name: tanh, activation: tanh}
          - {name: wild, activation: identity, optimizer: {sgd: {learning-rate: 1e30}}}
        """);
    assertThat(terminal.execute("export", results.toString())).as(terminal.err()).isZero();
    assertThat(terminal.err()).contains("1 of 2 runs are not finished");
    assertThat(Files.readString(results.resolve("export/results.tex"))).contains("1 diverged");
  }

  @Test
  void aFigureOfSomebodyElseIsNotReplacedNorAnyBesideIt() throws IOException {
    Path png = folder.resolve("depth.png");
    Files.writeString(png, "mine");
    assertThat(terminal.execute("export", results.toString(), "--out=" + folder)).isEqualTo(1);
    assertThat(terminal.err()).contains("depth.png exists already", "--out");
    assertThat(png).hasContent("mine");
    assertThat(folder.resolve("depth.svg")).doesNotExist();
    Files.delete(png);
    assertThat(terminal.execute("export", results.toString(), "--out=" + folder)).isZero();
    assertThat(terminal.execute("export", results.toString(), "--out=" + folder)).isZero();
  }

  @Test
  void wrongUsageIsRefusedBeforeAnythingIsWritten() throws IOException {
    refuse(2, "there is no format 'jpg'. Formats: svg, png, pdf, csv, latex, tensorboard", "jpg");
    refuse(2, "there is no format ''", ",svg");
    refuse(2, "there is no format 'SVG'", "SVG");
    refuse(2, "--width must be 50 to 400 millimetres", "svg", "--width=20");
    refuse(2, "--width must be 50 to 400 millimetres", "svg", "--width=NaN");
    assertThat(results.resolve("export")).doesNotExist();
  }

  @Test
  void whatCannotBeReadOrWrittenIsNamed() throws IOException {
    assertThat(terminal.execute("export", folder.toString())).isEqualTo(1);
    assertThat(terminal.err()).contains("there is no experiment in " + folder);
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThat(terminal.execute("export", results.toString(), "--out=" + file)).isEqualTo(1);
    assertThat(terminal.err()).contains(file + " is not a folder", "--out");
    Files.createDirectories(folder.resolve("taken/depth.svg/x"));
    assertThat(terminal.execute("export", results.toString(), "--out=" + folder.resolve("taken")))
        .isEqualTo(1);
    assertThat(terminal.err()).contains("are incomplete", "--out").doesNotContain("\tat ");
  }

  private void refuse(int exitCode, String message, String format, String... more) {
    String[] args =
        Stream.concat(
                Stream.of("export", results.toString(), "--format=" + format), Stream.of(more))
            .toArray(String[]::new);
    assertThat(terminal.execute(args)).isEqualTo(exitCode);
    assertThat(terminal.err()).startsWith("unvanish: ").contains(message);
    assertThat(terminal.out()).isEmpty();
  }

  private void run(String spec) throws IOException {
    Path file = Files.writeString(folder.resolve("spec.yaml"), spec);
    assertThat(terminal.execute("run", file.toString(), "--out=" + results))
        .as(terminal.err())
        .isZero();
  }

  /** As if the experiment had been interrupted before its first new epoch. */
  private void plan(String text) {
    ExperimentSpec spec = ExperimentSpec.parse(text, "spec.yaml");
    try (RunStore store = RunStore.open(results)) {
      store.plan(
          spec.experiment(new DataCatalog(folder.resolve("cache")).load(spec.dataSource())),
          spec.toYaml(),
          "");
    }
  }

  /** Names, with their contents as Latin-1. */
  private static Map<String, String> files(Path folder) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        files.put(
            folder.relativize(path).toString(),
            Files.readString(path, StandardCharsets.ISO_8859_1));
      }
    }
    return files;
  }
}
