package org.unvanish.cli.terminal;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;

/**
 * What passes on to a terminal: text, line ends and tabs. Other control characters could move the
 * cursor, set the title or answer for the user, and characters that turn the direction of text
 * could make a name look like another: they are written as {@code \\u001b}, as JSON and Java write
 * them, so that JSON stays what it was.
 */
public final class TerminalText extends FilterWriter {

  private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
  private static final int ZERO_WIDTH_JOINER = 0x200d;
  private static final int SOFT_HYPHEN = 0xad;

  public TerminalText(Writer out) {
    super(out);
  }

  @Override
  public void write(int character) throws IOException {
    out.write(lines(String.valueOf((char) character)));
  }

  @Override
  public void write(char[] buffer, int offset, int length) throws IOException {
    out.write(lines(new String(buffer, offset, length)));
  }

  @Override
  public void write(String text, int offset, int length) throws IOException {
    out.write(lines(text.substring(offset, offset + length)));
  }

  /** A text of any number of lines. */
  public static String lines(String text) {
    if (text.codePoints().allMatch(TerminalText::isSafe)) {
      return text;
    }
    StringBuilder safe = new StringBuilder();
    text.codePoints()
        .forEach(
            point -> {
              if (isSafe(point)) {
                safe.appendCodePoint(point);
              } else {
                for (char unit : Character.toChars(point)) {
                  safe.append("\\u%04x".formatted((int) unit));
                }
              }
            });
    return safe.toString();
  }

  /** A text in which a line end would begin what looks like another message. */
  public static String line(String text) {
    return lines(text).replace("\n", "\\n");
  }

  /** A message, whose further lines are set in: so none looks like another message. */
  public static String message(String text) {
    return lines(text).replaceAll("\n(?!  )", "\\\\n");
  }

  private static boolean isSafe(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL -> point == '\n' || point == '\t';
      case Character.FORMAT ->
          point == ZERO_WIDTH_JOINER || point == ZERO_WIDTH_NON_JOINER || point == SOFT_HYPHEN;
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
      default -> true;
    };
  }
}
