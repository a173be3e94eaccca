package org.unvanish.experiment.execution;

import java.util.List;
import org.unvanish.data.Dataset;

/**
 * Where runs are executed: takes tasks, and answers with events. A {@link RunWorker} does one task;
 * an executor decides which process and thread does it.
 *
 * <p>The results do not depend on the executor, but for the wall-clock times in them: a task is
 * decided by its run and the data alone.
 */
public interface RunExecutor {

  /**
   * Executes the tasks, and returns when all have ended. A task that diverges or fails leaves the
   * others alone.
   *
   * <p>If the calling thread is interrupted, the runs under way stop within a step, no other
   * starts, and the thread's interrupt flag is then clear.
   *
   * @param tasks in the order in which they start
   * @param data what their experiment describes
   * @param events is told what becomes of them; from any thread
   * @throws IllegalArgumentException if a task is for a backend that this executor has not; then no
   *     task has started
   */
  void execute(List<RunTask> tasks, Dataset data, RunEvents events);
}
