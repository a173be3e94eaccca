package org.unvanish.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.cluster.ClusterException;
import org.unvanish.experiment.execution.RunEvents;
import org.unvanish.experiment.execution.RunTask;
import org.unvanish.train.Checkpoint;
import org.unvanish.train.TrainingDecision;

/**
 * What the driver knows of one run. Every epoch is told once, in order, whoever trained it and
 * however often: by a task that was lost, by the one that took its place, or by two at a time.
 */
final class RunPage {

  /**
   * What an epoch came to.
   *
   * @param bits as reported
   * @param host who reported first
   */
  private record Told(String bits, String host) {}

  private final RunTask task;
  private final RunEvents events;
  private final List<Told> told = new ArrayList<>();
  private @Nullable Checkpoint latest;
  private boolean started;
  private boolean stopped;
  private boolean ended;

  RunPage(RunTask task, RunEvents events) {
    this.task = task;
    this.events = events;
  }

  Run run() {
    return task.run();
  }

  boolean probed() {
    return task.probed();
  }

  synchronized int epochsDone() {
    return task.epochsDone() + told.size();
  }

  /** Where the run goes on. */
  synchronized Optional<Checkpoint> from() {
    return latest == null ? task.from() : Optional.of(latest);
  }

  /**
   * Takes in what an executor says.
   *
   * @return whether the run goes on there
   * @throws ClusterException if two executors came to different bits
   */
  synchronized TrainingDecision accept(Report report) {
    if (ended) {
      return TrainingDecision.STOP;
    }
    if (report.news() instanceof Report.Epoch epoch) {
      accept(epoch, report.host());
    } else if (report.news() instanceof Report.Snapshot snapshot) {
      // One of an earlier epoch was told when that epoch was.
      if (snapshot.epoch() == epochsDone()) {
        events.snapshotTaken(run(), snapshot.snapshot(), snapshot.forecast());
      }
    } else if (!started) {
      started = true;
      stopped |= events.started(run(), task.epochsDone()) == TrainingDecision.STOP;
    }
    return stopped ? TrainingDecision.STOP : TrainingDecision.CONTINUE;
  }

  private void accept(Report.Epoch epoch, String host) {
    int number = epoch.record().epoch();
    int next = epochsDone() + 1;
    if (number > next || number <= task.epochsDone()) {
      throw new IllegalStateException(
          "%s reports epoch %d of %s, but epoch %d is next".formatted(host, number, run(), next));
    }
    if (number < next) {
      requireSame(told.get(number - task.epochsDone() - 1), epoch, host);
      return;
    }
    told.add(new Told(epoch.bits(), host));
    latest = epoch.checkpoint();
    int steps = Math.max(1, epoch.checkpoint().step() / number);
    // Its last step: who shows progress hears of no other one.
    stopped |= events.stepTaken(run(), number, steps, steps) == TrainingDecision.STOP;
    stopped |=
        events.epochFinished(run(), epoch.record(), epoch.checkpoint()) == TrainingDecision.STOP;
  }

  private void requireSame(Told first, Report.Epoch again, String host) {
    if (!first.bits().equals(again.bits())) {
      throw new ClusterException(
          "epoch %d of %s came to other bits on %s than on %s. One of the two computes wrongly: train in another folder without it"
              .formatted(again.record().epoch(), run(), host, first.host()));
    }
  }

  /** The run has ended; what is said of it from now on is not heard. */
  synchronized void end(RunOutcome outcome) {
    ended = true;
    latest = null;
    told.clear();
    if (started) {
      events.ended(run(), outcome);
    }
  }

  /** A run that fails before it begins has begun and failed. */
  synchronized void fail(RunOutcome.Failed failure) {
    if (!started) {
      started = true;
      events.started(run(), task.epochsDone());
    }
    end(failure);
  }
}
