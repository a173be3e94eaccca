package org.unvanish.export;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.unvanish.claim.JudgedClaim;
import org.unvanish.comparison.BestArms;
import org.unvanish.comparison.Comparison;
import org.unvanish.comparison.ComparisonTable;
import org.unvanish.comparison.PairwiseComparison;
import org.unvanish.comparison.ResultTable;
import org.unvanish.comparison.Table;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.figure.PaperFigure;
import org.unvanish.file.ResultFile;
import org.unvanish.paper.RuntimeTable;
import org.unvanish.shipped.ShippedExperiments;

/** An experiment's tables and its figure with caption, for LaTeX documents to include. */
final class LatexFiles {

  private LatexFiles() {}

  /**
   * Writes {@code results.tex}; {@code comparisons.tex} for two arms or more; for the paper's
   * experiments {@code claims.tex}, and {@code runtimes.tex} for table 4; {@code figure.tex} where
   * there is a figure.
   *
   * @param folder one that exists
   * @return the files
   */
  static List<Path> write(ExperimentResult result, Optional<PaperFigure> figure, Path folder)
      throws IOException {
    Experiment experiment = result.experiment();
    String name = experiment.name();
    List<Path> files = new ArrayList<>();
    String title = experiment.title() + ".";
    files.add(
        write(
            folder.resolve("results.tex"),
            LatexTable.of(ResultTable.of(result), Set.of(0, 1))
                .text(title, "tab:" + name + "-results")));
    if (experiment.arms().size() > 1) {
      files.add(
          write(
              folder.resolve("comparisons.tex"),
              LatexTable.of(comparisons(result), Set.of(0))
                  .text(title, "tab:" + name + "-comparisons")));
    }
    Optional<Table> runtimes = RuntimeTable.of(result);
    if (runtimes.isPresent()) {
      files.add(
          write(
              folder.resolve("runtimes.tex"),
              LatexTable.of(runtimes.get(), Set.of(0)).text(title, "tab:" + name + "-runtimes")));
    }
    List<JudgedClaim> findings = ShippedExperiments.judge(result);
    if (!findings.isEmpty()) {
      files.add(
          write(
              folder.resolve("claims.tex"),
              claims(findings).text(title, "tab:" + name + "-claims")));
    }
    if (figure.isPresent()) {
      files.add(write(folder.resolve("figure.tex"), figure(experiment, figure.get())));
    }
    return files;
  }

  private static Path write(Path file, String text) throws IOException {
    String latex = LatexText.remark(text) + text;
    ResultFile.write(file, latex.getBytes(StandardCharsets.UTF_8));
    return file;
  }

  /** Every pair of arms, as {@link ComparisonTable#pairs} has them, in columns fit for paper. */
  private static Table comparisons(ExperimentResult result) {
    List<PairwiseComparison> all = PairwiseComparison.all(result);
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("arms", "difference [95 %]", "effect", "p (Holm)", "+", "−", "seeds"));
    List<List<String>> pairs = ComparisonTable.pairs(all).rows();
    String measure = "";
    for (int i = 0; i < all.size(); i++) {
      Comparison c = all.get(i).comparison();
      List<String> cells = pairs.get(i + 1);
      if (!measure.equals(cells.get(0))) {
        measure = cells.get(0);
        rows.add(List.of(measure, "", "", "", "", "", ""));
      }
      List<String> row = new ArrayList<>(cells.subList(1, cells.size() - 1));
      for (int count : new int[] {c.higher(), c.lower(), c.pairs()}) {
        row.add(Integer.toString(count));
      }
      rows.add(row);
    }
    return new Table(
        rows,
        ComparisonTable.pairs(all).note()
            + BestArms.note(result.experiment()).map(note -> " " + note).orElse("")
            + " +, −: seeds with which it is higher, lower in the arm that is named first.");
  }

  private static LatexTable claims(List<JudgedClaim> findings) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("claim", "verdict", "evidence"));
    for (JudgedClaim finding : findings) {
      rows.add(List.of(finding.claim().statement(), finding.label(), finding.evidence()));
    }
    return new LatexTable(
        new Table(rows, findings.get(0).words().title() + " and what the experiment says of them."),
        List.of(paragraph(0.3), "l", paragraph(0.48)),
        Set.of(0, 1));
  }

  private static String paragraph(double share) {
    return String.format(Locale.ROOT, ">{\\raggedright\\arraybackslash}p{%.2f\\linewidth}", share);
  }

  private static String figure(Experiment experiment, PaperFigure figure) {
    String environment = figure.isWide() ? "figure*" : "figure";
    return """
        %% Needs \\usepackage{graphicx}, and %2$s.pdf or %2$s.png beside the document
        \\begin{%1$s}
          \\centering
          \\includegraphics{%2$s}
          \\caption{%3$s}
          \\label{fig:%2$s}
        \\end{%1$s}
        """
        .formatted(
            environment,
            experiment.name(),
            LatexText.of(experiment.title() + ". " + String.join(" ", figure.caption())));
  }
}
