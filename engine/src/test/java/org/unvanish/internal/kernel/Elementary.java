package org.unvanish.internal.kernel;

import java.util.function.DoubleUnaryOperator;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.unvanish.activation.ActivationFunction;

/**
 * The functions of {@link VectorMath} with their references and stated errors.
 *
 * <p>Each has a loop of its own, as kernels have: one loop over a function object would be compiled
 * once for all of them and allocate.
 */
enum Elementary {
  TANH(2.7, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, StrictMath::tanh) {
    @Override
    void apply(VectorSpecies<Float> species, float[] in, float[] out) {
      for (int i = 0; i < in.length; i += species.length()) {
        VectorMath.tanh(FloatVector.fromArray(species, in, i)).intoArray(out, i);
      }
    }
  },
  EXP(1.7, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, StrictMath::exp) {
    @Override
    void apply(VectorSpecies<Float> species, float[] in, float[] out) {
      for (int i = 0; i < in.length; i += species.length()) {
        VectorMath.exp(FloatVector.fromArray(species, in, i)).intoArray(out, i);
      }
    }
  },
  LOG1P(2.0, 0, 1, StrictMath::log1p) {
    @Override
    void apply(VectorSpecies<Float> species, float[] in, float[] out) {
      for (int i = 0; i < in.length; i += species.length()) {
        VectorMath.log1p(FloatVector.fromArray(species, in, i)).intoArray(out, i);
      }
    }
  },
  LOGISTIC(
      3.5,
      Float.NEGATIVE_INFINITY,
      Float.POSITIVE_INFINITY,
      x -> {
        double e = StrictMath.exp(-Math.abs(x));
        return x < 0 ? e / (1 + e) : 1 / (1 + e);
      }) {
    @Override
    void apply(VectorSpecies<Float> species, float[] in, float[] out) {
      for (int i = 0; i < in.length; i += species.length()) {
        VectorMath.logistic(FloatVector.fromArray(species, in, i)).intoArray(out, i);
      }
    }
  },
  LOG_SIGMOID(
      3.8,
      Float.NEGATIVE_INFINITY,
      Float.POSITIVE_INFINITY,
      x -> Math.min(x, 0) - StrictMath.log1p(StrictMath.exp(-Math.abs(x)))) {
    @Override
    void apply(VectorSpecies<Float> species, float[] in, float[] out) {
      for (int i = 0; i < in.length; i += species.length()) {
        VectorMath.expOfMinusMagnitude(FloatVector.fromArray(species, in, i)).intoArray(out, i);
      }
      for (int i = 0; i < in.length; i += species.length()) {
        FloatVector power = FloatVector.fromArray(species, out, i);
        VectorMath.logSigmoid(FloatVector.fromArray(species, in, i), power).intoArray(out, i);
      }
    }
  },
  ARCTAN(1.9, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, StrictMath::atan) {
    @Override
    void apply(VectorSpecies<Float> species, float[] in, float[] out) {
      for (int i = 0; i < in.length; i += species.length()) {
        VectorMath.arctan(FloatVector.fromArray(species, in, i)).intoArray(out, i);
      }
    }
  },
  GAUSS(2.3, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, x -> gauss(x, 1)) {
    @Override
    void apply(VectorSpecies<Float> species, float[] in, float[] out) {
      for (int i = 0; i < in.length; i += species.length()) {
        VectorMath.gauss(FloatVector.fromArray(species, in, i)).intoArray(out, i);
      }
    }
  },
  HALF_GAUSS(2.3, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, x -> gauss(x, 0.5)) {
    @Override
    void apply(VectorSpecies<Float> species, float[] in, float[] out) {
      for (int i = 0; i < in.length; i += species.length()) {
        VectorMath.halfGauss(FloatVector.fromArray(species, in, i)).intoArray(out, i);
      }
    }
  },
  ERF(2.6, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, ActivationFunction.ERF::value) {
    @Override
    void apply(VectorSpecies<Float> species, float[] in, float[] out) {
      GAUSS.apply(species, in, out);
      for (int i = 0; i < in.length; i += species.length()) {
        FloatVector gauss = FloatVector.fromArray(species, out, i);
        VectorMath.erf(FloatVector.fromArray(species, in, i), gauss).intoArray(out, i);
      }
    }
  },
  GELU(
      7,
      Float.NEGATIVE_INFINITY,
      Float.POSITIVE_INFINITY,
      ActivationFunction.GELU::value,
      0x1p-118) {
    @Override
    void apply(VectorSpecies<Float> species, float[] in, float[] out) {
      HALF_GAUSS.apply(species, in, out);
      for (int i = 0; i < in.length; i += species.length()) {
        FloatVector gauss = FloatVector.fromArray(species, out, i);
        VectorMath.gelu(FloatVector.fromArray(species, in, i), gauss).intoArray(out, i);
      }
    }
  },
  GELU_SLOPE(
      2, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, ActivationFunction.GELU::derivative, 1) {
    @Override
    void apply(VectorSpecies<Float> species, float[] in, float[] out) {
      HALF_GAUSS.apply(species, in, out);
      for (int i = 0; i < in.length; i += species.length()) {
        FloatVector gauss = FloatVector.fromArray(species, out, i);
        VectorMath.geluSlope(FloatVector.fromArray(species, in, i), gauss).intoArray(out, i);
      }
    }
  },
  SILU(
      4.6,
      Float.NEGATIVE_INFINITY,
      Float.POSITIVE_INFINITY,
      ActivationFunction.SILU::value,
      0x1p-118) {
    @Override
    void apply(VectorSpecies<Float> species, float[] in, float[] out) {
      for (int i = 0; i < in.length; i += species.length()) {
        VectorMath.silu(FloatVector.fromArray(species, in, i)).intoArray(out, i);
      }
    }
  },
  SILU_SLOPE(
      2, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, ActivationFunction.SILU::derivative, 1) {
    @Override
    void apply(VectorSpecies<Float> species, float[] in, float[] out) {
      for (int i = 0; i < in.length; i += species.length()) {
        VectorMath.siluSlope(FloatVector.fromArray(species, in, i)).intoArray(out, i);
      }
    }
  },
  EXPM1_OF_NEGATIVE(3.6, Float.NEGATIVE_INFINITY, 0, StrictMath::expm1) {
    @Override
    void apply(VectorSpecies<Float> species, float[] in, float[] out) {
      for (int i = 0; i < in.length; i += species.length()) {
        VectorMath.expm1OfNegative(FloatVector.fromArray(species, in, i)).intoArray(out, i);
      }
    }
  },
  SIN(1.7, -VectorMath.MOST_RADIANS, VectorMath.MOST_RADIANS, StrictMath::sin) {
    @Override
    void apply(VectorSpecies<Float> species, float[] in, float[] out) {
      for (int i = 0; i < in.length; i += species.length()) {
        VectorMath.sin(FloatVector.fromArray(species, in, i)).intoArray(out, i);
      }
    }
  },
  COS(1.7, -VectorMath.MOST_RADIANS, VectorMath.MOST_RADIANS, StrictMath::cos) {
    @Override
    void apply(VectorSpecies<Float> species, float[] in, float[] out) {
      for (int i = 0; i < in.length; i += species.length()) {
        VectorMath.cos(FloatVector.fromArray(species, in, i)).intoArray(out, i);
      }
    }
  };

  private static double gauss(double x, double times) {
    // The square of a float is exact.
    return StrictMath.exp(-times * x * x);
  }

  /** As the Javadoc states it, in units in the last place. */
  final double statedError;

  final float from;
  final float to;
  final DoubleUnaryOperator reference;

  /** Below, the stated error is that of numbers of this size. */
  final double floor;

  Elementary(double statedError, float from, float to, DoubleUnaryOperator reference) {
    this(statedError, from, to, reference, Float.MIN_NORMAL);
  }

  Elementary(
      double statedError, float from, float to, DoubleUnaryOperator reference, double floor) {
    this.floor = floor;
    this.statedError = statedError;
    this.from = from;
    this.to = to;
    this.reference = reference;
  }

  /** Applies the function to an array whose length is a multiple of 16. */
  abstract void apply(VectorSpecies<Float> species, float[] in, float[] out);

  /** The value at one point. */
  float at(float x) {
    float[] in = new float[16];
    float[] out = new float[16];
    java.util.Arrays.fill(in, x);
    apply(FloatVector.SPECIES_PREFERRED, in, out);
    return out[0];
  }
}
