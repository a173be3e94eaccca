package org.unvanish.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Columns;
import org.unvanish.data.InputColumn;
import org.unvanish.data.TargetColumn;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.DataDescription;
import org.unvanish.experiment.Definition;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.RunResult;
import org.unvanish.experiment.execution.ExperimentRunner;
import org.unvanish.experiment.execution.RunEvents;
import org.unvanish.gradient.GradientSource;
import org.unvanish.gradient.GradientStatistics;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.train.Checkpoint;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.ParameterGradient;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RunStoreTest {

  @TempDir Path folder;

  @Test
  void whatIsReadIsWhatWasMeasured() {
    Experiment experiment = Trial.experiment(4, 2);
    ExperimentResult trained;
    try (RunStore store = RunStore.open(folder)) {
      store.plan(experiment, "spec", "");
      trained = Trial.train(store, experiment, 2);
      assertThat(store.result(experiment)).isEqualTo(trained);
    }
    try (RunStore store = RunStore.read(folder)) {
      assertThat(store.result(experiment)).isEqualTo(trained);
      assertThat(trained.with(RunOutcome.Finished.class)).hasSize(4);
      assertThat(trained.with(RunOutcome.Diverged.class)).hasSize(2);
      assertThat(store.runs(experiment))
          .extracting(r -> r.arm() + " " + r.seed() + " " + r.state().label())
          .containsExactly(
              "tanh 1 finished",
              "tanh 2 finished",
              "learned 1 finished",
              "learned 2 finished",
              "wild 1 diverged",
              "wild 2 diverged");
    }
  }

  @Test
  void whatTheColumnsOfATableAreIsKept() {
    Experiment trial = Trial.experiment(2, 1);
    DataDescription data = trial.data();
    Columns columns =
        new Columns(
            List.of(
                new InputColumn.Numeric("size, in m²"),
                new InputColumn.OneHot("city", "Rome\n\"\""),
                new InputColumn.Coded("floor", List.of("1", "2", "10"))),
            List.of(TargetColumn.raw("price"), new TargetColumn("rent", 0.1, 1e-30)));
    Experiment experiment =
        new Experiment(
            trial.name(),
            trial.title(),
            new DataDescription(
                data.name(),
                data.title(),
                data.sha256(),
                data.shape(),
                data.classes(),
                data.trainSamples(),
                data.testSamples(),
                columns,
                data.targets()),
            trial.arms());
    try (RunStore store = RunStore.open(folder)) {
      store.plan(trial, "", "");
      assertThat(store.experiments().get(0).data()).isEqualTo(data);
      store.plan(experiment, "", "");
      assertThat(store.experiments().get(0).data()).isEqualTo(experiment.data());
    }
  }

  @Test
  void theNumbersAreTheSameForAnyNumberOfWorkersBitForBit() {
    Experiment experiment = Trial.experiment(3, 3);
    String expected = Trial.numbers(Trial.uninterrupted(experiment));
    for (int workers : new int[] {1, 2, 4}) {
      Path own = folder.resolve("workers" + workers);
      try (RunStore store = RunStore.open(own)) {
        store.plan(experiment, "", "");
        Trial.train(store, experiment, workers);
        assertThat(Trial.numbers(store.result(experiment))).isEqualTo(expected);
      }
    }
  }

  @Test
  void numbersKeepTheirBitsEvenWhereTheyAreNone() {
    Experiment experiment = Trial.experiment("odd", Trial.tanh(3, 1));
    Run run = experiment.runs().get(0);
    double odd = Double.NaN;
    List<EpochRecord> epochs = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(5);
    for (int epoch = 1; epoch <= 3; epoch++) {
      double any = Math.abs(Double.longBitsToDouble(random.nextLong()));
      GradientStatistics statistics =
          new GradientStatistics(
              Long.MAX_VALUE,
              odd,
              Double.POSITIVE_INFINITY,
              Double.MIN_VALUE,
              any,
              0,
              1,
              0.1,
              Double.MAX_VALUE,
              1e-320);
      epochs.add(
          new EpochRecord(
              epoch,
              odd,
              1.0 / 3,
              any,
              1,
              random.nextDouble(),
              List.of(
                  new ParameterGradient("α \"x\"; --", GradientSource.PENALTY, statistics),
                  new ParameterGradient("all", GradientSource.DATA, statistics))));
    }
    try (RunStore store = RunStore.open(folder)) {
      store.plan(experiment, "", "");
      RunEvents listener = store.listener(experiment, Trial.PROVENANCE);
      listener.started(run, 0);
      float[] values = {Float.NaN, -0.0f, Float.MIN_VALUE, Float.NEGATIVE_INFINITY};
      epochs.forEach(
          e ->
              listener.epochFinished(
                  run, e, new Checkpoint(e.epoch(), 9, values, values, new float[0])));
      Checkpoint checkpoint = store.earlier(experiment).checkpoint(run);
      assertThat(checkpoint.epoch()).isEqualTo(3);
      assertThat(checkpoint.step()).isEqualTo(9);
      assertThat(checkpoint.parameters()).isEqualTo(values);
      assertThat(checkpoint.firstMoments()).isEqualTo(values);
      assertThat(checkpoint.secondMoments()).isEmpty();
    }
    try (RunStore store = RunStore.read(folder)) {
      assertThat(store.result(experiment).runs().get(0).epochs()).isEqualTo(epochs);
    }
  }

  @Test
  void whatIsDoneIsNotRepeated() {
    Experiment experiment = Trial.experiment(3, 2);
    try (RunStore store = RunStore.open(folder)) {
      store.plan(experiment, "", "");
      ExperimentResult first = Trial.train(store, experiment, 2);
      ExperimentResult second =
          Trial.train(
              store,
              experiment,
              2,
              () -> {
                throw new AssertionError("a step was taken");
              });
      assertThat(second).isEqualTo(first);
    }
  }

  @Test
  void aResultSaysTheSameForEverWhileItsRunsGoOn() {
    Experiment small = Trial.experiment("trial", Trial.tanh(2, 2));
    Experiment large = Trial.experiment("trial", Trial.tanh(4, 2));
    try (RunStore store = RunStore.open(folder)) {
      store.plan(small, "small", "");
      ExperimentResult trained = Trial.train(store, small, 1);
      ExperimentResult before = store.result(small);
      store.plan(large, "large", "");
      ExperimentResult more = Trial.train(store, large, 1);
      assertThat(before).isEqualTo(trained);
      assertThat(store.result(large)).isEqualTo(more);
      assertThat(before).isEqualTo(trained);
    }
  }

  @Test
  void aRunnerThatKeepsNoEpochsLeavesTheSameInTheStore() {
    Experiment experiment = Trial.experiment(3, 2);
    try (RunStore store = RunStore.open(folder)) {
      store.plan(experiment, "spec", "");
      Map<Run, RunOutcome> outcomes =
          new ExperimentRunner(2)
              .execute(
                  experiment,
                  Trial.DATA,
                  store.earlier(experiment),
                  store.listener(experiment, Trial.PROVENANCE));
      ExperimentResult expected = Trial.uninterrupted(experiment);
      assertThat(Trial.withoutTimes(store.result(experiment)))
          .isEqualTo(Trial.withoutTimes(expected));
      assertThat(outcomes).hasSize(6);
      assertThat(expected.runs())
          .allSatisfy(run -> assertThat(outcomes).containsEntry(run.run(), run.outcome()));
    }
  }

  @Test
  void moreEpochsSeedsAndArmsExtendAndFewerShowLess() {
    Experiment small = Trial.experiment("trial", Trial.tanh(2, 1));
    Experiment large = Trial.experiment(5, 3);
    try (RunStore store = RunStore.open(folder)) {
      store.plan(small, "small", "");
      Trial.train(store, small, 2);
      store.plan(large, "large", "");
      AtomicInteger steps = new AtomicInteger();
      ExperimentResult extended = Trial.train(store, large, 2, steps::incrementAndGet);
      assertThat(Trial.withoutTimes(extended))
          .isEqualTo(Trial.withoutTimes(Trial.uninterrupted(large)));
      int diverging =
          extended.with(RunOutcome.Diverged.class).stream().mapToInt(RunStoreTest::steps).sum();
      assertThat(extended.with(RunOutcome.Diverged.class)).hasSize(3);
      assertThat(steps.get() - Trial.STEPS_PER_EPOCH * (6 * 5 - 2))
          .as("two epochs of one run were there; a step that diverges may not be told")
          .isBetween(diverging - 3, diverging);

      store.plan(small, "small", "");
      ExperimentResult shown = store.result(small);
      assertThat(Trial.withoutTimes(shown))
          .isEqualTo(Trial.withoutTimes(Trial.uninterrupted(small)));
      assertThat(store.runs(small)).extracting(StoredRun::epochsDone).containsExactly(5);
      assertThat(store.experiments()).hasSize(1);
      assertThat(store.experiments().get(0).arms()).hasSize(1);
    }
  }

  /** How many steps a diverged run took. */
  private static int steps(RunResult diverged) {
    RunOutcome.Diverged outcome = (RunOutcome.Diverged) diverged.outcome();
    return Trial.STEPS_PER_EPOCH * (outcome.epoch() - 1) + outcome.step();
  }

  @Test
  void aDivergedRunHasFinishedWhereFewerEpochsAreAsked() {
    Experiment many = Trial.experiment("trial", Trial.wild(9, 1));
    try (RunStore store = RunStore.open(folder)) {
      store.plan(many, "", "");
      RunResult diverged = Trial.train(store, many, 1).runs().get(0);
      int done = diverged.epochs().size();
      assertThat(diverged.outcome()).isInstanceOf(RunOutcome.Diverged.class);
      assertThat(done).isPositive();
      Experiment few = Trial.experiment("trial", Trial.wild(done, 1));
      store.plan(few, "", "");
      assertThat(store.result(few).with(RunOutcome.Finished.class)).hasSize(1);
      assertThat(Trial.withoutTimes(Trial.train(store, few, 1)))
          .isEqualTo(Trial.withoutTimes(Trial.uninterrupted(few)));
      Experiment more = Trial.experiment("trial", Trial.wild(50, 1));
      assertThat(Trial.train(store, more, 1).runs().get(0).outcome()).isEqualTo(diverged.outcome());
      assertThat(store.runs(more).get(0).ended()).contains(diverged.outcome());
    }
  }

  @Test
  void armsThatTwoExperimentsShareAreTrainedOnce() {
    Arm shared = Trial.tanh(3, 2);
    Arm renamed = new Arm("same by another name", shared.network(), shared.settings(), List.of(2L));
    Experiment first = Trial.experiment("first", shared);
    Experiment second = Trial.experiment("second", renamed, Trial.learned(3, 1));
    try (RunStore store = RunStore.open(folder)) {
      store.plan(first, "one", "one");
      store.plan(second, "two", "two");
      Trial.train(store, first, 2);
      AtomicInteger steps = new AtomicInteger();
      ExperimentResult result = Trial.train(store, second, 2, steps::incrementAndGet);
      assertThat(steps.get()).isEqualTo(3 * Trial.STEPS_PER_EPOCH);
      assertThat(Trial.withoutTimes(result))
          .isEqualTo(Trial.withoutTimes(Trial.uninterrupted(second)));
    }
  }

  @Test
  void anExperimentIsReadBackWithoutItsData() {
    Experiment experiment = Trial.experiment("trial", Trial.learned(7, 2), Trial.tanh(3, 1));
    try (RunStore store = RunStore.open(folder)) {
      store.plan(experiment, "name: trial\n", "files");
    }
    try (RunStore store = RunStore.read(folder)) {
      assertThat(store.experiments())
          .containsExactly(
              new StoredExperiment(
                  "trial",
                  "A trial",
                  "name: trial\n",
                  "files",
                  Trial.description(),
                  List.of(
                      new StoredArm(
                          "learned",
                          Definition.of(Trial.learned(7, 2), Trial.description()),
                          7,
                          List.of(1L, 2L)),
                      new StoredArm(
                          "tanh",
                          Definition.of(Trial.tanh(3, 1), Trial.description()),
                          3,
                          List.of(1L))),
                  Optional.empty()));
      assertThat(store.runs(experiment))
          .extracting(StoredRun::state)
          .containsOnly(RunState.PLANNED);
      assertThat(store.result(experiment).with(RunOutcome.Interrupted.class)).hasSize(3);
    }
  }

  @Test
  void aChangedArmIsRefusedWithWhatDiffersAndNothingIsWritten() {
    Experiment planned = Trial.experiment(3, 1);
    Arm changed =
        Trial.arm(
            "tanh",
            Activation.scaled(ActivationFunction.TANH, 2),
            Optimizer.Adam.DEFAULT,
            50,
            3,
            1);
    Arm extra =
        Trial.arm(
            "extra", Activation.of(ActivationFunction.ARCTAN), Optimizer.Adam.DEFAULT, 25, 3, 4);
    try (RunStore store = RunStore.open(folder)) {
      store.plan(planned, "spec", "");
      List<StoredExperiment> before = store.experiments();
      assertThatThrownBy(() -> store.plan(Trial.experiment("trial", extra, changed), "other", "x"))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(folder.toString())
          .hasMessageContaining("  tanh: batch size: 25 in the folder, 50 now")
          .hasMessageContaining("  tanh: layer 2: tanh, alpha 1 in the folder, tanh, alpha 2 now")
          .hasMessageNotContaining("extra");
      assertThat(store.experiments()).isEqualTo(before);
      assertThatThrownBy(() -> store.listener(Trial.experiment("t", extra), Trial.PROVENANCE))
          .as("its run is not there")
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void otherDataAreRefusedByName() {
    Experiment planned = Trial.experiment("trial", Trial.tanh(3, 1));
    Experiment other = new Experiment("trial", "A trial", Trial.data(2), List.of(Trial.tanh(3, 1)));
    try (RunStore store = RunStore.open(folder)) {
      store.plan(planned, "", "");
      assertThatThrownBy(() -> store.plan(other, "", ""))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("  data: noise (seed 1) in the folder, noise (seed 2) now")
          .hasMessageContaining("SHA-256 of the data: sha1 in the folder, sha2 now");
    }
  }

  @Test
  void armsThatDifferByNameOnlyAreRefused() {
    Arm arm = Trial.tanh(3, 1);
    Arm twin = new Arm("twin", arm.network(), arm.settings(), arm.seeds());
    try (RunStore store = RunStore.open(folder)) {
      assertThatThrownBy(() -> store.plan(Trial.experiment("trial", arm, twin), "", ""))
          .isInstanceOf(StoreException.class)
          .hasMessage(
              "arms \"tanh\" and \"twin\" of trial differ by name only. Remove one of them.");
      assertThat(store.experiments()).isEmpty();
    }
  }

  @Test
  void aRunThatHadBegunIsStoppedWhereNobodyTrainsIt() {
    Experiment experiment = Trial.experiment("trial", Trial.tanh(3, 3));
    try (RunStore store = RunStore.open(folder)) {
      store.plan(experiment, "", "");
      RunEvents listener = store.listener(experiment, Trial.PROVENANCE);
      listener.started(experiment.runs().get(0), 0);
      listener.started(experiment.runs().get(1), 0);
      listener.ended(experiment.runs().get(1), new RunOutcome.Interrupted());
      // The one that was stopped in good order is so while the process is still at work.
      assertThat(store.runs(experiment))
          .extracting(StoredRun::state)
          .containsExactly(RunState.RUNNING, RunState.STOPPED, RunState.PLANNED);
    }
    try (RunStore store = RunStore.read(folder)) {
      assertThat(store.runs(experiment))
          .extracting(StoredRun::state)
          .containsExactly(RunState.STOPPED, RunState.STOPPED, RunState.PLANNED);
      assertThat(store.runs(experiment)).allMatch(StoredRun::isOpen);
    }
    try (RunStore store = RunStore.open(folder)) {
      Trial.train(store, experiment, 1);
      assertThat(store.runs(experiment)).allMatch(run -> run.state() == RunState.FINISHED);
      Experiment longer = Trial.experiment("trial", Trial.tanh(4, 3));
      store.plan(longer, "", "");
      // Nobody stopped what was only asked for more epochs.
      assertThat(store.runs(longer)).allMatch(run -> run.state() == RunState.PLANNED);
    }
  }

  @Test
  void aFailedRunIsRecordedAndTriedAgain() {
    Experiment experiment = Trial.experiment("trial", Trial.tanh(3, 2));
    Run run = experiment.runs().get(0);
    RunOutcome failed = RunOutcome.Failed.of(new OutOfMemoryError("no room"));
    try (RunStore store = RunStore.open(folder)) {
      store.plan(experiment, "", "");
      RunEvents listener = store.listener(experiment, Trial.PROVENANCE);
      listener.started(run, 0);
      listener.ended(run, failed);
    }
    try (RunStore store = RunStore.open(folder)) {
      assertThat(store.result(experiment).runs().get(0).outcome()).isEqualTo(failed);
      assertThat(store.runs(experiment).get(0).state()).isEqualTo(RunState.FAILED);
      assertThat(store.runs(experiment).get(0).ended()).contains(failed);
      assertThat(Trial.withoutTimes(Trial.train(store, experiment, 1)))
          .isEqualTo(Trial.withoutTimes(Trial.uninterrupted(experiment)));
      assertThat(store.runs(experiment).get(0).state()).isEqualTo(RunState.FINISHED);
      assertThat(store.runs(experiment).get(0).ended()).isEmpty();
    }
  }

  @Test
  void everySessionOfARunLeavesItsProvenance() {
    Experiment experiment = Trial.experiment("trial", Trial.tanh(2, 1));
    Experiment longer = Trial.experiment("trial", Trial.tanh(3, 1));
    try (RunStore store = RunStore.open(folder)) {
      store.plan(experiment, "", "");
      Trial.train(store, experiment, 1);
      store.plan(longer, "", "");
      Trial.train(store, longer, 1);
      List<Session> sessions = store.runs(longer).get(0).sessions();
      assertThat(sessions).extracting(Session::firstEpoch).containsExactly(1, 3);
      assertThat(sessions)
          .allSatisfy(s -> assertThat(s.provenance()).isEqualTo(Trial.PROVENANCE))
          .allSatisfy(s -> assertThat(s.end().orElseThrow()).isAfterOrEqualTo(s.start()));
      assertThat(Trial.PROVENANCE.version()).isEqualTo("test");
      assertThat(Trial.PROVENANCE.jvm()).contains(System.getProperty("java.version"));
      assertThat(Trial.PROVENANCE.cpu()).isNotBlank();
    }
  }

  /** What the user and fate may do, in any order, ends in what an undisturbed run ends in. */
  @Test
  void anyHistoryEndsInTheSameResult() {
    for (int history = 0; history < 25; history++) {
      SplittableRandom random = new SplittableRandom(history);
      Path own = folder.resolve("history" + history);
      Experiment experiment = Trial.experiment(6, 3);
      for (int day = 0; day < 6; day++) {
        Experiment part =
            random.nextBoolean()
                ? experiment
                : Trial.experiment(1 + random.nextInt(6), 1 + random.nextInt(3));
        AtomicInteger steps = new AtomicInteger(1 + random.nextInt(60));
        boolean crash = random.nextBoolean();
        Thread caller = Thread.currentThread();
        try (RunStore store = RunStore.open(own)) {
          store.plan(part, "day " + day, "");
          Trial.train(
              store,
              part,
              1 + random.nextInt(3),
              () -> {
                if (steps.decrementAndGet() == 0) {
                  if (crash) {
                    throw new IllegalStateException("crash");
                  }
                  caller.interrupt();
                }
              });
          // An interrupt may come when all runs have ended.
          Thread.interrupted();
        } catch (IllegalStateException e) {
          assertThat(e).hasMessage("crash");
        }
      }
      try (RunStore store = RunStore.open(own)) {
        store.plan(experiment, "last", "");
        ExperimentResult result = Trial.train(store, experiment, 2);
        assertThat(store.result(experiment)).isEqualTo(result);
        assertThat(Trial.withoutTimes(result))
            .as("history %d", history)
            .isEqualTo(Trial.withoutTimes(Trial.uninterrupted(experiment)));
      }
    }
  }

  @Test
  void dataThatAreNotTheExperimentsAreNotTrainedOn() {
    Experiment experiment = Trial.experiment("trial", Trial.tanh(1, 1));
    assertThatThrownBy(() -> new ExperimentRunner(1).run(experiment, Trial.data(2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sha1")
        .hasMessageContaining("sha2");
  }
}
