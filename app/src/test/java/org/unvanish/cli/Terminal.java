package org.unvanish.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.unvanish.data.DataCatalog;

/** Executes commands as {@link Main} does, with a catalogue of its own and captured output. */
final class Terminal {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Path cache;

  Terminal(Path cache) {
    this.cache = cache;
  }

  /** Executes a command and returns its exit code; the output is that of this command alone. */
  int execute(String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    PrintWriter errors = new PrintWriter(err, true);
    return Unvanish.commandLine(
            new DataCatalog(cache), new ProgressLine(errors, 0, System::nanoTime))
        .setOut(new PrintWriter(out, true))
        .setErr(errors)
        .execute(args);
  }

  String out() {
    return out.toString();
  }

  String err() {
    return err.toString();
  }
}
