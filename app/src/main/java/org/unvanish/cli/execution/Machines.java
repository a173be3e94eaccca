package org.unvanish.cli.execution;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.unvanish.cli.option.ClusterOptions;
import org.unvanish.cli.option.Workers;
import org.unvanish.cli.terminal.CommandFailure;
import org.unvanish.data.Dataset;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Backend;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.cluster.Cluster;
import org.unvanish.experiment.cluster.ClusterProvider;
import org.unvanish.experiment.cluster.ClusterRequest;
import org.unvanish.experiment.execution.RunExecutor;
import org.unvanish.experiment.execution.RunTrainer;
import org.unvanish.initialization.Initialization;
import org.unvanish.store.Provenance;
import org.unvanish.train.TrainingSettings;

/** What executes the runs of an execution: threads of this process, or a cluster. */
final class Machines implements AutoCloseable {

  private final Workers workers;
  private final Optional<Cluster> cluster;

  private Machines(Workers workers, Optional<Cluster> cluster) {
    this.workers = workers;
    this.cluster = cluster;
  }

  /**
   * Reaches the cluster, if one is asked for.
   *
   * @param need of the largest data and run
   * @param notices is told what users must know on the way
   * @throws org.unvanish.experiment.cluster.ClusterException if it cannot be reached
   */
  static Machines open(
      Workers workers,
      ClusterOptions options,
      String name,
      MemoryPlan need,
      Consumer<String> notices) {
    if (!options.isCluster()) {
      return new Machines(workers, Optional.empty());
    }
    ClusterProvider provider = options.provider();
    return new Machines(
        workers,
        Optional.of(
            provider.open(
                new ClusterRequest(
                    "unvanish " + name,
                    options.master(),
                    options.settings(),
                    workers.isNamed() ? OptionalInt.of(workers.count()) : OptionalInt.empty(),
                    need.data(),
                    need.run(),
                    notices))));
  }

  /**
   * Looks whether they can execute an experiment.
   *
   * @throws CommandFailure if it takes more memory than there is, or an arm is not for them
   */
  static void require(
      Workers workers, ClusterOptions options, Experiment experiment, Dataset data) {
    int here = options.isCluster() ? 0 : Math.min(workers.count(), experiment.runs().size());
    MemoryPlan.of(experiment, data).require(here);
    if (options.isCluster()) {
      options.provider();
      experiment.arms().forEach(Machines::requireForCluster);
    }
  }

  /**
   * Looks whether other machines can train an arm: they have the engine, and none of our files.
   *
   * @throws CommandFailure if they cannot
   */
  static void requireForCluster(Arm arm) {
    if (arm.backend() != Backend.ENGINE) {
      throw new CommandFailure(
          ("--executor spark trains with the engine only, but arm %s needs %s. Leave out "
                  + "--executor to train here")
              .formatted(arm.name(), arm.backend().title()));
    }
    TrainingSettings settings = arm.settings();
    for (Initialization initial :
        List.of(settings.weights(), settings.recurrent(), settings.biases())) {
      if (initial instanceof Initialization.FromFile given) {
        throw new CommandFailure(
            ("--executor spark cannot train arm %s: its initial weights are in %s, which other "
                    + "machines do not have. Leave out --executor to train here, or use --shard")
                .formatted(arm.name(), given.file()));
      }
    }
  }

  /** Runs at a time, as it is now. */
  int count() {
    return cluster.map(Cluster::slots).orElseGet(workers::count);
  }

  /** For the line that says how many: {@code on Apache Spark 4.2.0 at spark://host:7077}. */
  String where() {
    return cluster.map(machines -> " on " + machines.title()).orElse("");
  }

  /**
   * What executes an experiment's runs.
   *
   * @param most runs that may be under way at a time, at least 1
   * @param trainers how each backend trains here
   */
  RunExecutor executor(int most, Map<Backend, RunTrainer> trainers) {
    return cluster
        .map(machines -> machines.executor(most))
        .orElseGet(() -> workers.executor(most, trainers));
  }

  /** What trains, where this program's own provenance is known. */
  Provenance provenance(Provenance here) {
    return cluster.map(machines -> here.on(machines.title())).orElse(here);
  }

  @Override
  public void close() {
    cluster.ifPresent(Cluster::close);
  }
}
