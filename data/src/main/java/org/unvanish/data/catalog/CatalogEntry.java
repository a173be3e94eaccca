package org.unvanish.data.catalog;

import java.nio.file.Path;

/**
 * A data set that the catalogue knows by name.
 *
 * @param name as users write it
 * @param title as a figure's caption names it
 * @param state whether it can be loaded
 * @since 0.1
 */
public record CatalogEntry(String name, String title, State state) {

  /** Whether a data set can be loaded, as far as a look at names and sizes of its files tells. */
  public sealed interface State {
    /** Drawn by code: always there. */
    record BuiltIn() implements State {}

    /** All files are in the folder and have the right sizes. */
    record Installed(Path folder) implements State {}

    /**
     * The folder is there, but not as an install left it.
     *
     * @param problem the first thing that is wrong
     */
    record Damaged(Path folder, String problem) implements State {}

    /** The folder is not there. */
    record NotInstalled() implements State {}
  }
}
