package org.unvanish.forecast;

import static org.unvanish.diagnosis.prescription.MagnitudeText.change;
import static org.unvanish.diagnosis.prescription.MagnitudeText.signed;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A forecast in words. */
final class ForecastText {

  /** Less is no reason to change weights. */
  private static final double WORTHWHILE = 1.1;

  private final Forecast forecast;

  ForecastText(Forecast forecast) {
    this.forecast = forecast;
  }

  String explain() {
    List<String> lines = new ArrayList<>();
    lines.add(verdict());
    phase().ifPresent(lines::add);
    alpha().ifPresent(lines::add);
    prescription().ifPresent(lines::add);
    lines.add("");
    forecast.layers().forEach(layer -> add(lines, layer, ""));
    return String.join("\n", lines) + "\n";
  }

  private String verdict() {
    if (!forecast.isComplete()) {
      return "Forecast: theory does not cover all layers. It lacks "
          + String.join(", ", forecast.missing())
          + ".";
    }
    return number(
        "Forecast: from the last weights to the first layer the gradient %s in root mean square. For a typical sample it %s, with a spread of %.1f orders of magnitude between networks.",
        change(forecast.rmsLog10()), change(forecast.typicalLog10()), forecast.spreadLog10());
  }

  private Optional<String> phase() {
    double scale = Math.abs(forecast.gradientScale());
    return forecast
        .phase()
        .map(
            phase ->
                switch (phase) {
                  case CRITICAL -> "More such layers would keep the gradient.";
                  case ORDERED ->
                      number(
                          "More such layers would shrink its square by e in each %.2g layers.",
                          scale);
                  case CHAOTIC ->
                      number(
                          "More such layers would let its square grow by e in each %.2g layers.",
                          scale);
                });
  }

  private Optional<String> alpha() {
    if (forecast.criticalAlpha().isPresent()) {
      return Optional.of(
          number(
              "With these biases, α = %.3g is critical: a smaller one lets the gradient vanish, a larger one explode.",
              forecast.criticalAlpha().getAsDouble()));
    }
    double gain = forecast.alphaGainLog10();
    return Double.isNaN(gain)
        ? Optional.empty()
        : Optional.of(
            number(
                "Without biases, no α can make it more than %.3g times as large.",
                StrictMath.pow(10, gain)));
  }

  /** Of a network that is critical in the main nothing is said. */
  private Optional<String> prescription() {
    List<String> factors = new ArrayList<>();
    boolean worthwhile = false;
    for (LayerForecast layer : forecast.layers()) {
      double factor = layer.criticalFactor();
      if (!Double.isNaN(factor)) {
        factors.add(number("%s %.3g", layer.name(), factor));
        worthwhile |= Math.max(factor, 1 / factor) > WORTHWHILE;
      }
    }
    return worthwhile
        ? Optional.of("Factors that make the weights critical: " + String.join(", ", factors) + ".")
        : Optional.empty();
  }

  private static void add(List<String> lines, LayerForecast layer, String indent) {
    lines.add(
        number(
            "%s%s: f′ %s, weights %s, typical %s ± %.1f, variance %.2g, %.0f %% saturated",
            indent,
            layer.name(),
            signed(layer.activationLog10()).strip(),
            signed(layer.weightsLog10()).strip(),
            signed(layer.typicalLog10()).strip(),
            layer.spreadLog10(),
            layer.variance(),
            100 * layer.saturatedShare()));
    layer.notForecast().forEach(reason -> lines.add(indent + "  not forecast: " + reason));
    layer.approximated().forEach(reason -> lines.add(indent + "  approximated: " + reason));
    layer.inside().forEach(inner -> add(lines, inner, indent + "  "));
  }

  private static String number(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
