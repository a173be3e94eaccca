package org.unvanish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.data.Shape;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.DataDescription;
import org.unvanish.experiment.Definition;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.Recipe;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.gradient.GradientSource;
import org.unvanish.gradient.GradientStatistics;
import org.unvanish.store.Provenance;
import org.unvanish.store.RunStore;
import org.unvanish.store.WatchedRun;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.ParameterGradient;

/** The commands on a folder of runs that another program trained, without a spec. */
class WatchedFolderTest {

  @TempDir private Path folder;
  private Terminal terminal;

  @BeforeEach
  void store() {
    terminal = new Terminal(folder.resolve("cache"));
    Experiment experiment =
        new Experiment(
            "mine",
            "mine, trained by Deep Java Library",
            new DataDescription(
                "unknown", "the program’s own data", "unknown", Shape.flat(4), 3, 40, 0),
            List.of(arm("tanh", "none", 3), arm("tanh, r = 0.01", "L2[r=0.01, scope=ALL]", 2)));
    try (RunStore store = RunStore.open(folder)) {
      store.plan(experiment, "", "");
      for (Arm arm : experiment.arms()) {
        WatchedRun run =
            store.watch(experiment, arm.runs().get(0), new Provenance("0", "a JVM", "a CPU"));
        for (int epoch = 1; epoch <= arm.epochs(); epoch++) {
          run.epoch(epoch(epoch));
        }
        run.ended(new RunOutcome.Finished());
      }
    }
  }

  private static Arm arm(String name, String penalty, int epochs) {
    Definition definition =
        new Definition(
            "arm: %s\ntrained by: Deep Java Library\npenalty: %s\nlayer 01Linear: Linear\n"
                .formatted(name, penalty));
    return new Arm(name, new Recipe.Watched(definition, epochs), List.of(1L));
  }

  /** Without test data. */
  private static EpochRecord epoch(int epoch) {
    List<ParameterGradient> gradients = new ArrayList<>();
    for (String parameter : List.of(ParameterGradient.ALL, "01Linear_weight")) {
      for (GradientSource source : GradientSource.values()) {
        gradients.add(
            new ParameterGradient(
                parameter,
                source,
                new GradientStatistics(20, 0.1, 0.2, 0.5, 0.01, 0.05, 0.1, 0.2, 0.4, 0)));
      }
    }
    return new EpochRecord(epoch, 1.0 / epoch, 0.5, Double.NaN, Double.NaN, 0.25, gradients);
  }

  @Test
  void statusTellsItsRuns() {
    assertThat(terminal.execute("status", folder.toString())).isZero();
    assertThat(terminal.out())
        .contains("mine: mine, trained by Deep Java Library, on the program’s own data")
        .contains("tanh            1 finished  3 of 3")
        .contains("tanh, r = 0.01  1 finished  2 of 2")
        .doesNotContain("To continue");
    assertThat(terminal.execute("status", folder.toString(), "--json")).isZero();
    assertThat(terminal.out()).contains("\"epochs_asked\" : 3");
  }

  @Test
  void theReportShowsWhatCouldBeSeen() throws Exception {
    Path file = folder.resolve("report.html");
    assertThat(terminal.execute("report", folder.toString(), "--out", file.toString())).isZero();
    assertThat(Files.readString(file))
        .contains("mine, trained by Deep Java Library")
        .contains("01Linear_weight")
        .contains("What is known of the program that trained.")
        .contains("\"spec\":\"\"");
  }

  @Test
  void compareTakesIt() {
    assertThat(terminal.execute("compare", folder.toString())).isZero();
    assertThat(terminal.out()).contains("tanh, r = 0.01");
  }

  @Test
  void runCannotGoOnWithIt() {
    assertThat(terminal.execute("run", folder.toString())).isEqualTo(1);
    assertThat(terminal.err())
        .contains("which another program trained, so there is no spec to train it from")
        .contains("unvanish report");
  }
}
