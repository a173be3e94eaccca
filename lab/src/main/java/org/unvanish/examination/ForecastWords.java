package org.unvanish.examination;

import static org.unvanish.diagnosis.prescription.MagnitudeText.change;
import static org.unvanish.diagnosis.prescription.MagnitudeText.fold;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.unvanish.comparison.ShownNumber;
import org.unvanish.diagnosis.Thresholds;
import org.unvanish.forecast.Forecast;
import org.unvanish.forecast.LayerForecast;
import org.unvanish.meanfield.Phase;
import org.unvanish.statistics.MeanDeviation;

/** A forecast as people say it. */
public final class ForecastWords {

  /** So much is little beside what a training bears. */
  private static final double LITTLE = 0.1;

  /** Standard deviation from which on few samples and seeds decide a root mean square, as log₁₀. */
  private static final double WIDE = 0.5;

  /** Orders of magnitude from which a diagnosis says that the gradient vanishes or explodes. */
  private static final double BEARABLE = Thresholds.DEFAULT.networkLog10();

  private ForecastWords() {}

  /** What becomes of the gradient, how far seeds differ, the phase, and what α can do about it. */
  static String conclusion(Forecast forecast) {
    List<String> sentences = new ArrayList<>();
    if (forecast.isComplete()) {
      sentences.add(gradient(forecast));
      sentences.add(
          "From one seed to another that varies %s (standard deviation %.2f in log₁₀)."
              .formatted(fold(forecast.spreadLog10()), forecast.spreadLog10()));
    } else {
      sentences.add(
          "There is no forecast of the whole network, for theory has none of %s."
              .formatted(String.join(", ", forecast.missing())));
    }
    phase(forecast).ifPresent(phase -> sentences.add(stack(phase, forecast.gradientScale())));
    alpha(forecast).ifPresent(sentences::add);
    return String.join(" ", sentences);
  }

  private static String gradient(Forecast forecast) {
    String typical = change(forecast.typicalLog10());
    String rms = change(forecast.rmsLog10());
    boolean alike = Math.abs(forecast.typicalLog10() - forecast.rmsLog10()) < LITTLE;
    if (alike || typical.equals(rms)) {
      return "At the initial weights the backpropagated gradient %s from the last layer to the first, typically as in root mean square."
          .formatted(typical);
    }
    boolean opposite = forecast.typicalLog10() * forecast.rmsLog10() < 0;
    return "At the initial weights the backpropagated gradient typically %s from the last layer to the first, %s %s in root mean square."
        .formatted(typical, opposite ? "but" : "and", rms);
  }

  /** In which phase a stack is that repeats the layers; nothing where theory does not say. */
  static Optional<Phase> phase(Forecast forecast) {
    return Double.isNaN(forecast.gradientFactor())
        ? Optional.empty()
        : Optional.of(Phase.of(forecast.gradientFactor()));
  }

  static String label(Phase phase) {
    return phase.name().toLowerCase(Locale.ROOT);
  }

  static String stack(Phase phase, double scale) {
    return "A stack of such layers is "
        + switch (phase) {
          case ORDERED ->
              "in the ordered phase: the gradient's energy shrinks to 1/e every %s layers."
                  .formatted(layers(scale));
          case CHAOTIC ->
              "in the chaotic phase: the gradient's energy grows e-fold every %s layers."
                  .formatted(layers(-scale));
          case CRITICAL -> "critical: depth alone neither shrinks nor amplifies the gradient.";
        };
  }

  static String layers(double scale) {
    return String.format(Locale.ROOT, scale < 10 ? "%.1f" : "%.0f", scale);
  }

  private static Optional<String> alpha(Forecast forecast) {
    if (forecast.criticalAlpha().isPresent()) {
      return Optional.of(
          "With these biases the scale acts on every layer: α = %s is critical."
              .formatted(number(forecast.criticalAlpha().getAsDouble())));
    }
    double gain = forecast.alphaGainLog10();
    if (Double.isNaN(gain)) {
      return Optional.empty();
    }
    return Optional.of(
        gain < LITTLE
            ? "No scale α helps: f′ takes %s orders of magnitude, and α can gain no more."
                .formatted(ShownNumber.of("%.2f", gain))
            : "A scale α multiplies the gradient by at most α, and gains at most %s orders of magnitude."
                .formatted(ShownNumber.of("%.1f", gain)));
  }

  /** What to do, before why. */
  static String advice(Forecast forecast) {
    if (!forecast.isComplete()) {
      return "Measure what theory does not know: unvanish diagnose.";
    }
    if (worst(forecast) <= BEARABLE) {
      return "Change nothing: a training bears %.0f orders of magnitude.".formatted(BEARABLE);
    }
    DoubleSummaryStatistics factors =
        forecast.layers().stream()
            .mapToDouble(LayerForecast::criticalFactor)
            .filter(Double::isFinite)
            .summaryStatistics();
    if (factors.getCount() == 0) {
      return "No factor on the initial weights makes these layers critical. Use another activation function.";
    }
    return ("Multiply the initial weights of each layer by its critical factor, %s. Or keep the"
                + " weights, and put that factor in front of each layer: naive scaling.")
            .formatted(range(factors.getMin(), factors.getMax()))
        + (forecast.criticalAlpha().isPresent()
            ? " Or scale all activations with the critical α, as the biases let it act."
            : "");
  }

  /** Orders of magnitude, of two seeds in three. */
  private static double worst(Forecast forecast) {
    return Math.max(
        Math.abs(forecast.typicalLog10()) + forecast.spreadLog10(), Math.abs(forecast.rmsLog10()));
  }

  private static String range(double least, double most) {
    String low = number(least);
    String high = number(most);
    return low.equals(high) ? low : low + " to " + high;
  }

  /** Whether forecast and measurement agree. */
  public static String agreement(Forecast forecast, MeasuredSeeds measured) {
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

  /** Three digits. */
  public static String number(double value) {
    return ShownNumber.of(value < 1_000 ? "%.3g" : "%.0f", value);
  }
}
