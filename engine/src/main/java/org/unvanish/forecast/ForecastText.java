package org.unvanish.forecast;

import static org.unvanish.diagnosis.prescription.MagnitudeText.change;
import static org.unvanish.diagnosis.prescription.MagnitudeText.fold;
import static org.unvanish.diagnosis.prescription.MagnitudeText.number;
import static org.unvanish.diagnosis.prescription.MagnitudeText.range;
import static org.unvanish.diagnosis.prescription.MagnitudeText.signed;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.diagnosis.Thresholds;
import org.unvanish.meanfield.AlphaGain;
import org.unvanish.meanfield.Phase;

/**
 * A forecast in words. They speak of the initial weights: what they say of α holds of the gradient
 * there, and is no claim on what a training makes of it.
 */
public final class ForecastText {

  /** So much is little beside what a training bears. */
  private static final double LITTLE = 0.1;

  /** Orders of magnitude from which a diagnosis says that the gradient vanishes or explodes. */
  private static final double BEARABLE = Thresholds.DEFAULT.networkLog10();

  private final Forecast forecast;

  /** Of a forecast. */
  public ForecastText(Forecast forecast) {
    this.forecast = forecast;
  }

  /** What becomes of the gradient, how far seeds differ, the phase, and what α can do about it. */
  public String conclusion() {
    return String.join(" ", sentences());
  }

  /** The same sentence by sentence: what becomes of the gradient first. */
  public List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    // Of nothing there is neither a phase nor a gain.
    if (forecast.rmsLog10() == Double.NEGATIVE_INFINITY) {
      return List.of(gradient());
    }
    if (forecast.isComplete()) {
      sentences.add(gradient());
      sentences.add(
          format(
              "From seed to seed the change varies %s (standard deviation %.2f in log₁₀).",
              fold(forecast.spreadLog10()), forecast.spreadLog10()));
      if (!leftOut().isEmpty()) {
        sentences.add(
            "The forecast leaves out the backward pass inside %s."
                .formatted(String.join(", ", leftOut())));
      }
    } else {
      sentences.add(
          "There is no forecast of the whole network, because theory does not cover "
              + String.join(", ", forecast.missing())
              + ".");
    }
    forecast.phase().ifPresent(phase -> sentences.add(stack(phase, forecast.gradientScale())));
    alpha().ifPresent(sentences::add);
    return sentences;
  }

  /**
   * The first layer, where theory has none of it: the gradient need not get through it to arrive
   * there, but that of a recurrent layer goes back through its steps.
   */
  private List<String> leftOut() {
    return forecast.layers().stream()
        .filter(layer -> layer.isComplete() && !layer.notForecast().isEmpty())
        .map(LayerForecast::name)
        .toList();
  }

  private String gradient() {
    String typical = change(forecast.typicalLog10());
    String rms = change(forecast.rmsLog10());
    boolean alike = Math.abs(forecast.typicalLog10() - forecast.rmsLog10()) < LITTLE;
    if (alike || typical.equals(rms)) {
      return format(
          "At the initial weights the backpropagated gradient %s from the last layer to the first, typically and in root mean square.",
          typical);
    }
    boolean opposite = forecast.typicalLog10() * forecast.rmsLog10() < 0;
    return format(
        "At the initial weights the backpropagated gradient typically %s from the last layer to the first, %s %s in root mean square.",
        typical, opposite ? "but" : "and", rms);
  }

  /**
   * What a stack that repeats layers without end does.
   *
   * @param scale ξ_∇, the depth scale of the gradient in layers; negative in the chaotic phase
   */
  public static String stack(Phase phase, double scale) {
    return "A stack of such layers is "
        + switch (phase) {
          case ORDERED ->
              format(
                  "in the ordered phase: the gradient's energy shrinks to 1/e every %s layers.",
                  layers(scale));
          case CHAOTIC ->
              format(
                  "in the chaotic phase: the gradient's energy grows e-fold every %s layers.",
                  layers(-scale));
          case CRITICAL -> "critical: depth alone neither shrinks nor amplifies the gradient.";
        };
  }

  private static String layers(double scale) {
    return format(scale < 10 ? "%.1f" : "%.0f", scale);
  }

  private Optional<String> alpha() {
    if (forecast.criticalAlpha().isPresent()) {
      return criticalAlpha();
    }
    double gain = forecast.alphaGainLog10();
    if (Double.isNaN(gain)) {
      return withoutBound();
    }
    return Optional.of(
        gain < LITTLE
            ? format(
                "At the start a larger scale α hardly changes the gradient: f′ takes %.2f orders of magnitude, and α can gain no more. In training it is the same as inputs and biases ÷ α, and logits × α.",
                gain)
            : format(
                "At the start a larger scale α multiplies the gradient by at most α, and gains at most %.1f orders of magnitude.",
                gain));
  }

  /** Why neither a bound nor a critical α is told. */
  private Optional<String> withoutBound() {
    List<LayerForecast> hidden =
        forecast.layers().stream().filter(layer -> layer.activation().isPresent()).toList();
    if (!forecast.isComplete() || hidden.isEmpty()) {
      return Optional.empty();
    }
    Set<ActivationFunction> functions = EnumSet.noneOf(ActivationFunction.class);
    hidden.forEach(layer -> functions.add(layer.activation().orElseThrow().function()));
    String names =
        functions.stream().map(ActivationFunction::label).collect(Collectors.joining(", "));
    if (functions.stream().allMatch(ActivationFunction::isHomogeneous)) {
      return Optional.of(format("A scale α changes nothing: α·f(z/α) is f(z) for %s.", names));
    }
    if (forecast.alpha().isEmpty()) {
      return Optional.of(
          "What α does is not forecast: that needs one α for all activations, no naive factors, no normalization, no residual blocks.");
    }
    if (!functions.stream().allMatch(AlphaGain::holdsFor)) {
      return Optional.of(format("Theory has no bound on what a scale α can gain with %s.", names));
    }
    long without = hidden.stream().filter(layer -> layer.sigmaB() == 0).count();
    return forecast
        .phase()
        .map(
            phase ->
                format("No scale α within a factor of %d is critical: ", Outlook.FARTHEST)
                    + (without > 0
                        ? format(
                            "it acts where there are biases, and %d of %d layers start without.",
                            without, hidden.size())
                        : format("with these biases the layers stay %s.", phase.label())));
  }

  /** Which α is critical with the biases; empty if none is. */
  public Optional<String> criticalAlpha() {
    return forecast.criticalAlpha().isPresent()
        ? Optional.of(
            format(
                "With the initial weights and biases α = %s is critical: below it the gradient vanishes in many layers, above it explodes.",
                number(forecast.criticalAlpha().getAsDouble())))
        : Optional.empty();
  }

  /** What to do, before why. */
  public String advice() {
    if (!forecast.isComplete() || !leftOut().isEmpty()) {
      return "Run unvanish diagnose to measure what theory does not cover.";
    }
    if (forecast.layers().stream().anyMatch(l -> l.weightsLog10() == Double.NEGATIVE_INFINITY)) {
      return "Draw the initial weights at random: weights of 0 pass no gradient on.";
    }
    if (worst() <= BEARABLE) {
      return format("Change nothing: training copes with %.0f orders of magnitude.", BEARABLE);
    }
    DoubleSummaryStatistics factors =
        forecast.layers().stream()
            .mapToDouble(LayerForecast::criticalFactor)
            .filter(Double::isFinite)
            .summaryStatistics();
    if (factors.getCount() == 0) {
      return "No factor on the initial weights makes these layers critical. Use another activation function.";
    }
    return format(
            "Multiply the initial weights of each layer by its critical factor, %s. Or keep the weights, and put that factor in front of each layer: naive scaling.",
            range(factors.getMin(), factors.getMax()))
        + (forecast.criticalAlpha().isPresent()
            ? " Or scale all activations with the critical α, which acts through the biases."
            : "");
  }

  /** Whether all is forecast and a training bears what becomes of the gradient. */
  public boolean isBearable() {
    return forecast.isComplete() && worst() <= BEARABLE;
  }

  /** Orders of magnitude, of two seeds in three. */
  private double worst() {
    return Math.max(
        Math.abs(forecast.typicalLog10()) + forecast.spreadLog10(), Math.abs(forecast.rmsLog10()));
  }

  /** Conclusion, advice and layers, a line each. */
  String all() {
    List<String> lines = new ArrayList<>(sentences());
    lines.add(advice());
    lines.add("");
    forecast.layers().forEach(layer -> add(lines, layer, ""));
    return String.join("\n", lines) + "\n";
  }

  private static void add(List<String> lines, LayerForecast layer, String indent) {
    lines.add(indent + layer.name() + ": " + numbers(layer));
    layer.notForecast().forEach(reason -> lines.add(indent + "  not forecast: " + reason));
    layer.approximated().forEach(reason -> lines.add(indent + "  approximated: " + reason));
    layer.inside().forEach(inner -> add(lines, inner, indent + "  "));
  }

  private static String numbers(LayerForecast layer) {
    if (!layer.isComplete()) {
      return "no forecast";
    }
    return format(
            "f′ %s, weights %s, typical %s ± %.1f",
            signed(layer.activationLog10()).strip(),
            signed(layer.weightsLog10()).strip(),
            signed(layer.typicalLog10()).strip(),
            layer.spreadLog10())
        + known(", variance %.2g", layer.variance())
        + known(", %.0f %% saturated", 100 * layer.saturatedShare())
        + known(", critical factor %.3g", layer.criticalFactor());
  }

  private static String known(String format, double value) {
    return Double.isFinite(value) ? format(format, value) : "";
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
