package org.unvanish.cli;

import java.io.PrintWriter;
import java.io.Writer;
import org.unvanish.cli.option.VerboseOption;
import org.unvanish.cli.terminal.Screen;
import org.unvanish.cli.text.Json;
import org.unvanish.examination.Examined;
import org.unvanish.text.StyledText;
import picocli.CommandLine;

/**
 * Where a diagnosis is told: for people, or as JSON with the words for people beside it.
 *
 * @param command that prints
 * @param json whether standard output is for programs
 * @param verbose whether all is told
 */
record DiagnosisOutput(CommandLine command, boolean json, boolean verbose) {

  /** The title and the answer first; nothing where programs read. */
  void tell(Examined found) {
    if (json) {
      return;
    }
    Screen screen = Screen.of(command.getOut());
    int width = screen.columns();
    screen.print(
        new StyledText()
            .paragraph(found.title(), width)
            .blank()
            .add(verbose ? found.text().all(width) : found.text().text(width))
            .paragraph(verbose ? "" : VerboseOption.HINT, width));
    screen.flush();
  }

  /** A paragraph that is no JSON. */
  void note(String paragraph) {
    Screen screen = beside();
    screen.print(new StyledText().paragraph(paragraph, screen.columns()));
    screen.flush();
  }

  /** Where texts go that are no JSON. */
  Screen beside() {
    if (json && UnvanishCommand.isQuiet(command.getCommandSpec())) {
      return Screen.of(new PrintWriter(Writer.nullWriter()));
    }
    return Screen.of(json ? command.getErr() : command.getOut());
  }

  /** The object, where programs read. */
  void write(Object object) {
    if (json) {
      PrintWriter out = command.getOut();
      out.println(Json.text(object));
      out.flush();
    }
  }
}
