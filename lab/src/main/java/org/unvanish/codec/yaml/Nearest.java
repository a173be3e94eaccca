package org.unvanish.codec.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses which word was meant. */
public final class Nearest {

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

  /** As a sentence's end: {@code : did you mean seeds?}, or all that is known. */
  static String hint(String word, Collection<String> known) {
    return to(word, known)
        .map(k -> ": did you mean " + k + "?")
        .orElse("; known here: " + String.join(", ", known));
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
