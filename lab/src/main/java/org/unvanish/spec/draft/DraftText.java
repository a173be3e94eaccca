package org.unvanish.spec.draft;

import java.util.ArrayList;
import java.util.List;
import org.unvanish.codec.yaml.YamlText;

/** Lines of a spec, some with a comment above or behind them. */
final class DraftText {

  /** Where a comment begins behind what it is about, if there is room. */
  private static final int COMMENT = 44;

  /** Characters of a line of comment. */
  private static final int WIDTH = 100;

  private final List<String> lines = new ArrayList<>();

  /** An empty line. */
  DraftText gap() {
    lines.add("");
    return this;
  }

  /** A line as it is. */
  DraftText line(String line) {
    lines.add(line);
    return this;
  }

  /** A line with a comment behind it. */
  DraftText line(String line, String comment) {
    lines.add(line + " ".repeat(Math.max(1, COMMENT - line.length())) + "# " + oneLine(comment));
    return this;
  }

  /** A key with its value. */
  DraftText key(String key, Object value) {
    return line(key + ": " + YamlText.inline(value));
  }

  /** A key with its value, and a comment. */
  DraftText key(String key, Object value, String comment) {
    return line(key + ": " + YamlText.inline(value), comment);
  }

  /** A comment on lines of its own. */
  DraftText comment(String indent, String comment) {
    StringBuilder line = new StringBuilder(indent).append('#');
    for (String word : oneLine(comment).split(" ", -1)) {
      if (line.length() + 1 + word.length() > WIDTH && line.length() > indent.length() + 1) {
        lines.add(line.toString());
        line = new StringBuilder(indent).append('#');
      }
      line.append(' ').append(word);
    }
    lines.add(line.toString());
    return this;
  }

  /** What names of columns and files may have in them would end a comment, or the reading. */
  private static String oneLine(String text) {
    return text.replaceAll("(?U)[\\s\\p{Cntrl}]+", " ").replaceAll("\\p{Cs}|\\p{Co}|\\p{Cn}", "?");
  }

  /** The whole text. */
  String text() {
    return String.join("\n", lines) + "\n";
  }
}
