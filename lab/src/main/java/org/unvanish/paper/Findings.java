package org.unvanish.paper;

import java.io.IOException;
import java.util.List;
import org.unvanish.data.DataCatalog;
import org.unvanish.experiment.DataDescription;
import org.unvanish.report.CsvText;

/** Findings on the paper's claims, as text for the terminal and as CSV. */
public final class Findings {

  private static final int INDENT = 16;

  private Findings() {}

  /**
   * A heading that says on what data, then the verdict before each statement, the evidence below
   * it.
   *
   * @param data what the findings come from
   * @return lines that end in LF; empty for no findings
   */
  public static String text(DataDescription data, List<Finding> findings) {
    if (findings.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    text.append(
        data.name().equals(DataCatalog.CIFAR10)
            ? "The paper's claims:\n"
            : "The paper's claims, which are about CIFAR-10, on %s:\n".formatted(data.title()));
    for (Finding finding : findings) {
      String verdict = finding.verdict().label();
      text.append(verdict)
          .append(" ".repeat(INDENT - verdict.length()))
          .append(finding.claim().experiment())
          .append(": ")
          .append(finding.claim().statement())
          .append('\n')
          .append(" ".repeat(INDENT))
          .append(finding.evidence())
          .append('\n');
    }
    return text.toString();
  }

  /** The same as CSV: claim, experiment, statement, verdict, evidence. */
  public static String csv(List<Finding> findings) throws IOException {
    CsvText table = new CsvText("claim", "experiment", "statement", "verdict", "evidence");
    for (Finding finding : findings) {
      table.row(
          finding.claim().id(),
          finding.claim().experiment(),
          finding.claim().statement(),
          finding.verdict().label(),
          finding.evidence());
    }
    return table.text();
  }
}
