package org.unvanish.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.unvanish.comparison.Table;

/** A {@link Table} as a LaTeX table in the style of booktabs. */
final class LatexTable {

  private static final String SPACE = "\\addlinespace ";

  private final List<List<String>> rows;
  private final String note;
  private final List<String> columns;
  private final Set<Integer> words;

  /**
   * @param columns how each is set: {@code l}, or {@code p{…}} with a width
   * @param words the columns of words, in which nothing is a number, whatever it looks like
   */
  LatexTable(Table table, List<String> columns, Set<Integer> words) {
    this.rows = shared(table.rows(), words);
    this.note = table.note();
    this.columns = List.copyOf(columns);
    this.words = Set.copyOf(words);
  }

  /** With all columns as wide as they need to be. */
  static LatexTable of(Table table, Set<Integer> words) {
    int columns = table.rows().get(0).size();
    return new LatexTable(table, IntStream.range(0, columns).mapToObj(i -> "l").toList(), words);
  }

  /**
   * A floating table, at most as wide as the text.
   *
   * @param caption plain text
   * @param label by which LaTeX refers to it, in ASCII
   */
  String text(String caption, String label) {
    List<String> lines = new ArrayList<>();
    lines.add("% Needs \\usepackage{booktabs,array,adjustbox}");
    lines.add("\\begin{table*}");
    lines.add("  \\centering");
    lines.add("  \\caption{" + LatexText.of(caption + " " + note.replace('\n', ' ')) + "}");
    lines.add("  \\label{" + label + "}");
    lines.add("  \\smallskip");
    lines.add("  \\footnotesize");
    lines.add("  \\setlength{\\tabcolsep}{4pt}");
    lines.add("  \\begin{adjustbox}{max width=\\linewidth}");
    lines.add("  \\begin{tabular}{@{}" + String.join("", columns) + "@{}}");
    lines.add("    \\toprule");
    lines.add("    " + row(rows.get(0), everything()));
    lines.add("    \\midrule");
    for (int i = 1; i < rows.size(); i++) {
      List<String> row = rows.get(i);
      if (isHeading(row)) {
        lines.add("    " + (i > 1 ? SPACE : "") + heading(row.get(0)));
      } else {
        lines.add("    " + (i > 1 && hasParagraphs() ? SPACE : "") + row(row, words));
      }
    }
    lines.add("    \\bottomrule");
    lines.add("  \\end{tabular}");
    lines.add("  \\end{adjustbox}");
    lines.add("\\end{table*}");
    return String.join("\n", lines) + "\n";
  }

  private Set<Integer> everything() {
    return IntStream.range(0, columns.size()).boxed().collect(Collectors.toSet());
  }

  /** A unit that all numbers of a column have belongs to its header. */
  private static List<List<String>> shared(List<List<String>> rows, Set<Integer> words) {
    List<List<String>> shorter = new ArrayList<>();
    rows.forEach(row -> shorter.add(new ArrayList<>(row)));
    List<List<String>> body = shorter.subList(1, shorter.size());
    for (int i = 0; i < rows.get(0).size(); i++) {
      int column = i;
      List<String> numbers =
          body.stream().map(row -> row.get(column)).filter(cell -> !cell.equals("–")).toList();
      boolean perCent = numbers.stream().allMatch(cell -> cell.matches("[0-9.]+ %.*"));
      if (perCent && !numbers.isEmpty() && !words.contains(i)) {
        shorter.get(0).set(column, rows.get(0).get(column) + " (%)");
        body.forEach(row -> row.set(column, row.get(column).replace(" %", "")));
      }
    }
    return shorter;
  }

  private String row(List<String> cells, Set<Integer> plain) {
    String row =
        IntStream.range(0, cells.size())
            .mapToObj(i -> plain.contains(i) ? LatexText.of(cells.get(i)) : numbers(cells.get(i)))
            .collect(Collectors.joining(" & "));
    // After the \\ of the row before, these two would be arguments of it.
    return (row.startsWith("[") || row.startsWith("*") ? "{}" : "") + row + " \\\\";
  }

  /** A row whose first cell stands for all: the heading of those that follow. */
  private String heading(String cell) {
    return "\\multicolumn{" + columns.size() + "}{@{}l}{\\emph{" + LatexText.of(cell) + "}} \\\\";
  }

  /** True where a row may have several lines. */
  private boolean hasParagraphs() {
    return columns.stream().anyMatch(column -> column.contains("p{"));
  }

  private static boolean isHeading(List<String> cells) {
    return cells.size() > 1 && cells.subList(1, cells.size()).stream().allMatch(String::isEmpty);
  }

  /** A cell whose numbers are set as such: 1.4e-02 as 1.4·10⁻², a minus as a minus. */
  private static String numbers(String cell) {
    return LatexText.of(cell)
        .replaceAll(
            "([0-9](?:\\.[0-9]+)?)e(?:\\+|(-))0?([0-9]{1,3})\\b", "\\$$1{\\\\cdot}10^{$2$3}\\$")
        .replaceAll("(?<![0-9a-z{])-(?=[0-9])", "\\$-\\$");
  }
}
