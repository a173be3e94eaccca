package org.unvanish.cli.terminal;

/** A command cannot go on. The message is made for users: what is wrong and what to do about it. */
public final class CommandFailure extends RuntimeException {
  /** With what it comes from. */
  public CommandFailure(String message, Throwable cause) {
    super(message, cause);
  }

  /** Of a command's own. */
  public CommandFailure(String message) {
    super(message);
  }
}
