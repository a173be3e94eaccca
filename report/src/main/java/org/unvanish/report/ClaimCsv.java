package org.unvanish.report;

import java.io.IOException;
import java.util.List;
import org.unvanish.claim.JudgedClaim;

/** Judged claims as CSV. */
public final class ClaimCsv {

  private ClaimCsv() {}

  /** A row for each claim: claim, experiment, statement, verdict, evidence. */
  public static String of(List<JudgedClaim> findings) throws IOException {
    CsvText table = new CsvText("claim", "experiment", "statement", "verdict", "evidence");
    for (JudgedClaim finding : findings) {
      table.row(
          finding.claim().id(),
          finding.claim().experiment(),
          finding.claim().statement(),
          finding.label(),
          finding.evidence());
    }
    return table.text();
  }
}
