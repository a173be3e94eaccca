package org.unvanish.cli.terminal;

import java.util.List;
import java.util.stream.Collectors;

/** Commands that a message recommends, as a shell reads them. */
public final class ShellWords {

  private ShellWords() {}

  /** A command line of some words. */
  public static String line(List<String> words) {
    return words.stream().map(ShellWords::quoted).collect(Collectors.joining(" "));
  }

  /** A word, in quotes where a shell would read anything else into it. */
  public static String quoted(String word) {
    return word.matches("[\\p{L}\\p{N}@%+=:,./_-]+")
        ? word
        : "'" + word.replace("'", "'\\''") + "'";
  }
}
