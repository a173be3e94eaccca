package org.unvanish.experiment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The results of all runs of an experiment. A value: two are equal whose parts are. */
public final class ExperimentResult {

  private final Experiment experiment;
  private final List<RunResult> runs;

  /** By the arm's name: an experiment may have thousands of arms. */
  private final Map<String, List<RunResult>> byArm = new HashMap<>();

  /**
   * Copies the list.
   *
   * @param experiment which
   * @param runs one result for each run, ordered by arm and then by seed as the experiment lists
   *     them, whatever the number of workers
   */
  public ExperimentResult(Experiment experiment, List<RunResult> runs) {
    this.experiment = experiment;
    this.runs = List.copyOf(runs);
    for (RunResult run : runs) {
      byArm.computeIfAbsent(run.run().arm().name(), name -> new ArrayList<>()).add(run);
    }
    byArm.replaceAll((name, own) -> List.copyOf(own));
  }

  /** Which experiment. */
  public Experiment experiment() {
    return experiment;
  }

  /** One result for each run, ordered by arm and then by seed as the experiment lists them. */
  public List<RunResult> runs() {
    return runs;
  }

  /** The results of one arm, in the order of the seeds. */
  public List<RunResult> of(Arm arm) {
    return byArm.getOrDefault(arm.name(), List.of());
  }

  /** The results whose outcome is of the given kind. */
  public List<RunResult> with(Class<? extends RunOutcome> outcome) {
    return runs.stream().filter(r -> outcome.isInstance(r.outcome())).toList();
  }

  /**
   * The same epochs with other outcomes.
   *
   * @param outcomes one for each run
   */
  public ExperimentResult ended(Map<Run, RunOutcome> outcomes) {
    return new ExperimentResult(
        experiment,
        runs.stream()
            .map(
                run ->
                    new RunResult(
                        run.run(), Objects.requireNonNull(outcomes.get(run.run())), run.epochs()))
            .toList());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ExperimentResult result
        && experiment.equals(result.experiment)
        && runs.equals(result.runs);
  }

  @Override
  public int hashCode() {
    return Objects.hash(experiment, runs);
  }

  @Override
  public String toString() {
    return "ExperimentResult[experiment=" + experiment + ", runs=" + runs + "]";
  }
}
