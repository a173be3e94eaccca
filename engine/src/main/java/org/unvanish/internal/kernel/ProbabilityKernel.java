package org.unvanish.internal.kernel;

import static org.unvanish.internal.kernel.Lanes.LENGTH;
import static org.unvanish.internal.kernel.Lanes.ORIGIN;
import static org.unvanish.internal.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/** The softmax as a layer of its own: yᵢ = exp(zᵢ)/Σⱼ exp(zⱼ) of each sample. */
public final class ProbabilityKernel {

  private static final int COUNT = Lanes.COUNT;

  private ProbabilityKernel() {}

  /**
   * Computes a block.
   *
   * @param z without rows and columns
   * @param y receives the probabilities
   */
  public static void forward(LaneTensor z, LaneTensor y) {
    for (int lane = 0; lane < COUNT; lane += LENGTH) {
      probabilities(z.values, y.values, z.shape.channels(), lane);
    }
  }

  private static void probabilities(float[] z, float[] y, int values, int lane) {
    FloatVector max = FloatVector.fromArray(SPECIES, z, ORIGIN + lane);
    for (int i = 1; i < values; i++) {
      max = max.max(FloatVector.fromArray(SPECIES, z, ORIGIN + i * COUNT + lane));
    }
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int i = 0; i < values; i++) {
      int at = ORIGIN + i * COUNT + lane;
      FloatVector e = VectorMath.exp(FloatVector.fromArray(SPECIES, z, at).sub(max));
      e.intoArray(y, at);
      sum = sum.add(e);
    }
    for (int i = 0; i < values; i++) {
      int at = ORIGIN + i * COUNT + lane;
      FloatVector.fromArray(SPECIES, y, at).div(sum).intoArray(y, at);
    }
  }

  /** The gradient with respect to z: yᵢ·(gᵢ − Σⱼ gⱼ·yⱼ), where g is the one with respect to y. */
  public static void inputGradient(LaneTensor y, LaneTensor yGradient, LaneTensor zGradient) {
    for (int lane = 0; lane < COUNT; lane += LENGTH) {
      gradient(y.values, yGradient.values, zGradient.values, y.shape.channels(), lane);
    }
  }

  private static void gradient(
      float[] y, float[] yGradient, float[] zGradient, int values, int lane) {
    FloatVector mean = FloatVector.zero(SPECIES);
    for (int i = 0; i < values; i++) {
      int at = ORIGIN + i * COUNT + lane;
      mean =
          FloatVector.fromArray(SPECIES, y, at)
              .fma(FloatVector.fromArray(SPECIES, yGradient, at), mean);
    }
    for (int i = 0; i < values; i++) {
      int at = ORIGIN + i * COUNT + lane;
      FloatVector.fromArray(SPECIES, yGradient, at)
          .sub(mean)
          .mul(FloatVector.fromArray(SPECIES, y, at))
          .intoArray(zGradient, at);
    }
  }
}
