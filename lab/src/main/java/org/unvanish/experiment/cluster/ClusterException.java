package org.unvanish.experiment.cluster;

/** A cluster cannot be used, or not any longer. The message says why, and what to do about it. */
public final class ClusterException extends RuntimeException {
  /** Of an own finding. */
  public ClusterException(String message) {
    super(message);
  }

  /** With what it comes from. */
  public ClusterException(String message, Throwable cause) {
    super(message, cause);
  }
}
