package org.unvanish.experiment.execution;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.unvanish.diagnosis.SnapshotDiagnosis;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.RunResult;
import org.unvanish.forecast.Forecast;
import org.unvanish.train.Checkpoint;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.TrainingDecision;

/**
 * Hears what an executor tells. Keeps how runs ended and, where it gathers, their epochs; and
 * passes everything on to listeners, one call at a time. Once a call has thrown, no other is made,
 * and every run is to stop.
 */
final class RunLog implements RunEvents {

  private final List<RunEvents> listeners;
  private final boolean gathers;
  private final Map<Run, List<EpochRecord>> epochs = new HashMap<>();
  private final Map<Run, RunOutcome> outcomes = new HashMap<>();
  private @Nullable Throwable failure;

  /**
   * @param gathers whether all epochs are kept in memory
   */
  RunLog(List<RunEvents> listeners, boolean gathers) {
    this.listeners = List.copyOf(listeners);
    this.gathers = gathers;
  }

  /** A run with epochs from earlier is to be continued. */
  synchronized void planned(RunResult before) {
    if (gathers) {
      epochs.put(before.run(), new ArrayList<>(before.epochs()));
    }
    outcomes.put(before.run(), before.outcome());
  }

  @Override
  public synchronized void found(RunResult result) {
    planned(result);
    tell(listener -> listener.found(result));
  }

  @Override
  public synchronized TrainingDecision started(Run run, int epochsDone) {
    return ask(listener -> listener.started(run, epochsDone));
  }

  @Override
  public synchronized TrainingDecision stepTaken(Run run, int epoch, int step, int stepsPerEpoch) {
    return ask(listener -> listener.stepTaken(run, epoch, step, stepsPerEpoch));
  }

  @Override
  public synchronized TrainingDecision epochFinished(
      Run run, EpochRecord epoch, Checkpoint checkpoint) {
    if (gathers) {
      Objects.requireNonNull(epochs.get(run)).add(epoch);
    }
    return ask(listener -> listener.epochFinished(run, epoch, checkpoint));
  }

  @Override
  public synchronized void snapshotTaken(
      Run run, SnapshotDiagnosis snapshot, Optional<Forecast> forecast) {
    tell(listener -> listener.snapshotTaken(run, snapshot, forecast));
  }

  @Override
  public synchronized void ended(Run run, RunOutcome outcome) {
    outcomes.put(run, outcome);
    tell(listener -> listener.ended(run, outcome));
  }

  private void tell(Consumer<RunEvents> call) {
    ask(
        listener -> {
          call.accept(listener);
          return TrainingDecision.CONTINUE;
        });
  }

  private TrainingDecision ask(Function<RunEvents, TrainingDecision> call) {
    TrainingDecision decision = TrainingDecision.CONTINUE;
    try {
      for (RunEvents listener : failure == null ? listeners : List.<RunEvents>of()) {
        decision = decision.and(call.apply(listener));
      }
    } catch (Throwable thrown) {
      failure = thrown;
    }
    return failure == null ? decision : TrainingDecision.STOP;
  }

  /**
   * Reads in turn with the listeners, one of which may write to the same store. What the reading
   * throws ends the experiment, too.
   */
  synchronized <T> T read(Supplier<T> source) {
    try {
      return source.get();
    } catch (Throwable thrown) {
      failure = failure == null ? thrown : failure;
      throw thrown;
    }
  }

  /** How each run ended, as far as it was told. */
  synchronized Map<Run, RunOutcome> outcomes() {
    return new HashMap<>(outcomes);
  }

  /** What a run came to, as far as it was told, where epochs are gathered. */
  synchronized RunResult result(Run run) {
    return new RunResult(
        run, Objects.requireNonNull(outcomes.get(run)), Objects.requireNonNull(epochs.get(run)));
  }

  /** Throws what a listener or a reading threw, if one did. */
  synchronized void rethrow() {
    if (failure instanceof Error error) {
      throw error;
    } else if (failure instanceof RuntimeException exception) {
      throw exception;
    } else if (failure != null) {
      throw new IllegalStateException(failure);
    }
  }
}
