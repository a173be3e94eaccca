package org.unvanish.data.format;

import java.nio.file.Path;
import java.util.List;

/**
 * The files of a data set compared with the published ones.
 *
 * @param name of the data set, as the user wrote it
 * @param files each file's result; none for a data set that is drawn by code
 * @since 0.1
 */
public record Verification(String name, List<FileCheck> files) {
  /** Copies the list. */
  public Verification {
    files = List.copyOf(files);
  }

  /** Whether every file is as published. */
  public boolean intact() {
    return files.stream().allMatch(file -> file.status() == Status.OK);
  }

  /**
   * One file's result.
   *
   * @param file where it is, or should be
   * @param status what was found
   */
  public record FileCheck(Path file, Status status) {}

  /** What was found. */
  public enum Status {
    /** The published bytes. */
    OK("ok"),
    /** There is no such file. */
    MISSING("missing"),
    /** Truncated, or longer than it should be. */
    WRONG_SIZE("wrong size"),
    /** The right size, but other bytes than the published ones. */
    ALTERED("altered"),
    /** It is there but cannot be read. */
    UNREADABLE("unreadable");

    private final String description;

    Status(String description) {
      this.description = description;
    }

    /** In words. */
    public String description() {
      return description;
    }
  }
}
