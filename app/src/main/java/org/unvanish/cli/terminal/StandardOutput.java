package org.unvanish.cli.terminal;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Standard output, which remembers what a {@link PrintWriter} keeps to itself: that it failed. */
public final class StandardOutput extends FilterOutputStream {

  /** As shells tell of a program that SIGPIPE has ended. */
  private static final int BROKEN_PIPE = 141;

  private @Nullable IOException failure;

  public StandardOutput(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      failure = failure == null ? e : failure;
      throw e;
    }
  }

  /**
   * The exit code of a command that wrote here, when all of it is written. A reader who has seen
   * enough, such as {@code head}, is told nothing.
   *
   * @param code the command's own
   */
  public int exitCode(int code, PrintWriter err) {
    if (failure == null) {
      return code;
    }
    String reason = String.valueOf(failure.getMessage());
    if (reason.toLowerCase(Locale.ROOT).contains("broken pipe")) {
      return code == 0 ? BROKEN_PIPE : code;
    }
    err.println(
        "unvanish: standard output is incomplete, because it cannot be written (" + reason + ")");
    return code == 0 ? ExitCode.FAILED : code;
  }
}
