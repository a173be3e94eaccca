package org.unvanish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.unvanish.cli.terminal.ProgressLine;
import org.unvanish.data.catalog.DataCatalog;

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
    return UnvanishCommand.execute(
        UnvanishCommand.commandLine(
                new DataCatalog(cache), new ProgressLine(errors, 0, System::nanoTime))
            .setOut(new PrintWriter(out, true))
            .setErr(errors),
        args);
  }

  /** The command that is recommended to be typed next, as its words; none where none is. */
  List<String> next() {
    return err()
        .lines()
        .filter(line -> line.startsWith("Next, "))
        .map(line -> List.of(line.substring(line.indexOf(": ") + 2).split(" ", -1)))
        .reduce(
            (first, second) -> {
              throw new AssertionError(first + " and " + second);
            })
        .orElse(List.of());
  }

  String out() {
    return out.toString();
  }

  /** The output, which must be as the schema says that the command itself ships. */
  JsonNode json(String schema) throws IOException {
    Terminal other = new Terminal(cache);
    assertThat(other.execute("show", schema)).isZero();
    JsonNode json = new ObjectMapper().readTree(out());
    assertThat(StrictSchema.of(other.out()).errors(out())).isEmpty();
    return json;
  }

  String err() {
    return err.toString();
  }
}
