package org.unvanish.theory;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.meanfield.CriticalLine;
import org.unvanish.meanfield.RecurrentStack;
import org.unvanish.meanfield.VarianceMap;
import org.unvanish.theory.AuditFinding.Value;
import org.unvanish.theory.chain.WideNumber;

/**
 * A wide simple recurrent layer, from h₀ = 0 on, as mean-field theory has it.
 *
 * @param function f
 * @param alpha α of f_α
 * @param sigmaW σ_w: W has variance σ_w²/units
 * @param drive σ_d = √(σ_b² + σ_u²·mean x²)
 * @param isDrivenOnce whether it is 0 after the first step
 * @param steps T
 */
record DrivenCase(
    ActivationFunction function,
    double alpha,
    double sigmaW,
    double drive,
    boolean isDrivenOnce,
    int steps)
    implements Statement.Case {

  @Override
  public List<Value> values() {
    return List.of(
        new Value("T", Integer.toString(steps)),
        Value.of("σ_w", sigmaW),
        Value.of("σ_d", drive),
        new Value("driven at", isDrivenOnce ? "step 1 alone" : "every step"),
        Value.of("α", alpha));
  }

  @Override
  public int size() {
    return steps;
  }

  /** σ_w·max|f′|. */
  double gain() {
    return sigmaW * function.steepest();
  }

  DrivenCase withAlpha(double other) {
    return new DrivenCase(function, other, sigmaW, drive, isDrivenOnce, steps);
  }

  /** With no drive after the first step. */
  DrivenCase drivenOnce() {
    return new DrivenCase(function, alpha, sigmaW, drive, true, steps);
  }

  /** With W smaller or larger by a factor, and the drive by another. */
  DrivenCase times(double weights, double drives) {
    return new DrivenCase(function, alpha, weights * sigmaW, drives * drive, isDrivenOnce, steps);
  }

  /** G, by which the gradient's energy changes from h_T back to h₀. */
  WideNumber energy() {
    double[] drives = new double[steps];
    Arrays.fill(drives, 0, isDrivenOnce ? 1 : steps, drive);
    RecurrentStack stack = RecurrentStack.of(Activation.scaled(function, alpha), sigmaW, drives);
    return WideNumber.exp(stack.lnMean(steps));
  }

  /** χ₁, what a step of a long sequence multiplies the energy by, if the drive goes on. */
  double fixedFactor() {
    VarianceMap map = new VarianceMap(Activation.scaled(function, alpha), sigmaW, drive);
    return map.factor(map.fixedVariance());
  }

  /** α_c, if the drive goes on. */
  OptionalDouble criticalAlpha() {
    return new CriticalLine(function).alpha(sigmaW, drive);
  }
}
