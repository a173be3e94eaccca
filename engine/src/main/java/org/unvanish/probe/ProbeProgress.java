package org.unvanish.probe;

/**
 * Receives the progress of a diagnosis's probes, from one thread at a time.
 *
 * @since 0.1
 */
public interface ProbeProgress {

  /** Tells nobody. */
  ProbeProgress SILENT = new ProbeProgress() {};

  /**
   * Probing for another purpose begins.
   *
   * @param purpose what is done, such as {@code trying scales α}
   * @param mostProbes how many probes that takes at most, at least 1; it may end sooner
   */
  default void began(String purpose, int mostProbes) {}

  /**
   * One more mini-batch was probed.
   *
   * @param done how many of this probe, from 1
   * @param batches how many a probe has
   */
  default void batchProbed(int done, int batches) {}

  /**
   * One more short training is done.
   *
   * @param done how many, from 1
   * @param trainings how many there are for now
   */
  default void trained(int done, int trainings) {}
}
