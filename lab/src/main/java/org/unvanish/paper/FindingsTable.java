package org.unvanish.paper;

import java.util.List;

/** Findings on the paper's claims, as text for the terminal. */
public final class FindingsTable {

  private static final int INDENT = 16;

  private FindingsTable() {}

  /**
   * The verdict before each statement, the evidence below it.
   *
   * @return lines that end in LF; empty for no findings
   */
  public static String of(List<Finding> findings) {
    StringBuilder text = new StringBuilder();
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
}
