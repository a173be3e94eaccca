package org.unvanish.benchmarks.sidebyside;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ways to run the engine that are compared with the usual one. */
final class Variants {

  /** As users have it: a run on every core. */
  static final String USUAL = "usual";

  private static final Pattern VERSION = Pattern.compile("(?m)^JAVA_VERSION=\"(\\d+)");

  /**
   * One of them.
   *
   * @param entrant its id is the variant's name
   * @param setting how it uses the machine
   * @param target what share of the usual speed it should have, for readers
   */
  record Variant(Entrant entrant, Setting setting, String target) {}

  private Variants() {}

  /**
   * All that this machine has.
   *
   * @param jdks the folder where Java versions are installed
   */
  static List<Variant> all(Path jdks) throws IOException {
    int cores = Runtime.getRuntime().availableProcessors();
    Path home = Path.of(System.getProperty("java.home"));
    Setting usual = Setting.ofEngine(cores);
    List<Variant> variants = new ArrayList<>();
    variants.add(variant(USUAL, home, List.of(), usual, ""));
    variants.add(
        variant(
            "one worker",
            home,
            List.of(),
            new Setting(1, 1, Setting.USUAL_BATCH),
            "at most 1/1.95 with two cores"));
    if (Machine.hasAvx512()) {
      variants.add(variant("-XX:UseAVX=2", home, List.of("-XX:UseAVX=2"), usual, "at least 0.45"));
    }
    Optional<Path> newest = newest(jdks, Runtime.version().feature());
    if (newest.isPresent()) {
      variants.add(
          variant("Java " + version(newest.get()), newest.get(), List.of(), usual, "0.85 to 1.15"));
    }
    return variants;
  }

  private static Variant variant(
      String name, Path home, List<String> flags, Setting setting, String target) {
    Entrant engine = Entrants.engine(home, flags);
    return new Variant(new Entrant(name, engine.command(), engine.environment()), setting, target);
  }

  /** The newest Java in a folder, if it is newer than the given one. */
  static Optional<Path> newest(Path jdks, int feature) throws IOException {
    Optional<Path> newest = Optional.empty();
    int highest = feature;
    if (!Files.isDirectory(jdks)) {
      return newest;
    }
    try (DirectoryStream<Path> homes = Files.newDirectoryStream(jdks)) {
      for (Path home : homes) {
        int version = Files.isExecutable(home.resolve("bin/java")) ? version(home) : 0;
        if (version > highest) {
          highest = version;
          newest = Optional.of(home);
        }
      }
    }
    return newest;
  }

  private static int version(Path home) throws IOException {
    Path release = home.resolve("release");
    if (!Files.isReadable(release)) {
      return 0;
    }
    Matcher version = VERSION.matcher(Files.readString(release, StandardCharsets.UTF_8));
    return version.find() ? Integer.parseInt(version.group(1)) : 0;
  }
}
