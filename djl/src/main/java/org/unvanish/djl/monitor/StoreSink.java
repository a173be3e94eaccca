package org.unvanish.djl.monitor;

import ai.djl.training.Trainer;
import ai.djl.training.listener.TrainingListener.BatchData;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.store.RunStore;
import org.unvanish.train.EpochRecord;

/** Writes a monitor's records into a run store, as one more run of an arm. */
public final class StoreSink implements EpochSink {

  private final Path folder;
  private final String armName;
  private @Nullable RunStore store;
  private @Nullable StoredTraining training;

  /**
   * @throws IllegalArgumentException if the arm's name is blank or has a line break
   */
  public StoreSink(Path folder, String arm) {
    if (arm.isBlank() || arm.lines().count() != 1) {
      throw new IllegalArgumentException(
          "an arm needs a name on one line, but it is \"" + arm + "\"");
    }
    this.folder = folder;
    this.armName = arm;
  }

  @Override
  public void begin(Trainer trainer) {
    // Now, so that a folder that cannot be used is known before anything is trained.
    store = RunStore.open(folder);
  }

  @Override
  public void first(Trainer trainer, BatchData batch, int recordEvery) {
    if (store != null) {
      SeenModel seen = SeenModel.of(trainer, batch, recordEvery);
      training = new StoredTraining(store, name(trainer), armName, seen);
    }
  }

  /** The model's name in letters that files may have. */
  private static String name(Trainer trainer) {
    String name = Optional.ofNullable(trainer.getModel().getName()).orElse("");
    String safe = name.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[._-]+", "");
    return safe.isEmpty() ? "model" : safe;
  }

  @Override
  public void epoch(EpochRecord epoch, int trainSamples, int testSamples) {
    if (training != null) {
      training.epoch(epoch, trainSamples, testSamples);
    }
  }

  @Override
  public void end(RunOutcome outcome) {
    try {
      if (training != null) {
        training.end(outcome);
      }
    } finally {
      training = null;
      if (store != null) {
        store.close();
        store = null;
      }
    }
  }
}
