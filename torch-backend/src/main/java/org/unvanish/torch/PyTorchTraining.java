package org.unvanish.torch;

import ai.djl.ndarray.NDManager;
import java.util.Optional;
import org.unvanish.data.Dataset;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.execution.RunTrainer;
import org.unvanish.train.Checkpoint;
import org.unvanish.train.Trainer;
import org.unvanish.train.TrainingObserver;
import org.unvanish.train.TrainingOutcome;

/**
 * Trains runs through PyTorch, each on its calling thread: from the engine's initial weights, on
 * its batches in its order, and recorded as it records.
 *
 * <p>What PyTorch computes agrees with the engine to the accuracy of single precision, step by
 * step; training amplifies what is left, so that later epochs agree over many seeds and not in each
 * run. A run that goes on from a checkpoint takes the same steps, on the same machine usually to
 * the same bits; PyTorch does not promise them.
 */
public final class PyTorchTraining implements RunTrainer {

  private final PyTorch torch;

  /** With PyTorch as it is loaded. */
  public PyTorchTraining(PyTorch torch) {
    this.torch = torch;
  }

  @Override
  public TrainingOutcome train(
      Run run, Dataset data, Optional<Checkpoint> from, TrainingObserver observer) {
    Arm arm = run.arm();
    try (NDManager manager = torch.newManager()) {
      TorchBackend arithmetic = new TorchBackend(arm.network(), arm.settings(), data, manager);
      return from.map(
              c -> new Trainer(arm.network(), arm.settings(), data, run.seed(), arithmetic, c))
          .orElseGet(() -> new Trainer(arm.network(), arm.settings(), data, run.seed(), arithmetic))
          .run(observer);
    }
  }
}
