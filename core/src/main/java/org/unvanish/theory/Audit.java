package org.unvanish.theory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.theory.chain.ChainNetwork;

/**
 * Tests the statements of the paper's theory, and finds the condition under which a false one
 * holds.
 *
 * <p>A statement is tried on a grid of simple numbers and on random cases within its hypotheses.
 * Where neither contradicts it, it is reported to hold, with the reason why. Where violations are
 * found and a condition is known that excludes every one of them, the condition is reported; a
 * violation within the condition turns the verdict into "false as stated", for proofs' steps into
 * "gap in the proof". So a wrong condition does not survive either. Violations count from a
 * relative excess of 10⁻⁹ on, a thousand times what rounding adds.
 */
public final class Audit {

  /** The activation functions of which the theory, or this audit, says anything. */
  public static final Set<ActivationFunction> FUNCTIONS = functions();

  private final List<Statement<?>> statements;
  private final long cases;
  private final long seed;

  /**
   * @param topics what is audited
   * @param functions the activation functions for which it is, among {@link #FUNCTIONS}
   * @param cases random cases for each statement, at least 1; fewer are drawn where one takes long
   * @param seed of the random cases
   * @throws IllegalArgumentException if cases is less than 1, or a function is not among these
   */
  public Audit(Set<Topic> topics, Set<ActivationFunction> functions, long cases, long seed) {
    if (cases < 1) {
      throw new IllegalArgumentException("cases must be at least 1, but is " + cases);
    }
    for (ActivationFunction function : functions) {
      if (!FUNCTIONS.contains(function)) {
        throw new IllegalArgumentException("the theory says nothing of " + function);
      }
    }
    this.cases = cases;
    this.seed = seed;
    statements =
        Arrays.stream(Topic.values())
            .filter(topics::contains)
            .flatMap(topic -> statements(topic, functions).stream())
            .toList();
  }

  /** Those of the paper's chains, and erf, of which mean-field theory has formulas. */
  private static Set<ActivationFunction> functions() {
    EnumSet<ActivationFunction> functions = EnumSet.copyOf(ChainNetwork.FUNCTIONS);
    functions.add(ActivationFunction.ERF);
    return Collections.unmodifiableSet(functions);
  }

  /** How many statements there are. */
  public int size() {
    return statements.size();
  }

  /** How many random cases will be tried in all. */
  public long randomCases() {
    return statements.stream().mapToLong(statement -> statement.randomCases(cases)).sum();
  }

  /**
   * Tries all of them. The findings are the same for any number of processors.
   *
   * @param done told from any thread how many random cases were tried since the last time
   */
  public List<AuditFinding> run(LongConsumer done) {
    List<AuditFinding> findings = new ArrayList<>();
    for (Statement<?> statement : statements) {
      findings.add(finding(statement, done));
    }
    return List.copyOf(findings);
  }

  private static List<Statement<?>> statements(Topic topic, Set<ActivationFunction> functions) {
    List<Statement<?>> statements = new ArrayList<>();
    for (ActivationFunction f : FUNCTIONS) {
      if (!functions.contains(f) || !concerns(topic, f)) {
        continue;
      }
      switch (topic) {
        case THEOREM1 -> statements.addAll(isLinear(f) ? List.of() : Theorem1.of(f));
        case THEOREM2 -> statements.addAll(isLinear(f) ? List.of() : Theorem2.of(f));
        case IDENTITY -> statements.add(Scaling.identity(f));
        case PROPERTIES -> statements.addAll(Properties.of(f));
        case RELU ->
            statements.addAll(f == ActivationFunction.RELU ? List.of(Scaling.relu()) : List.of());
        case NAIVE -> statements.add(Scaling.naive(f));
        case PROPOSITION1 -> statements.addAll(Proposition1.of(f));
        case PROPOSITION2 -> statements.addAll(Proposition2.of(f));
        case PROPOSITION3 -> statements.addAll(Proposition3.of(f));
        case PROPOSITION4 -> statements.addAll(isLinear(f) ? List.of() : Proposition4.of(f));
        case PROPOSITION5 -> statements.addAll(Proposition5.of(f));
        case PROPOSITION6 ->
            statements.addAll(
                f == ActivationFunction.LOGISTIC ? Proposition6.ofLogistic() : List.of());
        case WIDTH -> statements.addAll(Widths.of(f));
        case PAPER -> statements.addAll(WhatRemains.of(f));
        case RECURRENT -> {
          statements.addAll(Proposition7.of(f));
          statements.addAll(Proposition8.of(f));
          statements.addAll(Proposition9.of(f));
          statements.addAll(Proposition10.of(f));
        }
      }
    }
    return statements;
  }

  private static boolean isLinear(ActivationFunction f) {
    return f == ActivationFunction.RELU || f == ActivationFunction.IDENTITY;
  }

  /** The paper's chains are not made of erf; scaling leaves the identity as it is. */
  private static boolean concerns(Topic topic, ActivationFunction f) {
    return switch (topic) {
      case THEOREM1, THEOREM2, IDENTITY, PROPERTIES, RELU, NAIVE ->
          ChainNetwork.FUNCTIONS.contains(f);
      case PROPOSITION1,
          PROPOSITION2,
          PROPOSITION3,
          PROPOSITION4,
          PROPOSITION5,
          PROPOSITION6,
          WIDTH,
          PAPER,
          RECURRENT ->
          f != ActivationFunction.IDENTITY;
    };
  }

  private <C extends Statement.Case> AuditFinding finding(Statement<C> s, LongConsumer done) {
    Search<C> search = new Search<>(s, seed);
    Search.Tally<C> tally = search.run(cases, done);
    Statement.Condition<C> condition = s.condition();
    boolean conditionHelps =
        condition != null && tally.violations() > 0 && tally.outside() == tally.violations();
    C earliest = tally.earliest();
    C simplest = tally.simplest();
    return new AuditFinding(
        s.topic(),
        s.function(),
        s.text(),
        s.source(),
        verdict(s, tally, conditionHelps),
        condition != null && conditionHelps ? condition.text() : null,
        condition != null && conditionHelps ? condition.largestT() : null,
        earliest != null && s.shown().contains("t") ? smallestT(search, condition, earliest) : null,
        simplest == null ? null : counterexample(s, simplest),
        s.reason(),
        tally.cases(),
        tally.violations());
  }

  /** By small changes towards the condition's bound where there is one, else as it was drawn. */
  private static <C extends Statement.Case> @Nullable Double smallestT(
      Search<C> search, Statement.@Nullable Condition<C> condition, C earliest) {
    if (condition == null) {
      return earliest.t();
    }
    return condition.largestT() == null ? null : search.smallestViolatingT(earliest);
  }

  private static AuditVerdict verdict(
      Statement<?> s, Search.Tally<?> tally, boolean conditionHelps) {
    if (tally.violations() == 0) {
      return AuditVerdict.HOLDS;
    }
    if (s.isStep()) {
      return AuditVerdict.GAP_IN_PROOF;
    }
    return conditionHelps ? AuditVerdict.HOLDS_UNDER_CONDITION : AuditVerdict.FALSE_AS_STATED;
  }

  private static <C extends Statement.Case> AuditFinding.Counterexample counterexample(
      Statement<C> s, C c) {
    Statement.Sides sides = s.sides().apply(c);
    return new AuditFinding.Counterexample(
        c.values().stream().filter(value -> s.shown().contains(value.name())).toList(),
        new AuditFinding.Value(s.left(), sides.left().toString()),
        new AuditFinding.Value(s.right(), sides.right().toString()));
  }
}
