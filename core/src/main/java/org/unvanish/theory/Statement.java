package org.unvanish.theory;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.theory.chain.Bracket;
import org.unvanish.theory.chain.ChainCase;
import org.unvanish.theory.chain.WideNumber;

/**
 * Something that the paper says, in a form that a computer can try out: left ≤ right in all cases,
 * or left < right.
 *
 * @param isStep true for a step of a proof, false for a claim
 * @param text what is claimed
 * @param source where in the paper
 * @param left what {@link Sides#left} is
 * @param right what {@link Sides#right} is
 * @param shown the variables that a counterexample names, of l, k, x, z, v, θ, t, α, y and r
 * @param condition under which it holds, where one is known
 * @param reason why it holds, or why it does not, in a sentence or two
 */
record Statement(
    Topic topic,
    ActivationFunction function,
    boolean isStep,
    String text,
    String source,
    String left,
    String right,
    Set<String> shown,
    Cases cases,
    Function<ChainCase, Sides> sides,
    @Nullable Condition condition,
    String reason) {

  /** Where cases come from. */
  interface Cases {
    /** Simple ones, the simplest first. */
    List<ChainCase> grid();

    /** A random one within the hypotheses of the statement. */
    ChainCase draw(RandomGenerator random);
  }

  /**
   * The two sides of left ≤ right.
   *
   * @param isStrict true for left < right
   */
  record Sides(WideNumber left, WideNumber right, boolean isStrict) {

    /** What rounding may add: far above its error, far below what a counterexample shows. */
    private static final double TOLERANCE = 1e-9;

    Sides(WideNumber left, WideNumber right) {
      this(left, right, false);
    }

    /**
     * The sides of left < right, which must not come so near to each other that rounding decides.
     */
    static Sides strict(WideNumber left, WideNumber right) {
      return new Sides(left, right, true);
    }

    static Sides of(double left, double right) {
      return new Sides(WideNumber.of(left), WideNumber.of(right));
    }

    boolean isViolated() {
      if (isStrict) {
        return left.minus(right).sign() >= 0;
      }
      WideNumber slack = right.plus(right.abs().times(TOLERANCE));
      return left.minus(slack).sign() > 0;
    }
  }

  /**
   * An extra condition.
   *
   * @param largestT its bound where it has the form t ≤ bound
   */
  record Condition(String text, @Nullable Bracket largestT, Predicate<ChainCase> admits) {

    static Condition largestT(String text, Bracket bracket) {
      return new Condition(text, bracket, c -> c.t <= bracket.low());
    }

    static Condition that(String text, Predicate<ChainCase> admits) {
      return new Condition(text, null, admits);
    }
  }
}
