package org.unvanish.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.data.Shape;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.DataDescription;
import org.unvanish.experiment.Definition;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.Recipe;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.RunResult;
import org.unvanish.train.EpochRecord;

class WatchedRunTest {

  @TempDir private Path folder;

  private static Experiment experiment(int epochs) {
    Definition definition = new Definition("arm: tanh\npenalty: none\n");
    return new Experiment(
        "mine",
        "mine",
        new DataDescription("unknown", "data", "unknown", Shape.flat(4), 3, 0, 0),
        List.of(new Arm("tanh", new Recipe.Watched(definition, epochs), List.of(1L, 2L))));
  }

  private static EpochRecord epoch(int epoch) {
    return new EpochRecord(epoch, 1, 0.5, 2, 0.25, 0.1, List.of());
  }

  @Test
  void aWatchedTrainingIsMergedAsItIs() {
    Path mine = folder.resolve("mine");
    try (RunStore store = RunStore.open(mine)) {
      WatchedRun run = watch(store, 0);
      run.epoch(epoch(1));
      run.ended(new RunOutcome.Finished());
    }
    Path merged = folder.resolve("merged");
    new StoreMerge(List.of(mine), merged).merge((done, total) -> {});
    try (RunStore store = RunStore.read(merged);
        RunStore source = RunStore.read(mine)) {
      assertThat(store.experiments()).isEqualTo(source.experiments()).hasSize(1);
      assertThat(store.result(experiment(1))).isEqualTo(source.result(experiment(1)));
      assertThat(store.runs(experiment(1))).isEqualTo(source.runs(experiment(1)));
    }
  }

  private static WatchedRun watch(RunStore store, int run) {
    Experiment experiment = experiment(1);
    store.plan(experiment, "", "");
    Run watched = experiment.arms().get(0).runs().get(run);
    return store.watch(experiment, watched, new Provenance("0", "a JVM", "a CPU"));
  }

  @Test
  void runsOfOneArmMayHaveDifferentNumbersOfEpochs() {
    try (RunStore store = RunStore.open(folder)) {
      WatchedRun first = watch(store, 0);
      first.epoch(epoch(1));
      first.epoch(epoch(2));
      first.ended(new RunOutcome.Finished());
      WatchedRun second = watch(store, 1);
      second.epoch(epoch(1));
      second.ended(new RunOutcome.Finished());
      store.plan(experiment(2), "", "");
    }
    try (RunStore store = RunStore.read(folder)) {
      Experiment stored = store.experiments().get(0).watched();
      assertThat(stored).isEqualTo(experiment(2));
      assertThat(store.runs(stored).stream().map(StoredRun::epochsAsked)).containsExactly(2, 1);
      assertThat(store.runs(stored)).allMatch(run -> run.state() == RunState.FINISHED);
      assertThat(store.result(stored).runs()).allMatch(RunResult::isFinished);
    }
  }

  @Test
  void aRunWhoseProgramWasKilledIsOverWithTheEpochsThatItHas() {
    try (RunStore store = RunStore.open(folder)) {
      watch(store, 0).epoch(epoch(1));
      assertThat(store.runs(experiment(2)).get(0).state()).isEqualTo(RunState.RUNNING);
      assertThat(store.runs(experiment(2)).get(0).epochsAsked()).isEqualTo(2);
    }
    try (RunStore store = RunStore.read(folder)) {
      StoredRun run = store.runs(experiment(2)).get(0);
      assertThat(run.state()).isEqualTo(RunState.FINISHED);
      assertThat(run.epochsDone()).isEqualTo(1);
      assertThat(run.epochsAsked()).isEqualTo(1);
    }
  }

  @Test
  void aWatchedArmHasNoNetworkToTrain() {
    Arm arm = experiment(1).arms().get(0);
    assertThat(arm.isWatched()).isTrue();
    assertThat(arm.isPenalised()).isFalse();
    assertThatThrownBy(arm::network)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("arm tanh was trained by another program");
  }
}
