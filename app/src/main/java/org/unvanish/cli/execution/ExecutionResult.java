package org.unvanish.cli.execution;

import java.nio.file.Path;
import java.util.List;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.loss.ConstantPredictor;

/**
 * What came out of an execution.
 *
 * @param experiments in the order of the tasks
 */
public record ExecutionResult(List<Outcome> experiments) {

  /**
   * What came out of one task.
   *
   * @param task with what had been found before
   * @param result of all its runs, those of earlier days included
   * @param constant what its test data are worth without a network
   * @param files that were written; none where the execution was interrupted before its turn came
   */
  public record Outcome(
      Execution.Task task, ExperimentResult result, ConstantPredictor constant, List<Path> files) {
    /** Copies the list. */
    public Outcome {
      files = List.copyOf(files);
    }

    boolean isInterrupted() {
      return has(RunOutcome.Interrupted.class);
    }

    private boolean has(Class<? extends RunOutcome> outcome) {
      return !result.with(outcome).isEmpty();
    }
  }

  /** Copies the list. */
  public ExecutionResult {
    experiments = List.copyOf(experiments);
  }

  /** True where runs were stopped before all had ended. */
  public boolean isInterrupted() {
    return experiments.stream().anyMatch(Outcome::isInterrupted);
  }

  /** True where no run failed or was stopped. */
  public boolean isComplete() {
    return !isInterrupted()
        && experiments.stream().noneMatch(outcome -> outcome.has(RunOutcome.Failed.class));
  }
}
