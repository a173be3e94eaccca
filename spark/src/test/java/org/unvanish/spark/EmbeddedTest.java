package org.unvanish.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.diagnosis.SnapshotDiagnosis;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Backend;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.cluster.ClusterRequest;
import org.unvanish.experiment.execution.ExperimentRunner;
import org.unvanish.experiment.execution.RunEvents;
import org.unvanish.forecast.Forecast;
import org.unvanish.store.Provenance;
import org.unvanish.store.RunStore;
import org.unvanish.train.Checkpoint;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.TrainingDecision;

/** Spark within this process. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class EmbeddedTest {

  private static final int EPOCHS = 4;

  private static SparkCluster cluster;

  @BeforeAll
  static void open() {
    cluster =
        SparkCluster.open(
            new ClusterRequest(
                "test",
                Optional.of("local[2]"),
                Map.of("spark.driver.host", "127.0.0.1", "spark.driver.bindAddress", "127.0.0.1"),
                OptionalInt.empty(),
                0,
                0,
                notice -> {}));
  }

  @AfterAll
  static void close() {
    cluster.close();
  }

  @Test
  void trainsTheSameBitsAndSnapshotsAsThreadsDo() {
    Experiment experiment = Trained.experiment(2, EPOCHS);
    List<String> there = Collections.synchronizedList(new ArrayList<>());
    List<String> here = new ArrayList<>();
    ExperimentResult result = onSpark().probing().run(experiment, Trained.DATA, snapshots(there));
    ExperimentResult local =
        new ExperimentRunner(1).probing().run(experiment, Trained.DATA, snapshots(here));
    assertThat(Trained.lines(result)).isEqualTo(Trained.lines(local));
    assertThat(cluster.slots()).isEqualTo(2);
    // Where a slice goes on, the snapshot is told again.
    assertThat(there.stream().distinct().sorted()).isEqualTo(here.stream().sorted().toList());
  }

  @Test
  void whatIsStoppedGoesOnFromTheStoreWithTheSameBits(@TempDir Path folder) {
    Experiment experiment = Trained.experiment(2, EPOCHS);
    Thread driver = Thread.currentThread();
    try (RunStore store = RunStore.open(folder)) {
      store.plan(experiment, "name: small", "");
      ExperimentResult stopped = run(experiment, store, new Stop(driver));
      assertThat(stopped.with(RunOutcome.Interrupted.class)).isNotEmpty();
      assertThat(Thread.interrupted()).isFalse();
    }
    try (RunStore store = RunStore.open(folder)) {
      ExperimentResult all = run(experiment, store, new RunEvents() {});
      assertThat(Trained.lines(all))
          .isEqualTo(Trained.lines(new ExperimentRunner(1).run(experiment, Trained.DATA)));
      assertThat(all.with(RunOutcome.Finished.class)).hasSize(4);
    }
  }

  @Test
  void whatAListenerThrowsEndsTheExperiment() {
    RunEvents full =
        new RunEvents() {
          @Override
          public TrainingDecision epochFinished(Run run, EpochRecord epoch, Checkpoint checkpoint) {
            throw new IllegalStateException("the disk is full");
          }
        };
    assertThatThrownBy(() -> onSpark().run(Trained.experiment(2, EPOCHS), Trained.DATA, full))
        .hasMessage("the disk is full");
  }

  @Test
  void anArmForPyTorchIsRefusedBeforeAnythingStarts() {
    Experiment experiment = Trained.experiment(1, 1);
    Arm arm = experiment.arms().get(0);
    Arm torch = new Arm("torch", arm.network(), arm.settings(), Backend.PYTORCH, List.of(1L));
    Experiment mixed = new Experiment("mixed", "mixed", Trained.DATA, List.of(arm, torch));
    List<Run> started = new ArrayList<>();
    RunEvents listener =
        new RunEvents() {
          @Override
          public TrainingDecision started(Run run, int epochsDone) {
            started.add(run);
            return TrainingDecision.CONTINUE;
          }
        };
    assertThatThrownBy(() -> onSpark().run(mixed, Trained.DATA, listener))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("arm torch is for PyTorch, which is not there");
    assertThat(started).isEmpty();
  }

  private static ExperimentRunner onSpark() {
    // One epoch a slice.
    return new ExperimentRunner(cluster.executor(4, Duration.ZERO));
  }

  private static ExperimentResult run(Experiment experiment, RunStore store, RunEvents other) {
    return onSpark()
        .run(
            experiment,
            Trained.DATA,
            store.earlier(experiment),
            store.listener(experiment, Provenance.here("test")),
            other);
  }

  private static RunEvents snapshots(List<String> told) {
    return new RunEvents() {
      @Override
      public void snapshotTaken(Run run, SnapshotDiagnosis snapshot, Optional<Forecast> forecast) {
        told.add(run + " " + Arrays.hashCode(Wire.bytes(List.of(snapshot, forecast))));
      }
    };
  }

  /** Interrupts the driver's thread after a few epochs, as Ctrl-C does. */
  private static final class Stop implements RunEvents {
    private final Thread driver;
    private int epochs;

    Stop(Thread driver) {
      this.driver = driver;
    }

    @Override
    public TrainingDecision epochFinished(Run run, EpochRecord epoch, Checkpoint checkpoint) {
      epochs++;
      if (epochs == 5) {
        driver.interrupt();
      }
      return TrainingDecision.CONTINUE;
    }
  }
}
