package org.unvanish.meanfield;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.unvanish.activation.Activation;

/**
 * What theory expects of a simple recurrent layer, hₜ = f_α(W·hₜ₋₁ + U·xₜ + b), over T steps from
 * h₀ = 0: W has variance σ_w²/units, U variance σ_u²/features, b variance σ_b².
 *
 * <p>Unrolled, it is a stack of T layers in which inputs act as biases do, at every step: as their
 * {@link #drive}. So α, which divides biases, divides the drive, and acts at every step
 * (proposition 9 in docs/theory.md). Of the inputs only their mean square counts.
 *
 * <p><b>How far to trust it.</b> All steps share W, and the theory takes the W of the way back for
 * independent of that of the way forward. That is right as the number of units grows while T stays.
 * Few units, many steps and a weak drive break it: states then hardly change from step to step, and
 * the product of Jacobians is nearly a power of W. For tanh and 60 steps, typical networks of 600
 * units lose what theory says to about 0.01 a step. Of 100 units they do with σ_d/α = ½ and σ_w = 1
 * (−0.547 ± 0.002, theory −0.545), but with σ_d/α = 0.06 and σ_w = 1.2 they lose 0.030 ± 0.003
 * where theory gains 0.021. {@link TypicalFactor} does not repair that: it is for layers that are
 * independent of each other. They differ about three times as much as networks of such layers
 * would.
 *
 * @since 0.1
 */
public final class RecurrentStack {

  private final VarianceMap last;

  /** q₁ to q_T. */
  private final double[] variances;

  private final double[] lnFactors;

  private RecurrentStack(Activation activation, double sigmaW, double[] drives) {
    if (drives.length == 0) {
      throw new IllegalArgumentException("a recurrent layer must have at least one step");
    }
    variances = new double[drives.length];
    lnFactors = new double[drives.length];
    double meanSquare = 0;
    VarianceMap map = new VarianceMap(activation, sigmaW, drives[0]);
    for (int t = 0; t < drives.length; t++) {
      map = new VarianceMap(activation, sigmaW, drives[t]);
      double q = sigmaW * sigmaW * meanSquare + drives[t] * drives[t];
      Moments moments = map.moments(q);
      variances[t] = q;
      lnFactors[t] = StrictMath.log(map.factor(moments));
      meanSquare = moments.meanSquare();
    }
    last = map;
  }

  /**
   * With a drive of its own at each step.
   *
   * @param activation f_α; a learned scale counts with its initial α
   * @param sigmaW σ_w ≥ 0 of the recurrent weights; of orthogonal ones, their gain
   * @param drives σ_d ≥ 0 of step 1 to T; see {@link #drive}
   * @throws IllegalArgumentException if there is no step, or a number is below 0 or not finite
   */
  public static RecurrentStack of(Activation activation, double sigmaW, double... drives) {
    return new RecurrentStack(activation, sigmaW, drives);
  }

  /**
   * With the same drive at each step.
   *
   * @param map f_α and σ_w, and the drive in place of σ_b; its fixed point is where long sequences
   *     end
   * @param steps T ≥ 1
   * @throws IllegalArgumentException if there is no step
   */
  public static RecurrentStack equal(VarianceMap map, int steps) {
    double[] drives = new double[Math.max(0, steps)];
    Arrays.fill(drives, map.sigmaB());
    return new RecurrentStack(map.activation(), map.sigmaW(), drives);
  }

  /**
   * σ_d = √(σ_b² + σ_u²·mean x²): what inputs and biases together add to the pre-activations.
   *
   * @param sigmaB σ_b of the biases
   * @param sigmaU σ_u of the input weights
   * @param inputMeanSquare mean square of the inputs
   */
  public static double drive(double sigmaB, double sigmaU, double inputMeanSquare) {
    return Math.sqrt(sigmaB * sigmaB + sigmaU * sigmaU * inputMeanSquare);
  }

  /** T. */
  public int steps() {
    return variances.length;
  }

  /**
   * qₜ, the variance of the pre-activations.
   *
   * @param step t, from 1 to T
   */
  public double variance(int step) {
    return variances[step - 1];
  }

  /**
   * ln χ(qₜ), by which the gradient's energy, its sum of squares, changes from hₜ back to hₜ₋₁.
   *
   * @param step t, from 1 to T
   */
  public double lnFactor(int step) {
    return lnFactors[step - 1];
  }

  /**
   * ln of the share of the energy at the last state that comes back to the state k steps before it.
   *
   * @param back k, from 0 to T
   */
  public double lnMean(int back) {
    double sum = 0;
    for (int t = steps(); t > steps() - back; t--) {
      sum += lnFactor(t);
    }
    return sum;
  }

  /**
   * By what the layer's scale must be multiplied to be critical, if the drive of the last step goes
   * on: α_c of an unscaled function. Below it gradients vanish with the number of steps, above it
   * they explode. None without drive, where no scale changes that, and where the gain is too small.
   */
  public OptionalDouble criticalAlpha() {
    Point point = last.point();
    return new CriticalLine(last.activation().function()).alpha(point.sigmaW(), point.sigmaB());
  }
}
