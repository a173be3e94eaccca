package org.unvanish.experiment;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells a listener what happens, one call at a time, until a call throws. */
final class Announcer {

  /** Thrown to a worker whose experiment is over because the listener threw. */
  static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1;

    Stopped() {
      super(null, null, false, false);
    }
  }

  private final ExperimentListener listener;
  private final Runnable stop;
  private @Nullable Throwable failure;

  /**
   * @param stop stops the workers; called once, when the listener throws
   */
  Announcer(ExperimentListener listener, Runnable stop) {
    this.listener = listener;
    this.stop = stop;
  }

  /**
   * Makes the call when it is its turn.
   *
   * @throws Stopped if this call throws, or an earlier one did
   */
  synchronized void tell(Consumer<ExperimentListener> call) {
    if (failure == null) {
      try {
        call.accept(listener);
        return;
      } catch (Throwable thrown) {
        failure = thrown;
        stop.run();
      }
    }
    throw new Stopped();
  }

  /** Throws what the listener threw, if it did. */
  synchronized void rethrow() {
    if (failure instanceof Error error) {
      throw error;
    } else if (failure instanceof RuntimeException exception) {
      throw exception;
    } else if (failure != null) {
      throw new IllegalStateException(failure);
    }
  }
}
