package org.unvanish.text;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Rows of cells as lines with aligned columns. */
public final class TextTable {

  private static final String GAP = "  ";

  /** A column with a longer cell is one of text, whose cells may have several lines. */
  private static final int TEXT = 24;

  private final List<List<String>> rows;
  private final int width;

  private TextTable(List<List<String>> rows, int width) {
    this.rows = rows;
    this.width = width;
  }

  /**
   * Columns are as wide as their widest cell and two spaces apart.
   *
   * @param rows all with as many cells as the first, which is the header
   * @return lines that end in LF
   */
  public static String of(List<List<String>> rows) {
    return of(rows, Integer.MAX_VALUE);
  }

  /**
   * The same in lines of limited width: where that does not do, cells with much text are wrapped,
   * and then what is too wide follows in further tables, which repeat the first column.
   *
   * @param width in characters, which only a word may exceed that is longer
   */
  public static String of(List<List<String>> rows, int width) {
    return of(rows, width, row -> Style.PLAIN).toString();
  }

  /**
   * The same with rows that stand out.
   *
   * @param style of each row but the header, by its number from 1
   */
  public static StyledText of(List<List<String>> rows, int width, IntFunction<Style> style) {
    return new TextTable(rows, width).text(style);
  }

  /** How wide a table is that is not limited. */
  public static int width(List<List<String>> rows) {
    return sum(natural(rows));
  }

  private StyledText text(IntFunction<Style> style) {
    StyledText text = new StyledText();
    int columns = rows.get(0).size();
    int from = 1;
    do {
      int to = from;
      // At least one column beside the first, or no table would end.
      while (to < columns && (to == from || fits(block(from, to + 1)))) {
        to++;
      }
      text.add(from > 1 ? "\n" : "");
      addBlock(text, block(from, to), style);
      from = to;
    } while (from < columns);
    return text;
  }

  /** The first column and some of the others, from one to before another. */
  private List<List<String>> block(int from, int to) {
    return rows.stream()
        .map(
            row -> {
              List<String> cells = new ArrayList<>(row.subList(0, 1));
              cells.addAll(row.subList(Math.min(from, row.size()), to));
              return cells;
            })
        .toList();
  }

  private boolean fits(List<List<String>> block) {
    return sum(widths(block)) <= width;
  }

  /** Those that fit, if there are any: columns of text give way, the widest first. */
  private int[] widths(List<List<String>> block) {
    int[] widths = natural(block);
    int[] least = IntStream.range(0, widths.length).map(c -> least(block, c, widths[c])).toArray();
    while (sum(widths) > width) {
      int widest = -1;
      for (int c = 0; c < widths.length; c++) {
        if (widths[c] > least[c] && (widest < 0 || widths[c] > widths[widest])) {
          widest = c;
        }
      }
      if (widest < 0) {
        return widths;
      }
      widths[widest]--;
    }
    return widths;
  }

  /** How narrow a column may become: not at all, unless it is one of text. */
  private static int least(List<List<String>> block, int column, int natural) {
    if (natural <= TEXT) {
      return natural;
    }
    int word =
        block.stream()
            .flatMap(row -> Arrays.stream(StyledText.words(row.get(column))))
            .mapToInt(StyledText::length)
            .max()
            .orElse(0);
    return Math.max(TEXT / 2, word);
  }

  private static int[] natural(List<List<String>> block) {
    return IntStream.range(0, block.get(0).size())
        .map(c -> block.stream().mapToInt(row -> StyledText.length(row.get(c))).max().orElse(0))
        .toArray();
  }

  private static int sum(int[] widths) {
    return Arrays.stream(widths).sum() + GAP.length() * (widths.length - 1);
  }

  private void addBlock(StyledText text, List<List<String>> block, IntFunction<Style> style) {
    int[] widths = widths(block);
    for (int r = 0; r < block.size(); r++) {
      text.add(lines(block.get(r), widths), r == 0 ? Style.PLAIN : style.apply(r));
    }
  }

  private static String lines(List<String> row, int[] widths) {
    List<List<String>> cells = new ArrayList<>();
    for (int c = 0; c < widths.length; c++) {
      String cell = row.get(c);
      cells.add(
          StyledText.length(cell) <= widths[c]
              ? List.of(cell)
              : StyledText.wrapped(cell, widths[c]).lines().toList());
    }
    int height = cells.stream().mapToInt(List::size).max().orElse(1);
    return IntStream.range(0, height)
        .mapToObj(
            line ->
                IntStream.range(0, widths.length)
                        .mapToObj(
                            c ->
                                padded(
                                    line < cells.get(c).size() ? cells.get(c).get(line) : "",
                                    widths[c]))
                        .collect(joining(GAP))
                        .stripTrailing()
                    + "\n")
        .collect(joining());
  }

  private static String padded(String cell, int width) {
    return cell + " ".repeat(Math.max(0, width - StyledText.length(cell)));
  }
}
