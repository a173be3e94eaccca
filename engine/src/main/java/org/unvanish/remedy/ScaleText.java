package org.unvanish.remedy;

import static org.unvanish.diagnosis.prescription.MagnitudeText.number;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unvanish.diagnosis.Diagnosis;
import org.unvanish.diagnosis.Signal;
import org.unvanish.diagnosis.Thresholds;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.diagnosis.prescription.Conclusion;
import org.unvanish.diagnosis.prescription.Prescription;
import org.unvanish.forecast.Forecast;
import org.unvanish.forecast.ForecastText;

/** What theory has to say of a prescribed scale α. */
final class ScaleText {

  private ScaleText() {}

  /**
   * A conclusion that says what its α can gain at most, if it has one and theory knows.
   *
   * @param forecast of the initial weights
   */
  static Conclusion of(
      Conclusion conclusion,
      Diagnosis diagnosis,
      Optional<Forecast> forecast,
      Thresholds thresholds) {
    Prescription prescription = conclusion.prescription();
    Double alpha = prescription.alpha();
    if (alpha == null || forecast.isEmpty()) {
      return conclusion;
    }
    List<String> sentences = new ArrayList<>();
    bound(alpha, diagnosis, forecast.get(), thresholds, sentences);
    new ForecastText(forecast.get()).criticalAlpha().ifPresent(sentences::add);
    return sentences.isEmpty()
        ? conclusion
        : new Conclusion(
            conclusion.verdict(),
            prescription.saying(String.join(" ", sentences)),
            conclusion.remarks());
  }

  private static void bound(
      double alpha,
      Diagnosis diagnosis,
      Forecast forecast,
      Thresholds thresholds,
      List<String> sentences) {
    double gain = forecast.alphaGainLog10(alpha);
    if (Double.isNaN(gain)) {
      return;
    }
    sentences.add(
        "At the initial weights, without biases, α × %s makes the first gradient at most %s times as large."
            .formatted(number(alpha), number(StrictMath.pow(10, gain))));
    MeasuredBackward start = initial(diagnosis);
    if (gain < thresholds.layerLog10()) {
      sentences.add("If it helps by more than that, it does so in training.");
    } else if (start != null
        && diagnosis.verdict().signal() == Signal.VANISHING
        && start.endToEndLog10() + gain <= -thresholds.networkLog10()) {
      sentences.add("That leaves it vanishing: larger initial weights can do more.");
    }
  }

  private static @Nullable MeasuredBackward initial(Diagnosis diagnosis) {
    MeasuredBackward first = diagnosis.snapshots().get(0).evidence();
    return first.step() == 0 ? first : null;
  }
}
