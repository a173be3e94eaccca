package org.unvanish.data;

/**
 * Receives the progress of reading a data set, from the reading thread.
 *
 * @since 0.1
 */
public interface LoadProgress {

  /** Tells nobody. */
  LoadProgress SILENT = (file, done, total) -> {};

  /**
   * More was read.
   *
   * @param file what is read: a file, or a folder
   * @param done how much of it, in any unit
   * @param total all of it, about, in the same unit
   */
  void advanced(String file, long done, long total);
}
