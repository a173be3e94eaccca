package org.unvanish.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.unvanish.report.Table;

/** A {@link Table} as a LaTeX table in the style of booktabs. */
final class LatexTable {

  private final List<List<String>> rows;
  private final String note;
  private final List<String> columns;
  private final Set<Integer> words;

  /**
   * @param columns how each is set: {@code l}, or {@code p{…}} with a width
   * @param words the columns of words, in which nothing is a number, whatever it looks like
   */
  LatexTable(Table table, List<String> columns, Set<Integer> words) {
    this.rows = shared(table.rows());
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
   * A floating table as wide as the text.
   *
   * @param caption plain text
   * @param label by which LaTeX refers to it, in ASCII
   */
  String text(String caption, String label) {
    List<String> lines = new ArrayList<>();
    lines.add("% Needs \\usepackage{booktabs,array}");
    lines.add("\\begin{table*}");
    lines.add("  \\centering");
    lines.add("  \\caption{" + LatexText.of(caption + " " + note.replace('\n', ' ')) + "}");
    lines.add("  \\label{" + label + "}");
    lines.add("  \\footnotesize");
    lines.add("  \\setlength{\\tabcolsep}{4pt}");
    lines.add("  \\begin{tabular}{@{}" + String.join("", columns) + "@{}}");
    lines.add("    \\toprule");
    lines.add("    " + row(rows.get(0), Set.of(), true));
    lines.add("    \\midrule");
    rows.subList(1, rows.size()).forEach(row -> lines.add("    " + row(row, words, false)));
    lines.add("    \\bottomrule");
    lines.add("  \\end{tabular}");
    lines.add("\\end{table*}");
    return String.join("\n", lines) + "\n";
  }

  /** A unit that all numbers of a column have belongs to its header. */
  private static List<List<String>> shared(List<List<String>> rows) {
    List<List<String>> shorter = new ArrayList<>();
    rows.forEach(row -> shorter.add(new ArrayList<>(row)));
    List<List<String>> body = shorter.subList(1, shorter.size());
    for (int i = 0; i < rows.get(0).size(); i++) {
      int column = i;
      if (body.stream().map(row -> row.get(column)).allMatch(c -> c.matches("–|[0-9.]+ %.*"))) {
        shorter.get(0).set(column, rows.get(0).get(column) + " (%)");
        body.forEach(row -> row.set(column, row.get(column).replace(" %", "")));
      }
    }
    return shorter;
  }

  private String row(List<String> cells, Set<Integer> plain, boolean header) {
    return IntStream.range(0, cells.size())
            .mapToObj(
                i ->
                    header || plain.contains(i)
                        ? LatexText.of(cells.get(i))
                        : numbers(cells.get(i)))
            .collect(Collectors.joining(" & "))
        + " \\\\";
  }

  /** A cell whose numbers are set as such: 1.4e-02 as 1.4·10⁻², a minus as a minus. */
  private static String numbers(String cell) {
    return LatexText.of(cell)
        .replaceAll("([0-9.]+)e(?:\\+|(-)\\{\\})0*([0-9]+)", "\\$$1\\\\cdot10^{$2$3}\\$")
        .replaceAll("(?<![0-9a-z])-\\{\\}(?=[0-9])", "\\$-\\$");
  }
}
