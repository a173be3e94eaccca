package org.unvanish.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A command somewhere in a document.
 *
 * @param words with the program's name, as a shell hands them on
 * @param whole whether it is meant to be typed as it stands
 */
record TypedCommand(List<String> words, boolean whole) {

  /** A word of a shell's line, with what is in quotes, or what ends a command. */
  private static final Pattern WORD =
      Pattern.compile(
          "(\\d?>&?\\d?|\\|+|&+|;|<|\\$?\\(|\\)|\n)|((?:\"[^\"]*\"|'[^']*'|[^\\s\"'|&;<>()])+)");

  private static final Pattern QUOTED_COMMAND =
      Pattern.compile("[\"']([^\"']*unvanish [^\"']*)[\"']");

  private static final Pattern VARIABLE = Pattern.compile("\\$(\\w+|\\{\\w+\\}|\\(\\([^)]*\\)\\))");

  private static final Pattern COMMENT = Pattern.compile("(^|\\s)#.*$", Pattern.MULTILINE);

  /** A line of an output that is a command, or recommends one. */
  private static final Pattern SHOWN =
      Pattern.compile("^(?:\\$|Next, [^:\\n]*:) (\\S*unvanish .*)$", Pattern.MULTILINE);

  /** A call of the function that a notebook has. */
  private static final Pattern CALL = Pattern.compile("\\bunvanish\\((\"[^)\\n]*\")\\)");

  private static final String UNVANISH = "(.*/)?unvanish|unvanish@.*|org\\.unvanish\\.cli\\.Main";

  /** What makes inline code a command, where words follow. */
  private static final Pattern INLINE =
      Pattern.compile(
          "(?s)(\\w+=\\S+ )*((\\./)?unvanish(-bench)?|mvn|java|git|docker|jbang|\\.ci/\\S+|site/\\S+) .*");

  /** Those of a document: in blocks, in inline code, and in outputs. */
  static List<TypedCommand> of(String document) {
    List<TypedCommand> commands = new ArrayList<>();
    for (MatchResult block : Documents.BLOCK.matcher(document).results().toList()) {
      String text = block.group(2);
      switch (block.group(1)) {
        case "sh", "bash" -> commands.addAll(typed(text, true));
        case "yaml", "dockerfile" ->
            typed(text, true).stream()
                .filter(command -> command.arguments().isPresent())
                .forEach(commands::add);
        case "python" ->
            CALL.matcher(text)
                .results()
                .forEach(
                    call ->
                        commands.addAll(typed("unvanish " + call.group(1).replace(",", ""), true)));
        default ->
            SHOWN
                .matcher(text)
                .results()
                .forEach(line -> commands.addAll(typed(line.group(1), true)));
      }
    }
    for (MatchResult code :
        Documents.CODE.matcher(Documents.withoutBlocks(document)).results().toList()) {
      if (INLINE.matcher(code.group(1)).matches()) {
        commands.addAll(typed(code.group(1).replace('\n', ' '), false));
      }
    }
    return commands;
  }

  /** Those of lines for a shell. */
  static List<TypedCommand> typed(String lines, boolean whole) {
    List<TypedCommand> commands = new ArrayList<>();
    List<String> words = new ArrayList<>();
    String text = COMMENT.matcher(lines.replace("\\\n", " ")).replaceAll("");
    text = VARIABLE.matcher(text).replaceAll("1") + "\n";
    boolean redirected = false;
    for (Matcher word = WORD.matcher(text); word.find(); ) {
      String operator = word.group(1);
      if (operator != null) {
        redirected = operator.contains(">") || operator.equals("<");
        if (!redirected && !words.isEmpty()) {
          commands.add(new TypedCommand(List.copyOf(words), whole));
          words.clear();
        }
        continue;
      }
      String plain = word.group(2).replaceAll("[\"']", "");
      Matcher quoted = QUOTED_COMMAND.matcher(word.group(2));
      if (redirected) {
        redirected = false;
      } else if (quoted.find()) {
        commands.addAll(typed(quoted.group(1), whole));
      } else if (!words.isEmpty() || !plain.matches("(?s)\\w+=.*")) {
        words.add(plain);
      }
    }
    return commands;
  }

  /** What is given to {@code unvanish}, if that is what is called, by whatever starts it. */
  Optional<List<String>> arguments() {
    return IntStream.range(0, words.size())
        .filter(i -> words.get(i).matches(UNVANISH))
        .mapToObj(i -> words.subList(i + 1, words.size()))
        .map(
            given ->
                !given.isEmpty() && given.get(0).endsWith(".jar")
                    ? given.subList(1, given.size())
                    : given)
        .findFirst();
  }

  String program() {
    return words.get(0);
  }

  @Override
  public String toString() {
    return String.join(" ", words);
  }
}
