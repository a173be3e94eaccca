package org.unvanish.text;

import java.util.ArrayList;
import java.util.List;

/**
 * A text for people whose parts have styles. It has no escape sequences: a terminal adds its own to
 * parts that may hold anything.
 */
public final class StyledText {

  /** Where nothing is known of the reader's terminal. */
  public static final int USUAL_WIDTH = 80;

  /**
   * A piece of the text.
   *
   * @param text of any number of lines
   * @param style of all of it
   */
  public record Part(String text, Style style) {}

  private final List<Part> parts = new ArrayList<>();

  /** An empty text. */
  public StyledText() {}

  /** Adds a text without a style. */
  public StyledText add(String text) {
    return add(text, Style.PLAIN);
  }

  /** Adds a text in a style. */
  public StyledText add(String text, Style style) {
    if (!text.isEmpty()) {
      parts.add(new Part(text, style));
    }
    return this;
  }

  /** Adds all parts of another text. */
  public StyledText add(StyledText other) {
    parts.addAll(List.copyOf(other.parts));
    return this;
  }

  /** Adds an empty line. */
  public StyledText blank() {
    return add("\n");
  }

  /** Adds a paragraph as lines; nothing if it is empty. */
  public StyledText paragraph(String paragraph, int width) {
    return paragraph(paragraph, width, Style.PLAIN);
  }

  /** Adds a paragraph in a style as lines; nothing if it is empty. */
  public StyledText paragraph(String paragraph, int width, Style style) {
    return paragraph.isEmpty() ? this : add(wrapped(paragraph, width), style);
  }

  /**
   * Adds a paragraph behind its name, all lines at one indent; nothing if it is empty.
   *
   * @param indent at least as long as the name
   */
  public StyledText item(String name, int indent, String paragraph, int width) {
    if (paragraph.isEmpty()) {
      return this;
    }
    String lines = wrapped(paragraph, Math.max(1, width - indent)).stripTrailing();
    String space = " ".repeat(indent);
    add(name, Style.STRONG);
    return add(space.substring(name.length()) + lines.replace("\n", "\n" + space) + "\n");
  }

  /** The pieces, in their order. */
  public List<Part> parts() {
    return List.copyOf(parts);
  }

  /** The text without its styles. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    parts.forEach(part -> text.append(part.text()));
    return text.toString();
  }

  /**
   * A paragraph as lines that end in LF.
   *
   * @param width in characters, which only a longer word exceeds
   */
  public static String wrapped(String paragraph, int width) {
    StringBuilder text = new StringBuilder();
    int column = 0;
    for (String word : words(paragraph)) {
      int length = length(word);
      if (column > 0 && column + 1 + length > width) {
        text.append('\n');
        column = 0;
      }
      text.append(column == 0 ? "" : " ").append(word);
      column += length + (column == 0 ? 0 : 1);
    }
    return text.append('\n').toString();
  }

  /** What is not broken: no line begins with a per cent sign. */
  static String[] words(String paragraph) {
    return paragraph.split(" (?!%)", -1);
  }

  /** In characters. */
  static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
