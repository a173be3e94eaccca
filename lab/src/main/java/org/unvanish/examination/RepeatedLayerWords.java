package org.unvanish.examination;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.unvanish.codec.yaml.Numbers;
import org.unvanish.diagnosis.prescription.MagnitudeText;
import org.unvanish.forecast.ForecastText;
import org.unvanish.meanfield.FixedPoint;
import org.unvanish.meanfield.Phase;

/** A {@link RepeatedLayer} as people say it. */
public final class RepeatedLayerWords {

  private RepeatedLayerWords() {}

  /** What becomes of the gradient, what is critical, and what is kept over the depth. */
  public static String sentence(RepeatedLayer layer) {
    return String.join(" ", sentences(layer));
  }

  /** The same sentence by sentence. */
  public static List<String> sentences(RepeatedLayer layer) {
    FixedPoint fixed = layer.fixedPoint();
    List<String> sentences = new ArrayList<>();
    sentences.add(ForecastText.stack(fixed.phase(), fixed.gradientScale()));
    if (layer.depth().isPresent()) {
      sentences.add(
          "Over %d layers the gradient %s."
              .formatted(
                  layer.depth().getAsInt(),
                  layer.kept().stream()
                      .map(
                          kept ->
                              "%s with α = %s"
                                  .formatted(
                                      MagnitudeText.change(kept.rmsLog10()),
                                      Numbers.text(kept.alpha())))
                      .collect(Collectors.joining(", and "))));
    }
    sentences.add(alpha(layer, fixed.phase()));
    OptionalDouble sigmaW = layer.criticalSigmaW();
    sentences.add(
        sigmaW.isPresent()
            ? "The critical σ_w is %s with these biases and this α."
                .formatted(MagnitudeText.number(sigmaW.getAsDouble()))
            : "No σ_w is critical with these biases and this α.");
    return List.copyOf(sentences);
  }

  private static String alpha(RepeatedLayer layer, Phase phase) {
    if (layer.sigmaB() == 0) {
      return "Without biases no scale α changes the phase or a depth scale.";
    }
    OptionalDouble critical = layer.criticalAlpha();
    return critical.isPresent()
        ? "The critical scale is α = %s: below it the layers are ordered, above it chaotic."
            .formatted(MagnitudeText.number(critical.getAsDouble()))
        : "No scale α is critical: the layers are %s with any.".formatted(phase.label());
  }
}
