package org.unvanish.report;

import java.io.IOException;
import java.util.Locale;
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
    CsvText table =
        new CsvText(
            "claim",
            "reading",
            "verdict",
            "change",
            "measure",
            "pairs",
            "first_mean",
            "second_mean",
            "difference",
            "difference_low",
            "difference_high",
            "unit",
            "effect",
            "p",
            "evidence");
    for (Judged judged : result.readings()) {
      for (int i = 0; i < judged.findings().size(); i++) {
        JudgedClaim finding = judged.findings().get(i);
        Optional<Comparison> c = finding.comparison();
        table.row(
            finding.claim().id(),
            judged.reading().name(),
            finding.label(),
            judged.changes().get(i).name().toLowerCase(Locale.ROOT),
            c.map(x -> x.measure().key()).orElse(""),
            c.<Object>map(Comparison::pairs).orElse(""),
            number(c.map(Comparison::first)),
            number(c.map(Comparison::second)),
            number(c.map(Comparison::difference)),
            number(c.map(x -> x.interval().low())),
            number(c.map(x -> x.interval().high())),
            c.map(x -> x.measure().unit().label()).orElse(""),
            number(c.map(Comparison::effect)),
            number(c.map(Comparison::pValue)),
            finding.evidence());
      }
    }
    return table.text();
  }

  /** NaN is written as an empty cell. */
  private static double number(Optional<Double> value) {
    return value.orElse(Double.NaN);
  }
}
