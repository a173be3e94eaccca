package org.unvanish.data.catalog;

/**
 * Receives the progress of an install. Calls come from the installing thread, often.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface InstallProgress {
  /** Stands for a total that nobody knows. */
  long UNKNOWN = -1;

  /** Shows nothing. */
  InstallProgress SILENT = (source, bytesDone, bytesTotal) -> {};

  /**
   * Called whenever bytes of the archive have been read, some thousand times in all.
   *
   * @param source the path or URL that is read
   * @param bytesDone above 0; may end a little below bytesTotal, as the archive's end is not needed
   * @param bytesTotal at least bytesDone, or {@link #UNKNOWN}
   */
  void advanced(String source, long bytesDone, long bytesTotal);
}
