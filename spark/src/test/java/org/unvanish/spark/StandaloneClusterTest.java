package org.unvanish.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.cluster.ClusterRequest;
import org.unvanish.experiment.execution.ExperimentRunner;
import org.unvanish.experiment.execution.RunEvents;
import org.unvanish.train.Checkpoint;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.TrainingDecision;

/** Separate processes: a master, two workers, their executors, one of which is killed. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class StandaloneClusterTest {

  private static final int EPOCHS = 12;
  private static final int SEEDS = 2;
  private static final Predicate<String> LOST = notice -> notice.startsWith("lost executor ");

  @Test
  void aKilledExecutorCostsNothingButTime(@TempDir Path home) throws Exception {
    Experiment experiment = Trained.experiment(SEEDS, EPOCHS);
    List<String> told = Collections.synchronizedList(new ArrayList<>());
    List<String> notices = Collections.synchronizedList(new ArrayList<>());
    try (Standalone standalone = new Standalone(home, 2);
        SparkCluster cluster =
            SparkCluster.open(
                new ClusterRequest(
                    "test",
                    Optional.of(standalone.master()),
                    Standalone.settings(),
                    OptionalInt.empty(),
                    1 << 20,
                    1 << 20,
                    notices::add))) {
      while (cluster.slots() < 2) {
        Thread.sleep(20);
      }
      ExperimentResult result =
          new ExperimentRunner(cluster.executor(8, Duration.ofMillis(30)))
              .run(experiment, Trained.DATA, killer(standalone, told));
      assertThat(result.with(RunOutcome.Failed.class)).as(standalone::logs).isEmpty();
      assertThat(Trained.lines(result))
          .isEqualTo(Trained.lines(new ExperimentRunner(2).run(experiment, Trained.DATA)));
      assertThat(told).doesNotHaveDuplicates().hasSize(2 * SEEDS * EPOCHS);
      // Spark tells of it by a thread of its own.
      for (int look = 0; look < 3000 && notices.stream().noneMatch(LOST); look++) {
        Thread.sleep(20);
      }
      assertThat(notices).anyMatch(LOST);
    }
  }

  /** Kills an executor, the hard way, when some epochs are done. */
  private static RunEvents killer(Standalone standalone, List<String> told) {
    AtomicInteger epochs = new AtomicInteger();
    return new RunEvents() {
      @Override
      public TrainingDecision epochFinished(Run run, EpochRecord epoch, Checkpoint checkpoint) {
        told.add(run + " " + epoch.epoch());
        if (epochs.incrementAndGet() == EPOCHS) {
          standalone.executors().get(0).destroyForcibly();
        }
        return TrainingDecision.CONTINUE;
      }
    };
  }
}
