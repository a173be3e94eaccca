package org.unvanish.cli.execution;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.unvanish.codec.yaml.SpecException;
import org.unvanish.file.ResultFile;
import org.unvanish.spec.ExperimentSpec;
import org.unvanish.store.RunStore;

/**
 * The spec that is carried out, with all defaults filled in, as a file beside its results. A user's
 * own file of that name stays as it is.
 */
final class SpecCopy {

  private final ExperimentSpec spec;
  private final Path file;
  private final boolean written;

  private SpecCopy(ExperimentSpec spec, Path file, boolean written) {
    this.spec = spec;
    this.file = file;
    this.written = written;
  }

  /**
   * Looks whether it can be written.
   *
   * @param files the folder that the file goes to
   * @param folder the one with the store, if there is one yet
   * @throws IOException if there is a file of that name that says something else and that Unvanish
   *     did not write
   */
  static SpecCopy plan(ExperimentSpec spec, Path files, Path folder) throws IOException {
    Path file = files.resolve(spec.name() + ".yaml");
    boolean written = true;
    if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && !ResultFile.isReplaceable(file)) {
      byte[] found = Files.readAllBytes(file);
      if (isOfEarlierVersion(spec.name(), found, folder)) {
        // Now, as nothing will tell that any more when the store has been brought up to date.
        ResultFile.replace(file, found);
      } else {
        written = !saysTheSame(spec, file);
      }
    }
    if (written) {
      ResultFile.requireReplaceable(file);
    }
    return new SpecCopy(spec, file, written);
  }

  private static boolean saysTheSame(ExperimentSpec spec, Path file) {
    try {
      return ExperimentSpec.read(file).equals(spec);
    } catch (SpecException e) {
      return false;
    }
  }

  /** Whether it is what a store without checksums says it last wrote: with it went no marks. */
  private static boolean isOfEarlierVersion(String name, byte[] found, Path folder) {
    if (!RunStore.isIn(folder)) {
      return false;
    }
    try (RunStore store = RunStore.read(folder)) {
      String text = new String(found, StandardCharsets.UTF_8);
      return store.isOfEarlierVersion()
          && store.experiments().stream()
              .anyMatch(stored -> stored.name().equals(name) && stored.spec().equals(text));
    }
  }

  /** Writes it; empty where the user's own file stays. */
  Optional<Path> write() throws IOException {
    if (!written) {
      return Optional.empty();
    }
    ResultFile.write(file, spec.toYaml().getBytes(StandardCharsets.UTF_8));
    return Optional.of(file);
  }
}
