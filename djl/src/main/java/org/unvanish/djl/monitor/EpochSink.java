package org.unvanish.djl.monitor;

import ai.djl.training.Trainer;
import ai.djl.training.listener.TrainingListener.BatchData;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.train.EpochRecord;

/** Where a monitor's records go. */
public interface EpochSink {

  /** A training begins; nothing is known of the model yet. */
  default void begin(Trainer trainer) {}

  /**
   * The first batch is done, so that shapes are known.
   *
   * @param recordEvery of how many steps one is recorded
   */
  default void first(Trainer trainer, BatchData batch, int recordEvery) {}

  /** An epoch is completed. */
  void epoch(EpochRecord epoch, int trainSamples, int testSamples);

  /** The training has ended. */
  default void end(RunOutcome outcome) {}
}
