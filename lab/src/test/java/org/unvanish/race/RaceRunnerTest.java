package org.unvanish.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Shape;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Backend;
import org.unvanish.experiment.DataDescription;
import org.unvanish.experiment.DroppedArm;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.Racing;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.RunResult;
import org.unvanish.experiment.Sweep;
import org.unvanish.experiment.execution.ExperimentRunner;
import org.unvanish.experiment.execution.LocalExecutor;
import org.unvanish.experiment.execution.RunEvents;
import org.unvanish.experiment.execution.RunTrainer;
import org.unvanish.initialization.Initialization;
import org.unvanish.network.Activated;
import org.unvanish.network.Dense;
import org.unvanish.network.Network;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.penalty.Penalty;
import org.unvanish.store.Provenance;
import org.unvanish.store.RunState;
import org.unvanish.store.RunStore;
import org.unvanish.store.StoreException;
import org.unvanish.store.StoredRun;
import org.unvanish.train.Checkpoint;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.TrainingDecision;
import org.unvanish.train.TrainingSettings;

/** Races of tiny networks that are really trained. */
class RaceRunnerTest {

  private static final Provenance PROVENANCE = Provenance.here("test");
  private static final Dataset DATA =
      new Dataset("spots", "spots", List.of("dark", "light"), spots(1, 64), spots(2, 32), "spots");

  /** Of twelve arms, four are dropped after an epoch. */
  private static final Racing HALVING = new Racing(3, OptionalInt.of(1), 1, 0.05);

  /** So generous that a test of three arms needs five seeds. */
  private static final Racing TESTING = new Racing(3, OptionalInt.empty(), 1, 0.9);

  @TempDir Path folder;

  private static ImageSet spots(long seed, int count) {
    Random random = new Random(seed);
    byte[] pixels = new byte[4 * count];
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) random.nextInt(2);
      for (int j = 0; j < 4; j++) {
        pixels[4 * i + j] = (byte) (random.nextInt(160) + 60 * labels[i]);
      }
    }
    return new ImageSet(Shape.flat(4), pixels, labels);
  }

  /** Arms with different learning rates, from hopeless to good. */
  private static Experiment sweep(
      List<Double> rates, int epochs, int seeds, Optional<Racing> racing) {
    List<Arm> arms = new ArrayList<>();
    Map<String, List<Sweep.Value>> points = new HashMap<>();
    for (double rate : rates) {
      String name = "rate " + rate;
      Network network =
          new Network(
              Shape.flat(4),
              List.of(
                  new Dense(4, true),
                  new Activated(Activation.of(ActivationFunction.TANH)),
                  new Dense(2, true)));
      arms.add(
          new Arm(
              name,
              network,
              new TrainingSettings(
                  new Optimizer.Sgd(rate, 0),
                  Penalty.l2(0.001),
                  new Initialization.Glorot(),
                  new Initialization.Zeros(),
                  PixelScaling.UNIT,
                  16,
                  epochs),
              MadeUpRace.seeds(seeds)));
      points.put(name, List.of(new Sweep.Value("" + rate, OptionalDouble.of(rate))));
    }
    return new Experiment(
        "rates",
        "Learning rates",
        DataDescription.of(DATA),
        arms,
        Optional.of(new Sweep(List.of(new Sweep.Axis("rate", "η", true)), points, racing)));
  }

  /** The last one diverges at once: its penalty makes the parameters overflow. */
  private static Experiment halved(Optional<Racing> racing) {
    return halved(2, racing);
  }

  private static Experiment halved(int seeds, Optional<Racing> racing) {
    return sweep(
        List.of(0.0001, 0.001, 0.003, 0.01, 0.03, 0.1, 0.2, 0.3, 0.5, 0.7, 1.0, 1e30),
        2,
        seeds,
        racing);
  }

  private static Experiment tested(Optional<Racing> racing) {
    return sweep(List.of(1e-6, 0.3, 0.5), 2, 8, racing);
  }

  private ExperimentResult race(Experiment experiment, int workers, RunEvents... more) {
    return race(experiment, new ExperimentRunner(workers), more);
  }

  private ExperimentResult race(Experiment experiment, ExperimentRunner runner, RunEvents... more) {
    try (RunStore store = RunStore.open(folder)) {
      store.plan(experiment, "spec", "");
      return read(
          new RaceRunner(runner, store)
              .run(experiment, DATA, backend -> PROVENANCE, stage -> List.of(more)));
    }
  }

  /** With the epochs in memory, as the store is about to be closed. */
  private static ExperimentResult read(ExperimentResult result) {
    return new ExperimentResult(
        result.experiment(),
        result.runs().stream()
            .map(run -> new RunResult(run.run(), run.outcome(), List.copyOf(run.epochs())))
            .toList());
  }

  private List<DroppedArm> dropped(Experiment experiment) {
    try (RunStore store = RunStore.read(folder)) {
      return store.dropped(experiment);
    }
  }

  /** All that must not depend on how runs came about. */
  private static List<String> numbers(ExperimentResult result) {
    return result.runs().stream().map(RaceRunnerTest::numbers).toList();
  }

  private static String numbers(RunResult run) {
    return run.run() + ": " + run.outcome() + " " + epochs(run, run.epochs().size());
  }

  private static List<String> epochs(RunResult run, int count) {
    return run.epochs().subList(0, count).stream()
        .map(e -> e.test() + " " + e.train() + " " + e.gradients() + " " + e.updates())
        .toList();
  }

  // ---- stopped and resumed

  /** Counts epochs, and dies after some. */
  private static final class Killer implements RunEvents {
    private int left;

    Killer(int epochs) {
      left = epochs;
    }

    @Override
    public TrainingDecision epochFinished(Run run, EpochRecord epoch, Checkpoint checkpoint) {
      if (--left == 0) {
        throw new IllegalStateException("killed");
      }
      return TrainingDecision.CONTINUE;
    }
  }

  private void killAgainAndAgain(Experiment experiment, int epochs) {
    boolean ended = false;
    for (int kills = 0; !ended; kills++) {
      assertThat(kills).isLessThan(200);
      try {
        race(experiment, 1, new Killer(epochs));
        ended = true;
      } catch (IllegalStateException killed) {
        assertThat(killed).hasMessage("killed");
      }
    }
  }

  @Test
  void aHalvingThatIsKilledAfterEveryEpochDecidesTheSameAndEndsInTheSameBits(@TempDir Path whole) {
    Experiment experiment = halved(1, Optional.of(HALVING));
    killAgainAndAgain(experiment, 1);
    List<DroppedArm> decided = dropped(experiment);
    List<String> numbers = numbers(race(experiment, 1));
    folder = whole;
    assertThat(numbers(race(experiment, 3))).isEqualTo(numbers);
    assertThat(dropped(experiment)).isEqualTo(decided);
    assertThat(decided)
        .hasSize(4)
        .extracting(DroppedArm::reason)
        .containsOnly(DroppedArm.Reason.HALVING);
    assertThat(decided.get(3).arm()).isEqualTo("rate 1.0E30");
  }

  @Test
  void aTestThatIsKilledAgainAndAgainDecidesTheSameAndEndsInTheSameBits(@TempDir Path whole) {
    Experiment experiment = tested(Optional.of(TESTING));
    killAgainAndAgain(experiment, 7);
    List<DroppedArm> decided = dropped(experiment);
    List<String> numbers = numbers(race(experiment, 1));
    folder = whole;
    assertThat(numbers(race(experiment, 2))).isEqualTo(numbers);
    assertThat(dropped(experiment)).isEqualTo(decided);
    assertThat(decided).extracting(DroppedArm::reason).contains(DroppedArm.Reason.TEST);
    assertThat(decided).extracting(DroppedArm::arm).containsOnly("rate 1.0E-6");
  }

  // ---- what is left

  @Test
  void theEpochsOfARaceAreThoseOfTheSweepWithoutRacing() {
    Experiment experiment = halved(Optional.of(HALVING));
    ExperimentResult raced = race(experiment, 2);
    ExperimentResult all = new ExperimentRunner(2).run(halved(Optional.empty()), DATA);
    int epochs = 0;
    for (int i = 0; i < all.runs().size(); i++) {
      RunResult run = raced.runs().get(i);
      assertThat(epochs(run, run.epochs().size()))
          .isEqualTo(epochs(all.runs().get(i), run.epochs().size()));
      boolean dropped = run.outcome() instanceof RunOutcome.Dropped;
      if (!dropped) {
        assertThat(run.outcome()).isEqualTo(all.runs().get(i).outcome());
      }
      assertThat(run.epochs().size() == all.runs().get(i).epochs().size())
          .isEqualTo(!dropped || run.run().arm().name().equals("rate 1.0E30"));
      epochs += run.epochs().size();
    }
    // Twelve arms up to epoch 1, and eight of them with two seeds to epoch 2; one diverged.
    assertThat(epochs).isEqualTo(11 + 8 * 3);
  }

  @Test
  void runsOfDroppedArmsAreNotOpenAndSayWhy() {
    Experiment experiment = halved(Optional.of(HALVING));
    race(experiment, 1);
    try (RunStore store = RunStore.read(folder)) {
      List<StoredRun> runs = store.runs(experiment);
      assertThat(runs).noneMatch(StoredRun::isOpen);
      assertThat(runs).filteredOn(run -> run.state() == RunState.DROPPED).hasSize(7);
      assertThat(
              runs.stream()
                  .filter(run -> run.state() == RunState.DROPPED)
                  .findFirst()
                  .flatMap(StoredRun::ended)
                  .orElseThrow()
                  .detail())
          .startsWith("early, not proved worse: place ")
          .endsWith(" of 12 after epoch 1 with 1 seed, 8 went on");
    }
  }

  @Test
  void withoutRacingOrWithMoreEpochsTheRaceIsForgottenAndItsEpochsGoOn() {
    race(halved(Optional.of(HALVING)), 1);
    Experiment all = halved(Optional.empty());
    try (RunStore store = RunStore.open(folder)) {
      store.plan(all, "spec", "");
      assertThat(store.runs(all)).filteredOn(StoredRun::isOpen).hasSize(7);
      ExperimentResult result =
          new ExperimentRunner(1)
              .run(all, DATA, store.earlier(all), store.listener(all, PROVENANCE));
      assertThat(result.with(RunOutcome.Interrupted.class)).isEmpty();
    }
    // All runs are there now: the same race decides the same, and drops no number.
    Experiment again = halved(Optional.of(HALVING));
    ExperimentResult raced = race(again, 1);
    assertThat(raced.with(RunOutcome.Dropped.class)).isEmpty();
    assertThat(dropped(again)).hasSize(4);
  }

  // ---- what goes wrong

  @Test
  void aRunThatFailedIsNoEvidenceAndIsTriedAgain(@TempDir Path whole) {
    Experiment experiment = halved(Optional.of(HALVING));
    RunTrainer failing =
        (run, data, from, observer) -> {
          if (run.arm().name().equals("rate 0.7")) {
            throw new IllegalStateException("no luck");
          }
          return RunTrainer.ENGINE.train(run, data, from, observer);
        };
    ExperimentResult result =
        race(
            experiment,
            new ExperimentRunner(new LocalExecutor(1, Map.of(Backend.ENGINE, failing))));
    assertThat(result.with(RunOutcome.Failed.class))
        .extracting(run -> run.run().arm().name())
        .containsOnly("rate 0.7");
    // The arm that would have got its place waits.
    assertThat(result.with(RunOutcome.Interrupted.class)).isNotEmpty();
    List<String> numbers = numbers(race(experiment, 1));
    List<DroppedArm> decided = dropped(experiment);
    folder = whole;
    assertThat(numbers(race(experiment, 1))).isEqualTo(numbers);
    assertThat(dropped(experiment)).isEqualTo(decided);
  }

  @Test
  void aStoredDecisionThatTheNumbersContradictIsToldAsAFault() {
    Experiment experiment = halved(Optional.of(HALVING));
    race(experiment, 1);
    List<DroppedArm> dropped = new ArrayList<>(dropped(experiment));
    DroppedArm one = dropped.remove(0);
    try (RunStore store = RunStore.open(folder)) {
      assertThatThrownBy(() -> store.keep(experiment, 1, dropped))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(
              "a bug in Unvanish; please report it. " + folder.resolve(RunStore.FILE))
          .hasMessageContaining(one.arm())
          .hasMessageContaining("--no-racing");
      assertThat(store.dropped(experiment)).contains(one);
    }
  }

  @Test
  void aDecisionThatTheDiskChangedIsNotBelieved() throws Exception {
    Experiment experiment = halved(Optional.of(HALVING));
    race(experiment, 1);
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(RunStore.FILE));
        Statement statement = connection.createStatement()) {
      statement.execute("UPDATE dropped_arm SET place = 3 WHERE position = 2");
    }
    try (RunStore store = RunStore.read(folder)) {
      assertThatThrownBy(() -> store.dropped(experiment))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("the experiment rates is not as it was written");
    }
  }
}
