package org.unvanish.spark;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.cluster.ClusterException;

/** Sees a run through, slice by slice, wherever Spark places them. */
final class RunDriver {

  /** Attempts at an epoch: some may be lost with their machines, a task that kills them is not. */
  static final int ATTEMPTS = 4;

  private static final Pattern LOST =
      Pattern.compile("Lost task \\S+ in stage \\S+ \\(TID \\d+\\) \\((.+?)\\): (.*)");

  /** The way to an executor. */
  interface Launcher {
    /**
     * Has a slice trained, and waits for its end.
     *
     * @throws ClusterException if the cluster is lost
     * @throws Exception if the task failed
     */
    SliceEnd train(Slice slice) throws Exception;
  }

  private final RunBook book;
  private final Launcher launcher;
  private final long nanos;

  /**
   * @param nanos that a slice takes, about
   */
  RunDriver(RunBook book, Launcher launcher, long nanos) {
    this.book = book;
    this.launcher = launcher;
    this.nanos = nanos;
  }

  /**
   * Trains a run to its end, or until the book is stopped. A slice that is lost is begun again
   * after the last epoch that was reported; a run that fails several times at the same epoch has
   * failed.
   *
   * @param number of the run in its book
   */
  void drive(int number) {
    RunPage page = book.pages().get(number);
    int failures = 0;
    while (!book.isStopped()) {
      int before = page.epochsDone();
      RunOutcome.Failed failure;
      try {
        SliceEnd end = launcher.train(book.slice(number, nanos));
        if (end.refusal().isPresent()) {
          book.giveUp(new ClusterException(end.refusal().get()));
          break;
        }
        Optional<RunOutcome> outcome = end.outcome();
        if (outcome.isPresent() && !(outcome.get() instanceof RunOutcome.Failed)) {
          page.end(outcome.get());
          return;
        }
        if (outcome.isEmpty()) {
          failures = 0;
          continue;
        }
        failure = on(end.host(), (RunOutcome.Failed) outcome.get());
      } catch (ClusterException lost) {
        book.giveUp(lost);
        break;
      } catch (Throwable e) {
        // Also an error, which would end this thread and with it the run, and nobody would know.
        failure = failure(e);
      }
      failures = page.epochsDone() > before ? 1 : failures + 1;
      if (failures == ATTEMPTS && !book.isStopped()) {
        page.fail(failure);
        return;
      }
    }
    page.end(new RunOutcome.Interrupted());
  }

  private static RunOutcome.Failed on(String host, RunOutcome.Failed failure) {
    return new RunOutcome.Failed(failed(failure.detail(), host), failure.stackTrace());
  }

  /** What Spark says of a task that it lost, without what it says around. */
  private static RunOutcome.Failed failure(Throwable thrown) {
    RunOutcome.Failed whole = RunOutcome.Failed.of(thrown);
    Matcher lost = LOST.matcher(whole.detail());
    return lost.find()
        ? new RunOutcome.Failed(failed(lost.group(2), lost.group(1)), whole.stackTrace())
        : whole;
  }

  private static String failed(String reason, String host) {
    return "%d attempts at an epoch failed; the last, on %s: %s".formatted(ATTEMPTS, host, reason);
  }
}
