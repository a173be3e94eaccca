package org.unvanish.spark;

import static org.unvanish.train.TrainingDecision.CONTINUE;
import static org.unvanish.train.TrainingDecision.STOP;

import java.io.IOException;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.unvanish.diagnosis.SnapshotDiagnosis;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.execution.RunEvents;
import org.unvanish.forecast.Forecast;
import org.unvanish.train.Checkpoint;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.TrainingDecision;

/**
 * Hears of a run on an executor and reports to the driver, whose answer it waits for: an epoch is
 * stored before the next one begins. Stops the run where the slice's time is over.
 */
final class Reporter implements RunEvents {

  /** The way to the driver. */
  interface Line {
    /** Tells, and waits for the answer. */
    TrainingDecision ask(Report report) throws Exception;
  }

  private final Slice slice;
  private final String host;
  private final Line line;
  private final LongSupplier nanos;
  private final long start;
  private int epoch;
  private boolean timeIsOver;
  private @Nullable Exception failure;
  private @Nullable RunOutcome outcome;

  /**
   * @param host where this is, for people
   * @param nanos a clock
   */
  Reporter(Slice slice, String host, Line line, LongSupplier nanos) {
    this.slice = slice;
    this.host = host;
    this.line = line;
    this.nanos = nanos;
    this.start = nanos.getAsLong();
    this.epoch = slice.epochsDone();
  }

  @Override
  public TrainingDecision started(Run run, int epochsDone) {
    return tell(new Report.Started());
  }

  @Override
  public TrainingDecision epochFinished(Run run, EpochRecord record, Checkpoint checkpoint) {
    epoch = record.epoch();
    TrainingDecision decision =
        tell(new Report.Epoch(record, checkpoint, Bits.of(record, checkpoint)));
    if (decision == STOP || epoch == run.arm().epochs()) {
      return decision;
    }
    timeIsOver = nanos.getAsLong() - start >= slice.nanos();
    return timeIsOver ? STOP : CONTINUE;
  }

  @Override
  public void snapshotTaken(Run run, SnapshotDiagnosis snapshot, Optional<Forecast> forecast) {
    tell(new Report.Snapshot(epoch, snapshot, forecast));
  }

  @Override
  public void ended(Run run, RunOutcome how) {
    outcome = how;
  }

  private TrainingDecision tell(Report.News news) {
    if (failure != null) {
      return STOP;
    }
    try {
      return line.ask(new Report(slice.execution(), slice.number(), host, news));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failure = e;
    } catch (Exception e) {
      failure = e;
    }
    return STOP;
  }

  /**
   * How the slice ended.
   *
   * @throws IOException if the driver could not be reached
   */
  SliceEnd end() throws IOException {
    if (failure != null) {
      throw new IOException("the driver did not answer", failure);
    }
    return new SliceEnd(
        host, timeIsOver ? Optional.empty() : Optional.ofNullable(outcome), Optional.empty());
  }
}
