package org.unvanish.experiment.execution;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.unvanish.data.Dataset;
import org.unvanish.experiment.Backend;

/** Executes runs in this process: each on one thread, as many at a time as there are workers. */
public final class LocalExecutor implements RunExecutor {

  private final int workers;
  private final RunWorker worker;

  /**
   * @param workers runs that are under way at a time, at least 1
   * @param trainers how each backend trains
   * @throws IllegalArgumentException if there are no workers
   */
  public LocalExecutor(int workers, Map<Backend, RunTrainer> trainers) {
    if (workers < 1) {
      throw new IllegalArgumentException("workers must be at least 1, but are " + workers);
    }
    this.workers = workers;
    this.worker = new RunWorker(trainers);
  }

  @Override
  public void execute(List<RunTask> tasks, Dataset data, RunEvents events) {
    worker.requireBackends(tasks);
    if (tasks.isEmpty()) {
      return;
    }
    AtomicBoolean stopped = new AtomicBoolean();
    ExecutorService pool = pool(Math.min(workers, tasks.size()));
    tasks.forEach(task -> pool.execute(() -> worker.work(task, data, events, stopped::get)));
    pool.shutdown();
    await(pool, stopped);
  }

  private static ExecutorService pool(int threads) {
    AtomicInteger number = new AtomicInteger();
    return Executors.newFixedThreadPool(
        threads,
        task -> {
          Thread thread = new Thread(task, "worker-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }

  private static void await(ExecutorService pool, AtomicBoolean stopped) {
    boolean ended = false;
    while (!ended) {
      try {
        ended = pool.awaitTermination(1, TimeUnit.DAYS);
      } catch (InterruptedException stop) {
        stopped.set(true);
      }
    }
  }
}
