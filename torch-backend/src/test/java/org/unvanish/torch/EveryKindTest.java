package org.unvanish.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.activation.Scale;
import org.unvanish.data.Lengths;
import org.unvanish.data.Shape;
import org.unvanish.network.Dense;
import org.unvanish.network.Kinds;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.ParameterTensor;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.penalty.Penalty;
import org.unvanish.train.TrainingSettings;

/** Whatever kind a sealed type permits, PyTorch has a mirror of it. */
class EveryKindTest {

  private static final PyTorch TORCH = PyTorch.load();

  static List<Layer> layers() {
    return Kinds.of(Layer.class);
  }

  @ParameterizedTest
  @MethodSource("layers")
  void aLayerHasAMirror(Layer layer) {
    Shape input = Kinds.input(layer);
    Network network = new Network(input, List.of(layer, new Dense(3, true)));
    try (NDManager manager = TORCH.newManager()) {
      NDArray samples =
          manager.ones(
              new ai.djl.ndarray.types.Shape(5, input.channels(), input.rows(), input.columns()));
      float[] parameters = new float[network.parameterCount()];
      Arrays.fill(parameters, 0.1f);
      NDArray logits =
          new TorchNetwork(network)
              .logits(samples, manager.create(parameters), TorchPass.training(Lengths.FULL, 1, 0));
      assertThat(logits.getShape()).isEqualTo(new ai.djl.ndarray.types.Shape(5, 3));
    }
  }

  static List<Optimizer> optimizers() {
    return Kinds.of(Optimizer.class);
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void anOptimizerHasAMirror(Optimizer optimizer) {
    try (NDManager manager = TORCH.newManager()) {
      NDArray parameters = manager.create(new float[] {1});
      TrainingSettings settings = TrainingSettings.DEFAULT.withOptimizer(optimizer);
      Network network = new Network(Shape.flat(1), List.of(new Dense(1, false)));
      new TorchOptimizer(network, settings, 1, manager)
          .update(parameters, manager.newSubManager().create(new float[] {1}));
      assertThat(parameters.toFloatArray()[0]).isLessThan(1);
    }
  }

  static List<Penalty> penalties() {
    return Kinds.of(Penalty.class);
  }

  @ParameterizedTest
  @MethodSource("penalties")
  void aPenaltyHasAMirror(Penalty penalty) {
    List<ParameterTensor> tensors =
        new Network(new Shape(1, 1, 1), List.of(new Dense(2, false))).parameters();
    try (NDManager manager = TORCH.newManager()) {
      float value =
          new TorchPenalty(penalty, tensors).value(manager.create(new float[] {1, -2})).getFloat();
      assertThat((double) value).isEqualTo(penalty.value(1) + penalty.value(-2));
    }
  }

  @ParameterizedTest
  @EnumSource
  void anActivationHasAMirrorWithEveryScale(ActivationFunction function) {
    for (Scale scale : Kinds.of(Scale.class)) {
      Activation activation = new Activation(function, scale);
      try (NDManager manager = TORCH.newManager()) {
        List<NDArray> learned =
            scale instanceof Scale.Trained trained
                ? List.of(manager.create((float) trained.initialAlpha()))
                : List.of();
        float value =
            TorchActivation.apply(activation, manager.create(new float[] {0.75f}), learned)
                .toFloatArray()[0];
        assertThat((double) value).isCloseTo(activation.value(0.75), within(1e-6));
      }
    }
  }
}
