package org.unvanish.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.unvanish.claim.JudgedClaim;
import org.unvanish.comparison.Comparison;
import org.unvanish.paper.Sensitivity;
import org.unvanish.paper.Sensitivity.Judged;

/** The paper's claims under other readings, as CSV. */
public final class SensitivityCsv {

  /** The name of the file. */
  public static final String FILE = "sensitivity.csv";

  private SensitivityCsv() {}

  /**
   * A row for each claim under each reading, the base first: the verdict, how it differs from the
   * base's, and the comparison that decides it; its cells are empty where there is none.
   */
  public static String of(Sensitivity result) throws IOException {
    List<String> header =
        new ArrayList<>(List.of("claim", "reading", "verdict", "change", "measure", "pairs"));
    header.addAll(ComparisonCells.NAMES);
    header.add("evidence");
    CsvText table = new CsvText(header.toArray(String[]::new));
    for (Judged judged : result.readings()) {
      for (int i = 0; i < judged.findings().size(); i++) {
        JudgedClaim finding = judged.findings().get(i);
        Optional<Comparison> c = finding.comparison();
        List<Object> row =
            new ArrayList<>(
                List.of(
                    finding.claim().id(),
                    judged.reading().name(),
                    finding.label(),
                    judged.changes().get(i).label(),
                    c.map(x -> x.measure().key()).orElse(""),
                    c.<Object>map(Comparison::pairs).orElse("")));
        row.addAll(c.map(ComparisonCells::of).orElse(ComparisonCells.NONE));
        row.add(finding.evidence());
        table.row(row.toArray());
      }
    }
    return table.text();
  }
}
