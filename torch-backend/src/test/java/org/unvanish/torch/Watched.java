package org.unvanish.torch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.unvanish.data.Dataset;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.execution.RunTrainer;
import org.unvanish.train.Checkpoint;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.TrainingDecision;
import org.unvanish.train.TrainingObserver;
import org.unvanish.train.TrainingOutcome;
import org.unvanish.train.TrainingStep;

/** All that a run showed while it was trained. */
final class Watched implements TrainingObserver {

  final List<Double> losses = new ArrayList<>();
  final List<float[]> parameters = new ArrayList<>();
  final List<float[]> totals = new ArrayList<>();
  final List<EpochRecord> epochs = new ArrayList<>();
  final List<Checkpoint> checkpoints = new ArrayList<>();
  private Optional<TrainingOutcome> outcome = Optional.empty();

  /** The run of an arm with a seed, from its start. */
  static Watched run(RunTrainer trainer, Arm arm, long seed, Dataset data) {
    return run(trainer, arm, seed, data, Optional.empty());
  }

  static Watched run(
      RunTrainer trainer, Arm arm, long seed, Dataset data, Optional<Checkpoint> from) {
    Watched watched = new Watched();
    watched.outcome = Optional.of(trainer.train(new Run(arm, seed), data, from, watched));
    return watched;
  }

  TrainingOutcome outcome() {
    return outcome.orElseThrow();
  }

  EpochRecord lastEpoch() {
    return epochs.get(epochs.size() - 1);
  }

  Checkpoint lastCheckpoint() {
    return checkpoints.get(checkpoints.size() - 1);
  }

  @Override
  public TrainingDecision stepTaken(TrainingStep step) {
    losses.add(step.loss());
    parameters.add(step.parameters().clone());
    totals.add(step.totalGradient().clone());
    return TrainingDecision.CONTINUE;
  }

  @Override
  public TrainingDecision epochFinished(EpochRecord epoch, Checkpoint checkpoint) {
    epochs.add(epoch);
    checkpoints.add(checkpoint);
    return TrainingDecision.CONTINUE;
  }
}
