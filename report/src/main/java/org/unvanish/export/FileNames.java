package org.unvanish.export;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Names of files for texts that may hold anything. */
final class FileNames {

  private static final int LONGEST = 50;

  private FileNames() {}

  /**
   * For each text a name: its letters, digits and spaces and {@code . _ = , + -}; other characters
   * become hyphens, at most 50 characters. No two are the same, also where capitals do not count.
   */
  static List<String> of(List<String> texts) {
    Set<String> taken = new HashSet<>();
    List<String> names = new ArrayList<>();
    for (String text : texts) {
      String name = name(text);
      String free = name;
      for (int n = 2; !taken.add(free.toLowerCase(Locale.ROOT)); n++) {
        free = name + "-" + n;
      }
      names.add(free);
    }
    return names;
  }

  private static String name(String text) {
    String name = text.replaceAll("[^\\p{L}\\p{N} ._=,+-]+", "-").replaceAll("^[ .-]+|[ .-]+$", "");
    int length = Math.min(LONGEST, name.codePointCount(0, name.length()));
    return name.isEmpty() ? "arm" : name.substring(0, name.offsetByCodePoints(0, length)).strip();
  }
}
