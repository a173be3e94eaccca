package org.unvanish.report;

import java.io.IOException;
import java.util.List;
import org.unvanish.examination.Agreement;
import org.unvanish.examination.ArmForecast;
import org.unvanish.examination.MeasuredSeeds;
import org.unvanish.examination.MeasuredSeeds.MeasuredFactors;

/** Forecasts of an experiment's arms beside what was measured, as CSV. */
public final class ForecastCsv {

  private ForecastCsv() {}

  /**
   * A row for each arm, all factors as log₁₀: forecast_typical, measured_typical and its standard
   * deviation over the seeds, agreement, forecast_rms, measured_rms.
   *
   * @param arms all measured
   */
  public static String of(List<ArmForecast> arms) throws IOException {
    CsvText table =
        new CsvText(
            "arm",
            "seeds",
            "forecast_typical",
            "measured_typical",
            "measured_typical_sd",
            "agreement",
            "forecast_rms",
            "measured_rms");
    for (ArmForecast arm : arms) {
      MeasuredSeeds measured = arm.measured().orElseThrow();
      MeasuredFactors all = measured.all();
      table.row(
          arm.arm().name(),
          measured.seeds(),
          arm.forecast().typicalLog10(),
          all.typical().mean(),
          all.typical().deviation(),
          Agreement.of(arm.forecast(), measured).label(),
          arm.forecast().rmsLog10(),
          all.rootMeanSquare());
    }
    return table.text();
  }
}
