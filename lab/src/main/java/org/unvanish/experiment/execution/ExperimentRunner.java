package org.unvanish.experiment.execution;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.unvanish.data.Dataset;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Backend;
import org.unvanish.experiment.DataDescription;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.RunResult;

/**
 * Executes an experiment: makes a task of every run that is not done yet, hands them to an
 * executor, and gathers what they come to.
 *
 * <p>The results do not depend on the executor, nor on what there was {@link Earlier}, but for the
 * wall-clock times in them.
 */
public final class ExperimentRunner {

  private final RunExecutor executor;
  private final Predicate<Run> probed;

  /**
   * On the engine, in this process.
   *
   * @param workers runs that are under way at a time, at least 1
   * @throws IllegalArgumentException if there are none
   */
  public ExperimentRunner(int workers) {
    this(new LocalExecutor(workers, Map.of(Backend.ENGINE, RunTrainer.ENGINE)));
  }

  /** With an executor. */
  public ExperimentRunner(RunExecutor executor) {
    this(executor, run -> false);
  }

  private ExperimentRunner(RunExecutor executor, Predicate<Run> probed) {
    this.executor = executor;
    this.probed = probed;
  }

  /**
   * One that also takes snapshots of the backward pass in the first seed's run of each arm: where
   * the run begins or goes on, and after each epoch. It trains to the same bits.
   */
  public ExperimentRunner probing() {
    return new ExperimentRunner(executor, run -> run.seed() == run.arm().seeds().get(0));
  }

  /** The same for a part of an experiment: the first seed is that of the whole's arm. */
  public ExperimentRunner probing(Experiment whole) {
    Map<String, Long> first =
        whole.arms().stream().collect(Collectors.toMap(Arm::name, arm -> arm.seeds().get(0)));
    return new ExperimentRunner(
        executor, run -> Objects.equals(first.get(run.arm().name()), run.seed()));
  }

  /**
   * Runs everything from the start: {@link #run(Experiment, Dataset, Earlier, RunEvents...)} with
   * nothing earlier.
   */
  public ExperimentResult run(Experiment experiment, Dataset data, RunEvents... listeners) {
    return run(experiment, data, Earlier.NOTHING, listeners);
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
   * @param listeners are told how it goes, in this order; what one throws ends the experiment and
   *     is thrown here
   * @return earlier and new epochs alike
   * @throws IllegalArgumentException if the data are not those of the experiment, or a run is for a
   *     backend that the executor has not
   */
  public ExperimentResult run(
      Experiment experiment, Dataset data, Earlier earlier, RunEvents... listeners) {
    RunLog log = new RunLog(List.of(listeners), true);
    execute(experiment, data, earlier, log);
    return new ExperimentResult(
        experiment,
        experiment.arms().stream().flatMap(arm -> arm.runs().stream()).map(log::result).toList());
  }

  /**
   * Does the same for experiments of any size: no epoch is kept in memory. A listener keeps them.
   *
   * @return how each run ended, or was found to have ended
   * @throws IllegalArgumentException if the data are not those of the experiment, or a run is for a
   *     backend that the executor has not
   */
  public Map<Run, RunOutcome> execute(
      Experiment experiment, Dataset data, Earlier earlier, RunEvents... listeners) {
    RunLog log = new RunLog(List.of(listeners), false);
    execute(experiment, data, earlier, log);
    return log.outcomes();
  }

  private void execute(Experiment experiment, Dataset data, Earlier earlier, RunLog log) {
    requireData(experiment, data);
    List<RunTask> tasks = new ArrayList<>();
    for (Run run : experiment.runs()) {
      RunResult before = earlier.progress(run).result(run, new RunOutcome.Interrupted());
      if (before.outcome() instanceof RunOutcome.Interrupted) {
        log.planned(before);
        tasks.add(
            new RunTask(
                run,
                before.epochs().size(),
                () -> log.read(() -> earlier.checkpoint(run)),
                probed.test(run)));
      } else {
        log.found(before);
      }
    }
    log.rethrow();
    executor.execute(tasks, data, log);
    log.rethrow();
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
}
