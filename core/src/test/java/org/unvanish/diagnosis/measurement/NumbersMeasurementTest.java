package org.unvanish.diagnosis.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.diagnosis.evidence.NumbersEvidence;
import org.unvanish.loss.Score;

class NumbersMeasurementTest {

  private static final Score R_SQUARED = new Score("r2", "R²", "R²", true, Score.Form.NUMBER);

  @Test
  void everyFunctionHasItsRange() {
    assertThat(range(ActivationFunction.LOGISTIC)).isEqualTo(new OutputRange(0, 1, true, true));
    assertThat(range(ActivationFunction.TANH)).isEqualTo(new OutputRange(-1, 1, true, true));
    assertThat(range(ActivationFunction.RELU))
        .isEqualTo(new OutputRange(0, Double.POSITIVE_INFINITY, false, false));
    assertThat(range(ActivationFunction.LOG_SIGMOID))
        .isEqualTo(new OutputRange(Double.NEGATIVE_INFINITY, 0, false, true));
    assertThat(range(ActivationFunction.IDENTITY)).isEqualTo(OutputRange.ALL);
    assertThat(OutputRange.of(ActivationFunction.TANH.scaled(2)))
        .isEqualTo(new OutputRange(-2, 2, true, true));
  }

  /** But α·relu(z/α) is relu(z), and a dynamic α is no factor in front of f. */
  @Test
  void aFactorThatIsTrainedReachesEveryNumber() {
    assertThat(OutputRange.of(Activation.learned(ActivationFunction.TANH, 1)))
        .isEqualTo(OutputRange.ALL);
    assertThat(OutputRange.of(Activation.shared(ActivationFunction.LOGISTIC, 2)))
        .isEqualTo(OutputRange.ALL);
    assertThat(OutputRange.of(Activation.learned(ActivationFunction.RELU, 2)))
        .isEqualTo(range(ActivationFunction.RELU));
    assertThat(OutputRange.of(Activation.dynamic(ActivationFunction.TANH, 2)))
        .isEqualTo(range(ActivationFunction.TANH));
  }

  @Test
  void spreadsAreMeasuredAboutTheMeanOfEachOutput() {
    NumbersMeasurement two = NumbersMeasurement.of(2, Optional.empty());
    for (int sample = 0; sample < 4; sample++) {
      two.add(0, 7, 1e6 + sample % 2);
      two.add(1, sample, 3);
    }
    NumbersEvidence found = two.result(0, R_SQUARED, 0, 0);
    assertThat(found.targetSpread()).isCloseTo(Math.sqrt(0.125), within(1e-12));
    assertThat(found.outputSpread()).isCloseTo(Math.sqrt(5 / 8.0), within(1e-12));
    assertThat(found.targetRms()).isCloseTo(1e6 / Math.sqrt(2), within(1.0));
    assertThat(found.unreachable()).isZero();
    assertThat(found.outsideShare()).isZero();
  }

  /** −1 and 1 behind the logistic function: half of the variance is out of reach. */
  @Test
  void whatNoOutputReachesIsSaid() {
    NumbersMeasurement measured =
        NumbersMeasurement.of(1, Optional.of(Activation.of(ActivationFunction.LOGISTIC)));
    for (int sample = 0; sample < 10; sample++) {
      measured.add(0, 0.5, sample % 2 == 0 ? -1 : 1);
    }
    NumbersEvidence found = measured.result(0, R_SQUARED, 0, 0);
    assertThat(found.outsideShare()).isEqualTo(0.5);
    assertThat(found.unreachable()).isEqualTo(0.5);
    assertThat(found.asymptoteShare()).isEqualTo(0.5);
    assertThat(found.relativeSpread()).isZero();
  }

  @Test
  void labelsAtAnAsymptoteAreCounted() {
    NumbersMeasurement measured =
        NumbersMeasurement.of(1, Optional.of(Activation.of(ActivationFunction.TANH)));
    measured.add(0, 0, 1);
    measured.add(0, 0, -1);
    measured.add(0, 0, 0.9);
    measured.add(0, 0, 0);
    NumbersEvidence found = measured.result(0, R_SQUARED, 0, 0);
    assertThat(found.asymptoteShare()).isEqualTo(0.5);
    assertThat(found.unreachable()).isZero();
  }

  private static OutputRange range(ActivationFunction function) {
    return OutputRange.of(Activation.of(function));
  }
}
