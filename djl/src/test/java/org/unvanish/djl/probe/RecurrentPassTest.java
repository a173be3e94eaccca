package org.unvanish.djl.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.recurrent.GRU;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.nn.recurrent.RNN;
import ai.djl.nn.recurrent.RecurrentBlock;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.unvanish.diagnosis.measurement.BackwardMeasurement;
import org.unvanish.djl.model.FloatArrays;
import org.unvanish.djl.model.ModelParameter;
import org.unvanish.network.ParameterTensor.Kind;
import org.unvanish.penalty.Penalty;

/** Step by step against PyTorch's own layers, as DJL's blocks call them. */
class RecurrentPassTest {

  private static final Shape LARGE = new Shape(4, 9, 3);
  private static final Shape ONE_STEP = new Shape(4, 1, 3);

  /** Of equal sizes, so that no two axes can be taken for each other unnoticed but by values. */
  private static final Shape CUBE = new Shape(5, 5, 5);

  private static <B extends RecurrentBlock.BaseBuilder<B>> B sized(
      B builder, int layers, boolean both) {
    builder.setStateSize(5).setNumLayers(layers);
    builder.optBidirectional(both).optHasBiases(!both);
    return builder;
  }

  private static RNN.Builder rnn(RNN.Activation activation) {
    return RNN.builder().setActivation(activation);
  }

  static Stream<Arguments> blocks() {
    return Stream.of(1, 2, 3)
        .flatMap(
            layers ->
                Stream.of(true, false)
                    .flatMap(
                        both ->
                            Stream.<Supplier<RecurrentBlock>>of(
                                () -> sized(rnn(RNN.Activation.TANH), layers, both).build(),
                                () -> sized(rnn(RNN.Activation.RELU), layers, both).build(),
                                () -> sized(LSTM.builder(), layers, both).build(),
                                () -> sized(GRU.builder(), layers, both).build())))
        .flatMap(
            block -> Stream.of(LARGE, ONE_STEP, CUBE).map(shape -> Arguments.of(block, shape)));
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void statesAndGradientsAreThoseOfTheBlock(Supplier<RecurrentBlock> supplier, Shape shape) {
    try (NDManager manager = NDManager.newBaseManager();
        GradientCollector collector = manager.getEngine().newGradientCollector()) {
      RecurrentBlock recurrent = supplier.get();
      Block block = new SequentialBlock().add(recurrent);
      block.initialize(manager, DataType.FLOAT32, shape);
      for (Parameter parameter : block.getParameters().values()) {
        NDArray values = parameter.getArray();
        manager.randomNormal(0, 0.6f, values.getShape(), DataType.FLOAT32).copyTo(values);
      }
      ParameterStore store = new ParameterStore(manager, false);
      NDArray input = manager.randomNormal(shape);
      NDArray output = block.forward(store, new NDList(input), true).head();
      NDArray start = manager.randomNormal(output.getShape());
      collector.backward(output.mul(start).sum());
      List<ModelParameter> parameters = ModelParameter.of(block);
      List<float[]> expected =
          parameters.stream()
              .map(p -> FloatArrays.of(p.parameter().getArray().getGradient()))
              .toList();
      for (ModelParameter parameter : parameters) {
        NDArray gradient = parameter.parameter().getArray().getGradient();
        gradient.subi(gradient.duplicate());
      }

      BlockStack stack = new BlockStack(block, manager);
      StackPass pass = new StackPass(stack, store, collector, input);
      close(FloatArrays.of(pass.output()), FloatArrays.of(output));
      BackwardMeasurement measurement = new BackwardMeasurement(stack.layers(Penalty.none()));
      int last = stack.leaves().size() - 1;
      Map<String, float[]> found = pass.backward(measurement.pass(), last, 0, start, null);
      for (int i = 0; i < parameters.size(); i++) {
        close(found.get(parameters.get(i).name()), expected.get(i));
      }
    }
  }

  private static void close(float[] actual, float[] expected) {
    double largest =
        IntStream.range(0, expected.length)
            .mapToDouble(i -> Math.abs(expected[i]))
            .max()
            .orElseThrow();
    assertThat(actual).containsExactly(expected, within((float) (1e-5 * Math.max(1, largest))));
  }

  @Test
  void layersOfABlockStandApartWithTheDropoutBetweenThem() {
    try (NDManager manager = NDManager.newBaseManager();
        GradientCollector collector = manager.getEngine().newGradientCollector()) {
      Block block =
          new SequentialBlock()
              .add(GRU.builder().setStateSize(20).setNumLayers(2).optDropRate(0.75f).build());
      block.initialize(manager, DataType.FLOAT32, LARGE);
      BlockStack stack = new BlockStack(block, manager);
      assertThat(stack.leaves())
          .extracting(BlockStack.Leaf::name)
          .containsExactly("01GRU_0", "01GRU_1_Dropout", "01GRU_1");
      assertThat(stack.leaves().get(2).parameters())
          .extracting(ModelParameter::name)
          .containsExactly(
              "01GRU_l_1_i2h_WEIGHT",
              "01GRU_l_1_h2h_WEIGHT",
              "01GRU_l_1_i2h_BIAS",
              "01GRU_l_1_h2h_BIAS");
      assertThat(stack.leaves().get(2).parameters())
          .extracting(ModelParameter::kind)
          .containsExactly(Kind.WEIGHTS, Kind.RECURRENT, Kind.BIAS, Kind.BIAS);
      StackPass pass =
          new StackPass(
              stack, new ParameterStore(manager, false), collector, manager.randomNormal(LARGE));
      float[] dropped = FloatArrays.of(pass.output(1));
      long zeros = IntStream.range(0, dropped.length).filter(i -> dropped[i] == 0).count();
      assertThat((double) zeros / dropped.length).isCloseTo(0.75, within(0.1));
    }
  }
}
