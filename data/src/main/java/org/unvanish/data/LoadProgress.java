package org.unvanish.data;

/**
 * Is told how far the reading of a data set is, by the thread that reads.
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
