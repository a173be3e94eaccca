package org.unvanish.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.unvanish.claim.ClaimedSeries;
import org.unvanish.cli.execution.ModelSpec;
import org.unvanish.cli.terminal.CommandFailure;
import org.unvanish.cli.terminal.ShellWords;
import org.unvanish.data.Nearest;
import org.unvanish.data.catalog.DataCatalog;
import org.unvanish.model.ModelReader;
import org.unvanish.shipped.ShippedExperiments;
import org.unvanish.spec.ExperimentSpec;
import org.unvanish.spec.Overrides;

/**
 * A spec as a user names it: a file, or one that the program brings along where there is no such
 * file.
 *
 * @param name what the user wrote
 * @param asked what the user changes
 * @param catalog the data sets known by name
 */
record NamedSpec(Path name, Overrides asked, DataCatalog catalog) {

  /** The user's file, if it is one. */
  Optional<Path> file() {
    return series().isPresent() ? Optional.empty() : Optional.of(name);
  }

  /** What the user changes; where a spec is on CIFAR-10, it is on the data that are installed. */
  Overrides overrides() {
    return isOnDefault() ? asked.withData(catalog.defaultName()) : asked;
  }

  /**
   * Reads it, without the changes.
   *
   * @param err is told where the data are not those of the spec
   */
  ExperimentSpec read(PrintWriter err) {
    if (isOnDefault() && catalog.defaultName().equals(DataCatalog.SYNTHETIC)) {
      ReproductionCommand.warnOfSynthetic(err);
    }
    return read(name);
  }

  /**
   * Reads one whose data do not matter.
   *
   * @throws CommandFailure if it is somebody's model, which no spec describes
   */
  static ExperimentSpec read(Path name) {
    return series(name).map(series -> series.spec(name.toString())).orElseGet(() -> ofFile(name));
  }

  /**
   * Reads a file.
   *
   * @throws CommandFailure if it is a model
   */
  static ExperimentSpec ofFile(Path file) {
    if (ModelReader.isModel(file)) {
      throw new CommandFailure(
          "%s is a model. Write it as a spec first: unvanish diagnose %s --data DATA --write %s"
              .formatted(
                  file,
                  ShellWords.quoted(file.toString()),
                  ShellWords.quoted(ModelSpec.stem(file) + ".yaml")));
    }
    if (!Files.exists(file)) {
      requireNoName(file.toString());
    }
    return ExperimentSpec.read(file);
  }

  /** Where there is no such file, it may be meant as the name of what the program brings along. */
  private static void requireNoName(String name) {
    if (ShippedExperiments.series(name).isPresent()) {
      throw new CommandFailure(
          ("there is no file %1$s, but an experiment of that name. Write its spec first: "
                  + "unvanish show %1$s > %1$s.yaml")
              .formatted(name));
    }
    Nearest.question(name, ShippedExperiments.names())
        .ifPresent(
            question -> {
              throw new CommandFailure(
                  "there is no file %s, and no experiment of that name%s"
                      .formatted(name, question));
            });
  }

  private boolean isOnDefault() {
    return asked.data().isEmpty()
        && series().filter(series -> isOnCifar10(series.spec(name.toString()))).isPresent();
  }

  /** Whether a spec that the program brings along can do with the built-in images instead. */
  static boolean isOnCifar10(ExperimentSpec spec) {
    return spec.dataSource().source().equals(DataCatalog.CIFAR10);
  }

  private Optional<ClaimedSeries> series() {
    return series(name);
  }

  private static Optional<ClaimedSeries> series(Path name) {
    return Files.exists(name) ? Optional.empty() : ShippedExperiments.series(name.toString());
  }
}
