package org.unvanish.cli.option;

import picocli.CommandLine.Model.CommandSpec;

/** Names that earlier versions had: they still mean the same, and a note tells the present one. */
public final class OldNames {

  private OldNames() {}

  /** Tells the user of a command, on standard error, how something is called now. */
  public static void note(CommandSpec spec, String old, String present) {
    spec.commandLine().getErr().println("note: " + old + " is called " + present + " now");
  }
}
