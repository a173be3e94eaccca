package org.unvanish.report;

import java.io.IOException;
import java.util.List;
import org.unvanish.beyond.MeasuredArm;
import org.unvanish.examination.Agreement;
import org.unvanish.examination.MeasuredSeeds.MeasuredFactors;

/** Forecasts of an experiment's arms beside what was measured, as CSV. */
public final class ForecastCsv {

  private ForecastCsv() {}

  /**
   * A row for each arm: the typical factor as forecast, as measured and its standard deviation over
   * the seeds; whether these agree; the factor in root mean square as forecast and as measured.
   */
  public static String of(List<MeasuredArm> arms) throws IOException {
    CsvText table =
        new CsvText(
            "arm",
            "seeds",
            "forecast_typical_log10",
            "measured_typical_log10",
            "measured_typical_log10_sd",
            "agreement",
            "forecast_rms_log10",
            "measured_rms_log10");
    for (MeasuredArm arm : arms) {
      MeasuredFactors measured = arm.measured();
      table.row(
          arm.name(),
          arm.seeds().size(),
          arm.forecast().typicalLog10(),
          measured.typical().mean(),
          measured.typical().deviation(),
          Agreement.of(arm.forecast().typicalLog10(), measured.typical()).label(),
          arm.forecast().rmsLog10(),
          measured.rootMeanSquare());
    }
    return table.text();
  }
}
