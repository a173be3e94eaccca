package org.unvanish.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Shape;
import org.unvanish.data.Targets;
import org.unvanish.diagnosis.prescription.OtherRemedy;
import org.unvanish.loss.BinaryCrossEntropy;
import org.unvanish.loss.Loss;
import org.unvanish.loss.MeanSquaredError;
import org.unvanish.loss.OneHot;
import org.unvanish.loss.SoftmaxCrossEntropy;
import org.unvanish.network.Activated;
import org.unvanish.network.Dense;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.Softmax;

class OutputRemediesTest {

  private static final Targets CLASSES = new Targets.Labels(new byte[] {0, 1, 2});
  private static final Targets NUMBERS = new Targets.Numbers(new float[] {-3, 20, 7}, 3);
  private static final Loss SQUARED = new MeanSquaredError();

  private static List<OtherRemedy> allowed(Layer last, Loss loss, Targets targets) {
    Network network = new Network(Shape.flat(2), List.of(new Dense(3, true), last));
    return OutputRemedies.allowed(network, loss, targets);
  }

  @Test
  void aSoftmaxUnderSquaredErrorsOfClassesGivesWayToItsCrossEntropy() {
    List<OtherRemedy> found = allowed(new Softmax(), new OneHot(SQUARED, 3), CLASSES);
    assertThat(found).containsExactly(OtherRemedy.FUSED_SOFTMAX);
    assertThat(OutputRemedies.loss(new OneHot(SQUARED, 3), found))
        .isEqualTo(new SoftmaxCrossEntropy());
    assertThat(OutputRemedies.leavesOutLast(found)).isTrue();
  }

  @Test
  void aLogisticFunctionUnderSquaredErrorsOfClassesGivesWayToTheBinaryCrossEntropy() {
    Layer logistic = new Activated(Activation.of(ActivationFunction.LOGISTIC));
    List<OtherRemedy> found = allowed(logistic, new OneHot(SQUARED, 3), CLASSES);
    assertThat(found).containsExactly(OtherRemedy.FUSED_LOSS);
    assertThat(OutputRemedies.loss(new OneHot(SQUARED, 3), found))
        .isEqualTo(new OneHot(new BinaryCrossEntropy(), 3));
  }

  @Test
  void whatCannotBeProbabilitiesIsLearntWithoutALastActivation() {
    assertThat(allowed(new Softmax(), SQUARED, NUMBERS))
        .containsExactly(OtherRemedy.NO_LAST_ACTIVATION, OtherRemedy.SCALE_TARGETS);
  }
}
