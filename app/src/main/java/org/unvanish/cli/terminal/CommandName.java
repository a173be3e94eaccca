package org.unvanish.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the user calls this program: {@code unvanish} as documents do, or {@code ./unvanish} from its
 * folder. Commands that it recommends begin with that, so that they can be pasted.
 */
public final class CommandName {

  /** As documents and libraries have it. */
  public static final String DOCUMENTED = "unvanish";

  /** The launcher says it. */
  private static final String CALLED = System.getProperty("unvanish.command", DOCUMENTED);

  private CommandName() {}

  /** As a shell reads it. */
  public static String called() {
    return ShellWords.quoted(CALLED);
  }

  /** A command to paste. */
  public static String line(String... words) {
    return line(List.of(words));
  }

  /** A command to paste. */
  public static String line(List<String> words) {
    List<String> all = new ArrayList<>(List.of(CALLED));
    all.addAll(words);
    return ShellWords.line(all);
  }

  /**
   * A text whose commands can be pasted: each one that it recommends begins with the documented
   * name, which becomes the user's.
   *
   * @param commands the words that may follow the name
   */
  public static String in(String text, Iterable<String> commands) {
    return renamed(text, commands, called());
  }

  static String renamed(String text, Iterable<String> commands, String name) {
    return Pattern.compile(
            "(?<![\\p{L}\\p{N}./_-])%s(?= (?:%s|--[a-z]+)(?![\\w/-]))"
                .formatted(DOCUMENTED, String.join("|", commands)))
        .matcher(text)
        .replaceAll(Matcher.quoteReplacement(name));
  }
}
