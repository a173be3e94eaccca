package org.unvanish.cli;

import java.util.concurrent.CountDownLatch;

/**
 * Lets Ctrl-C (and SIGTERM) stop the work in good order: the working thread is interrupted, and the
 * process ends with a given exit code as soon as that thread has kept what is finished.
 */
final class Interruption {

  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook;
  private final int exitCode;

  /**
   * From now on, the calling thread is the one that works.
   *
   * @param exitCode of the process if it is stopped
   */
  Interruption(int exitCode) {
    this.exitCode = exitCode;
    Thread worker = Thread.currentThread();
    hook = new Thread(() -> stop(worker), "interruption");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void stop(Thread worker) {
    worker.interrupt();
    try {
      closed.await();
    } catch (InterruptedException e) {
      // Nobody interrupts this thread; if somebody did, ending at once is what they want.
    }
    Runtime.getRuntime().halt(exitCode);
  }

  /** The work is over, its results are kept and told. */
  void close() {
    closed.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already: the hook is what ends it.
    }
  }
}
