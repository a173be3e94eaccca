package org.unvanish.contest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LayoutTest {

  private final Task task = TestTasks.small();

  @ParameterizedTest
  @EnumSource
  void aDenseLayerComputesTheSameInEachLayout(Layout layout) {
    Op dense = task.ops().get(4);
    int inputs = dense.in().size();
    int units = dense.out().size();
    float[] input = new float[inputs];
    for (int i = 0; i < inputs; i++) {
      input[i] = i * i - 20f;
    }
    float[] turned = layout.denseWeights(dense, task.parameters());
    for (int unit = 0; unit < units; unit++) {
      double expected = 0;
      double actual = 0;
      for (int i = 0; i < inputs; i++) {
        expected += (double) task.parameters()[dense.offset() + unit * inputs + i] * input[i];
        actual += (double) turned[i * units + unit] * input[layout.source(dense.in(), i)];
      }
      assertThat(actual).isCloseTo(expected, within(1e-9));
    }
  }

  @Test
  void convolutionWeightsHaveTheWindowFirst() {
    Op convolution =
        new Op(Op.Kind.CONVOLUTION, 3, new Op.Dimensions(2, 4, 4), new Op.Dimensions(4, 4, 4), 1);
    float[] parameters = new float[1 + 4 * 2 * 9];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = i;
    }
    float[] turned = Layout.windowFirst(convolution, parameters);
    for (int filter = 0; filter < 4; filter++) {
      for (int channel = 0; channel < 2; channel++) {
        for (int pixel = 0; pixel < 9; pixel++) {
          assertThat(turned[pixel * 8 + channel * 4 + filter])
              .isEqualTo(1f + filter * 18 + channel * 9 + pixel);
        }
      }
    }
  }

  @Test
  void depthwiseWeightsHaveTheWindowFirst() {
    Op depthwise = task.ops().get(0);
    float[] turned = Layout.windowFirst(depthwise, task.parameters());
    for (int channel = 0; channel < 2; channel++) {
      for (int pixel = 0; pixel < 9; pixel++) {
        assertThat(turned[pixel * 2 + channel]).isEqualTo(task.parameters()[channel * 9 + pixel]);
      }
    }
  }

  @Test
  void recurrentWeightsHaveTheInputFirst() {
    Op.Dimensions sequence = new Op.Dimensions(2, 5, 1);
    Op lstm = new Op(Op.Kind.LSTM, 1, sequence, new Op.Dimensions(3, 1, 1), 4);
    float[] parameters = new float[4 + lstm.parameters()];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = i;
    }
    Op.Tensor state = lstm.tensors().get(1);
    float[] turned = Layout.inputFirst(state, parameters);
    for (int sum = 0; sum < 12; sum++) {
      for (int unit = 0; unit < 3; unit++) {
        assertThat(turned[unit * 12 + sum]).isEqualTo(4f + 24 + sum * 3 + unit);
      }
    }
  }
}
