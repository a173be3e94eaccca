package org.unvanish.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.comparison.Examples;
import org.unvanish.comparison.Summary;
import org.unvanish.comparison.Table;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.figure.PaperFigure;

class LatexFilesTest {

  private static final List<String> HOSTILE =
      List.of(
          "[tanh]_a & b% # $x {y} ~ ^ \\input 1.0e-03 -- 'q' “α ≥ 2”",
          "*relu* \"é\" <|> ?` ł µ", "plain");

  @TempDir Path folder;

  @Test
  void tablesHaveARowForEachArmAndNumbersAreSet() throws IOException {
    write(curves(List.of("tanh", "tanh, α = 2")), 85);
    assertThat(Files.readString(folder.resolve("results.tex")))
        .contains("\\toprule", "arm & runs & test accuracy (\\%)", "\\bottomrule")
        .containsPattern("(?m)^    tanh, \\$\\\\alpha\\$ = 2 & 3 finished & [0-9.]+ \\[")
        .containsPattern("\\$[0-9.]+\\{\\\\cdot}10\\^\\{-[0-9]}\\$");
    assertThat(Files.readString(folder.resolve("comparisons.tex")))
        .contains("\\multicolumn{7}{@{}l}{\\emph{final test accuracy}}")
        .contains("``tanh, $\\alpha$ = 2'' $-$ ``tanh'' & ");
  }

  @Test
  void oneArmIsComparedWithNothing() throws IOException {
    write(curves(List.of("tanh")), 85);
    assertThat(folder.resolve("results.tex")).exists();
    assertThat(folder.resolve("comparisons.tex")).doesNotExist();
  }

  @Test
  void theCaptionSaysWhereThePanelsAre() throws IOException {
    write(curves(List.of("tanh")), 85);
    assertThat(Files.readString(folder.resolve("figure.tex")))
        .contains("\\begin{figure}\n", "\\includegraphics{example}", "Top: accuracy");
    write(curves(List.of("tanh")), 170);
    assertThat(Files.readString(folder.resolve("figure.tex")))
        .contains("\\begin{figure*}\n", "Left: accuracy");
  }

  @Test
  void namesAreNeverTakenForNumbers() {
    Table table = new Table(List.of(List.of("arm", "p"), List.of("1.0e-03", "1.0e-03")), "A note.");
    assertThat(LatexTable.of(table, java.util.Set.of(0)).text("Title.", "tab:x"))
        .contains("    1.0e-03 & $1.0{\\cdot}10^{-3}$ \\\\");
  }

  @Test
  void onlyAColumnOfNumbersSharesItsUnit() {
    Table table =
        new Table(
            List.of(
                List.of("arm", "test accuracy", "test R²"),
                List.of("10 % noise", "–", "–"),
                List.of("20 % noise", "30.5 %", "–")),
            "A note.");
    assertThat(LatexTable.of(table, java.util.Set.of(0)).text("Title.", "tab:x"))
        .contains("arm & test accuracy (\\%) & test R", "10~\\% noise & ", "20~\\% noise & 30.5 & ")
        .doesNotContain("R² (");
  }

  @Test
  void latexCompilesHostileNames() throws Exception {
    assumeTrue(installed(), "no pdflatex with booktabs, array and adjustbox on this machine");
    ExperimentResult result = curves(HOSTILE);
    PaperFigure figure = write(result, 85);
    Files.write(folder.resolve("example.pdf"), figure.pdf());
    Files.writeString(
        folder.resolve("paper.tex"),
        """
        \\documentclass{article}
        \\usepackage{booktabs,array,adjustbox,graphicx}
        \\begin{document}
        \\input{results}\\input{comparisons}\\input{figure}
        \\end{document}
        """);
    Process latex =
        new ProcessBuilder("pdflatex", "-halt-on-error", "-interaction=nonstopmode", "paper.tex")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out.txt").toFile())
            .start();
    assertThat(latex.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(latex.exitValue()).as(Files.readString(folder.resolve("out.txt"))).isZero();
    assertThat(folder.resolve("paper.pdf")).exists();
    assertThat(Files.readString(folder.resolve("paper.log"))).doesNotContain("Overfull");
  }

  private static boolean installed() throws Exception {
    try {
      for (String style : List.of("booktabs.sty", "array.sty", "adjustbox.sty")) {
        if (new ProcessBuilder("kpsewhich", style).start().waitFor() != 0) {
          return false;
        }
      }
      return new ProcessBuilder("pdflatex", "--version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException missing) {
      return false;
    }
  }

  private PaperFigure write(ExperimentResult result, double width) throws IOException {
    PaperFigure figure = new PaperFigure(result, Summary.of(result), width);
    LatexFiles.write(result, Optional.of(figure), folder);
    return figure;
  }

  private static ExperimentResult curves(List<String> arms) {
    return Examples.curves(Examples.experiment(arms, 1L, 2L, 3L), 3);
  }
}
