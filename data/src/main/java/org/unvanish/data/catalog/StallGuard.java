package org.unvanish.data.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;

/**
 * Ends a read that waits too long, by closing the stream under it: the HTTP client's own timeout
 * stops at the response's headers.
 */
final class StallGuard extends InputStream {
  private static final long NOT_WAITING = Long.MIN_VALUE;

  private final InputStream in;
  private final Timer timer = new Timer("download-stall-guard", true);
  private final Duration patience;
  private volatile long waitingSince = NOT_WAITING;
  private volatile boolean stalled;

  StallGuard(InputStream in, Duration patience) {
    this.in = in;
    this.patience = patience;
    long period = Math.max(1, patience.toMillis() / 4);
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            closeIfStalled();
          }
        },
        period,
        period);
  }

  private void closeIfStalled() {
    long since = waitingSince;
    if (since == NOT_WAITING || System.nanoTime() - since < patience.toNanos()) {
      return;
    }
    stalled = true;
    try {
      in.close();
    } catch (IOException e) {
      // The reader is told that the stream stalled; that closing failed tells it no more.
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    waitingSince = System.nanoTime();
    try {
      int count = in.read(bytes, offset, length);
      if (stalled) {
        throw new IOException("closed");
      }
      return count;
    } catch (IOException e) {
      throw stalled ? new IOException("no data arrived for " + patience.toSeconds() + " s", e) : e;
    } finally {
      waitingSince = NOT_WAITING;
    }
  }

  @Override
  public void close() throws IOException {
    timer.cancel();
    in.close();
  }
}
