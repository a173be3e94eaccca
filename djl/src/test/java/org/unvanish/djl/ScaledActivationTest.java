package org.unvanish.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.activation.Scale;
import org.unvanish.djl.model.ActivationFinder;

class ScaledActivationTest {

  /** Both tails, the neighbourhood of 0, and 0 itself. */
  private static final float[] ARGUMENTS = {
    -3e4f, -60, -9, -4, -2.5f, -1, -0.3f, -1e-3f, -1e-20f, 0, 1e-20f, 1e-3f, 0.3f, 1, 2.5f, 4, 9,
    60, 3e4f
  };

  /** f′ of tanh, 1 − tanh², loses its relative accuracy where it is below this. */
  private static final double SLOPE_ERROR = 2.5e-7;

  static Stream<Activation> activations() {
    return Stream.of(ActivationFunction.values())
        .flatMap(
            f ->
                Stream.of(
                    Activation.of(f),
                    Activation.scaled(f, 2),
                    Activation.scaled(f, 0.1),
                    Activation.scaled(f, 1000),
                    Activation.learned(f, 3),
                    Activation.dynamic(f, 0.5),
                    Activation.naive(f, 5)));
  }

  @ParameterizedTest
  @MethodSource("activations")
  void valuesAndGradientsAreThoseOfCore(Activation activation) {
    try (NDManager manager = NDManager.newBaseManager()) {
      ScaledActivation block = new ScaledActivation(activation);
      NDArray z = manager.create(ARGUMENTS);
      block.initialize(manager, DataType.FLOAT32, z.getShape());
      z.setRequiresGradient(true);
      NDArray y = forwardAndBack(block, z);

      float[] values = y.toFloatArray();
      float[] slopes = z.getGradient().toFloatArray();
      for (int i = 0; i < ARGUMENTS.length; i++) {
        double value = activation.value(ARGUMENTS[i]);
        double slope = activation.derivative(ARGUMENTS[i]);
        assertThat((double) values[i])
            .as("value at %s", ARGUMENTS[i])
            .isCloseTo(value, within(2e-6 * Math.abs(value) + tiny(activation, ARGUMENTS[i])));
        assertThat((double) slopes[i])
            .as("derivative at %s", ARGUMENTS[i])
            .isCloseTo(
                slope,
                within(
                    4e-6 * Math.abs(slope)
                        + SLOPE_ERROR * activation.derivative(0)
                        + slopeError(activation, ARGUMENTS[i])
                        + 1e-37));
      }
      if (activation.isLearned()) {
        double expected = 0;
        double sizes = 0;
        for (float argument : ARGUMENTS) {
          expected += activation.scaleDerivative(argument);
          // Its two terms may nearly cancel.
          sizes += Math.abs(activation.value(argument)) / activation.outer();
          sizes += Math.abs(argument * activation.derivative(argument)) / activation.outer();
        }
        NDArray alpha = block.getParameters().get(0).getValue().getArray();
        double gradient = alpha.getGradient().toFloatArray()[0];
        assertThat(gradient).isCloseTo(expected, within(5e-7 * sizes));
        if (activation.scale() instanceof Scale.Learned && activation.function().isHomogeneous()) {
          assertThat(gradient).isZero();
        }
      }
    }
  }

  /**
   * The absolute error of a value. log-sigmoid's beyond 20 is e⁻²⁰ and less, which PyTorch's
   * softplus takes for 0. gelu is u/2·(1 + erf(u/√2)), whose bracket cancels below 0: it has the
   * error of an erf near −1, which is at most 2⁻²³.
   */
  private static double tiny(Activation activation, double z) {
    double u = activation.inner() * z;
    return switch (activation.function()) {
      case LOG_SIGMOID -> 3e-9 * activation.outer();
      case GELU -> 0x1p-24 * activation.outer() * Math.abs(u);
      case SINE -> activation.outer() * argumentError(u);
      default -> 1e-37;
    };
  }

  /**
   * The absolute error of a derivative beyond that of other functions. Above 0 that of penalised
   * tanh is tanh's, whose slope at 0 is 1 and not ¼.
   */
  private static double slopeError(Activation activation, double z) {
    double steepest = activation.outer() * activation.inner();
    return switch (activation.function()) {
      case SINE -> steepest * argumentError(activation.inner() * z);
      case PENALISED_TANH -> SLOPE_ERROR * steepest;
      default -> 0;
    };
  }

  /**
   * The scaled argument is rounded, and so is its factor: by 2⁻²⁴ of it each. Sines and cosines
   * change by as much.
   */
  private static double argumentError(double u) {
    return 0x1p-23 * Math.abs(u);
  }

  @Test
  void softsignKeepsItsSmallDerivative() {
    try (NDManager manager = NDManager.newBaseManager()) {
      ScaledActivation block = ScaledActivation.fixed(ActivationFunction.SOFTSIGN, 1);
      NDArray z = manager.create(new float[] {-1e6f, 1e4f, 1e8f});
      block.initialize(manager, DataType.FLOAT32, z.getShape());
      z.setRequiresGradient(true);
      forwardAndBack(block, z);
      for (int i = 0; i < 3; i++) {
        double slope = ActivationFunction.SOFTSIGN.derivative(z.toFloatArray()[i]);
        assertThat((double) z.getGradient().toFloatArray()[i])
            .isCloseTo(slope, within(1e-6 * slope));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(ActivationFunction.class)
  void theShapeIsKept(ActivationFunction function) {
    try (NDManager manager = NDManager.newBaseManager()) {
      ScaledActivation block = ScaledActivation.learned(function, 2);
      Shape shape = new Shape(2, 3, 1, 4);
      block.initialize(manager, DataType.FLOAT32, shape);
      assertThat(block.getOutputShapes(new Shape[] {shape})).containsExactly(shape);
      NDArray y = forwardAndBack(block, manager.ones(shape));
      assertThat(y.getShape()).isEqualTo(shape);
    }
  }

  @Test
  void aCollectionOfGarbageBeforeTheBackwardPassChangesNoGradient() throws Exception {
    try (NDManager manager = NDManager.newBaseManager()) {
      ScaledActivation block = ScaledActivation.fixed(ActivationFunction.TANH, 2);
      NDArray z = manager.ones(new Shape(4));
      z.setRequiresGradient(true);
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDList input = new NDList(z);
        NDArray y =
            block.forward(new ParameterStore(manager, false), input, true).singletonOrThrow();
        System.gc();
        Thread.sleep(100);
        // Where freed memory is used again, nothing of what lay there is left.
        for (int i = 0; i < 100_000; i++) {
          ByteBuffer.allocateDirect(Double.BYTES).putLong(0, -1);
        }
        collector.backward(y.sum());
      }
      float slope = (float) Activation.scaled(ActivationFunction.TANH, 2).derivative(1);
      for (float found : z.getGradient().toFloatArray()) {
        assertThat(found).isCloseTo(slope, within(1e-6f));
      }
    }
  }

  @Test
  void aLearnedScaleIsSavedAndLoadedWithTheModel(@TempDir Path folder) throws Exception {
    try (NDManager manager = NDManager.newBaseManager();
        Model saved = Model.newInstance("net");
        Model loaded = Model.newInstance("net")) {
      saved.setBlock(network(ScaledActivation.learned(ActivationFunction.TANH, 2)));
      saved.getBlock().initialize(saved.getNDManager(), DataType.FLOAT32, new Shape(1, 4));
      alpha(saved.getBlock()).set(new float[] {3.25f});
      saved.save(folder, "net");

      loaded.setBlock(network(ScaledActivation.learned(ActivationFunction.TANH, 2)));
      loaded.load(folder);
      assertThat(alpha(loaded.getBlock()).toFloatArray()).containsExactly(3.25f);
      assertThat(((ScaledActivation) loaded.getBlock().getChildren().get(1).getValue()).current())
          .isEqualTo(Activation.learned(ActivationFunction.TANH, 3.25));
      NDArray x = manager.create(new float[] {1, -2, 3, 0.5f}, new Shape(1, 4));
      assertThat(forward(loaded.getBlock(), x)).isEqualTo(forward(saved.getBlock(), x));
    }
  }

  @Test
  void aLearnedScaleIsReadInDoublePrecision() {
    try (Model model = Model.newInstance("net")) {
      ScaledActivation scaled = ScaledActivation.learned(ActivationFunction.TANH, 2);
      model.setBlock(network(scaled));
      model.getBlock().initialize(model.getNDManager(), DataType.FLOAT64, new Shape(1, 4));
      assertThat(scaled.current()).isEqualTo(Activation.learned(ActivationFunction.TANH, 2));
    }
  }

  @Test
  void aScaleThatTrainingMadeNegativeIsNone() {
    try (Model model = Model.newInstance("net")) {
      ScaledActivation scaled = ScaledActivation.learned(ActivationFunction.TANH, 2);
      model.setBlock(network(scaled));
      model.getBlock().initialize(model.getNDManager(), DataType.FLOAT32, new Shape(1, 4));
      alpha(model.getBlock()).set(new float[] {-0.5f});
      assertThatThrownBy(scaled::current)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("-0.5");
      assertThat(ActivationFinder.find(scaled, model.getNDManager())).isEmpty();
    }
  }

  @Test
  void aModelWithDjlsTanhCanBeLoadedIntoAScaledOne(@TempDir Path folder) throws Exception {
    try (NDManager manager = NDManager.newBaseManager();
        Model saved = Model.newInstance("net");
        Model loaded = Model.newInstance("net")) {
      saved.setBlock(network(ai.djl.nn.Activation.tanhBlock()));
      saved.getBlock().initialize(saved.getNDManager(), DataType.FLOAT32, new Shape(1, 4));
      saved.save(folder, "net");
      loaded.setBlock(network(ScaledActivation.fixed(ActivationFunction.TANH, 1)));
      loaded.load(folder);
      NDArray x = manager.create(new float[] {1, -2, 3, 0.5f}, new Shape(1, 4));
      assertThat(forward(loaded.getBlock(), x)).isEqualTo(forward(saved.getBlock(), x));
    }
  }

  @Test
  void aScaleThatIsNotPositiveIsRefused() {
    assertThatThrownBy(() -> ScaledActivation.learned(ActivationFunction.TANH, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("initialAlpha");
    assertThatThrownBy(() -> ScaledActivation.fixed(ActivationFunction.TANH, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("alpha");
  }

  private static Block network(Block activation) {
    return new SequentialBlock()
        .add(Linear.builder().setUnits(3).build())
        .add(activation)
        .add(Linear.builder().setUnits(2).build());
  }

  private static NDArray alpha(Block block) {
    return block.getParameters().get("02ScaledActivation_alpha").getArray();
  }

  private static float[] forward(Block block, NDArray x) {
    ParameterStore store = new ParameterStore(x.getManager(), false);
    return block.forward(store, new NDList(x), false).singletonOrThrow().toFloatArray();
  }

  private static NDArray forwardAndBack(Block block, NDArray z) {
    ParameterStore store = new ParameterStore(z.getManager(), false);
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray y = block.forward(store, new NDList(z), true).singletonOrThrow();
      if (z.hasGradient()) {
        collector.backward(y.sum());
      }
      return y;
    }
  }
}
