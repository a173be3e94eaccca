package org.unvanish.spark;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.unvanish.experiment.cluster.ClusterException;

/** Has slices trained by Spark, each a job of one task. */
final class JobLauncher implements RunDriver.Launcher {

  private final JavaSparkContext context;
  private final String group;
  private final Broadcast<SharedData> data;
  private final String samples;
  private final String bits = ExecutorCheck.bits();

  /**
   * @param group of the jobs, by which they can be cancelled
   * @param data that were shipped
   * @param samples their checksum
   */
  JobLauncher(JavaSparkContext context, String group, Broadcast<SharedData> data, String samples) {
    this.context = context;
    this.group = group;
    this.data = data;
    this.samples = samples;
  }

  /** The context of Spark was stopped, by whatever. */
  static ClusterException lost(JavaSparkContext context) {
    return new ClusterException(
        ("the connection to the cluster %s is lost. Every finished epoch is kept: the same "
        + "command continues from there")
            .formatted(context.master()));
  }

  @Override
  public SliceEnd train(Slice slice) throws Exception {
    try {
      // Interrupted, so that a task that is cancelled ends within a step.
      context.setJobGroup(
          group, "%s from epoch %d".formatted(slice.run(), slice.epochsDone()), true);
      byte[] end =
          context
              .parallelize(List.of(1), 1)
              .map(new SliceTask(data, samples, Wire.bytes(slice), bits))
              .collect()
              .get(0);
      return Wire.value(end, SliceEnd.class);
    } catch (Exception e) {
      if (context.sc().isStopped()) {
        throw lost(context);
      }
      throw e;
    }
  }
}
