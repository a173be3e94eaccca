package org.unvanish.experiment.cluster;

import org.unvanish.experiment.execution.RunExecutor;

/** Machines that execute runs, for as long as it is open. */
public interface Cluster extends AutoCloseable {

  /** What it is and where, for people: {@code Apache Spark 4.2.0 at spark://host:7077}. */
  String title();

  /** Runs that it can execute at a time as it is now; more machines may come, or some go. */
  int slots();

  /**
   * What executes an experiment's runs. It throws {@link ClusterException} if the cluster is lost
   * or cannot be trusted; what it has told by then remains true.
   *
   * @param most runs that may be under way at a time, at least 1
   */
  RunExecutor executor(int most);

  /** Lets the machines go. */
  @Override
  void close();
}
