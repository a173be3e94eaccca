package org.unvanish.beyond;

import java.util.ArrayList;
import java.util.List;
import org.unvanish.comparison.Table;
import org.unvanish.examination.Agreement;
import org.unvanish.examination.AgreementText;
import org.unvanish.examination.ArmForecast;
import org.unvanish.examination.MeasuredSeeds;
import org.unvanish.examination.MeasuredSeeds.MeasuredFactors;

/** Forecasts of an experiment's arms beside what was measured, one arm a row. */
public final class ForecastTable {

  private ForecastTable() {}

  /**
   * What becomes of the gradient from the last layer to the first, as log₁₀.
   *
   * @param arms all measured
   */
  public static Table of(List<ArmForecast> arms) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "arm",
            "typical sample: forecast",
            "measured",
            "",
            "root mean square: forecast",
            "measured"));
    int seeds = 0;
    for (ArmForecast arm : arms) {
      MeasuredSeeds measured = arm.measured().orElseThrow();
      MeasuredFactors all = measured.all();
      seeds = measured.seeds();
      rows.add(
          List.of(
              arm.arm().name(),
              AgreementText.signed(arm.forecast().typicalLog10()),
              AgreementText.plusMinus(all.typical()),
              Agreement.of(arm.forecast(), measured).label(),
              AgreementText.signed(arm.forecast().rmsLog10()),
              AgreementText.signed(all.rootMeanSquare())));
    }
    return new Table(
        rows,
        "log₁₀ of what becomes of the gradient from the last layer to the first: −1 is a tenth."
            + " Measured at the initial weights\nof "
            + seeds
            + " seeds: mean ± standard deviation. They agree where no more than 0.1 and twice the"
            + " standard error lies between\nthem, and nearly where it is at most a tenth.");
  }
}
