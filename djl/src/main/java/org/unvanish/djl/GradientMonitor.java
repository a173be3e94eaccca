package org.unvanish.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.Trainer;
import ai.djl.training.listener.TrainingListenerAdapter;
import ai.djl.training.loss.Loss;
import java.nio.file.Path;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.unvanish.djl.model.BatchScores;
import org.unvanish.djl.monitor.EpochSink;
import org.unvanish.djl.monitor.FirstStep;
import org.unvanish.djl.monitor.GradientReader;
import org.unvanish.djl.monitor.StoreSink;
import org.unvanish.djl.penalty.PenaltyHandOver;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.RecordedSteps;

/**
 * Records the gradients of a model while Deep Java Library trains it: the same statistics of each
 * parameter tensor and epoch as Unvanish's own engine.
 *
 * <pre>{@code
 * config.addTrainingListeners(GradientMonitor.into(Path.of("results/mine"), "tanh"));
 * }</pre>
 *
 * <p>{@code unvanish report results/mine} and {@code unvanish serve results/mine} then show them.
 *
 * <p>DJL tells its listeners of a batch when gradients are there and the optimizer has not used
 * them yet, and that is when they are read. Of a {@link PenaltyLoss}, data gradient, penalty
 * gradient and total are recorded apart; of any other loss the data gradient is all there is.
 * Frozen parameters have no gradient and are left out; which those are is settled by the first
 * batch. On several devices a gradient is the sum over them, as the optimizer sees it. Where
 * several batches make one step, each record is of the sum so far.
 *
 * <p>DJL refuses a first step if the sum of all gradients happens to be zero, as by chance where
 * only the last layer has any. A watched training is refused if each of them is exactly zero.
 *
 * <p>A loss that is not finite ends the record, not the training. A store that cannot be written
 * ends both. One monitor watches one training at a time, which ends when its trainer is closed.
 *
 * @since 0.1
 */
public final class GradientMonitor extends TrainingListenerAdapter {

  private final EpochSink sink;
  private final RecordedSteps recorded;
  private @Nullable Watch watch;

  private GradientMonitor(EpochSink sink, RecordedSteps recorded) {
    this.sink = sink;
    this.recorded = recorded;
  }

  /**
   * A monitor that writes into a run store, as an experiment that has the model's name.
   *
   * <p>Each training is a run of its own, numbered from 1; runs of one arm are summarised together.
   *
   * @param folder holds the store; created if it is missing. One program at a time can write into
   *     it
   * @param arm how figures name what is trained: {@code tanh, α = 2}
   * @throws IllegalArgumentException if the arm's name is blank or has a line break
   */
  public static GradientMonitor into(Path folder, String arm) {
    return new GradientMonitor(new StoreSink(folder, arm), RecordedSteps.AUTOMATIC);
  }

  /**
   * A monitor that hands its records over.
   *
   * @param epochs is told each epoch as it is completed
   */
  public static GradientMonitor to(Consumer<EpochRecord> epochs) {
    return new GradientMonitor(
        (epoch, trainSamples, testSamples) -> epochs.accept(epoch), RecordedSteps.AUTOMATIC);
  }

  /**
   * A monitor with the same destination that records the gradients of one step in so many: of each
   * epoch the first, and every so many after it. The training stays the same to the bit.
   *
   * <p>Otherwise it records every step, or of a model with 100,000 trained parameters or more one
   * in 16.
   *
   * @param steps 1 for every step; at most {@link RecordedSteps#MOST}
   * @throws IllegalArgumentException if it is out of its range
   */
  public GradientMonitor every(int steps) {
    if (steps == RecordedSteps.AUTOMATIC.every()) {
      throw new IllegalArgumentException("steps must be at least 1, but are 0");
    }
    return new GradientMonitor(sink, new RecordedSteps(steps));
  }

  @Override
  public void onTrainingBegin(Trainer trainer) {
    if (watch != null) {
      throw new IllegalStateException(
          "this GradientMonitor watches another training; take a monitor for each, or close the"
              + " other trainer first");
    }
    FirstStep.passTest(trainer);
    // First what may refuse and holds nothing open: nobody ends a training that did not begin.
    Watch begun = new Watch(trainer, sink, recorded);
    try {
      sink.begin(trainer);
    } catch (RuntimeException | Error e) {
      begun.release();
      throw e;
    }
    watch = begun;
  }

  @Override
  public void onTrainingBatch(Trainer trainer, BatchData batch) {
    if (watch != null) {
      watch.trained(batch);
    }
  }

  @Override
  public void onValidationBatch(Trainer trainer, BatchData batch) {
    if (watch != null) {
      watch.validated(batch);
    }
  }

  @Override
  public void onEpoch(Trainer trainer) {
    if (watch != null) {
      watch.epoch();
    }
  }

  @Override
  public void onTrainingEnd(Trainer trainer) {
    if (watch != null) {
      Watch ending = watch;
      watch = null;
      ending.end();
    }
  }

  /** One training. */
  private static final class Watch {
    private final Trainer trainer;
    private final EpochSink sink;
    private final RecordedSteps recorded;
    private final @Nullable PenaltyHandOver penalty;
    private final BatchScores training;
    private final BatchScores validation;
    private @Nullable GradientReader reader;
    private int epochs;
    private int steps;
    private boolean diverged;
    private long start = System.nanoTime();

    Watch(Trainer trainer, EpochSink sink, RecordedSteps recorded) {
      this.trainer = trainer;
      this.sink = sink;
      this.recorded = recorded;
      Loss loss = trainer.getLoss();
      BiFunction<NDList, NDList, NDArray> data =
          loss instanceof PenaltyLoss penalised ? penalised::dataLoss : loss::evaluate;
      this.training = new BatchScores(data);
      this.validation = new BatchScores(data);
      this.penalty =
          loss instanceof PenaltyLoss penalised
              ? penalised.onDevices(trainer.getDevices().length).handOver()
              : null;
    }

    void trained(BatchData batch) {
      if (reader == null) {
        reader = new GradientReader(trainer, penalty, recorded);
        sink.first(trainer, batch, reader.recordEvery());
      }
      // The penalty acts on, whatever is recorded. How many steps follow nobody knows yet.
      reader.step(!diverged && steps % reader.recordEvery() == 0);
      steps++;
      if (!diverged && !Double.isFinite(training.add(batch))) {
        diverged = true;
        sink.end(new RunOutcome.Diverged(epochs + 1, steps));
      }
    }

    void validated(BatchData batch) {
      if (!diverged) {
        validation.add(batch);
      }
    }

    void epoch() {
      if (diverged || reader == null) {
        return;
      }
      epochs++;
      long now = System.nanoTime();
      EpochRecord epoch =
          new EpochRecord(
              epochs,
              training.loss(),
              training.accuracy(),
              validation.loss(),
              validation.accuracy(),
              (now - start) * 1e-9,
              reader.recorders().finishEpoch());
      sink.epoch(epoch, training.samples(), validation.samples());
      start = now;
      steps = 0;
      training.clear();
      validation.clear();
    }

    /** Gives the penalty back to its loss. */
    void release() {
      if (trainer.getLoss() instanceof PenaltyLoss penalised) {
        penalised.takeBack();
      }
    }

    void end() {
      release();
      if (!diverged) {
        sink.end(new RunOutcome.Finished());
      }
    }
  }
}
