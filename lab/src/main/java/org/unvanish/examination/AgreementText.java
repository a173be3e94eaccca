package org.unvanish.examination;

import org.unvanish.comparison.ShownNumber;
import org.unvanish.forecast.Forecast;
import org.unvanish.statistics.MeanDeviation;

/** A forecast beside what was measured, in words and numbers. */
public final class AgreementText {

  /** Standard deviation from which on few samples and seeds decide a root mean square, as log₁₀. */
  private static final double WIDE = 0.5;

  private AgreementText() {}

  /** Whether they agree. */
  public static String of(Forecast forecast, MeasuredSeeds measured) {
    MeanDeviation typical = measured.all().typical();
    String numbers =
        "forecast %s, measured %s over %d seeds"
            .formatted(signed(forecast.typicalLog10()), plusMinus(typical), measured.seeds());
    return verdict(forecast, measured, numbers)
        + " In root mean square over samples and seeds the forecast is %s, the measurement %s."
            .formatted(signed(forecast.rmsLog10()), signed(measured.all().rootMeanSquare()))
        + (forecast.spreadLog10() > WIDE ? " Few samples decide that number." : "");
  }

  private static String verdict(Forecast forecast, MeasuredSeeds measured, String numbers) {
    return switch (Agreement.of(forecast, measured)) {
      case AGREES ->
          "Forecast and measurement agree for the typical sample: %s.".formatted(numbers);
      case NEARLY ->
          "Forecast and measurement nearly agree for the typical sample: %s.".formatted(numbers);
      case DIFFERS ->
          "Forecast and measurement differ for the typical sample by %.1f orders of magnitude: %s."
              .formatted(
                  Math.abs(forecast.typicalLog10() - measured.all().typical().mean()), numbers);
      case UNKNOWN -> "Forecast and measurement cannot be compared: %s.".formatted(numbers);
    };
  }

  /** {@code −8.73 ± 0.18}: mean and standard deviation. */
  public static String plusMinus(MeanDeviation over) {
    return over.n() < 2
        ? signed(over.mean())
        : signed(over.mean()) + ShownNumber.of(" ± %.2f", over.deviation());
  }

  /** {@code −8.73}, {@code +0.30}, {@code 0.00}. */
  public static String signed(double log10) {
    String text = ShownNumber.of("%+.2f", log10).replace('-', '−');
    return text.equals("+0.00") ? "0.00" : text;
  }
}
