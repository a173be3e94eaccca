package org.unvanish.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.unvanish.claim.JudgedClaim;
import org.unvanish.file.ResultFile;

/** Judged claims as CSV. */
public final class ClaimCsv {

  /** The name of the file. */
  public static final String FILE = "claims.csv";

  private ClaimCsv() {}

  /**
   * Writes the file, atomically, if there are claims or the file is there from when there were.
   *
   * @param folder one that exists
   * @throws IOException if it cannot be written
   */
  public static Optional<Path> write(List<JudgedClaim> findings, Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (findings.isEmpty() && !Files.exists(file)) {
      return Optional.empty();
    }
    ResultFile.write(file, of(findings).getBytes(StandardCharsets.UTF_8));
    return Optional.of(file);
  }

  /** A row for each claim: claim, experiment, statement, verdict, evidence. */
  static String of(List<JudgedClaim> findings) throws IOException {
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
