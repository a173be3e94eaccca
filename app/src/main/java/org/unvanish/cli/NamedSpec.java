package org.unvanish.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.unvanish.data.catalog.DataCatalog;
import org.unvanish.paper.PaperSpecs;
import org.unvanish.spec.ExperimentSpec;
import org.unvanish.spec.Overrides;

/**
 * A spec as a user names it: a file, or one of the paper's where there is no such file.
 *
 * @param name what the user wrote
 * @param asked what the user changes
 * @param catalog the data sets known by name
 */
record NamedSpec(Path name, Overrides asked, DataCatalog catalog) {

  /** The user's file, if it is one. */
  Optional<Path> file() {
    return isOfPaper() ? Optional.empty() : Optional.of(name);
  }

  /** What the user changes; a spec of the paper is on the data that are installed. */
  Overrides overrides() {
    return isOfPaper() && asked.data().isEmpty() ? asked.withData(catalog.defaultName()) : asked;
  }

  /**
   * Reads it, without the changes.
   *
   * @param err is told where the paper's data are not those of the paper
   */
  ExperimentSpec read(PrintWriter err) {
    if (!isOfPaper()) {
      return ExperimentSpec.read(name);
    }
    if (asked.data().isEmpty() && catalog.defaultName().equals(DataCatalog.SYNTHETIC)) {
      ReproduceCommand.warnOfSynthetic(err);
    }
    return PaperSpecs.spec(name.toString());
  }

  private boolean isOfPaper() {
    return PaperSpecs.NAMES.contains(name.toString()) && !Files.exists(name);
  }
}
