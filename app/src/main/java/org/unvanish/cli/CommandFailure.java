package org.unvanish.cli;

/** A command cannot go on. The message is made for users: what is wrong and what to do about it. */
final class CommandFailure extends RuntimeException {
  CommandFailure(String message, Throwable cause) {
    super(message, cause);
  }

  CommandFailure(String message) {
    super(message);
  }
}
