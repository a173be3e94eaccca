package org.unvanish.experiment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.unvanish.data.Dataset;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.Trainer;
import org.unvanish.train.TrainingObserver;
import org.unvanish.train.TrainingOutcome;
import org.unvanish.train.TrainingStep;

/**
 * Executes an experiment: each run on one thread, as many runs at a time as there are workers.
 *
 * <p>The results do not depend on the number of workers, but for the wall-clock times in them. A
 * run that diverges or fails leaves the others alone.
 */
public final class ExperimentRunner {

  /** Trains one run on the calling thread: {@link Trainer}, but for tests. */
  interface Training {
    TrainingOutcome train(Run run, Dataset data, TrainingObserver observer);
  }

  private final int workers;
  private final Training training;

  /**
   * @param workers runs that are under way at a time, at least 1
   * @throws IllegalArgumentException if there are none
   */
  public ExperimentRunner(int workers) {
    this(
        workers,
        (run, data, observer) ->
            new Trainer(run.arm().network(), run.arm().settings(), data, run.seed()).run(observer));
  }

  ExperimentRunner(int workers, Training training) {
    if (workers < 1) {
      throw new IllegalArgumentException("workers must be at least 1, but are " + workers);
    }
    this.workers = workers;
    this.training = training;
  }

  /**
   * Runs everything and returns when all of it has ended.
   *
   * <p>If the calling thread is interrupted, the runs under way stop within a step, no other
   * starts, and what there is so far is returned, with {@link RunOutcome.Interrupted} for the rest.
   * The thread's interrupt flag is then clear, so that the results can be written to files.
   *
   * @param listener is told how it goes
   */
  public ExperimentResult run(Experiment experiment, ExperimentListener listener) {
    List<Run> runs = experiment.runs();
    AtomicReferenceArray<RunResult> results = new AtomicReferenceArray<>(runs.size());
    Object turn = new Object();
    ExecutorService pool = pool(Math.min(workers, runs.size()));
    for (int i = 0; i < runs.size(); i++) {
      int index = i;
      pool.execute(
          () -> {
            RunResult result = execute(runs.get(index), experiment.data(), listener, turn);
            results.set(index, result);
            clearInterrupt();
            synchronized (turn) {
              listener.runEnded(result);
            }
          });
    }
    pool.shutdown();
    await(pool);
    return new ExperimentResult(experiment, inOrder(experiment, runs, results));
  }

  private RunResult execute(Run run, Dataset data, ExperimentListener listener, Object turn) {
    List<EpochRecord> epochs = new ArrayList<>();
    RunOutcome outcome;
    try {
      synchronized (turn) {
        listener.runStarted(run);
      }
      outcome = RunOutcome.of(training.train(run, data, observer(run, epochs, listener, turn)));
    } catch (Throwable thrown) {
      // Also an OutOfMemoryError: the run's arrays are garbage by now, and the others may go on.
      outcome = new RunOutcome.Failed(thrown);
    }
    return new RunResult(run, outcome, epochs);
  }

  private static TrainingObserver observer(
      Run run, List<EpochRecord> epochs, ExperimentListener listener, Object turn) {
    return new TrainingObserver() {
      @Override
      public void epochFinished(EpochRecord epoch) {
        epochs.add(epoch);
        synchronized (turn) {
          listener.epochFinished(run, epoch);
        }
      }

      @Override
      public void stepTaken(TrainingStep step) {
        synchronized (turn) {
          listener.stepTaken(run, step.epoch(), step.step(), step.stepsPerEpoch());
        }
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

  private static List<RunResult> inOrder(
      Experiment experiment, List<Run> runs, AtomicReferenceArray<RunResult> results) {
    Map<Run, RunResult> byRun = new HashMap<>();
    for (int i = 0; i < runs.size(); i++) {
      RunResult result = results.get(i);
      Run run = runs.get(i);
      byRun.put(
          run,
          result != null ? result : new RunResult(run, new RunOutcome.Interrupted(), List.of()));
    }
    return experiment.arms().stream()
        .flatMap(arm -> arm.runs().stream())
        .map(run -> Objects.requireNonNull(byRun.get(run)))
        .toList();
  }
}
