package org.unvanish.data;

/** Is told how far an install is. Calls come from the installing thread, about once a mebibyte. */
@FunctionalInterface
public interface InstallProgress {
  /** Stands for a total that nobody knows. */
  long UNKNOWN = -1;

  /** Shows nothing. */
  InstallProgress SILENT = (what, bytesDone, bytesTotal) -> {};

  /**
   * Called as bytes of the archive, or of files that are checked, have been read.
   *
   * @param what is being done, for a progress line: {@code installing cifar10}
   * @param bytesDone from 0
   * @param bytesTotal at least bytesDone, or {@link #UNKNOWN}
   */
  void advanced(String what, long bytesDone, long bytesTotal);
}
