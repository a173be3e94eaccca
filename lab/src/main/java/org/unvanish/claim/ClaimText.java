package org.unvanish.claim;

import java.util.List;
import org.unvanish.data.catalog.DataCatalog;
import org.unvanish.experiment.DataDescription;

/** Judged claims as text for the terminal. */
public final class ClaimText {

  private static final int INDENT = 16;

  private ClaimText() {}

  /**
   * A heading that says on what data, then the verdict before each statement, the evidence below
   * it.
   *
   * @param data what the findings come from
   * @return lines that end in LF; empty for no findings
   */
  public static String of(DataDescription data, List<JudgedClaim> findings) {
    if (findings.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    JudgedClaim first = findings.get(0);
    boolean elsewhere =
        first.data().equals(DataCatalog.CIFAR10) && !data.name().equals(DataCatalog.CIFAR10);
    text.append(first.words().title())
        .append(elsewhere ? ", which are about CIFAR-10, on %s:\n".formatted(data.title()) : ":\n");
    for (JudgedClaim finding : findings) {
      String verdict = finding.label();
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
