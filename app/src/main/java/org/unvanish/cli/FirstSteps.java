package org.unvanish.cli;

import org.unvanish.cli.terminal.CommandName;

/** What somebody reads who does not know yet which command to type: three of them, no list. */
final class FirstSteps {

  private FirstSteps() {}

  /** Lines that each end. */
  static String text() {
    return """
        Unvanish finds out why a network does not learn, and proves the remedy by training.

        Begin with one of these:

          %1$s diagnose figure1      seconds: why a network does not learn, and what helps
          %1$s init data.csv         your own table: writes a spec that can be diagnosed
          %1$s diagnose model.onnx   your own model; .keras, .h5 and .pt are read as well

        All commands: %1$s --help
        One of them:  %1$s help diagnose
        """
        .formatted(CommandName.called());
  }
}
