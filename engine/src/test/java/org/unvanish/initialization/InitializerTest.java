package org.unvanish.initialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.unvanish.data.Shape;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.Convolutional.SeparableConvolution;
import org.unvanish.network.Dense;
import org.unvanish.network.Network;
import org.unvanish.network.Padding;
import org.unvanish.network.ParameterTensor;

/** What is drawn, where the network alone decides. */
class InitializerTest {

  private static final Initialization ZEROS = new Initialization.Zeros();

  @Test
  void theOnesStandInTheMiddleOfEvenKernels() {
    Network network =
        new Network(
            new Shape(2, 9, 9),
            List.of(
                new Convolution(4, 2, false, 1, Padding.VALID),
                new SeparableConvolution(2, 3, false, 1, Padding.VALID),
                new Dense(2, false)));
    float[] all = Initializer.draw(network, new Initialization.Identity(3), ZEROS, 1);
    List<ParameterTensor> tensors = network.parameters();
    float[] kernels = Arrays.copyOfRange(all, tensors.get(0).offset(), tensors.get(0).end());
    float[] expected = new float[4 * 16];
    // Row 2, column 2 of the kernel that leads from each channel to the filter of its number.
    expected[10] = 3;
    expected[3 * 16 + 10] = 3;
    assertThat(kernels).containsExactly(expected);
    float[] depthwise = Arrays.copyOfRange(all, tensors.get(1).offset(), tensors.get(1).end());
    assertThat(depthwise).containsExactly(0, 0, 0, 3, 0, 0, 0, 3);
  }

  @Test
  void biasesAndRecurrentWeightsHaveNoFileOfTheirOwn() {
    Network network = Network.builder(Shape.flat(3)).dense(2).build();
    Initialization file = new Initialization.FromFile("no such file", "00");
    Initialization glorot = new Initialization.Glorot();
    String refusal =
        "biases and recurrent weights cannot start from a file of their own: take it as the initialization of the weights, for it gives all parameters";
    assertThatThrownBy(() -> Initializer.draw(network, glorot, file, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(refusal);
    assertThatThrownBy(() -> Initializer.draw(network, glorot, file, ZEROS, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(refusal);
  }
}
