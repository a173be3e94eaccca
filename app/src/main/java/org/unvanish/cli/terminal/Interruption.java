package org.unvanish.cli.terminal;

import java.util.concurrent.CountDownLatch;

/**
 * Lets Ctrl-C (and SIGTERM) stop the work in good order: the working thread is interrupted, and the
 * process ends as soon as that thread has kept what is finished. Java gives it the exit code that
 * the signal asks for: 130 or 143.
 */
public final class Interruption {

  /** Whether who works tells that it was stopped. */
  private static volatile boolean told;

  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook;

  /** From now on, the calling thread is the one that works, and tells if it was stopped. */
  public Interruption() {
    Thread worker = Thread.currentThread();
    hook = new Thread(() -> stop(worker), "interruption");
    Runtime.getRuntime().addShutdownHook(hook);
    told = true;
  }

  /** True where a command that is stopped now says so itself. */
  public static boolean isTold() {
    return told;
  }

  private void stop(Thread worker) {
    worker.interrupt();
    try {
      closed.await();
    } catch (InterruptedException e) {
      // Nobody interrupts this thread; if somebody did, ending at once is what they want.
    }
  }

  /** The work is over, its results are kept and told. */
  public void close() {
    closed.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
      told = false;
    } catch (IllegalStateException e) {
      // The process is ending already: the hook was waiting for this.
    }
  }
}
