package org.unvanish.train;

import java.util.ArrayList;
import java.util.List;

/** Keeps all that a run tells. */
public class Recording implements TrainingObserver {

  public final List<TrainingStep> steps = new ArrayList<>();
  final List<EpochRecord> epochs = new ArrayList<>();
  final List<Checkpoint> checkpoints = new ArrayList<>();

  @Override
  public TrainingDecision stepTaken(TrainingStep step) {
    steps.add(
        new TrainingStep(
            step.epoch(),
            step.step(),
            step.stepsPerEpoch(),
            step.loss(),
            step.tensors(),
            step.parameters().clone(),
            step.dataGradient().clone(),
            step.totalGradient().clone()));
    return TrainingDecision.CONTINUE;
  }

  @Override
  public TrainingDecision epochFinished(EpochRecord epoch, Checkpoint checkpoint) {
    epochs.add(epoch);
    checkpoints.add(checkpoint);
    return TrainingDecision.CONTINUE;
  }
}
