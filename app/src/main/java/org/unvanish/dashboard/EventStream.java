package org.unvanish.dashboard;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One browser's stream of events. Sending never waits: what a slow browser has not taken is
 * replaced by what is newer, and one that takes nothing for as long as the connector allows is
 * dropped by it.
 */
final class EventStream implements WriteListener {

  private final ServletOutputStream out;
  private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
  private byte @Nullable [] next;
  private boolean toFlush;

  /**
   * @param out of a request that has been made asynchronous
   */
  EventStream(ServletOutputStream out) {
    this.out = out;
  }

  /** Ends with the stream. */
  CompletableFuture<@Nullable Void> end() {
    return end;
  }

  /** Sends a message as soon as the browser takes it, in place of one that still waits. */
  synchronized void send(byte[] message) {
    next = message;
    proceed();
  }

  /** Keeps the connection alive, where nothing else waits. */
  synchronized void beat(byte[] message) {
    if (next == null) {
      next = message;
    }
    proceed();
  }

  @Override
  public synchronized void onWritePossible() {
    proceed();
  }

  private void proceed() {
    if (end.isDone()) {
      return;
    }
    try {
      while ((next != null || toFlush) && out.isReady()) {
        byte[] message = next;
        if (message != null) {
          next = null;
          toFlush = true;
          out.write(message);
        } else {
          toFlush = false;
          out.flush();
        }
      }
    } catch (IOException | IllegalStateException e) {
      // The browser has gone.
      close();
    }
  }

  @Override
  public void onError(Throwable gone) {
    close();
  }

  void close() {
    end.complete(null);
  }
}
