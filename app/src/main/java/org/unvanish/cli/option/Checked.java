package org.unvanish.cli.option;

import picocli.CommandLine.ParameterException;

/**
 * A command, or options that several commands share, with more to be true of them than that they
 * can be read. Checked once, when all options are read and before the command begins, so that no
 * order matters.
 */
public interface Checked {
  /**
   * Looks whether what was given can be meant.
   *
   * @throws ParameterException if it cannot; it says what is wanted instead
   */
  void check();
}
