package org.unvanish.spark;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;

/** The executors as they come and go. */
final class Fleet extends SparkListener {

  private record Member(String host, int cores) {}

  private final Map<String, Member> members = new HashMap<>();
  private final List<Runnable> changes = new ArrayList<>();
  private Consumer<String> notices = notice -> {};

  /** Who is told when an executor is lost. */
  synchronized void tellLosses(Consumer<String> listener) {
    notices = listener;
  }

  /** Called after each change, until it is removed. */
  synchronized void add(Runnable change) {
    changes.add(change);
  }

  synchronized void remove(Runnable change) {
    changes.remove(change);
  }

  /** Tasks that can run at a time. */
  synchronized int cores() {
    return members.values().stream().mapToInt(Member::cores).sum();
  }

  /**
   * Waits for the first executor.
   *
   * @return whether there is one
   * @throws InterruptedException if the thread is interrupted
   */
  synchronized boolean await(long millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    while (members.isEmpty()) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  @Override
  public synchronized void onExecutorAdded(SparkListenerExecutorAdded event) {
    members.put(
        event.executorId(),
        new Member(event.executorInfo().executorHost(), event.executorInfo().totalCores()));
    notifyAll();
    changes.forEach(Runnable::run);
  }

  @Override
  public synchronized void onExecutorRemoved(SparkListenerExecutorRemoved event) {
    Member lost = members.remove(event.executorId());
    if (lost != null) {
      notices.accept(
          ("lost executor %s on %s (%s). Its runs continue elsewhere, from their last finished "
          + "epoch")
              .formatted(event.executorId(), lost.host(), line(event.reason())));
      changes.forEach(Runnable::run);
    }
  }

  private static String line(String reason) {
    return reason.lines().findFirst().orElse("no reason is known").strip();
  }
}
