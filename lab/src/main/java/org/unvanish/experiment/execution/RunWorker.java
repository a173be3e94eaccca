package org.unvanish.experiment.execution;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.unvanish.data.Dataset;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Backend;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.train.Checkpoint;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.MemoryNeed;
import org.unvanish.train.TrainingDecision;
import org.unvanish.train.TrainingObserver;
import org.unvanish.train.TrainingStep;

/** Does one task at a time on the calling thread: what every executor comes to. Thread-safe. */
public final class RunWorker {

  private final Map<Backend, RunTrainer> trainers;

  /**
   * @param trainers how each backend trains
   */
  public RunWorker(Map<Backend, RunTrainer> trainers) {
    this.trainers = Map.copyOf(trainers);
  }

  /**
   * Looks whether it can do all of the tasks.
   *
   * @throws IllegalArgumentException if one is for a backend that is not there
   */
  public void requireBackends(List<RunTask> tasks) {
    tasks.forEach(task -> trainer(task.run().arm()));
  }

  private RunTrainer trainer(Arm arm) {
    RunTrainer trainer = trainers.get(arm.backend());
    if (trainer == null) {
      throw new IllegalArgumentException(
          "arm %s is for %s, which is not there".formatted(arm.name(), arm.backend().title()));
    }
    return trainer;
  }

  /**
   * Trains a run to its end and tells of it. What goes wrong becomes {@link RunOutcome.Failed}.
   *
   * @param data what the task's experiment describes
   * @param stopped is asked before the run starts and at each of its steps: true ends the run
   */
  public void work(RunTask task, Dataset data, RunEvents events, BooleanSupplier stopped) {
    if (stopped.getAsBoolean()) {
      return;
    }
    RunOutcome outcome =
        events.started(task.run(), task.epochsDone()) == TrainingDecision.STOP
            ? new RunOutcome.Interrupted()
            : train(task, data, events, stopped);
    events.ended(task.run(), outcome);
  }

  private RunOutcome train(RunTask task, Dataset data, RunEvents events, BooleanSupplier stopped) {
    Run run = task.run();
    try {
      Optional<Checkpoint> from = task.from();
      Optional<RunProbe> probe =
          task.probed() ? Optional.of(new RunProbe(run, data, events)) : Optional.empty();
      probe.ifPresent(p -> p.start(from));
      return RunOutcome.of(
          trainer(run.arm()).train(run, data, from, observer(run, events, probe, stopped)));
    } catch (OutOfMemoryError tooMuch) {
      // The run's arrays are garbage by now, and the others may go on.
      return RunOutcome.Failed.ofMemory(
          tooMuch,
          MemoryNeed.ofRun(run.arm().network(), run.arm().settings(), data.train().count()));
    } catch (Throwable thrown) {
      return RunOutcome.Failed.of(thrown);
    }
  }

  private static TrainingObserver observer(
      Run run, RunEvents events, Optional<RunProbe> probe, BooleanSupplier stopped) {
    return new TrainingObserver() {
      @Override
      public TrainingDecision stepTaken(TrainingStep step) {
        return stopped.getAsBoolean()
            ? TrainingDecision.STOP
            : events.stepTaken(run, step.epoch(), step.step(), step.stepsPerEpoch());
      }

      @Override
      public TrainingDecision epochFinished(EpochRecord epoch, Checkpoint checkpoint) {
        TrainingDecision decision = events.epochFinished(run, epoch, checkpoint);
        if (decision == TrainingDecision.CONTINUE) {
          probe.ifPresent(p -> p.after(checkpoint));
        }
        return decision;
      }
    };
  }
}
