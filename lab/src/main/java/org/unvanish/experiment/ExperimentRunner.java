package org.unvanish.experiment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.unvanish.data.Dataset;
import org.unvanish.train.Checkpoint;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.MemoryNeed;
import org.unvanish.train.TrainingObserver;
import org.unvanish.train.TrainingStep;

/**
 * Executes an experiment: each run on one thread, as many runs at a time as there are workers.
 *
 * <p>The results do not depend on the number of workers, nor on what there was {@link Earlier}, but
 * for the wall-clock times in them. A run that diverges or fails leaves the others alone.
 */
public final class ExperimentRunner {

  private final int workers;
  private final Map<Backend, Training> trainings;
  private final boolean probing;

  /**
   * On the engine alone.
   *
   * @param workers runs that are under way at a time, at least 1
   * @throws IllegalArgumentException if there are none
   */
  public ExperimentRunner(int workers) {
    this(workers, Map.of(Backend.ENGINE, Training.ENGINE));
  }

  /**
   * On some backends.
   *
   * @param workers runs that are under way at a time, at least 1
   * @param trainings how each backend trains
   * @throws IllegalArgumentException if there are no workers
   */
  public ExperimentRunner(int workers, Map<Backend, Training> trainings) {
    this(workers, trainings, false);
  }

  private ExperimentRunner(int workers, Map<Backend, Training> trainings, boolean probing) {
    if (workers < 1) {
      throw new IllegalArgumentException("workers must be at least 1, but are " + workers);
    }
    this.workers = workers;
    this.trainings = Map.copyOf(trainings);
    this.probing = probing;
  }

  /**
   * One that also probes the way of the signal in the first seed's run of each arm: where the run
   * begins or goes on, and after each epoch. It trains to the same bits.
   */
  public ExperimentRunner probing() {
    return new ExperimentRunner(workers, trainings, true);
  }

  /** For tests: something in place of the engine. */
  ExperimentRunner(int workers, Training engine) {
    this(workers, Map.of(Backend.ENGINE, engine));
  }

  /**
   * Runs everything from the start: {@link #run(Experiment, Dataset, Earlier, ExperimentListener)}
   * with nothing earlier.
   */
  public ExperimentResult run(Experiment experiment, Dataset data, ExperimentListener listener) {
    return run(experiment, data, Earlier.NOTHING, listener);
  }

  /**
   * Does what is not done yet and returns when all of it has ended. A run that has as many epochs
   * as it is asked for, or that diverged before, is not repeated; every other one goes on after its
   * last epoch.
   *
   * <p>If the calling thread is interrupted, the runs under way stop within a step, no other
   * starts, and what there is so far is returned, with {@link RunOutcome.Interrupted} for the rest.
   * The thread's interrupt flag is then clear, so that the results can be written to files.
   *
   * @param data what the experiment describes
   * @param earlier what there is already
   * @param listener is told how it goes; what it throws ends the experiment and is thrown here
   * @return earlier and new epochs alike
   * @throws IllegalArgumentException if the data are not those of the experiment, or an arm is for
   *     a backend that this runner has not
   */
  public ExperimentResult run(
      Experiment experiment, Dataset data, Earlier earlier, ExperimentListener listener) {
    requireData(experiment, data);
    experiment.arms().forEach(this::training);
    Map<Run, RunResult> results = new ConcurrentHashMap<>();
    Map<Run, Progress> pending = new HashMap<>();
    for (Run run : experiment.runs()) {
      Progress progress = earlier.progress(run);
      RunResult before = progress.result(run, new RunOutcome.Interrupted());
      results.put(run, before);
      if (before.outcome() instanceof RunOutcome.Interrupted) {
        pending.put(run, progress);
      } else {
        listener.runFound(before);
      }
    }
    if (!pending.isEmpty()) {
      ExecutorService pool = pool(Math.min(workers, pending.size()));
      Announcer announcer = new Announcer(listener, pool::shutdownNow);
      try {
        for (Run run : experiment.runs()) {
          Progress progress = pending.get(run);
          if (progress != null) {
            pool.execute(() -> work(run, data, progress, earlier, announcer, results));
          }
        }
      } catch (RejectedExecutionException e) {
        // The listener has thrown already, and the pool takes no more.
      }
      pool.shutdown();
      await(pool);
      announcer.rethrow();
    }
    return new ExperimentResult(
        experiment,
        experiment.arms().stream()
            .flatMap(arm -> arm.runs().stream())
            .map(run -> Objects.requireNonNull(results.get(run)))
            .toList());
  }

  private static void requireData(Experiment experiment, Dataset data) {
    DataDescription expected = experiment.data();
    DataDescription given = DataDescription.of(data);
    if (!given.sha256().equals(expected.sha256())
        || !given.shape().equals(expected.shape())
        || given.trainSamples() != expected.trainSamples()) {
      throw new IllegalArgumentException(
          "experiment %s is on %s, but the data are %s"
              .formatted(experiment.name(), expected, given));
    }
  }

  private Training training(Arm arm) {
    Training training = trainings.get(arm.backend());
    if (training == null) {
      throw new IllegalArgumentException(
          "arm %s is for %s, which is not there".formatted(arm.name(), arm.backend().title()));
    }
    return training;
  }

  private void work(
      Run run,
      Dataset data,
      Progress progress,
      Earlier earlier,
      Announcer announcer,
      Map<Run, RunResult> results) {
    try {
      List<EpochRecord> epochs = new ArrayList<>(progress.epochs());
      announcer.tell(listener -> listener.runStarted(run, epochs.size()));
      // In turn with the listener, and with its errors: both may be the same store.
      List<Checkpoint> from = new ArrayList<>();
      if (!epochs.isEmpty()) {
        announcer.tell(listener -> from.add(earlier.checkpoint(run)));
      }
      RunOutcome outcome = train(run, data, from.stream().findFirst(), epochs, announcer);
      RunResult result = new RunResult(run, outcome, epochs);
      results.put(run, result);
      clearInterrupt();
      announcer.tell(listener -> listener.runEnded(result));
    } catch (Announcer.Stopped stopped) {
      clearInterrupt();
    }
  }

  private RunOutcome train(
      Run run,
      Dataset data,
      Optional<Checkpoint> from,
      List<EpochRecord> epochs,
      Announcer announcer) {
    try {
      Optional<RunProbe> probe =
          isProbed(run) ? Optional.of(new RunProbe(run, data, announcer)) : Optional.empty();
      probe.ifPresent(p -> p.start(from));
      return RunOutcome.of(
          training(run.arm()).train(run, data, from, observer(run, epochs, announcer, probe)));
    } catch (Announcer.Stopped stopped) {
      throw stopped;
    } catch (OutOfMemoryError tooMuch) {
      // The run's arrays are garbage by now, and the others may go on.
      return RunOutcome.Failed.ofMemory(
          tooMuch, MemoryNeed.ofRun(run.arm().network(), run.arm().settings()));
    } catch (Throwable thrown) {
      return RunOutcome.Failed.of(thrown);
    }
  }

  private boolean isProbed(Run run) {
    return probing && run.seed() == run.arm().seeds().get(0);
  }

  private static TrainingObserver observer(
      Run run, List<EpochRecord> epochs, Announcer announcer, Optional<RunProbe> probe) {
    return new TrainingObserver() {
      @Override
      public void epochFinished(EpochRecord epoch, Checkpoint checkpoint) {
        epochs.add(epoch);
        announcer.tell(listener -> listener.epochFinished(run, epoch, checkpoint));
        probe.ifPresent(p -> p.after(checkpoint));
      }

      @Override
      public void stepTaken(TrainingStep step) {
        announcer.tell(
            listener -> listener.stepTaken(run, step.epoch(), step.step(), step.stepsPerEpoch()));
      }
    };
  }

  /** An interrupt has done its work when a run has ended; it would break the listener's files. */
  private static void clearInterrupt() {
    Thread.interrupted();
  }

  private static ExecutorService pool(int threads) {
    AtomicInteger number = new AtomicInteger();
    return Executors.newFixedThreadPool(
        threads,
        task -> {
          Thread thread = new Thread(task, "worker-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }

  private static void await(ExecutorService pool) {
    boolean ended = false;
    while (!ended) {
      try {
        ended = pool.awaitTermination(1, TimeUnit.DAYS);
      } catch (InterruptedException stop) {
        pool.shutdownNow();
      }
    }
  }
}
