package org.unvanish.spark;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.unvanish.data.Dataset;
import org.unvanish.experiment.Backend;
import org.unvanish.experiment.cluster.ClusterException;
import org.unvanish.experiment.execution.RunEvents;
import org.unvanish.experiment.execution.RunExecutor;
import org.unvanish.experiment.execution.RunTask;
import org.unvanish.experiment.execution.RunTrainer;
import org.unvanish.experiment.execution.RunWorker;

/**
 * Executes runs on a cluster of Apache Spark: each as a row of tasks of about a minute, which train
 * it from where it stands. The driver hears of every epoch as soon as it is done.
 *
 * <p>Thus a lost executor costs the epoch that it was at, and no task holds a core for long.
 */
public final class SparkExecutor implements RunExecutor {

  /** Long beside what a task costs, some ten milliseconds, and short beside a run. */
  static final Duration SLICE = Duration.ofMinutes(1);

  private static final AtomicLong EXECUTIONS = new AtomicLong();

  private final JavaSparkContext context;
  private final Fleet fleet;
  private final int most;
  private final Duration slice;

  /**
   * On a context that was made with the settings of {@link SparkSettings}.
   *
   * @param most runs that may be under way at a time, at least 1
   * @throws IllegalArgumentException if the context lacks {@link ReportPlugin}
   */
  public SparkExecutor(JavaSparkContext context, int most) {
    this(context, most, SLICE);
  }

  /**
   * @param slice how long a task takes, about: it ends with the epoch that is under way then
   */
  SparkExecutor(JavaSparkContext context, int most, Duration slice) {
    this.context = context;
    this.most = most;
    this.slice = slice;
    this.fleet =
        ReportPlugin.fleet()
            .filter(
                machines ->
                    context.getConf().get(SparkSettings.PLUGINS, "").contains("ReportPlugin"))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the context of Spark must be made with %s=%s"
                            .formatted(SparkSettings.PLUGINS, ReportPlugin.class.getName())));
  }

  /**
   * {@inheritDoc}
   *
   * @throws ClusterException if the cluster is lost, or its machines come to different bits
   */
  @Override
  public void execute(List<RunTask> tasks, Dataset data, RunEvents events) {
    new RunWorker(Map.of(Backend.ENGINE, RunTrainer.ENGINE)).requireBackends(tasks);
    if (tasks.isEmpty()) {
      return;
    }
    if (context.sc().isStopped()) {
      throw JobLauncher.lost(context);
    }
    long execution = EXECUTIONS.incrementAndGet();
    RunBook book = new RunBook(execution, tasks, events);
    SharedData shared = SharedData.of(data);
    Broadcast<SharedData> shipped = context.broadcast(shared);
    String group = "unvanish-" + execution;
    RunDriver driver =
        new RunDriver(
            book, new JobLauncher(context, group, shipped, shared.samples()), slice.toNanos());
    ReportPlugin.connect(book);
    ThreadPoolExecutor pool = pool();
    Runnable change = () -> resize(pool);
    boolean interrupted;
    fleet.add(change);
    try {
      IntStream.range(0, tasks.size()).forEach(run -> pool.execute(() -> driver.drive(run)));
      pool.shutdown();
      interrupted = await(pool, book, group);
    } finally {
      fleet.remove(change);
      ReportPlugin.connect(null);
      if (!context.sc().isStopped()) {
        shipped.destroy();
      }
    }
    // Where the process is being ended, Spark ends as well, and is not lost.
    if (!interrupted) {
      book.rethrow();
    }
  }

  /** One thread a run that is under way: it waits for Spark most of the time. */
  private ThreadPoolExecutor pool() {
    int threads = atATime();
    return new ThreadPoolExecutor(
        threads,
        threads,
        0,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(),
        work -> {
          Thread thread = new Thread(work, "run on Spark");
          thread.setDaemon(true);
          return thread;
        });
  }

  /**
   * As many as there are cores, so that runs end as evenly as on local threads. A few more where
   * the cluster grows with its work, which it does only if some of it waits.
   */
  private int atATime() {
    int cores = Math.max(1, fleet.cores());
    boolean grows = context.getConf().getBoolean("spark.dynamicAllocation.enabled", false);
    return Math.min(most, grows ? cores + Math.max(1, cores / 8) : cores);
  }

  private void resize(ThreadPoolExecutor pool) {
    int threads = atATime();
    if (threads > pool.getMaximumPoolSize()) {
      pool.setMaximumPoolSize(threads);
      pool.setCorePoolSize(threads);
    } else {
      pool.setCorePoolSize(threads);
      pool.setMaximumPoolSize(threads);
    }
  }

  /** Whether the thread was interrupted. */
  private boolean await(ThreadPoolExecutor pool, RunBook book, String group) {
    boolean interrupted = false;
    boolean ended = false;
    boolean cancelled = false;
    while (!ended) {
      try {
        ended = pool.awaitTermination(100, TimeUnit.MILLISECONDS);
      } catch (InterruptedException stop) {
        interrupted = true;
        book.stop();
      }
      if (book.isStopped() && !cancelled && !context.sc().isStopped()) {
        cancelled = true;
        context.sc().cancelJobGroupAndFutureJobs(group);
      }
    }
    return interrupted | Thread.interrupted();
  }
}
