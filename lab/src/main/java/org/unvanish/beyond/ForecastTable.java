package org.unvanish.beyond;

import java.util.ArrayList;
import java.util.List;
import org.unvanish.comparison.Table;
import org.unvanish.examination.Agreement;
import org.unvanish.examination.AgreementText;
import org.unvanish.examination.MeasuredSeeds.MeasuredFactors;

/** Forecasts of an experiment's arms beside what was measured, one arm a row. */
public final class ForecastTable {

  private ForecastTable() {}

  /**
   * What becomes of the gradient from the last layer to the first, as log₁₀.
   *
   * @param arms at least one
   */
  public static Table of(List<MeasuredArm> arms) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "arm",
            "typical sample: forecast",
            "measured",
            "",
            "root mean square: forecast",
            "measured"));
    for (MeasuredArm arm : arms) {
      MeasuredFactors measured = arm.measured();
      rows.add(
          List.of(
              arm.name(),
              AgreementText.signed(arm.forecast().typicalLog10()),
              AgreementText.plusMinus(measured.typical()),
              Agreement.of(arm.forecast().typicalLog10(), measured.typical()).label(),
              AgreementText.signed(arm.forecast().rmsLog10()),
              AgreementText.signed(measured.rootMeanSquare())));
    }
    return new Table(
        rows,
        "Change of the gradient's size from the last layer to the first, as log₁₀: −1 is a tenth."
            + " Measured at the initial weights\nof "
            + arms.get(0).seeds().size()
            + " seeds: mean ± standard deviation. They agree where no more than 0.1 and twice the"
            + " standard error lies between\nthem, and nearly where it is at most a tenth. Over"
            + " many layers, few seeds decide the root mean square.");
  }
}
