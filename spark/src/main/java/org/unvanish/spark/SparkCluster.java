package org.unvanish.spark;

import java.time.Duration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.unvanish.experiment.cluster.Cluster;
import org.unvanish.experiment.cluster.ClusterException;
import org.unvanish.experiment.cluster.ClusterRequest;
import org.unvanish.experiment.execution.RunExecutor;

/** A cluster of Apache Spark, with an application of ours on it. */
final class SparkCluster implements Cluster {

  /** Executors are there within seconds; whoever has none by then wants to know. */
  private static final long PATIENCE_MILLIS = 15_000;

  private static final long MILLIS_BETWEEN_LOOKS = 200;

  private final JavaSparkContext context;
  private final Fleet fleet;
  private final int most;

  private SparkCluster(JavaSparkContext context, Fleet fleet, int most) {
    this.context = context;
    this.fleet = fleet;
    this.most = most;
  }

  /**
   * Reaches a cluster, and waits a moment for its first executor.
   *
   * @throws ClusterException if it cannot be reached
   */
  static SparkCluster open(ClusterRequest request) {
    SparkConf conf = SparkSettings.of(request);
    MasterProbe.require(conf.get("spark.master"));
    JavaSparkContext context = context(conf);
    Fleet fleet = ReportPlugin.fleet().orElseThrow();
    fleet.tellLosses(request.notices());
    try {
      if (!hasExecutor(context, fleet)) {
        request
            .notices()
            .accept(
                ("waiting for an executor of %s. Requested: 1 core or more, and %s of memory "
                + "(--conf spark.executor.memory=…). Check that its workers are running and free")
                    .formatted(context.master(), conf.get("spark.executor.memory", "1g")));
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    return new SparkCluster(context, fleet, request.workers().orElse(Integer.MAX_VALUE));
  }

  private static boolean hasExecutor(JavaSparkContext context, Fleet fleet)
      throws InterruptedException {
    long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
    while (!fleet.await(MILLIS_BETWEEN_LOOKS)) {
      if (context.sc().isStopped()) {
        throw new ClusterException(
            ("the server at --master %s is not a master of Spark %s: it accepted no connection. "
            + "Check the address and the version")
                .formatted(context.master(), context.version()));
      }
      if (System.nanoTime() > end) {
        return false;
      }
    }
    return true;
  }

  private static JavaSparkContext context(SparkConf conf) {
    try {
      return new JavaSparkContext(conf);
    } catch (RuntimeException e) {
      throw new ClusterException(
          "Spark does not start with master %s: %s"
              .formatted(conf.get("spark.master"), innermost(e)),
          e);
    }
  }

  private static String innermost(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.toString().lines().findFirst().orElseThrow();
  }

  @Override
  public String title() {
    return "Apache Spark %s at %s".formatted(context.version(), context.master());
  }

  @Override
  public int slots() {
    return Math.min(most, Math.max(1, fleet.cores()));
  }

  @Override
  public RunExecutor executor(int atATime) {
    return executor(atATime, SparkExecutor.SLICE);
  }

  /** With slices of another length. */
  RunExecutor executor(int atATime, Duration slice) {
    return new SparkExecutor(context, Math.min(most, atATime), slice);
  }

  @Override
  public void close() {
    context.close();
  }
}
