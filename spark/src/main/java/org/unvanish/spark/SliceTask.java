package org.unvanish.spark;

import java.util.Map;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.unvanish.experiment.Backend;
import org.unvanish.experiment.execution.RunTask;
import org.unvanish.experiment.execution.RunTrainer;
import org.unvanish.experiment.execution.RunWorker;

/** Trains a slice on an executor: the task that Spark ships. */
final class SliceTask implements Function<Integer, byte[]> {

  private final Broadcast<SharedData> data;
  private final String samples;
  private final byte[] slice;
  private final String bits;
  private final String java;

  /**
   * @param data what the run is trained on
   * @param samples their checksum
   * @param slice its bytes
   * @param bits of the driver's own {@link ExecutorCheck}
   */
  SliceTask(Broadcast<SharedData> data, String samples, byte[] slice, String bits) {
    this.data = data;
    this.samples = samples;
    this.slice = slice;
    this.bits = bits;
    this.java = ExecutorCheck.java();
  }

  /** The bytes of a {@link SliceEnd}. */
  @Override
  public byte[] call(Integer one) throws Exception {
    String host = ReportPlugin.host();
    Optional<String> refusal = ExecutorCheck.refusal(bits, java, host);
    return Wire.bytes(
        refusal.isPresent() ? new SliceEnd(host, Optional.empty(), refusal) : train(host));
  }

  private SliceEnd train(String host) throws Exception {
    Slice part = Wire.value(slice, Slice.class);
    RunTask task =
        new RunTask(part.run(), part.epochsDone(), () -> part.from().orElseThrow(), part.probed());
    Reporter reporter = new Reporter(part, host, ReportPlugin::ask, System::nanoTime);
    new RunWorker(Map.of(Backend.ENGINE, RunTrainer.ENGINE))
        .work(task, SharedData.here(data, samples), reporter, TaskContext.get()::isInterrupted);
    return reporter.end();
  }
}
