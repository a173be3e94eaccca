package org.unvanish.experiment.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Shape;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Backend;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.RunResult;
import org.unvanish.initialization.Initialization;
import org.unvanish.network.Activated;
import org.unvanish.network.Dense;
import org.unvanish.network.Network;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.penalty.Penalty;
import org.unvanish.train.Checkpoint;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.TrainingDecision;
import org.unvanish.train.TrainingObserver;
import org.unvanish.train.TrainingOutcome;
import org.unvanish.train.TrainingSettings;
import org.unvanish.train.TrainingStep;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ExperimentRunnerTest {

  private static final int EPOCHS = 3;
  private static final ImageSet IMAGES =
      new ImageSet(Shape.flat(2), new byte[4], new byte[] {0, 1});
  private static final Dataset DATA =
      new Dataset("dots", "dots", List.of("a", "b"), IMAGES, IMAGES, "");
  private static final Checkpoint CHECKPOINT =
      new Checkpoint(1, 1, new float[0], new float[0], new float[0]);

  @Test
  void resultsAreTheSameForAnyNumberOfWorkers() {
    Experiment experiment = experiment(4);
    ExperimentResult one = runner(1, ExperimentRunnerTest::train).run(experiment, DATA);
    for (int workers : new int[] {2, 3, 100}) {
      ExperimentResult many = runner(workers, ExperimentRunnerTest::train).run(experiment, DATA);
      assertThat(many.runs()).isEqualTo(one.runs());
    }
    assertThat(one.runs())
        .allSatisfy(r -> assertThat(r.isFinished()).isTrue())
        .allSatisfy(r -> assertThat(r.epochs()).hasSize(EPOCHS));
  }

  @Test
  void resultsAreOrderedByArmAndThenSeed() {
    ExperimentResult result = runner(2, ExperimentRunnerTest::train).run(experiment(3), DATA);
    assertThat(names(result.runs().stream().map(RunResult::run).toList()))
        .containsExactly("tanh 1", "tanh 2", "tanh 3", "relu 1", "relu 2", "relu 3");
  }

  @Test
  void allArmsOfTheFirstSeedStartFirst() {
    List<Run> started = Collections.synchronizedList(new ArrayList<>());
    runner(1, ExperimentRunnerTest::train)
        .run(
            experiment(2),
            DATA,
            new RunEvents() {
              @Override
              public TrainingDecision started(Run run, int epochsDone) {
                started.add(run);
                return TrainingDecision.CONTINUE;
              }
            });
    assertThat(names(started)).containsExactly("tanh 1", "relu 1", "tanh 2", "relu 2");
  }

  @Test
  void aFailingAndADivergingRunLeaveTheOthersAlone() {
    RunTrainer training =
        (run, data, from, observer) -> {
          if (name(run).equals("tanh 2")) {
            throw new OutOfMemoryError("no room for lanes");
          }
          if (name(run).equals("relu 1")) {
            observer.epochFinished(record(run, 1), CHECKPOINT);
            return new TrainingOutcome.Diverged(2, 17);
          }
          return train(run, data, from, observer);
        };
    ExperimentResult result = runner(2, training).run(experiment(3), DATA);
    assertThat(result.runs())
        .extracting(r -> name(r.run()) + " " + r.outcome().label() + " " + r.epochs().size())
        .containsExactly(
            "tanh 1 finished 3",
            "tanh 2 failed 0",
            "tanh 3 finished 3",
            "relu 1 diverged 1",
            "relu 2 finished 3",
            "relu 3 finished 3");
    assertThat(result.runs().get(1).outcome().detail())
        .contains("no room for lanes", "this run takes at least", "and Java may use");
    assertThat(((RunOutcome.Failed) result.runs().get(1).outcome()).stackTrace())
        .doesNotContain("\tat ");
    assertThat(result.runs().get(3).outcome()).isEqualTo(new RunOutcome.Diverged(2, 17));
    assertThat(result.with(RunOutcome.Failed.class)).containsExactly(result.runs().get(1));
  }

  @Test
  void anArmForABackendThatIsNotThereIsRefusedBeforeAnythingStarts() {
    Arm arm = arm("tanh", ActivationFunction.TANH, 1);
    Arm moved = new Arm("torch", arm.network(), arm.settings(), Backend.PYTORCH, List.of(1L));
    Experiment experiment = new Experiment("example", "An example", DATA, List.of(arm, moved));
    List<Run> started = new ArrayList<>();
    RunTrainer training =
        (run, data, from, observer) -> {
          started.add(run);
          return train(run, data, from, observer);
        };
    assertThatThrownBy(() -> runner(1, training).run(experiment, DATA))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("arm torch is for PyTorch, which is not there");
    assertThat(started).isEmpty();
    new ExperimentRunner(
            new LocalExecutor(
                1, Map.of(Backend.ENGINE, RunTrainer.ENGINE, Backend.PYTORCH, training)))
        .run(experiment, DATA);
    assertThat(names(started)).containsExactly("torch 1");
  }

  @Test
  void interruptionStopsRunsUnderWayStartsNoOtherAndKeepsWhatIsFinished() throws Exception {
    CountDownLatch underWay = new CountDownLatch(2);
    RunTrainer training =
        (run, data, from, observer) -> {
          if (run.seed() == 1) {
            return train(run, data, from, observer);
          }
          observer.epochFinished(record(run, 1), CHECKPOINT);
          underWay.countDown();
          while (observer.stepTaken(step(1)) == TrainingDecision.CONTINUE) {
            Thread.onSpinWait();
          }
          return new TrainingOutcome.Stopped();
        };
    List<ExperimentResult> results = new ArrayList<>();
    List<Boolean> flags = new ArrayList<>();
    RunEvents listener =
        new RunEvents() {
          @Override
          public void ended(Run run, RunOutcome outcome) {
            flags.add(Thread.currentThread().isInterrupted());
          }
        };
    Thread caller =
        new Thread(
            () -> {
              results.add(runner(2, training).run(experiment(4), DATA, listener));
              flags.add(Thread.currentThread().isInterrupted());
            });
    caller.start();
    underWay.await();
    caller.interrupt();
    caller.join();
    assertThat(results.get(0).runs())
        .extracting(r -> name(r.run()) + " " + r.outcome().label() + " " + r.epochs().size())
        .containsExactly(
            "tanh 1 finished 3",
            "tanh 2 interrupted 1",
            "tanh 3 interrupted 0",
            "tanh 4 interrupted 0",
            "relu 1 finished 3",
            "relu 2 interrupted 1",
            "relu 3 interrupted 0",
            "relu 4 interrupted 0");
    assertThat(flags)
        .as("four runs that ended, and the caller, can all write files")
        .containsExactly(false, false, false, false, false);
  }

  @Test
  void theListenerHearsOfEverythingOneCallAtATime() {
    AtomicInteger inside = new AtomicInteger();
    List<String> heard = new ArrayList<>();
    RunEvents listener =
        new RunEvents() {
          private void hear(Run run, String what) {
            assertThat(inside.incrementAndGet()).isEqualTo(1);
            heard.add(name(run) + ": " + what);
            inside.decrementAndGet();
          }

          @Override
          public TrainingDecision started(Run run, int epochsDone) {
            hear(run, "start");
            return TrainingDecision.CONTINUE;
          }

          @Override
          public TrainingDecision stepTaken(Run run, int epoch, int step, int stepsPerEpoch) {
            hear(run, "step " + step + " of " + stepsPerEpoch + " in epoch " + epoch);
            return TrainingDecision.CONTINUE;
          }

          @Override
          public TrainingDecision epochFinished(Run run, EpochRecord epoch, Checkpoint checkpoint) {
            hear(run, "epoch " + epoch.epoch());
            return TrainingDecision.CONTINUE;
          }

          @Override
          public void ended(Run run, RunOutcome outcome) {
            hear(run, outcome.label());
          }
        };
    ExperimentResult result =
        runner(4, ExperimentRunnerTest::train).run(experiment(8), DATA, listener);
    assertThat(result.with(RunOutcome.Finished.class)).hasSize(16);
    assertThat(heard.stream().filter(h -> h.startsWith("relu 8: ")))
        .containsExactly(
            "relu 8: start",
            "relu 8: step 1 of 1 in epoch 1",
            "relu 8: epoch 1",
            "relu 8: step 1 of 1 in epoch 2",
            "relu 8: epoch 2",
            "relu 8: step 1 of 1 in epoch 3",
            "relu 8: epoch 3",
            "relu 8: finished");
  }

  @Test
  void whatTheListenerThrowsEndsTheExperimentAndIsThrown() {
    for (int workers : new int[] {1, 3}) {
      AtomicInteger running = new AtomicInteger();
      AtomicInteger calls = new AtomicInteger();
      RunTrainer training =
          (run, data, from, observer) -> {
            running.incrementAndGet();
            try {
              while (observer.stepTaken(step(1)) == TrainingDecision.CONTINUE) {
                Thread.onSpinWait();
              }
              return new TrainingOutcome.Stopped();
            } finally {
              running.decrementAndGet();
            }
          };
      RunEvents listener =
          new RunEvents() {
            @Override
            public TrainingDecision stepTaken(Run run, int epoch, int step, int stepsPerEpoch) {
              if (calls.incrementAndGet() == 50) {
                throw new IllegalStateException("the disk is full");
              }
              return TrainingDecision.CONTINUE;
            }

            @Override
            public void ended(Run run, RunOutcome outcome) {
              calls.incrementAndGet();
            }
          };
      assertThatThrownBy(() -> runner(workers, training).run(experiment(4), DATA, listener))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the disk is full");
      assertThat(calls).as("nothing is told afterwards").hasValue(50);
      assertThat(running).as("no worker goes on").hasValue(0);
      assertThat(Thread.interrupted()).isFalse();
    }
  }

  @Test
  void aListenerStopsOneRunAndLeavesTheOthersAlone() {
    RunEvents listener =
        new RunEvents() {
          @Override
          public TrainingDecision started(Run run, int epochsDone) {
            return decide(name(run).equals("relu 1"));
          }

          @Override
          public TrainingDecision stepTaken(Run run, int epoch, int step, int stepsPerEpoch) {
            return decide(name(run).equals("tanh 1") && epoch == 3);
          }

          @Override
          public TrainingDecision epochFinished(Run run, EpochRecord epoch, Checkpoint checkpoint) {
            return decide(name(run).equals("tanh 2") && epoch.epoch() == 1);
          }

          private TrainingDecision decide(boolean stops) {
            return stops ? TrainingDecision.STOP : TrainingDecision.CONTINUE;
          }
        };
    ExperimentResult result =
        runner(2, ExperimentRunnerTest::train)
            .run(experiment(2), DATA, listener, new RunEvents() {});
    assertThat(result.runs())
        .extracting(r -> name(r.run()) + " " + r.outcome().label() + " " + r.epochs().size())
        .containsExactly(
            "tanh 1 interrupted 2",
            "tanh 2 interrupted 1",
            "relu 1 interrupted 0",
            "relu 2 finished 3");
  }

  @Test
  void whatThereIsAlreadyIsFoundAndTheRestGoesOnFromItsCheckpoint() {
    Experiment experiment = experiment(2);
    List<String> heard = new ArrayList<>();
    RunTrainer training =
        (run, data, from, observer) -> {
          heard.add(name(run) + " from " + from.map(Checkpoint::epoch).orElse(0));
          for (int epoch = from.map(Checkpoint::epoch).orElse(0) + 1; epoch <= EPOCHS; epoch++) {
            observer.epochFinished(record(run, epoch), CHECKPOINT);
          }
          return new TrainingOutcome.Finished();
        };
    Earlier earlier =
        new Earlier() {
          @Override
          public RunProgress progress(Run run) {
            return switch (name(run)) {
              case "tanh 1" -> epochs(run, EPOCHS + 2);
              case "tanh 2" -> epochs(run, 1);
              case "relu 1" ->
                  new RunProgress(
                      List.of(record(run, 1)), Optional.of(new RunOutcome.Diverged(2, 5)));
              default -> RunProgress.NONE;
            };
          }

          private RunProgress epochs(Run run, int count) {
            return new RunProgress(
                IntStream.rangeClosed(1, count).mapToObj(e -> record(run, e)).toList(),
                Optional.empty());
          }

          @Override
          public Checkpoint checkpoint(Run run) {
            assertThat(name(run)).isEqualTo("tanh 2");
            return CHECKPOINT;
          }
        };
    RunEvents listener =
        new RunEvents() {
          @Override
          public void found(RunResult result) {
            heard.add(name(result.run()) + " found " + result.outcome().label());
          }

          @Override
          public TrainingDecision started(Run run, int epochsDone) {
            heard.add(name(run) + " starts with " + epochsDone);
            return TrainingDecision.CONTINUE;
          }
        };
    ExperimentResult result = runner(1, training).run(experiment, DATA, earlier, listener);
    assertThat(heard)
        .containsExactly(
            "tanh 1 found finished",
            "relu 1 found diverged",
            "tanh 2 starts with 1",
            "tanh 2 from 1",
            "relu 2 starts with 0",
            "relu 2 from 0");
    ExperimentResult whole = runner(1, ExperimentRunnerTest::train).run(experiment, DATA);
    assertThat(result.runs().get(0)).isEqualTo(whole.runs().get(0));
    assertThat(result.runs().get(1)).isEqualTo(whole.runs().get(1));
    assertThat(result.runs().get(2).outcome()).isEqualTo(new RunOutcome.Diverged(2, 5));
    assertThat(result.runs().get(2).epochs()).hasSize(1);
    assertThat(result.runs().get(3)).isEqualTo(whole.runs().get(3));
  }

  @Test
  void whatEarlierThrowsIsThrown() {
    Earlier broken =
        new Earlier() {
          @Override
          public RunProgress progress(Run run) {
            return new RunProgress(List.of(record(run, 1)), Optional.empty());
          }

          @Override
          public Checkpoint checkpoint(Run run) {
            throw new IllegalStateException("damaged");
          }
        };
    assertThatThrownBy(
            () -> runner(2, ExperimentRunnerTest::train).run(experiment(3), DATA, broken))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("damaged");
  }

  @Test
  void noWorkersAreRefused() {
    assertThatThrownBy(() -> new ExperimentRunner(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("workers");
  }

  private static TrainingOutcome train(
      Run run, Dataset data, Optional<Checkpoint> from, TrainingObserver observer) {
    for (int epoch = 1; epoch <= EPOCHS; epoch++) {
      if (observer.stepTaken(step(epoch)) == TrainingDecision.STOP
          || observer.epochFinished(record(run, epoch), CHECKPOINT) == TrainingDecision.STOP) {
        return new TrainingOutcome.Stopped();
      }
    }
    return new TrainingOutcome.Finished();
  }

  private static TrainingStep step(int epoch) {
    float[] none = {};
    return new TrainingStep(epoch, 1, 1, 2.3, List.of(), none, none, none);
  }

  private static ExperimentRunner runner(int workers, RunTrainer engine) {
    return new ExperimentRunner(new LocalExecutor(workers, Map.of(Backend.ENGINE, engine)));
  }

  /** Numbers that depend on arm, seed and epoch and on nothing else, like a real run's. */
  private static EpochRecord record(Run run, int epoch) {
    SplittableRandom random =
        new SplittableRandom(31 * (31 * run.arm().name().hashCode() + run.seed()) + epoch);
    return new EpochRecord(
        epoch,
        random.nextDouble(),
        random.nextDouble(),
        random.nextDouble(),
        random.nextDouble(),
        1,
        List.of());
  }

  private static List<String> names(List<Run> runs) {
    return runs.stream().map(ExperimentRunnerTest::name).toList();
  }

  private static String name(Run run) {
    return run.arm().name() + " " + run.seed();
  }

  private static Experiment experiment(int seeds) {
    return new Experiment(
        "example",
        "An example",
        DATA,
        List.of(
            arm("tanh", ActivationFunction.TANH, seeds),
            arm("relu", ActivationFunction.RELU, seeds)));
  }

  private static Arm arm(String name, ActivationFunction function, int seeds) {
    Initialization start = new Initialization.Zeros();
    return new Arm(
        name,
        new Network(
            Shape.flat(2), List.of(new Activated(Activation.of(function)), new Dense(2, false))),
        new TrainingSettings(
            Optimizer.Adam.DEFAULT, Penalty.none(), start, start, PixelScaling.UNIT, 1, EPOCHS),
        LongStream.rangeClosed(1, seeds).boxed().toList());
  }
}
