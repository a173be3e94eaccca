package org.unvanish.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Shape;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.diagnosis.Cause;
import org.unvanish.diagnosis.Diagnosis;
import org.unvanish.diagnosis.Signal;
import org.unvanish.diagnosis.Thresholds;
import org.unvanish.diagnosis.Verdict;
import org.unvanish.diagnosis.prescription.Change;
import org.unvanish.diagnosis.prescription.Conclusion;
import org.unvanish.diagnosis.prescription.PrescribedInitialization;
import org.unvanish.diagnosis.prescription.Prescription;
import org.unvanish.forecast.Forecast;
import org.unvanish.initialization.Initialization;
import org.unvanish.network.Network;
import org.unvanish.network.NetworkBuilder;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.penalty.Penalty;
import org.unvanish.probe.GradientProbe;
import org.unvanish.probe.PaperCases;
import org.unvanish.train.TrainingSettings;

/** What a prescription of α says. */
class ScaleTextTest {

  private static final Initialization NONE = new Initialization.Zeros();

  @Test
  void aScaleThatGainsNearlyNothingAtTheStartIsSaidToDoSo() {
    assertThat(why(new Initialization.Normal(0.05), NONE, ActivationFunction.TANH, 2))
        .matches(
            "so At the initial weights, without biases, α × 2 makes the first gradient at most 1\\.9[0-9]? times as large\\."
                + " If it helps by more than that, it does so in training\\.");
  }

  @Test
  void aScaleGainsNoMoreThanItself() {
    assertThat(why(new Initialization.Normal(0.3), NONE, ActivationFunction.TANH, 5))
        .startsWith(
            "so At the initial weights, without biases, α × 5 makes the first gradient at most 5 times as large.");
  }

  @Test
  void withBiasesTheCriticalScaleIsSaid() {
    assertThat(
            why(
                new Initialization.Normal(0.15),
                new Initialization.Normal(0.3),
                ActivationFunction.TANH,
                2))
        .matches(
            "so With the initial weights and biases α = [0-9.]+ is critical: below it the gradient vanishes in many"
                + " layers, above it explodes\\.");
  }

  @Test
  void nothingIsSaidWhereTheoryKnowsNothing() {
    assertThat(why(new Initialization.He(), NONE, ActivationFunction.RELU, 2)).isEqualTo("so");
    Conclusion conclusion = conclusion(Change.start(PrescribedInitialization.HE));
    GradientProbe probe = probe(NONE, NONE, ActivationFunction.TANH);
    assertThat(ScaleText.of(conclusion, diagnosis(probe), Optional.empty(), Thresholds.DEFAULT))
        .isEqualTo(conclusion);
  }

  private static String why(
      Initialization weights, Initialization biases, ActivationFunction function, double alpha) {
    GradientProbe probe = probe(weights, biases, function);
    Optional<Forecast> forecast = probe.forecast();
    assertThat(forecast).isPresent();
    return ScaleText.of(
            conclusion(Change.scale(alpha)), diagnosis(probe), forecast, Thresholds.DEFAULT)
        .prescription()
        .why();
  }

  private static Diagnosis diagnosis(GradientProbe probe) {
    return Diagnosis.of(List.of(probe.initial()), Thresholds.DEFAULT);
  }

  private static Conclusion conclusion(Change change) {
    return new Conclusion(
        new Verdict(Signal.VANISHING, Cause.MANY_LAYERS, null),
        new Prescription(change, "so", null),
        List.of());
  }

  private static GradientProbe probe(
      Initialization weights, Initialization biases, ActivationFunction function) {
    NetworkBuilder network = Network.builder(new Shape(3, 32, 32));
    for (int i = 0; i < 8; i++) {
      network.dense(100).activation(function);
    }
    return new GradientProbe(
        network.dense(10).build(),
        new TrainingSettings(
            Optimizer.Adam.DEFAULT, Penalty.none(), weights, biases, PixelScaling.UNIT, 32, 1),
        PaperCases.data(),
        1);
  }
}
