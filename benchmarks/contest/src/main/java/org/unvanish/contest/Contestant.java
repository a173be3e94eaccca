package org.unvanish.contest;

/** A framework that trains a task, in the fastest way that its users have. */
public interface Contestant extends AutoCloseable {

  /**
   * Trains until the clock says stop.
   *
   * @param clock is told of each step
   */
  void train(Clock clock);

  /** Name and versions, for readers: {@code PyTorch 2.7.1 through DJL 0.36.0}. */
  String framework();

  @Override
  default void close() {}
}
