package org.unvanish.spark;

import java.util.Optional;
import org.unvanish.diagnosis.SnapshotDiagnosis;
import org.unvanish.forecast.Forecast;
import org.unvanish.train.Checkpoint;
import org.unvanish.train.EpochRecord;

/**
 * What an executor tells the driver of a run while it trains it.
 *
 * @param execution as of the slice
 * @param number as of the slice
 * @param host that tells
 * @param news what there is to tell
 */
record Report(long execution, int number, String host, News news) {

  /** What there is to tell. */
  sealed interface News {}

  /** The slice begins. */
  record Started() implements News {}

  /**
   * An epoch is done.
   *
   * @param record what was measured
   * @param checkpoint where the run stands
   * @param bits the SHA-256 of both but for the time: who trains the epoch again must come to it
   */
  record Epoch(EpochRecord record, Checkpoint checkpoint, String bits) implements News {}

  /**
   * The run was probed.
   *
   * @param epoch after which, 0 before the first
   * @param snapshot what was found
   * @param forecast of the initial weights
   */
  record Snapshot(int epoch, SnapshotDiagnosis snapshot, Optional<Forecast> forecast)
      implements News {}
}
