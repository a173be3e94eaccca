package org.unvanish.train;

import java.util.ArrayList;
import java.util.List;
import org.unvanish.data.Dataset;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.initialization.Initialization;
import org.unvanish.loss.Loss;
import org.unvanish.network.Network;
import org.unvanish.optimizer.Clipping;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.optimizer.Schedule;
import org.unvanish.penalty.Penalty;

/**
 * A training that is configured setting by setting, each with a default:
 *
 * <pre>{@code
 * Model model = Training.of(network).epochs(10).penalty(Penalty.l2(0.01)).seed(1).run(data);
 * }</pre>
 *
 * <p>Immutable: each method gives another training. The same network, settings, data and seed come
 * to the same bits on any machine.
 *
 * @param network what is trained
 * @param settings how
 * @param seed of initial weights, shuffling and dropout
 * @since 0.1
 */
public record Training(Network network, TrainingSettings settings, long seed) {

  /** A training with {@link TrainingSettings#DEFAULT} and seed 1. */
  public static Training of(Network network) {
    return new Training(network, TrainingSettings.DEFAULT, 1);
  }

  /**
   * Passes over the training data, at least 1.
   *
   * @throws IllegalArgumentException if they are below 1
   */
  public Training epochs(int epochs) {
    return with(settings.withEpochs(epochs));
  }

  /**
   * Samples a step, at least 1.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public Training batchSize(int size) {
    return with(settings.withBatchSize(size));
  }

  /** What is lowered. A loss on numbers takes classes as numbers 0 and 1: see {@link Loss#on}. */
  public Training loss(Loss loss) {
    return with(settings.withLoss(loss));
  }

  /** How parameters follow the gradient. */
  public Training optimizer(Optimizer optimizer) {
    return with(settings.withOptimizer(optimizer));
  }

  /** How the optimizer's learning rate changes along the training. */
  public Training schedule(Schedule schedule) {
    return with(settings.withSchedule(schedule));
  }

  /** How the gradient is limited before the optimizer's step. */
  public Training clipping(Clipping clipping) {
    return with(settings.withClipping(clipping));
  }

  /** What is added to the loss. */
  public Training penalty(Penalty penalty) {
    return with(settings.withPenalty(penalty));
  }

  /**
   * Where weights start; recurrent ones too, where they start as all others did. Biases start at 0,
   * unless the weights come from a file, which gives all parameters.
   */
  public Training initialWeights(Initialization weights) {
    return with(settings.withInitialValues(weights, new Initialization.Zeros()));
  }

  /** How the values of the data become numbers. */
  public Training scaling(PixelScaling scaling) {
    return with(settings.withPixelScaling(scaling));
  }

  /** In which steps gradients are recorded: all, one in so many, or as many as cost no time. */
  public Training recorded(RecordedSteps steps) {
    return with(settings.withRecorded(steps));
  }

  /** Decides initial weights, shuffling and dropout. */
  public Training seed(long other) {
    return new Training(network, settings, other);
  }

  private Training with(TrainingSettings other) {
    return new Training(network, other, seed);
  }

  /**
   * Trains on the calling thread until all epochs are done.
   *
   * @throws IllegalArgumentException if data, network and settings do not fit each other
   * @throws DivergedException if loss or parameters become NaN or infinite
   * @throws IllegalStateException if the calling thread is interrupted
   */
  public Model run(Dataset data) {
    List<EpochRecord> epochs = new ArrayList<>();
    TrainingSettings fitting = settings.on(data);
    Trainer trainer = new Trainer(network, fitting, data, seed);
    TrainingOutcome outcome =
        trainer.run(
            (epoch, checkpoint) -> {
              epochs.add(epoch);
              return TrainingDecision.CONTINUE;
            });
    if (outcome instanceof TrainingOutcome.Diverged diverged) {
      throw new DivergedException(diverged.epoch(), diverged.step());
    }
    if (outcome instanceof TrainingOutcome.Interrupted) {
      throw new IllegalStateException("the training was interrupted");
    }
    return new Model(
        network,
        settings.pixelScaling().fit(data.train()),
        data.classes(),
        fitting.loss().threshold(),
        trainer.parameters(),
        new TrainingHistory(epochs));
  }
}
