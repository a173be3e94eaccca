package org.unvanish.race;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.unvanish.data.Dataset;
import org.unvanish.experiment.Backend;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.execution.ExperimentRunner;
import org.unvanish.experiment.execution.RunEvents;
import org.unvanish.store.Provenance;
import org.unvanish.store.RunStore;

/**
 * Runs a {@link Race}, stage by stage, on any executor. Each stage goes on from what the store has:
 * stopped or killed at any moment, a race that is run again decides the same and ends in the same
 * bits.
 */
public final class RaceRunner {

  private final ExperimentRunner runner;
  private final RunStore store;

  /**
   * @param runner executes each stage
   * @param store keeps epochs and decisions
   */
  public RaceRunner(ExperimentRunner runner, RunStore store) {
    this.runner = runner;
    this.store = store;
  }

  /**
   * Does what is not done yet, and returns when the race is over.
   *
   * <p>If the calling thread is interrupted, it ends as {@link ExperimentRunner#run} does.
   *
   * @param experiment a sweep with racing that is planned in the store
   * @param data what the experiment describes
   * @param provenance of the runs of a backend
   * @param listeners are told how a stage goes, after the store is; asked once for each stage
   * @return all runs of the experiment: of an arm that was dropped, what there is of it, with
   *     {@link RunOutcome.Dropped}
   * @throws IllegalArgumentException if the experiment is no such sweep, or the data or the
   *     backends are not those of the experiment
   */
  public ExperimentResult run(
      Experiment experiment,
      Dataset data,
      Function<Backend, Provenance> provenance,
      Function<RaceStage, List<RunEvents>> listeners) {
    Race race = Race.of(experiment);
    boolean interrupted = false;
    while (!race.isOver() && !interrupted) {
      RaceStage stage = race.stage();
      List<RunEvents> told = new ArrayList<>();
      told.add(store.listener(stage.experiment(), provenance));
      told.addAll(listeners.apply(stage));
      Map<Run, RunOutcome> outcomes =
          runner.execute(
              stage.experiment(),
              data,
              store.earlier(stage.experiment()),
              told.toArray(RunEvents[]::new));
      interrupted = outcomes.values().stream().anyMatch(RunOutcome.Interrupted.class::isInstance);
      if (!interrupted) {
        race = race.after(store.result(stage.experiment()));
        store.keep(experiment, stage.number(), race.dropped());
      }
    }
    return store.result(experiment);
  }
}
