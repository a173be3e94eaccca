package org.unvanish.cli.terminal;

import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Tells how far long work is: on a terminal in one line that is drawn over and over, elsewhere in a
 * plain line now and then.
 */
public final class ProgressLine {

  private static final long REDRAW = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long PLAIN = TimeUnit.SECONDS.toNanos(10);

  private final PrintWriter out;
  private final int columns;
  private final LongSupplier nanoTime;
  private long last;
  private boolean silent;
  private int drawn;

  /**
   * @param columns width of the terminal; 0 where there is none
   * @param nanoTime as {@link System#nanoTime()}
   */
  public ProgressLine(PrintWriter out, int columns, LongSupplier nanoTime) {
    this.out = out;
    this.columns = columns;
    this.nanoTime = nanoTime;
    this.last = nanoTime.getAsLong();
  }

  /** Shows nothing from now on. */
  public synchronized void silence() {
    silent = true;
  }

  /** The time now, by this line's clock. */
  long now() {
    return nanoTime.getAsLong();
  }

  /** Shows at once what begins, so that nobody waits in front of nothing. */
  public synchronized void begin(String text) {
    if (!silent) {
      show(text, nanoTime.getAsLong());
    }
  }

  /** Shows a text if it is time to; only then is the text made. */
  public synchronized void update(Supplier<String> text) {
    long now = nanoTime.getAsLong();
    if (!silent && now - last >= (columns > 0 ? REDRAW : PLAIN)) {
      show(text.get(), now);
    }
  }

  private void show(String text, long now) {
    last = now;
    if (columns > 0) {
      draw(TerminalText.line(text));
    } else {
      out.println(TerminalText.line(text));
    }
  }

  /** Prints a line that stays, above the progress line where there is one. */
  public synchronized void println(String text) {
    clear();
    if (!silent) {
      out.println(TerminalText.line(text));
    }
  }

  /** Takes the progress line away. */
  public synchronized void clear() {
    if (drawn > 0) {
      out.print("\r" + " ".repeat(drawn) + "\r");
      out.flush();
      drawn = 0;
    }
  }

  private void draw(String text) {
    // The last column stays free: some terminals wrap when it is written.
    String fitting = fit(text, Math.max(1, columns - 1));
    int width = width(fitting);
    out.print("\r" + fitting + " ".repeat(Math.max(0, drawn - width)));
    out.flush();
    drawn = Math.max(width, drawn);
  }

  private static String fit(String text, int width) {
    return width(text) <= width
        ? text
        : text.substring(0, text.offsetByCodePoints(0, width - 1)) + "…";
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }
}
