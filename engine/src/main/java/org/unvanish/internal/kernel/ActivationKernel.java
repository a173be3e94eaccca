package org.unvanish.internal.kernel;

import static org.unvanish.internal.kernel.Lanes.INTS;
import static org.unvanish.internal.kernel.Lanes.LENGTH;
import static org.unvanish.internal.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.activation.Scale;

/**
 * An activation y = outer·f(inner·z) on rows of a tensor, its gradient, and the gradient of a
 * learned α.
 *
 * <p>Most functions have derivatives that follow from the output alone, so z need not be kept;
 * tanh′ is 1 − y², as in every framework: where y rounds to ±1, the derivative is 0; that of elu is
 * y + 1 below 0. (The exact derivative would let Adam move parameters that stand still in single
 * precision everywhere else; see docs/design-decisions.md.)
 *
 * <p>One loop for each function: a function passed to a common loop would not be inlined. The
 * launcher keeps this class's methods out of their callers (by a flag of HotSpot's): in a process
 * that has trained with several functions, all their loops would else become one method, in which
 * the compiler gives up inlining, and then allocates at every operation.
 */
public final class ActivationKernel {

  /** Values of a row that {@link #scratch} holds. */
  private static final int SCRATCH = 256;

  private static final float TWO_THIRDS = (float) (2.0 / 3);
  private static final float LECUN_OUTER = (float) ActivationFunction.LECUN_OUTER;
  private static final float LECUN_SLOPE = (float) (ActivationFunction.LECUN_OUTER * 2 / 3);
  private static final float LEAK = (float) ActivationFunction.LEAK;
  private static final float SELU_RIGHT = (float) ActivationFunction.SELU_LAMBDA;
  private static final float SELU_LEFT =
      (float) (ActivationFunction.SELU_LAMBDA * ActivationFunction.SELU_ALPHA);
  private static final float TWO_OVER_ROOT_PI = (float) 1.1283791670955126;

  private final ActivationFunction function;
  private final boolean learned;
  private final boolean dynamic;

  /** Whether a learned α has a gradient: α·f(z/α) of a homogeneous f is f(z), whatever α is. */
  private final boolean moves;

  /** For gradients that take two methods, of which the first has no other place for its result. */
  private final float[] scratch = new float[SCRATCH];

  private float outer;
  private float inner;
  private float slope;

  /** A kernel with the activation's own (for a learned one: initial) scale. */
  public ActivationKernel(Activation activation) {
    this.function = activation.function();
    this.learned = activation.isLearned();
    this.dynamic = activation.scale() instanceof Scale.Dynamic;
    this.moves = learned && (dynamic || !function.isHomogeneous());
    this.outer = (float) activation.outer();
    this.inner = (float) activation.inner();
    this.slope = (float) (activation.outer() * activation.inner());
  }

  /** True where the gradient needs z beside y. */
  public boolean needsInput() {
    return learned
        || switch (function) {
          case TANH, LOGISTIC, SOFTSIGN, RELU, IDENTITY -> false;
          case HARD_TANH, HARD_SIGMOID, LECUN_TANH, PENALISED_TANH -> false;
          case ELU, SELU, LEAKY_RELU -> false;
          case ARCTAN, LOG_SIGMOID, SOFTPLUS, ERF, GELU, SILU, SINE -> true;
        };
  }

  /** Sets a learned α. */
  public void setAlpha(float alpha) {
    outer = dynamic ? 1 : alpha;
    inner = dynamic ? alpha : 1 / alpha;
    slope = dynamic ? alpha : 1;
  }

  /**
   * Computes one row of all channels; the two tensors may be the same one unless {@link
   * #needsInput()}.
   *
   * @param z what the function is applied to
   * @param y receives the output
   */
  public void forward(LaneTensor z, int row, LaneTensor y) {
    for (int channel = 0; channel < z.shape.channels(); channel++) {
      int from = z.index(channel, row, 0);
      forward(z.values, from, y.values, y.index(channel, row, 0), z.rowLength());
    }
  }

  /**
   * Computes one row of the first channel; the places may be the same one unless {@link
   * #needsInput()}.
   *
   * @param z what the function is applied to
   * @param y receives the output
   */
  public void forwardRow(LaneTensor z, int zRow, LaneTensor y, int yRow) {
    forward(z.values, z.index(0, zRow, 0), y.values, y.index(0, yRow, 0), z.rowLength());
  }

  private void forward(float[] z, int from, float[] y, int to, int length) {
    switch (function) {
      case TANH -> tanh(z, from, y, to, length, inner, outer);
      case LOGISTIC -> logistic(z, from, y, to, length, inner, outer);
      case LOG_SIGMOID -> logSigmoid(z, from, y, to, length, inner, outer);
      case ARCTAN -> arctan(z, from, y, to, length, inner, outer);
      case SOFTSIGN -> softsign(z, from, y, to, length, inner, outer);
      case RELU -> relu(z, from, y, to, length, inner, outer);
      case IDENTITY -> identity(z, from, y, to, length, slope);
      case ERF -> erf(z, from, y, to, length, inner, outer);
      case HARD_TANH -> hardTanh(z, from, y, to, length, inner, outer);
      case HARD_SIGMOID -> hardSigmoid(z, from, y, to, length, inner, outer);
      case LECUN_TANH -> tanh(z, from, y, to, length, inner * TWO_THIRDS, outer * LECUN_OUTER);
      case PENALISED_TANH -> penalisedTanh(z, from, y, to, length, inner, outer);
      case GELU -> gelu(z, from, y, to, length, inner, outer);
      case SILU -> silu(z, from, y, to, length, inner, outer);
      case ELU -> elu(z, from, y, to, length, inner, outer, outer);
      case SELU -> elu(z, from, y, to, length, inner, outer * SELU_RIGHT, outer * SELU_LEFT);
      case LEAKY_RELU -> leakyRelu(z, from, y, to, length, inner, outer);
      // It is −log-sigmoid(−u).
      case SOFTPLUS -> logSigmoid(z, from, y, to, length, -inner, -outer);
      case SINE -> sine(z, from, y, to, length, inner, outer);
    }
  }

  private static void tanh(
      float[] z, int from, float[] y, int to, int length, float inner, float outer) {
    for (int i = 0; i < length; i += LENGTH) {
      FloatVector u = FloatVector.fromArray(SPECIES, z, from + i).mul(inner);
      VectorMath.tanh(u).mul(outer).intoArray(y, to + i);
    }
  }

  private static void logistic(
      float[] z, int from, float[] y, int to, int length, float inner, float outer) {
    for (int i = 0; i < length; i += LENGTH) {
      FloatVector u = FloatVector.fromArray(SPECIES, z, from + i).mul(inner);
      VectorMath.logistic(u).mul(outer).intoArray(y, to + i);
    }
  }

  /** In two methods: even alone it would be too long. */
  private static void logSigmoid(
      float[] z, int from, float[] y, int to, int length, float inner, float outer) {
    logSigmoidPower(z, from, y, to, length, inner);
    logSigmoidOfPower(z, from, y, to, length, inner, outer);
  }

  private static void logSigmoidPower(
      float[] z, int from, float[] power, int to, int length, float inner) {
    for (int i = 0; i < length; i += LENGTH) {
      FloatVector u = FloatVector.fromArray(SPECIES, z, from + i).mul(inner);
      VectorMath.expOfMinusMagnitude(u).intoArray(power, to + i);
    }
  }

  private static void logSigmoidOfPower(
      float[] z, int from, float[] y, int to, int length, float inner, float outer) {
    for (int i = 0; i < length; i += LENGTH) {
      FloatVector u = FloatVector.fromArray(SPECIES, z, from + i).mul(inner);
      FloatVector power = FloatVector.fromArray(SPECIES, y, to + i);
      VectorMath.logSigmoid(u, power).mul(outer).intoArray(y, to + i);
    }
  }

  private static void arctan(
      float[] z, int from, float[] y, int to, int length, float inner, float outer) {
    for (int i = 0; i < length; i += LENGTH) {
      FloatVector u = FloatVector.fromArray(SPECIES, z, from + i).mul(inner);
      VectorMath.arctan(u).mul(outer).intoArray(y, to + i);
    }
  }

  private static void softsign(
      float[] z, int from, float[] y, int to, int length, float inner, float outer) {
    for (int i = 0; i < length; i += LENGTH) {
      FloatVector u = FloatVector.fromArray(SPECIES, z, from + i).mul(inner);
      u.div(u.abs().add(FloatVector.broadcast(SPECIES, 1))).mul(outer).intoArray(y, to + i);
    }
  }

  private static void relu(
      float[] z, int from, float[] y, int to, int length, float inner, float outer) {
    for (int i = 0; i < length; i += LENGTH) {
      FloatVector u = FloatVector.fromArray(SPECIES, z, from + i).mul(inner);
      u.max(FloatVector.zero(SPECIES)).mul(outer).intoArray(y, to + i);
    }
  }

  private static void identity(float[] z, int from, float[] y, int to, int length, float slope) {
    for (int i = 0; i < length; i += LENGTH) {
      FloatVector.fromArray(SPECIES, z, from + i).mul(slope).intoArray(y, to + i);
    }
  }

  /** In two methods, as {@link #logSigmoid}. */
  private static void erf(
      float[] z, int from, float[] y, int to, int length, float inner, float outer) {
    gauss(z, from, y, to, length, inner);
    erfOfGauss(z, from, y, to, length, inner, outer);
  }

  private static void gauss(float[] z, int from, float[] e, int to, int length, float inner) {
    for (int i = 0; i < length; i += LENGTH) {
      FloatVector u = FloatVector.fromArray(SPECIES, z, from + i).mul(inner);
      VectorMath.gauss(u).intoArray(e, to + i);
    }
  }

  private static void erfOfGauss(
      float[] z, int from, float[] y, int to, int length, float inner, float outer) {
    for (int i = 0; i < length; i += LENGTH) {
      FloatVector u = FloatVector.fromArray(SPECIES, z, from + i).mul(inner);
      FloatVector e = FloatVector.fromArray(SPECIES, y, to + i);
      VectorMath.erf(u, e).mul(outer).intoArray(y, to + i);
    }
  }

  private static void hardTanh(
      float[] z, int from, float[] y, int to, int length, float inner, float outer) {
    for (int i = 0; i < length; i += LENGTH) {
      FloatVector u = FloatVector.fromArray(SPECIES, z, from + i).mul(inner);
      FloatVector one = FloatVector.broadcast(SPECIES, 1);
      u.max(one.neg()).min(one).mul(outer).intoArray(y, to + i);
    }
  }

  private static void hardSigmoid(
      float[] z, int from, float[] y, int to, int length, float inner, float outer) {
    for (int i = 0; i < length; i += LENGTH) {
      FloatVector u = FloatVector.fromArray(SPECIES, z, from + i).mul(inner);
      FloatVector six = FloatVector.broadcast(SPECIES, 6);
      FloatVector clipped = u.add(3).max(FloatVector.zero(SPECIES)).min(six);
      clipped.div(six).mul(outer).intoArray(y, to + i);
    }
  }

  private static void penalisedTanh(
      float[] z, int from, float[] y, int to, int length, float inner, float outer) {
    for (int i = 0; i < length; i += LENGTH) {
      FloatVector u = FloatVector.fromArray(SPECIES, z, from + i).mul(inner);
      FloatVector factor =
          FloatVector.broadcast(SPECIES, 0.25f * outer)
              .blend(outer, u.compare(VectorOperators.GT, 0));
      VectorMath.tanh(u).mul(factor).intoArray(y, to + i);
    }
  }

  /** In two methods, as {@link #logSigmoid}. */
  private static void gelu(
      float[] z, int from, float[] y, int to, int length, float inner, float outer) {
    halfGauss(z, from, y, to, length, inner);
    geluOfHalfGauss(z, from, y, to, length, inner, outer);
  }

  private static void halfGauss(float[] z, int from, float[] e, int to, int length, float inner) {
    for (int i = 0; i < length; i += LENGTH) {
      FloatVector u = FloatVector.fromArray(SPECIES, z, from + i).mul(inner);
      VectorMath.halfGauss(u).intoArray(e, to + i);
    }
  }

  private static void geluOfHalfGauss(
      float[] z, int from, float[] y, int to, int length, float inner, float outer) {
    for (int i = 0; i < length; i += LENGTH) {
      FloatVector u = FloatVector.fromArray(SPECIES, z, from + i).mul(inner);
      FloatVector e = FloatVector.fromArray(SPECIES, y, to + i);
      VectorMath.gelu(u, e).mul(outer).intoArray(y, to + i);
    }
  }

  private static void silu(
      float[] z, int from, float[] y, int to, int length, float inner, float outer) {
    for (int i = 0; i < length; i += LENGTH) {
      FloatVector u = FloatVector.fromArray(SPECIES, z, from + i).mul(inner);
      VectorMath.silu(u).mul(outer).intoArray(y, to + i);
    }
  }

  /** right·u for u above 0, else left·(e^u − 1). */
  private static void elu(
      float[] z, int from, float[] y, int to, int length, float inner, float right, float left) {
    for (int i = 0; i < length; i += LENGTH) {
      FloatVector u = FloatVector.fromArray(SPECIES, z, from + i).mul(inner);
      VectorMath.expm1OfNegative(u.min(FloatVector.zero(SPECIES)))
          .mul(left)
          .blend(u.mul(right), u.compare(VectorOperators.GT, 0))
          .intoArray(y, to + i);
    }
  }

  private static void leakyRelu(
      float[] z, int from, float[] y, int to, int length, float inner, float outer) {
    for (int i = 0; i < length; i += LENGTH) {
      FloatVector u = FloatVector.fromArray(SPECIES, z, from + i).mul(inner);
      FloatVector factor =
          FloatVector.broadcast(SPECIES, LEAK * outer)
              .blend(outer, u.compare(VectorOperators.GT, 0));
      u.mul(factor).intoArray(y, to + i);
    }
  }

  private static void sine(
      float[] z, int from, float[] y, int to, int length, float inner, float outer) {
    for (int i = 0; i < length; i += LENGTH) {
      FloatVector u = FloatVector.fromArray(SPECIES, z, from + i).mul(inner);
      VectorMath.sin(u).mul(outer).intoArray(y, to + i);
    }
    if (isFar(z, from, length, inner)) {
      for (int i = 0; i < length; i++) {
        float u = z[from + i] * inner;
        y[to + i] = isFar(u) ? (float) StrictMath.sin(u) * outer : y[to + i];
      }
    }
  }

  /**
   * Whether a row has an argument that is too large for {@link VectorMath#sin}, as only those of
   * networks are that overflow: double precision takes such ones, one by one.
   */
  private static boolean isFar(float[] z, int from, int length, float inner) {
    IntVector largest = IntVector.zero(INTS);
    for (int i = 0; i < length; i += LENGTH) {
      FloatVector u = FloatVector.fromArray(SPECIES, z, from + i).mul(inner);
      largest = largest.max(u.reinterpretAsInts().and(0x7fff_ffff));
    }
    return largest.reduceLanes(VectorOperators.MAX)
        > Float.floatToRawIntBits(VectorMath.MOST_RADIANS);
  }

  private static boolean isFar(float u) {
    return !(Math.abs(u) <= VectorMath.MOST_RADIANS);
  }

  /**
   * Turns the gradient with respect to y into that with respect to z, in place.
   *
   * @param z what the function was applied to; not read unless {@link #needsInput()}
   * @param y its output
   * @param gradient with respect to y, afterwards with respect to z
   */
  public void backward(LaneTensor z, LaneTensor y, LaneTensor gradient) {
    backward(z, y, gradient, slope, inner);
  }

  /**
   * @param slope what f′ is multiplied by
   * @param rate the slope per factor in front of f
   */
  private void backward(LaneTensor z, LaneTensor y, LaneTensor gradient, float slope, float rate) {
    for (int channel = 0; channel < y.shape.channels(); channel++) {
      for (int row = 0; row < y.shape.rows(); row++) {
        backward(
            z.values,
            z.index(channel, row, 0),
            y.values,
            y.index(channel, row, 0),
            gradient.values,
            gradient.index(channel, row, 0),
            y.rowLength(),
            slope,
            rate);
      }
    }
  }

  private void backward(
      float[] z,
      int atZ,
      float[] y,
      int atY,
      float[] values,
      int g,
      int length,
      float slope,
      float rate) {
    float perOuter = 1 / outer;
    switch (function) {
      case TANH -> tanhGradient(y, atY, values, g, length, slope, rate / outer);
      case LOGISTIC -> logisticGradient(y, atY, values, g, length, rate, perOuter);
      case SOFTSIGN -> softsignGradient(y, atY, values, g, length, slope, perOuter);
      case RELU -> reluGradient(y, atY, values, g, length, slope);
      case IDENTITY -> identity(values, g, values, g, length, slope);
      case ARCTAN -> arctanGradient(z, atZ, values, g, length, slope, inner);
      case LOG_SIGMOID -> logSigmoidGradient(z, atZ, values, g, length, slope, inner);
      case ERF -> erfGradient(z, atZ, values, g, length, slope, inner);
      case HARD_TANH -> clippedGradient(y, atY, values, g, length, slope, perOuter, -1);
      case HARD_SIGMOID -> clippedGradient(y, atY, values, g, length, slope / 6, perOuter, 0);
      case LECUN_TANH ->
          tanhGradient(
              y,
              atY,
              values,
              g,
              length,
              slope * LECUN_SLOPE,
              rate * TWO_THIRDS / (outer * LECUN_OUTER));
      case PENALISED_TANH -> penalisedTanhGradient(y, atY, values, g, length, slope, perOuter);
      case GELU -> geluGradient(z, atZ, values, g, length, slope, inner, scratch);
      case SILU -> siluGradient(z, atZ, values, g, length, slope, inner);
      case ELU -> eluGradient(y, atY, values, g, length, slope, perOuter, 1, 1);
      case SELU -> eluGradient(y, atY, values, g, length, slope, perOuter, SELU_RIGHT, SELU_LEFT);
      case LEAKY_RELU -> leakyReluGradient(y, atY, values, g, length, slope, perOuter);
      case SOFTPLUS -> logSigmoidGradient(z, atZ, values, g, length, slope, -inner);
      case SINE -> sineGradient(z, atZ, values, g, length, slope, inner, scratch);
    }
  }

  private static void tanhGradient(
      float[] y, int from, float[] gradient, int g, int length, float slope, float curvature) {
    for (int i = 0; i < length; i += LENGTH) {
      FloatVector v = FloatVector.fromArray(SPECIES, y, from + i);
      FloatVector gv = FloatVector.fromArray(SPECIES, gradient, g + i);
      FloatVector s = FloatVector.broadcast(SPECIES, slope);
      FloatVector c = FloatVector.broadcast(SPECIES, -curvature);
      v.mul(v).fma(c, s).mul(gv).intoArray(gradient, g + i);
    }
  }

  private static void logisticGradient(
      float[] y, int from, float[] gradient, int g, int length, float inner, float perOuter) {
    for (int i = 0; i < length; i += LENGTH) {
      FloatVector v = FloatVector.fromArray(SPECIES, y, from + i);
      FloatVector gv = FloatVector.fromArray(SPECIES, gradient, g + i);
      FloatVector one = FloatVector.broadcast(SPECIES, 1);
      one.sub(v.mul(perOuter)).mul(v).mul(inner).mul(gv).intoArray(gradient, g + i);
    }
  }

  private static void softsignGradient(
      float[] y, int from, float[] gradient, int g, int length, float slope, float perOuter) {
    for (int i = 0; i < length; i += LENGTH) {
      FloatVector v = FloatVector.fromArray(SPECIES, y, from + i);
      FloatVector gv = FloatVector.fromArray(SPECIES, gradient, g + i);
      FloatVector rest = FloatVector.broadcast(SPECIES, 1).sub(v.abs().mul(perOuter));
      rest.mul(rest).mul(slope).mul(gv).intoArray(gradient, g + i);
    }
  }

  private static void reluGradient(
      float[] y, int from, float[] gradient, int g, int length, float slope) {
    for (int i = 0; i < length; i += LENGTH) {
      FloatVector v = FloatVector.fromArray(SPECIES, y, from + i);
      FloatVector gv = FloatVector.fromArray(SPECIES, gradient, g + i);
      FloatVector zero = FloatVector.zero(SPECIES);
      zero.blend(gv.mul(slope), v.compare(VectorOperators.GT, zero)).intoArray(gradient, g + i);
    }
  }

  private static void arctanGradient(
      float[] z, int from, float[] gradient, int g, int length, float slope, float inner) {
    for (int i = 0; i < length; i += LENGTH) {
      FloatVector v = FloatVector.fromArray(SPECIES, z, from + i);
      FloatVector gv = FloatVector.fromArray(SPECIES, gradient, g + i);
      FloatVector u = v.mul(inner);
      FloatVector one = FloatVector.broadcast(SPECIES, 1);
      gv.mul(slope).div(u.fma(u, one)).intoArray(gradient, g + i);
    }
  }

  private static void logSigmoidGradient(
      float[] z, int from, float[] gradient, int g, int length, float slope, float inner) {
    for (int i = 0; i < length; i += LENGTH) {
      FloatVector v = FloatVector.fromArray(SPECIES, z, from + i);
      FloatVector gv = FloatVector.fromArray(SPECIES, gradient, g + i);
      FloatVector u = v.mul(-inner);
      VectorMath.logistic(u).mul(slope).mul(gv).intoArray(gradient, g + i);
    }
  }

  private static void erfGradient(
      float[] z, int from, float[] gradient, int g, int length, float slope, float inner) {
    for (int i = 0; i < length; i += LENGTH) {
      FloatVector u = FloatVector.fromArray(SPECIES, z, from + i).mul(inner);
      FloatVector gv = FloatVector.fromArray(SPECIES, gradient, g + i);
      VectorMath.gauss(u).mul(TWO_OVER_ROOT_PI).mul(slope).mul(gv).intoArray(gradient, g + i);
    }
  }

  /** Of a function that is linear between a least value and 1, where the clipping begins. */
  private static void clippedGradient(
      float[] y,
      int from,
      float[] gradient,
      int g,
      int length,
      float slope,
      float perOuter,
      float least) {
    for (int i = 0; i < length; i += LENGTH) {
      FloatVector f = FloatVector.fromArray(SPECIES, y, from + i).mul(perOuter);
      FloatVector gv = FloatVector.fromArray(SPECIES, gradient, g + i);
      FloatVector zero = FloatVector.zero(SPECIES);
      zero.blend(gv.mul(slope), f.compare(VectorOperators.LT, 1))
          .blend(zero, f.compare(VectorOperators.LE, least))
          .intoArray(gradient, g + i);
    }
  }

  /** 1 − f² above 0 and ¼·(1 − (4f)²) below. */
  private static void penalisedTanhGradient(
      float[] y, int from, float[] gradient, int g, int length, float slope, float perOuter) {
    for (int i = 0; i < length; i += LENGTH) {
      FloatVector f = FloatVector.fromArray(SPECIES, y, from + i).mul(perOuter);
      FloatVector gv = FloatVector.fromArray(SPECIES, gradient, g + i);
      FloatVector one = FloatVector.broadcast(SPECIES, 1);
      FloatVector left = f.mul(f).fma(FloatVector.broadcast(SPECIES, -4), one.mul(0.25f));
      left.blend(one.sub(f.mul(f)), f.compare(VectorOperators.GT, 0))
          .mul(slope)
          .mul(gv)
          .intoArray(gradient, g + i);
    }
  }

  private static void geluGradient(
      float[] z,
      int from,
      float[] gradient,
      int g,
      int length,
      float slope,
      float inner,
      float[] scratch) {
    for (int i = 0; i < length; i += SCRATCH) {
      int part = Math.min(SCRATCH, length - i);
      halfGauss(z, from + i, scratch, 0, part, inner);
      geluSlope(z, from + i, scratch, part, inner);
      multiply(scratch, gradient, g + i, part, slope);
    }
  }

  private static void geluSlope(float[] z, int from, float[] halfGauss, int length, float inner) {
    for (int i = 0; i < length; i += LENGTH) {
      FloatVector u = FloatVector.fromArray(SPECIES, z, from + i).mul(inner);
      FloatVector e = FloatVector.fromArray(SPECIES, halfGauss, i);
      VectorMath.geluSlope(u, e).intoArray(halfGauss, i);
    }
  }

  private static void siluGradient(
      float[] z, int from, float[] gradient, int g, int length, float slope, float inner) {
    for (int i = 0; i < length; i += LENGTH) {
      FloatVector u = FloatVector.fromArray(SPECIES, z, from + i).mul(inner);
      FloatVector gv = FloatVector.fromArray(SPECIES, gradient, g + i);
      VectorMath.siluSlope(u).mul(slope).mul(gv).intoArray(gradient, g + i);
    }
  }

  /** right above 0, else f + left. */
  private static void eluGradient(
      float[] y,
      int from,
      float[] gradient,
      int g,
      int length,
      float slope,
      float perOuter,
      float right,
      float left) {
    for (int i = 0; i < length; i += LENGTH) {
      FloatVector f = FloatVector.fromArray(SPECIES, y, from + i).mul(perOuter);
      FloatVector gv = FloatVector.fromArray(SPECIES, gradient, g + i);
      f.add(left)
          .blend(right, f.compare(VectorOperators.GT, 0))
          .mul(slope)
          .mul(gv)
          .intoArray(gradient, g + i);
    }
  }

  private static void leakyReluGradient(
      float[] y, int from, float[] gradient, int g, int length, float slope, float perOuter) {
    for (int i = 0; i < length; i += LENGTH) {
      FloatVector f = FloatVector.fromArray(SPECIES, y, from + i).mul(perOuter);
      FloatVector gv = FloatVector.fromArray(SPECIES, gradient, g + i);
      FloatVector factor =
          FloatVector.broadcast(SPECIES, LEAK * slope)
              .blend(slope, f.compare(VectorOperators.GT, 0));
      gv.mul(factor).intoArray(gradient, g + i);
    }
  }

  private static void sineGradient(
      float[] z,
      int from,
      float[] gradient,
      int g,
      int length,
      float slope,
      float inner,
      float[] scratch) {
    for (int i = 0; i < length; i += SCRATCH) {
      int part = Math.min(SCRATCH, length - i);
      cosine(z, from + i, scratch, part, inner);
      multiply(scratch, gradient, g + i, part, slope);
    }
  }

  private static void cosine(float[] z, int from, float[] out, int length, float inner) {
    for (int i = 0; i < length; i += LENGTH) {
      FloatVector u = FloatVector.fromArray(SPECIES, z, from + i).mul(inner);
      VectorMath.cos(u).intoArray(out, i);
    }
    if (isFar(z, from, length, inner)) {
      for (int i = 0; i < length; i++) {
        float u = z[from + i] * inner;
        out[i] = isFar(u) ? (float) StrictMath.cos(u) : out[i];
      }
    }
  }

  private static void multiply(
      float[] derivatives, float[] gradient, int g, int length, float slope) {
    for (int i = 0; i < length; i += LENGTH) {
      FloatVector gv = FloatVector.fromArray(SPECIES, gradient, g + i);
      FloatVector.fromArray(SPECIES, derivatives, i).mul(slope).mul(gv).intoArray(gradient, g + i);
    }
  }

  /**
   * As {@link #backward}, and adds the gradient of a learned α to sums that stay apart by lane.
   *
   * <p>With u = z/α, ∂f_α/∂α = f(u) − u·f′(u): y/α minus u times the derivative, whose product with
   * the gradient with respect to y is the gradient with respect to z. The two terms nearly cancel
   * for small u, where the error is relative to f(u), not to the difference. Of a dynamic scale it
   * is z·f′(α·z), which is multiplied by α only afterwards: α may become 0. Where α changes nothing
   * it has no gradient: its rounding would be one, of which Adam makes whole steps.
   *
   * @param sums 16 of them
   */
  public void backward(LaneTensor z, LaneTensor y, LaneTensor gradient, float[] sums) {
    if (dynamic) {
      backward(z, y, gradient, 1, 1);
      addScaleGradient(z, gradient, 1, sums);
      multiply(gradient, slope);
      return;
    }
    if (!moves) {
      backward(z, y, gradient);
      return;
    }
    addScaleGradient(y, gradient, inner, sums);
    backward(z, y, gradient);
    addScaleGradient(z, gradient, -inner, sums);
  }

  /**
   * Turns the gradient with respect to a row of y into that with respect to a row of z, in place;
   * all of the first channel.
   *
   * @param z what the function was applied to; not read unless {@link #needsInput()}
   * @param y its output
   * @param gradient with respect to y, afterwards with respect to z
   * @param sums 16 of them, which gather the gradient of a learned α
   */
  public void backwardRow(
      LaneTensor z, int zRow, LaneTensor y, int yRow, LaneTensor gradient, int gRow, float[] sums) {
    int atZ = z.index(0, zRow, 0);
    int atY = y.index(0, yRow, 0);
    int g = gradient.index(0, gRow, 0);
    int n = gradient.rowLength();
    float[] values = gradient.values;
    if (!moves) {
      backward(z.values, atZ, y.values, atY, values, g, n, slope, inner);
    } else if (dynamic) {
      backward(z.values, atZ, y.values, atY, values, g, n, 1, 1);
      addRowProducts(z.values, atZ, values, g, n, 1, sums);
      identity(values, g, values, g, n, slope);
    } else {
      addRowProducts(y.values, atY, values, g, n, inner, sums);
      backward(z.values, atZ, y.values, atY, values, g, n, slope, inner);
      addRowProducts(z.values, atZ, values, g, n, -inner, sums);
    }
  }

  private static void multiply(LaneTensor gradient, float factor) {
    for (int channel = 0; channel < gradient.shape.channels(); channel++) {
      for (int row = 0; row < gradient.shape.rows(); row++) {
        int g = gradient.index(channel, row, 0);
        identity(gradient.values, g, gradient.values, g, gradient.rowLength(), factor);
      }
    }
  }

  private static void addScaleGradient(
      LaneTensor factor, LaneTensor gradient, float times, float[] sums) {
    for (int channel = 0; channel < factor.shape.channels(); channel++) {
      for (int row = 0; row < factor.shape.rows(); row++) {
        addRowProducts(
            factor.values,
            factor.index(channel, row, 0),
            gradient.values,
            gradient.index(channel, row, 0),
            factor.rowLength(),
            times,
            sums);
      }
    }
  }

  private static void addRowProducts(
      float[] a, int atA, float[] b, int atB, int length, float times, float[] sums) {
    for (int lane = 0; lane < Lanes.COUNT; lane += LENGTH) {
      addProducts(a, atA + lane, b, atB + lane, length, times, sums, lane);
    }
  }

  private static void addProducts(
      float[] a, int atA, float[] b, int atB, int length, float times, float[] sums, int lane) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int i = 0; i < length; i += Lanes.COUNT) {
      sum =
          FloatVector.fromArray(SPECIES, a, atA + i)
              .fma(FloatVector.fromArray(SPECIES, b, atB + i), sum);
    }
    FloatVector.fromArray(SPECIES, sums, lane).add(sum.mul(times)).intoArray(sums, lane);
  }
}
