package org.unvanish.cli.option;

import org.unvanish.cli.terminal.Detail;
import picocli.CommandLine.Option;

/** The option that asks for more than a screen. */
public final class VerboseOption {

  /** Told where there is more to see. */
  public static final String HINT = "--verbose shows all numbers.";

  @Option(names = "--verbose", description = "Show all numbers, not only the decisive ones.")
  private boolean verbose;

  /** How much is asked for. */
  public Detail detail() {
    return verbose ? Detail.ALL : Detail.SCREEN;
  }

  /** Whether all is shown. */
  public boolean isAsked() {
    return verbose;
  }
}
