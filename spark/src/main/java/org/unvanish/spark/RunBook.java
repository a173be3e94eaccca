package org.unvanish.spark;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.unvanish.experiment.cluster.ClusterException;
import org.unvanish.experiment.execution.RunEvents;
import org.unvanish.experiment.execution.RunTask;
import org.unvanish.train.TrainingDecision;

/** The runs of an execution on the driver, a page each, and whether it goes on. Thread-safe. */
final class RunBook {

  private final long execution;
  private final List<RunPage> pages;
  private volatile boolean stopped;
  private volatile @Nullable ClusterException trouble;

  /**
   * @param execution tells it from others of this process
   */
  RunBook(long execution, List<RunTask> tasks, RunEvents events) {
    this.execution = execution;
    this.pages = tasks.stream().map(task -> new RunPage(task, events)).toList();
  }

  List<RunPage> pages() {
    return pages;
  }

  /** The next part of a run. */
  Slice slice(int number, long nanos) {
    RunPage page = pages.get(number);
    return new Slice(execution, number, page.run(), page.from(), page.probed(), nanos);
  }

  /** Takes in what an executor says, and answers whether it is to go on. */
  TrainingDecision accept(Report report) {
    // An execution that is over may still have tasks on their way to an end.
    if (stopped || report.execution() != execution) {
      return TrainingDecision.STOP;
    }
    try {
      return pages.get(report.number()).accept(report);
    } catch (ClusterException e) {
      giveUp(e);
      return TrainingDecision.STOP;
    }
  }

  /** No slice begins any more, and those under way end with their next report. */
  void stop() {
    stopped = true;
  }

  boolean isStopped() {
    return stopped;
  }

  /** The cluster cannot be used any longer. */
  void giveUp(ClusterException reason) {
    if (trouble == null) {
      trouble = reason;
    }
    stop();
  }

  /** Throws why the cluster could not be used any longer, if so. */
  void rethrow() {
    if (trouble != null) {
      throw trouble;
    }
  }
}
