package org.unvanish.benchmarks.sidebyside;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Java that is installed here.
 *
 * @param home its folder
 * @param feature 17, of version 17.0.15
 * @param version the whole version
 */
record InstalledJava(Path home, int feature, String version) {

  /** Where they usually are, a folder for each: on Linux those of {@code ./unvanish}. */
  private static final List<Path> USUAL_PLACES =
      List.of(
          Path.of("/usr/lib/jvm"),
          Path.of("/opt/java"),
          Path.of(System.getProperty("user.home"), ".sdkman/candidates/java"),
          Path.of(System.getProperty("user.home"), ".jdks"));

  /** What the engine needs. */
  private static final int OLDEST = 17;

  private static final Pattern VERSION = Pattern.compile("(?m)^JAVA_VERSION=\"((\\d+)[^\"]*)\"");
  private static final Pattern WHOLE = Pattern.compile("(?m)^JAVA_RUNTIME_VERSION=\"([^\"]+)\"");

  /** The one that runs this. */
  static InstalledJava running() {
    return new InstalledJava(
        Path.of(System.getProperty("java.home")),
        Runtime.version().feature(),
        Runtime.version().toString());
  }

  /**
   * The one in a folder, as its file {@code release} tells.
   *
   * @throws IllegalArgumentException if there is none, or it is too old
   */
  static InstalledJava at(Path home) throws IOException {
    Path release = home.resolve("release");
    if (!Files.isExecutable(home.resolve("bin/java")) || !Files.isReadable(release)) {
      throw new IllegalArgumentException(
          "%s is no Java: it lacks bin/java or release. Name the folder that has both"
              .formatted(home));
    }
    String text = Files.readString(release, StandardCharsets.UTF_8);
    Matcher version = VERSION.matcher(text);
    int feature = version.find() ? Integer.parseInt(version.group(2)) : 0;
    if (feature < OLDEST) {
      throw new IllegalArgumentException(
          "%s is Java %d. Name one of version %d or newer".formatted(home, feature, OLDEST));
    }
    Matcher whole = WHOLE.matcher(text);
    return new InstalledJava(home, feature, whole.find() ? whole.group(1) : version.group(1));
  }

  /**
   * Those in the folders that a user names; else the oldest and the newest that are installed.
   *
   * @param named none where the user names none
   * @return the oldest first, at least one, each version once
   * @throws IllegalArgumentException if a folder has none, or a version is named twice
   */
  static List<InstalledJava> chosen(List<Path> named) throws IOException {
    return named.isEmpty() ? oldestAndNewest(USUAL_PLACES) : in(named);
  }

  /**
   * Those in some folders, oldest first.
   *
   * @throws IllegalArgumentException if there is none in one of them, or a version twice
   */
  static List<InstalledJava> in(List<Path> homes) throws IOException {
    List<InstalledJava> all = new ArrayList<>();
    for (Path home : homes) {
      InstalledJava java = at(home);
      if (all.stream().anyMatch(other -> other.feature == java.feature)) {
        throw new IllegalArgumentException(
            "%s is a second Java %d. Name one of each version".formatted(home, java.feature));
      }
      all.add(java);
    }
    all.sort(Comparator.comparingInt(InstalledJava::feature));
    return all;
  }

  /**
   * The oldest and the newest of those that are installed and the one that runs this; one where
   * they are the same.
   *
   * @param places each has a folder for each Java; they need not exist
   */
  static List<InstalledJava> oldestAndNewest(List<Path> places) throws IOException {
    TreeMap<Integer, InstalledJava> all = new TreeMap<>();
    for (Path place : places) {
      if (Files.isDirectory(place)) {
        try (DirectoryStream<Path> homes = Files.newDirectoryStream(place)) {
          homes.forEach(home -> add(home, all));
        }
      }
    }
    all.put(running().feature, running());
    InstalledJava oldest = all.firstEntry().getValue();
    InstalledJava newest = all.lastEntry().getValue();
    return oldest.equals(newest) ? List.of(oldest) : List.of(oldest, newest);
  }

  private static void add(Path home, TreeMap<Integer, InstalledJava> all) {
    try {
      InstalledJava java = at(home);
      all.put(java.feature, java);
    } catch (IllegalArgumentException | IOException other) {
      // Not everything there is a Java that can be used.
    }
  }
}
