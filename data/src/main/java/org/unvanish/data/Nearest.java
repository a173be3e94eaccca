package org.unvanish.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Guesses which word a misspelt one was meant to be. */
public final class Nearest {

  /** Files of a folder that are looked at: a guess is worth no more. */
  private static final int MOST_FILES = 10_000;

  private Nearest() {}

  /**
   * The known word that is nearest to a misspelt one: fewest letters inserted, dropped, replaced or
   * swapped with their neighbour. None where more than a third of the letters would change.
   */
  public static Optional<String> to(String word, Collection<String> known) {
    String shortened = word.length() > 50 ? word.substring(0, 50) : word;
    return known.stream()
        .min(Comparator.comparingInt(k -> distance(shortened, k)))
        .filter(k -> distance(shortened, k) <= Math.max(1, (k.length() + 1) / 3));
  }

  /** As the end of a sentence that there is no such thing: {@code : did you mean "seeds"?}. */
  public static Optional<String> question(String word, Collection<String> known) {
    return to(word, known).map(": did you mean \"%s\"?"::formatted);
  }

  /**
   * The file or folder that is nearest to one that is not there, in the same folder.
   *
   * @param missing as the user wrote it
   * @return its path, written as the other was
   */
  public static Optional<Path> file(Path missing) {
    Path name = missing.getFileName();
    Path folder = missing.getParent();
    if (name == null) {
      return Optional.empty();
    }
    try (Stream<Path> there = Files.list(folder == null ? Path.of("") : folder)) {
      List<String> names =
          there
              .map(file -> String.valueOf(file.getFileName()))
              .filter(file -> !file.startsWith("."))
              .limit(MOST_FILES)
              .sorted()
              .toList();
      return to(name.toString(), names).map(missing::resolveSibling);
    } catch (IOException | UncheckedIOException e) {
      // A folder that is not there, or that nobody may read, holds nothing that could be meant.
      return Optional.empty();
    }
  }

  /** The same as the end of a sentence that there is no such file. */
  public static Optional<String> question(Path missing) {
    return file(missing).map(": did you mean %s?"::formatted);
  }

  /**
   * A question after a sentence about a file or folder: {@code Did you mean results?}. Empty where
   * it exists, or where nothing is near.
   *
   * @param path as the user wrote it
   */
  public static String afterSentence(Path path) {
    return Files.exists(path) ? "" : file(path).map(" Did you mean %s?"::formatted).orElse("");
  }

  /** The optimal string alignment distance. */
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int replaced = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(d[i - 1][j - 1] + replaced, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
