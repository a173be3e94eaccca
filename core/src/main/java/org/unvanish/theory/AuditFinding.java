package org.unvanish.theory;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.theory.chain.Bracket;

/**
 * What the audit found out about one statement.
 *
 * @param statement what is claimed
 * @param source where in Ven &amp; Lederer (2021), or in {@code docs/theory.md}
 * @param condition the extra condition under which it holds; null where none is needed or known
 * @param largestT encloses the largest t of the condition; null where it has no such form
 * @param smallestViolatingT the smallest t for which the search found a violation; null where it
 *     found none, or t plays no part
 * @param counterexample the simplest one found; null if there is none
 * @param reason why the statement holds, or why not
 * @param cases how many cases were tried
 * @param violations how many of them contradict the statement
 */
public record AuditFinding(
    Topic topic,
    ActivationFunction function,
    String statement,
    String source,
    AuditVerdict verdict,
    @Nullable String condition,
    @Nullable Bracket largestT,
    @Nullable Double smallestViolatingT,
    @Nullable Counterexample counterexample,
    String reason,
    long cases,
    long violations) {

  /**
   * Numbers for which left ≤ right, or {@code left < right}, is claimed and false. Every digit is
   * given: each number is exactly what was tried.
   *
   * @param values the case, such as x = 1.25
   * @param left what the left side is, and its value
   * @param right what the right side is, and its value
   */
  public record Counterexample(List<Value> values, Value left, Value right) {
    /** Copies the list. */
    public Counterexample {
      values = List.copyOf(values);
    }
  }

  /** A number with its name, as it is shown. */
  public record Value(String name, String number) {

    static Value of(String name, double number) {
      return new Value(name, Double.toString(number));
    }

    @Override
    public String toString() {
      return name + " = " + number;
    }
  }
}
