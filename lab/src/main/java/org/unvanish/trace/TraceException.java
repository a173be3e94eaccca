package org.unvanish.trace;

/** A file is no trace that can be read. The message names file and line, and the way out. */
public final class TraceException extends RuntimeException {
  /** With what it comes from. */
  TraceException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Without a cause. */
  TraceException(String message) {
    super(message);
  }
}
