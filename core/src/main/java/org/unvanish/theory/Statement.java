package org.unvanish.theory;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.theory.AuditFinding.Value;
import org.unvanish.theory.chain.Bracket;
import org.unvanish.theory.chain.WideNumber;

/**
 * Something that the paper says, or that is said of it here, in a form that a computer can try out:
 * left ≤ right in all cases, or left < right.
 *
 * @param <C> what it speaks of: a chain of neurons, a network, or a wide network's mean field
 * @param isStep true for a step of a proof, false for a claim
 * @param text what is claimed
 * @param source where in the paper, or in docs/theory.md
 * @param left what {@link Sides#left} is
 * @param right what {@link Sides#right} is
 * @param shown the variables that a counterexample names, of those that a case has
 * @param condition under which it holds, where one is known
 * @param reason why it holds, or why it does not, in a sentence or two
 */
record Statement<C extends Statement.Case>(
    Topic topic,
    ActivationFunction function,
    boolean isStep,
    String text,
    String source,
    String left,
    String right,
    Set<String> shown,
    Cases<C> cases,
    Function<C, Sides> sides,
    @Nullable Condition<C> condition,
    String reason) {

  /** How many random cases are drawn where so many are asked for. */
  long randomCases(long asked) {
    return (asked + cases.cost() - 1) / cases.cost();
  }

  /** One choice of everything that a statement speaks of. Used by one thread at a time. */
  interface Case {
    /** All variables by name, in the order in which they are shown. */
    List<Value> values();

    /** How many neurons or layers it has: of two counterexamples the smaller is the simpler. */
    int size();

    /** Theorem 1's t; 1 where it plays no part. */
    default double t() {
      return 1;
    }
  }

  /** Where cases come from. */
  interface Cases<C extends Case> {
    /** Simple ones, the simplest first. */
    List<C> grid();

    /** A random one within the hypotheses of the statement. */
    C draw(RandomGenerator random);

    /** How many times as long as a chain's one takes: so many times fewer are drawn. */
    default int cost() {
      return 1;
    }

    /** The smallest t of a violation that is found by small changes from this one. */
    default double smallestT(Statement<C> statement, C violation, RandomGenerator random) {
      return violation.t();
    }
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
  record Condition<C extends Case>(String text, @Nullable Bracket largestT, Predicate<C> admits) {

    static Condition<ChainCase> largestT(String text, Bracket bracket) {
      return new Condition<>(text, bracket, c -> c.t <= bracket.low());
    }

    static <C extends Case> Condition<C> that(String text, Predicate<C> admits) {
      return new Condition<>(text, null, admits);
    }
  }
}
