package org.unvanish.experiment;

import java.util.List;

/**
 * What all runs of an experiment came to.
 *
 * @param experiment which
 * @param runs one result for each run, ordered by arm and then by seed as the experiment lists
 *     them, whatever the number of workers
 */
public record ExperimentResult(Experiment experiment, List<RunResult> runs) {
  /** Copies the list. */
  public ExperimentResult {
    runs = List.copyOf(runs);
  }

  /** The results of one arm, in the order of the seeds. */
  public List<RunResult> of(Arm arm) {
    return runs.stream().filter(r -> r.run().arm().name().equals(arm.name())).toList();
  }

  /** The results whose outcome is of the given kind. */
  public List<RunResult> with(Class<? extends RunOutcome> outcome) {
    return runs.stream().filter(r -> outcome.isInstance(r.outcome())).toList();
  }
}
