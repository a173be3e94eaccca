package org.unvanish.cli.terminal;

import java.io.PrintWriter;
import org.unvanish.text.Style;
import org.unvanish.text.StyledText;

/**
 * Where results are printed: as wide as the terminal, and in colour where that can show it. What is
 * no terminal gets the same on every machine.
 */
public final class Screen extends PrintWriter {

  private static final int NARROWEST = 40;

  /** Longer lines are hard to read. */
  private static final int WIDEST = 200;

  private static final String END = "\u001b[0m";

  private final PrintWriter terminal;
  private final int columns;
  private final boolean colour;

  /**
   * Of what may get escape sequences: those of this class alone, as all that is printed passes
   * through {@link TerminalText}.
   *
   * @param columns of the terminal; 0 where that is not known
   */
  public Screen(PrintWriter terminal, int columns, boolean colour) {
    super(new TerminalText(terminal), true);
    this.terminal = terminal;
    this.columns =
        columns <= 0 ? StyledText.USUAL_WIDTH : Math.min(WIDEST, Math.max(NARROWEST, columns));
    this.colour = colour;
  }

  /** What a command prints to, of which nothing else may be known. */
  public static Screen of(PrintWriter out) {
    return out instanceof Screen screen ? screen : new Screen(out, 0, false);
  }

  /** Characters of a line. */
  public int columns() {
    return columns;
  }

  /** Prints a text with its styles. */
  public void print(StyledText text) {
    for (StyledText.Part part : text.parts()) {
      String begin = begin(part.style());
      terminal.print(begin);
      print(part.text());
      if (!begin.isEmpty()) {
        terminal.print(END);
      }
    }
  }

  private String begin(Style style) {
    return colour
        ? switch (style) {
          case PLAIN -> "";
          case STRONG -> "\u001b[1m";
          case GOOD -> "\u001b[1;32m";
          case BAD -> "\u001b[1;31m";
        }
        : "";
  }
}
