package org.unvanish.cli.terminal;

/** What a command returns to a shell, if no signal stops it. */
public final class ExitCode {

  /** All is done. */
  public static final int DONE = 0;

  /** Something failed, or is not as it should be. */
  public static final int FAILED = 1;

  /** The command line says nothing that can be done. */
  public static final int WRONG_USAGE = 2;

  private ExitCode() {}
}
