package org.unvanish.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.unvanish.activation.ActivationFunction;

class RemediesTest {

  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void everySigmoidTypeActivationIsScaledHoweverItWasMade() {
    SequentialBlock block =
        new SequentialBlock()
            .add(Linear.builder().setUnits(4).build())
            .add(Activation.tanhBlock())
            .add(Activation.sigmoidBlock())
            .add(Activation.softSignBlock())
            .add(Activation::tanh)
            .addSingleton(NDArray::atan)
            .addSingleton(z -> Activation.softPlus(z.neg()).neg())
            .add(LambdaBlock.singleton(NDArray::tanh, "mine"))
            .add(ScaledActivation.fixed(ActivationFunction.TANH, 3))
            .add(new SequentialBlock().add(Activation.tanhBlock()).add(Activation::sigmoid));
    block.initialize(manager, DataType.FLOAT32, new Shape(2, 5));
    Block scaled = Remedies.scale(block, 2);
    List<Block> children = scaled.getChildren().values();
    assertThat(children.subList(1, 9).stream().map(Object::toString))
        .containsExactly(
            "tanh, α = 2",
            "logistic, α = 2",
            "softsign, α = 2",
            "tanh, α = 2",
            "arctan, α = 2",
            "log-sigmoid, α = 2",
            "tanh, α = 2",
            "tanh, α = 6");
    // The last activation decides which numbers are put out.
    List<Block> end = children.get(9).getChildren().values();
    assertThat(end.get(0)).hasToString("tanh, α = 2");
    assertThat(end.get(1)).isInstanceOf(LambdaBlock.class);
  }

  @Test
  void whatIsNoSigmoidTypeActivationStays() {
    SequentialBlock block =
        new SequentialBlock()
            .add(Conv2d.builder().setKernelShape(new Shape(3, 3)).setFilters(2).build())
            .add(Activation.reluBlock())
            .add(Activation.geluBlock())
            .add(BatchNorm.builder().build())
            .add(Pool.maxPool2dBlock(new Shape(2, 2)))
            .add(x -> new NDList(x.head().softmax(1)))
            .add(x -> new NDList(x.head().mul(1)))
            .add(ScaledActivation.learned(ActivationFunction.TANH, 3))
            .add(Activation.tanhBlock())
            .add(Blocks.batchFlattenBlock());
    block.initialize(manager, DataType.FLOAT32, new Shape(2, 3, 8, 8));
    List<Block> before = block.getChildren().values();
    List<Block> after = Remedies.scale(block, 2).getChildren().values();
    for (int i = 0; i < before.size(); i++) {
      assertThat(after.get(i).getClass())
          .isEqualTo(i == 8 ? ScaledActivation.class : before.get(i).getClass());
      assertThat(after.get(i)).isNotSameAs(before.get(i));
    }
    assertThat(after.get(7)).hasToString("tanh, α learned");
  }

  @Test
  void theCopyComputesTheScaledNetwork() {
    Block block = network(Activation.tanhBlock());
    block.initialize(manager, DataType.FLOAT32, new Shape(2, 5));
    Block expected = network(ScaledActivation.fixed(ActivationFunction.TANH, 2));
    expected.initialize(manager, DataType.FLOAT32, new Shape(2, 5));
    for (int i = 0; i < 4; i++) {
      expected
          .getParameters()
          .valueAt(i)
          .getArray()
          .set(block.getParameters().valueAt(i).getArray().toFloatArray());
    }
    NDArray x = manager.randomNormal(new Shape(2, 5)).mul(5);
    assertThat(forward(Remedies.scale(block, 2), x)).isEqualTo(forward(expected, x));
  }

  @Test
  void parametersAreCopiedAndTheOriginalIsUntouched() {
    Block block = network(Activation.tanhBlock());
    block.initialize(manager, DataType.FLOAT32, new Shape(2, 5));
    block.getParameters().valueAt(1).freeze(true);
    String before = block.toString();
    NDArray x = manager.randomNormal(new Shape(2, 5));
    float[] output = forward(block, x);
    Block scaled = Remedies.scale(block, 2);

    assertThat(scaled.getParameters().keys()).isEqualTo(block.getParameters().keys());
    assertThat(scaled.getChildren().keys())
        .containsExactly("01Linear", "02ScaledActivation", "03Linear");
    for (int i = 0; i < 4; i++) {
      ai.djl.nn.Parameter from = block.getParameters().valueAt(i);
      ai.djl.nn.Parameter to = scaled.getParameters().valueAt(i);
      assertThat(to.getId()).isNotEqualTo(from.getId());
      assertThat(to.getType()).isEqualTo(from.getType());
      assertThat(to.requiresGradient()).isEqualTo(from.requiresGradient());
      assertThat(to.getArray().hasGradient()).isEqualTo(from.getArray().hasGradient());
      assertThat(to.getArray().toFloatArray()).isEqualTo(from.getArray().toFloatArray());
      to.getArray().set(new float[(int) to.getShape().size()]);
    }
    assertThat(forward(block, x)).isEqualTo(output);
    assertThat(block).hasToString(before);
    assertThat(scaled.isInitialized()).isTrue();
  }

  @Test
  void aBlockThatIsNotInitialisedYetCanBeScaledAndThenInitialised() {
    Block scaled = Remedies.scale(network(Activation.tanhBlock()), 2);
    assertThat(scaled.isInitialized()).isFalse();
    scaled.initialize(manager, DataType.FLOAT32, new Shape(2, 5));
    assertThat(forward(scaled, manager.ones(new Shape(2, 5)))).hasSize(6);
  }

  @Test
  void parallelBranchesAndOnesOwnBlocksAreCopied() {
    Block block =
        new SequentialBlock()
            .add(
                new ParallelBlock(
                    outputs -> new NDList(outputs.get(0).head().add(outputs.get(1).head())),
                    new ArrayList<>(
                        List.of(
                            new SequentialBlock()
                                .add(Linear.builder().setUnits(3).build())
                                .add(Activation.tanhBlock()),
                            new Residual(Activation.sigmoidBlock())))))
            .add(Linear.builder().setUnits(2).build());
    block.initialize(manager, DataType.FLOAT32, new Shape(2, 3));
    Block scaled = Remedies.scale(block, 4);
    Block parallel = scaled.getChildren().get(0).getValue();
    assertThat(parallel).isInstanceOf(ParallelBlock.class);
    Residual residual = (Residual) parallel.getChildren().get(1).getValue();
    assertThat(residual.activation).hasToString("logistic, α = 4");
    assertThat(residual.getChildren().get(1).getValue()).isSameAs(residual.activation);
    assertThat(residual.linear.getParameters().valueAt(0))
        .isSameAs(residual.getChildren().get(0).getValue().getParameters().valueAt(0))
        .isNotSameAs(
            block
                .getChildren()
                .get(0)
                .getValue()
                .getChildren()
                .get(1)
                .getValue()
                .getParameters()
                .valueAt(0));
    NDArray x = manager.randomNormal(new Shape(2, 3));
    assertThat(forward(scaled, x)).isNotEqualTo(forward(block, x));
  }

  @Test
  void aBlockThatIsThereTwiceIsThereTwiceInTheCopy() {
    Block linear = Linear.builder().setUnits(5).build();
    Block block = new SequentialBlock().add(linear).add(Activation.tanhBlock()).add(linear);
    block.initialize(manager, DataType.FLOAT32, new Shape(2, 5));
    List<Block> children = Remedies.scale(block, 2).getChildren().values();
    assertThat(children.get(2)).isSameAs(children.get(0)).isNotSameAs(linear);
  }

  @Test
  void aModelWithoutSigmoidTypeActivationsIsRefused() {
    Block block = network(Activation.reluBlock());
    assertThatThrownBy(() -> Remedies.scale(block, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no sigmoid-type activation");
  }

  @Test
  void anActivationWithinALstmIsNotSeen() {
    Block lstm = LSTM.builder().setNumLayers(1).setStateSize(3).optBatchFirst(true).build();
    assertThatThrownBy(() -> Remedies.scale(lstm, 2))
        .hasMessageContaining("in its own forward method");
  }

  @Test
  void aScaleOutOfRangeIsRefused() {
    assertThatThrownBy(() -> Remedies.scale(network(Activation.tanhBlock()), -2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("alpha");
  }

  @Test
  void aFunctionThatHoldsOnToItsBlockIsNamedByItsPath() {
    Block block = new SequentialBlock().add(new SequentialBlock().add(new Selfish()));
    assertThatThrownBy(() -> Remedies.scale(block, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("SequentialBlock/01SequentialBlock/01Selfish")
        .hasMessageContaining("within a function");
  }

  @Test
  void aFieldThatOnlyTakesFunctionsIsNamed() {
    assertThatThrownBy(() -> Remedies.scale(new Narrow(), 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("field activation")
        .hasMessageContaining("declare it as Block");
  }

  private static Block network(Block activation) {
    return new SequentialBlock()
        .add(Linear.builder().setUnits(4).build())
        .add(activation)
        .add(Linear.builder().setUnits(3).build());
  }

  private static float[] forward(Block block, NDArray x) {
    return block
        .forward(new ParameterStore(x.getManager(), false), new NDList(x), false)
        .head()
        .toFloatArray();
  }

  /** Somebody's own block, with its parts in fields as well as among its children. */
  private static final class Residual extends AbstractBlock {
    private final Block linear;
    private final Block activation;

    Residual(Block activation) {
      this.linear = addChildBlock("linear", Linear.builder().setUnits(3).build());
      this.activation = addChildBlock("activation", activation);
    }

    @Override
    protected NDList forwardInternal(
        ParameterStore store, NDList in, boolean training, PairList<String, Object> options) {
      NDList z = linear.forward(store, in, training);
      return new NDList(in.head().add(activation.forward(store, z, training).head()));
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... shapes) {
      linear.initialize(manager, type, shapes);
      activation.initialize(manager, type, shapes);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] shapes) {
      return shapes;
    }
  }

  /** A block whose part reaches back to it through a function. */
  private static final class Selfish extends AbstractBlock {
    Selfish() {
      addChildBlock("part", new LambdaBlock(this::apply));
    }

    private NDList apply(NDList in) {
      return in;
    }

    @Override
    protected NDList forwardInternal(
        ParameterStore store, NDList in, boolean training, PairList<String, Object> options) {
      return in;
    }

    @Override
    public Shape[] getOutputShapes(Shape[] shapes) {
      return shapes;
    }
  }

  /** A block that would not take another class of block in its field. */
  private static final class Narrow extends AbstractBlock {
    @SuppressWarnings("unused")
    private final LambdaBlock activation =
        addChildBlock("activation", new LambdaBlock(Activation::tanh));

    @Override
    protected NDList forwardInternal(
        ParameterStore store, NDList in, boolean training, PairList<String, Object> options) {
      return in;
    }

    @Override
    public Shape[] getOutputShapes(Shape[] shapes) {
      return shapes;
    }
  }
}
