package org.unvanish.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.unvanish.gradient.GradientSource;
import org.unvanish.network.ParameterTensor;

class GradientRecordersTest {

  private static final List<ParameterTensor> TENSORS =
      List.of(
          new ParameterTensor("weights", ParameterTensor.Kind.WEIGHTS, List.of(4, 5), 0, 5, 4, 0),
          new ParameterTensor("bias", ParameterTensor.Kind.BIAS, List.of(4), 20, 1, 4, 0));

  @Test
  void withoutAPenaltyTheDataGradientAloneGivesTheSameRecord() {
    GradientRecorders three = new GradientRecorders(TENSORS, true);
    GradientRecorders one = new GradientRecorders(TENSORS, false);
    Random random = new Random(1);
    for (int epoch = 0; epoch < 2; epoch++) {
      for (int step = 0; step < 10; step++) {
        float[] gradient = gradient(random);
        three.record(GradientSource.DATA, gradient);
        three.record(GradientSource.PENALTY, new float[gradient.length]);
        three.record(GradientSource.TOTAL, gradient);
        one.record(GradientSource.DATA, gradient);
      }
      assertThat(one.finishEpoch()).isEqualTo(three.finishEpoch());
    }
    assertThat(one.finishEpoch()).isEqualTo(three.finishEpoch());
  }

  @Test
  void tensorByTensorIsAsAllAtOnce() {
    GradientRecorders whole = new GradientRecorders(TENSORS, true);
    GradientRecorders parts = new GradientRecorders(TENSORS, true);
    Random random = new Random(2);
    float[] scratch = new float[20];
    for (GradientSource source : GradientSource.values()) {
      float[] gradient = gradient(random);
      whole.record(source, gradient);
      for (int i = 0; i < TENSORS.size(); i++) {
        ParameterTensor tensor = TENSORS.get(i);
        System.arraycopy(gradient, tensor.offset(), scratch, 0, tensor.size());
        parts.record(source, i, scratch);
      }
    }
    assertThat(parts.finishEpoch()).isEqualTo(whole.finishEpoch());
  }

  /** Of all magnitudes, with zeros of both signs. */
  private static float[] gradient(Random random) {
    float[] gradient = new float[24];
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = (float) (random.nextGaussian() * Math.pow(10, -random.nextInt(12)));
    }
    gradient[3] = 0;
    gradient[21] = -0f;
    return gradient;
  }
}
