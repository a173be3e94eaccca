package org.unvanish.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.ConstantInitializer;
import ai.djl.util.PairList;
import org.jspecify.annotations.Nullable;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.activation.Scale;
import org.unvanish.djl.model.FloatArrays;

/**
 * A block that applies f_α(z) = α·f(z/α) to every value (Ven &amp; Lederer 2021, equation (1)).
 *
 * <p>Takes one array of any shape and returns one of the same shape. A learned α is a parameter
 * named {@value #ALPHA} with one value, trained as it is, like any other; it is saved and loaded
 * with the model, and no {@link PenaltyLoss} covers it. A fixed α is part of the architecture, like
 * the number of units of a layer: it is not saved. The format of the file is that of DJL's own
 * activation blocks, so a model that was saved with {@code Activation.tanhBlock()} can be loaded
 * into one that has a block with fixed α in its place.
 *
 * @since 0.1
 */
public final class ScaledActivation extends AbstractBlock {

  /** The name of the parameter. */
  static final String ALPHA = "alpha";

  /** That of {@link ai.djl.nn.LambdaBlock}, so that each can read what the other has written. */
  private static final byte VERSION = 2;

  private final Activation activation;
  private final @Nullable Parameter alpha;

  /**
   * @param activation a base function with its scale; a learned α starts at its initial value
   * @throws IllegalArgumentException if the activation shares its learned α: a block has its own
   */
  public ScaledActivation(Activation activation) {
    super(VERSION);
    if (activation.scale() instanceof Scale.Learned learned && learned.shared()) {
      throw new IllegalArgumentException(
          "a block has an α of its own and cannot share it; choose Activation.learned");
    }
    this.activation = activation;
    if (activation.scale() instanceof Scale.Trained trained) {
      Parameter parameter =
          Parameter.builder()
              .setName(ALPHA)
              .setType(Parameter.Type.OTHER)
              .optInitializer(new ConstantInitializer((float) trained.initialAlpha()))
              .optShape(new Shape(1))
              .build();
      this.alpha = addParameter(parameter);
    } else {
      this.alpha = null;
    }
  }

  /**
   * With a given α.
   *
   * @param alpha from 1e-30 to 1e30
   * @throws IllegalArgumentException if it is not
   */
  public static ScaledActivation fixed(ActivationFunction function, double alpha) {
    return new ScaledActivation(Activation.scaled(function, alpha));
  }

  /**
   * With an α that is trained.
   *
   * @param initialAlpha from 1e-30 to 1e30
   * @throws IllegalArgumentException if it is not
   */
  public static ScaledActivation learned(ActivationFunction function, double initialAlpha) {
    return new ScaledActivation(Activation.learned(function, initialAlpha));
  }

  /** Takes over what a block without parameters knows once it is initialised: its input's shape. */
  void takePlaceOf(Block block) {
    if (block.isInitialized()) {
      inputShapes = block.getInputShapes();
    }
  }

  /** The function with its scale as it was made; of a learned α, with its initial value. */
  public Activation activation() {
    return activation;
  }

  /**
   * The function with its scale as it stands: of a learned α, with its present value.
   *
   * @throws IllegalArgumentException if training has taken α out of the range from 1e-30 to 1e30
   */
  public Activation current() {
    if (alpha == null || !alpha.isInitialized()) {
      return activation;
    }
    float value = FloatArrays.of(alpha.getArray())[0];
    return new Activation(
        activation.function(),
        activation.scale() instanceof Scale.Dynamic
            ? new Scale.Dynamic(value)
            : new Scale.Learned(value));
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore parameters,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> options) {
    NDArray z = inputs.singletonOrThrow();
    if (alpha == null) {
      NDArray f = apply(activation.function(), times(z, activation.inner()));
      return new NDList(times(f, activation.outer()));
    }
    NDArray scale = parameters.getValue(alpha, z.getDevice(), training);
    ActivationFunction function = activation.function();
    if (activation.scale() instanceof Scale.Dynamic) {
      return new NDList(apply(function, z.mul(scale)));
    }
    // α·f(z/α) is f(z) there: a gradient of 0, and no rounding, of which Adam makes whole steps.
    return new NDList(
        function.isHomogeneous()
            ? apply(function, z).add(scale.mul(Constant.of(0, scale)))
            : apply(function, z.div(scale)).mul(scale));
  }

  private static NDArray times(NDArray values, double factor) {
    return factor == 1 ? values : values.mul(Constant.of(factor, values));
  }

  private static NDArray over(NDArray values, double divisor) {
    return values.div(Constant.of(divisor, values));
  }

  /**
   * An activation function without a scale, in a form that neither overflows nor cancels, forward
   * or back.
   *
   * @param u of any shape
   * @return f(u), of the same shape
   */
  public static NDArray apply(ActivationFunction function, NDArray u) {
    return switch (function) {
      case TANH -> u.tanh();
      case LOGISTIC -> ai.djl.nn.Activation.sigmoid(u);
      case LOG_SIGMOID -> ai.djl.nn.Activation.softPlus(u.neg()).neg();
      case ARCTAN -> u.atan();
      case SOFTSIGN -> softsign(u);
      case RELU -> ai.djl.nn.Activation.relu(u);
      case IDENTITY -> u;
      case ERF -> u.erf();
      case HARD_TANH -> clipped(u, 1);
      case HARD_SIGMOID -> over(clipped(u, 3).add(3), 6);
      case LECUN_TANH -> times(over(times(u, 2), 3).tanh(), ActivationFunction.LECUN_OUTER);
      case PENALISED_TANH -> choice(u.gt(0), u.tanh(), over(u.tanh(), 4));
      case GELU -> over(u.mul(times(u, Math.sqrt(0.5)).erf().add(1)), 2);
      case SILU -> u.mul(ai.djl.nn.Activation.sigmoid(u));
      case ELU -> elu(u, 1, 1);
      case SELU ->
          elu(
              u,
              ActivationFunction.SELU_LAMBDA,
              ActivationFunction.SELU_LAMBDA * ActivationFunction.SELU_ALPHA);
      case LEAKY_RELU -> choice(u.gt(0), u, times(u, ActivationFunction.LEAK));
      case SOFTPLUS -> ai.djl.nn.Activation.softPlus(u);
      case SINE -> u.sin();
    };
  }

  /** u up to a limit, where the derivative is 0; {@code clip} has 1 there. */
  private static NDArray clipped(NDArray u, double limit) {
    return choice(u.abs().lt(limit), u, times(u.sign(), limit));
  }

  /** right·u for u above 0, else left·(eᵘ − 1); of no other side, which might be infinite. */
  private static NDArray elu(NDArray u, double right, double left) {
    // Not by the minimum, whose derivative at 0 is ½.
    NDArray below = choice(u.gt(0), u.zerosLike(), u);
    // e^u − 1 as 2t/(1 − t), which keeps its digits for small u.
    NDArray t = over(below, 2).tanh();
    NDArray negative = times(times(t, 2).div(times(t, -1).add(1)), left);
    return choice(u.gt(0), times(u, right), negative);
  }

  private static NDArray choice(NDArray condition, NDArray yes, NDArray no) {
    return ai.djl.ndarray.NDArrays.where(condition, yes, no);
  }

  /**
   * u/(1 + |u|) with the derivative of −s/(1 + su), s the sign of u, which differs from it by a
   * constant. The derivative of the quotient cancels: for u = 10⁴ only four digits of it are right.
   */
  private static NDArray softsign(NDArray u) {
    NDArray value = u.div(u.abs().add(1)).stopGradient();
    NDArray sign = u.gte(0).toType(u.getDataType(), false).muli(2).subi(1);
    NDArray slope = sign.neg().div(u.mul(sign).add(1));
    return value.add(slope.sub(slope.stopGradient()));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return inputShapes;
  }

  @Override
  public String toString() {
    return activation.toString();
  }
}
