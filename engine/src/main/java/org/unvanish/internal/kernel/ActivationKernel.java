package org.unvanish.internal.kernel;

import static org.unvanish.internal.kernel.Lanes.LENGTH;
import static org.unvanish.internal.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;

/**
 * An activation y = outer·f(inner·z) on rows of a tensor, its gradient, and the gradient of a
 * learned α.
 *
 * <p>tanh, logistic, softsign and relu have derivatives that follow from the output alone, so z
 * need not be kept; tanh′ is 1 − y², as in every framework: where y rounds to ±1, the derivative is
 * 0. (The exact derivative would let Adam move parameters that stand still in single precision
 * everywhere else; see docs/design-decisions.md.)
 *
 * <p>One loop for each function: a function passed to a common loop would not be inlined. The
 * launcher keeps this class's methods out of their callers (by a flag of HotSpot's): in a process
 * that has trained with several functions, all their loops would else become one method, in which
 * the compiler gives up inlining, and then allocates at every operation.
 */
public final class ActivationKernel {

  private final ActivationFunction function;
  private final boolean learned;
  private float outer;
  private float inner;
  private float slope;

  /** A kernel with the activation's own (for a learned one: initial) scale. */
  public ActivationKernel(Activation activation) {
    this.function = activation.function();
    this.learned = activation.isLearned();
    this.outer = (float) activation.outer();
    this.inner = (float) activation.inner();
    this.slope = (float) (activation.outer() * activation.inner());
  }

  /** True where the gradient needs z beside y. */
  public boolean needsInput() {
    return learned
        || function == ActivationFunction.ARCTAN
        || function == ActivationFunction.LOG_SIGMOID;
  }

  /** Sets a learned α. */
  public void setAlpha(float alpha) {
    outer = alpha;
    inner = 1 / alpha;
    slope = 1;
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

  private void forward(float[] z, int from, float[] y, int to, int length) {
    switch (function) {
      case TANH -> tanh(z, from, y, to, length, inner, outer);
      case LOGISTIC -> logistic(z, from, y, to, length, inner, outer);
      case LOG_SIGMOID -> logSigmoid(z, from, y, to, length, inner, outer);
      case ARCTAN -> arctan(z, from, y, to, length, inner, outer);
      case SOFTSIGN -> softsign(z, from, y, to, length, inner, outer);
      case RELU -> relu(z, from, y, to, length, inner, outer);
      case IDENTITY -> identity(z, from, y, to, length, slope);
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

  /**
   * Turns the gradient with respect to y into that with respect to z, in place.
   *
   * @param z what the function was applied to; not read unless {@link #needsInput()}
   * @param y its output
   * @param gradient with respect to y, afterwards with respect to z
   */
  public void backward(LaneTensor z, LaneTensor y, LaneTensor gradient) {
    for (int channel = 0; channel < y.shape.channels(); channel++) {
      for (int row = 0; row < y.shape.rows(); row++) {
        int g = gradient.index(channel, row, 0);
        int length = y.rowLength();
        int atY = y.index(channel, row, 0);
        int atZ = z.index(channel, row, 0);
        float[] values = gradient.values;
        switch (function) {
          case TANH -> tanhGradient(y.values, atY, values, g, length, slope, inner / outer);
          case LOGISTIC -> logisticGradient(y.values, atY, values, g, length, inner, 1 / outer);
          case SOFTSIGN -> softsignGradient(y.values, atY, values, g, length, slope, 1 / outer);
          case RELU -> reluGradient(y.values, atY, values, g, length, slope);
          case IDENTITY -> identity(values, g, values, g, length, slope);
          case ARCTAN -> arctanGradient(z.values, atZ, values, g, length, slope, inner);
          case LOG_SIGMOID -> logSigmoidGradient(z.values, atZ, values, g, length, slope, inner);
        }
      }
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

  /**
   * As {@link #backward}, and adds the gradient of a learned α to sums that stay apart by lane.
   *
   * <p>With u = z/α, ∂f_α/∂α = f(u) − u·f′(u): y/α minus u times the derivative, whose product with
   * the gradient with respect to y is the gradient with respect to z. The two terms nearly cancel
   * for small u, where the error is relative to f(u), not to the difference.
   *
   * @param sums 16 of them
   */
  public void backward(LaneTensor z, LaneTensor y, LaneTensor gradient, float[] sums) {
    addScaleGradient(y, gradient, 1, sums);
    backward(z, y, gradient);
    addScaleGradient(z, gradient, -1, sums);
  }

  private void addScaleGradient(LaneTensor factor, LaneTensor gradient, int sign, float[] sums) {
    for (int channel = 0; channel < factor.shape.channels(); channel++) {
      for (int row = 0; row < factor.shape.rows(); row++) {
        int x = factor.index(channel, row, 0);
        int g = gradient.index(channel, row, 0);
        for (int lane = 0; lane < Lanes.COUNT; lane += LENGTH) {
          addProducts(
              factor.values,
              x + lane,
              gradient.values,
              g + lane,
              factor.rowLength(),
              sign * inner,
              sums,
              lane);
        }
      }
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
