package org.unvanish.theory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;
import org.unvanish.theory.Statement.Sides;

/** What tests of propositions ask of statements and findings. */
final class Statements {

  private Statements() {}

  /** The finding whose statement starts like this. */
  static AuditFinding find(List<AuditFinding> findings, String start) {
    return findings.stream()
        .filter(f -> f.statement().startsWith(start))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no finding starts with " + start));
  }

  /** The statement that starts like this. */
  static <C extends Statement.Case> Statement<C> statement(
      List<Statement<C>> statements, String start) {
    return statements.stream()
        .filter(s -> s.text().startsWith(start))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no statement starts with " + start));
  }

  /** How many of so many random cases violate it. */
  static <C extends Statement.Case> long violations(Statement<C> statement, long cases) {
    return new Search<>(statement, 1).run(cases, n -> {}).violations();
  }

  /** The statement with other sides is found to be false. */
  static <C extends Statement.Case> void refuted(
      Statement<C> s, Function<C, Sides> otherSides, long cases) {
    Statement<C> mutated =
        new Statement<>(
            s.topic(),
            s.function(),
            s.isStep(),
            s.text(),
            s.source(),
            s.left(),
            s.right(),
            s.shown(),
            s.cases(),
            otherSides,
            null,
            s.reason());
    assertThat(violations(mutated, cases))
        .as("%s: %s, mutated", s.function(), s.text())
        .isPositive();
  }
}
