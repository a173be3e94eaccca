package org.unvanish.race;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.unvanish.data.Dataset;
import org.unvanish.experiment.Backend;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.RunResult;
import org.unvanish.experiment.execution.ExperimentRunner;
import org.unvanish.experiment.execution.RunEvents;
import org.unvanish.store.Provenance;
import org.unvanish.store.RunStore;

/**
 * Runs a {@link Race}, stage by stage, on any executor. Each stage continues from what the store
 * has: stopped or killed at any moment, a race that is run again decides the same and ends in the
 * same bits.
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
    Set<String> failed = new HashSet<>();
    decide(
        experiment,
        store,
        stage -> {
          ExperimentResult result = run(stage, data, provenance, listeners.apply(stage));
          result.with(RunOutcome.Failed.class).forEach(run -> failed.add(run.run().toString()));
          return result;
        });
    return new ExperimentResult(
        experiment,
        store.result(experiment).runs().stream().map(run -> ofToday(run, failed)).toList());
  }

  /**
   * Decides what the epochs of a store settle, and keeps it there, where the decisions are not: in
   * a store that was merged. Trains nothing.
   *
   * @param experiment a sweep with racing that is planned in the store
   */
  public static void decide(Experiment experiment, RunStore store) {
    decide(experiment, store, stage -> store.result(stage.experiment()));
  }

  /**
   * Goes from stage to stage until one is not complete.
   *
   * @param ended how a stage's runs ended; what decides is what the store then has of them
   */
  private static void decide(
      Experiment experiment, RunStore store, Function<RaceStage, ExperimentResult> ended) {
    Race race = Race.of(experiment);
    while (!race.isOver()) {
      RaceStage stage = race.stage();
      if (!ended.apply(stage).with(RunOutcome.Interrupted.class).isEmpty()) {
        return;
      }
      race = race.after(store.result(stage.experiment()));
      store.keep(experiment, stage.number(), race.dropped());
    }
  }

  /** What the store has is read when it is needed, so that races of any size fit into memory. */
  private ExperimentResult run(
      RaceStage stage,
      Dataset data,
      Function<Backend, Provenance> provenance,
      List<RunEvents> listeners) {
    Experiment experiment = stage.experiment();
    List<RunEvents> told = new ArrayList<>();
    told.add(store.listener(experiment, provenance));
    told.addAll(listeners);
    Map<Run, RunOutcome> outcomes =
        runner.execute(experiment, data, store.earlier(experiment), told.toArray(RunEvents[]::new));
    return store.result(experiment).ended(outcomes);
  }

  /** A run that failed earlier and was not tried again is interrupted, and no failure of today. */
  private static RunResult ofToday(RunResult run, Set<String> failed) {
    boolean before =
        run.outcome() instanceof RunOutcome.Failed && !failed.contains(run.run().toString());
    return before ? new RunResult(run.run(), new RunOutcome.Interrupted(), run.epochs()) : run;
  }
}
