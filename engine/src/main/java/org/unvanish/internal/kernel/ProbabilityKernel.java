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
    int values = z.shape.channels();
    for (int lane = 0; lane < COUNT; lane += LENGTH) {
      FloatVector max = FloatVector.fromArray(SPECIES, z.values, ORIGIN + lane);
      for (int i = 1; i < values; i++) {
        max = max.max(FloatVector.fromArray(SPECIES, z.values, ORIGIN + i * COUNT + lane));
      }
      FloatVector sum = FloatVector.zero(SPECIES);
      for (int i = 0; i < values; i++) {
        int at = ORIGIN + i * COUNT + lane;
        FloatVector e = VectorMath.exp(FloatVector.fromArray(SPECIES, z.values, at).sub(max));
        e.intoArray(y.values, at);
        sum = sum.add(e);
      }
      for (int i = 0; i < values; i++) {
        int at = ORIGIN + i * COUNT + lane;
        FloatVector.fromArray(SPECIES, y.values, at).div(sum).intoArray(y.values, at);
      }
    }
  }

  /** The gradient with respect to z: yᵢ·(gᵢ − Σⱼ gⱼ·yⱼ), where g is the one with respect to y. */
  public static void inputGradient(LaneTensor y, LaneTensor yGradient, LaneTensor zGradient) {
    int values = y.shape.channels();
    for (int lane = 0; lane < COUNT; lane += LENGTH) {
      FloatVector mean = FloatVector.zero(SPECIES);
      for (int i = 0; i < values; i++) {
        int at = ORIGIN + i * COUNT + lane;
        mean =
            FloatVector.fromArray(SPECIES, y.values, at)
                .fma(FloatVector.fromArray(SPECIES, yGradient.values, at), mean);
      }
      for (int i = 0; i < values; i++) {
        int at = ORIGIN + i * COUNT + lane;
        FloatVector.fromArray(SPECIES, yGradient.values, at)
            .sub(mean)
            .mul(FloatVector.fromArray(SPECIES, y.values, at))
            .intoArray(zGradient.values, at);
      }
    }
  }
}
