package org.unvanish.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.unvanish.activation.ActivationFunction.ARCTAN;
import static org.unvanish.activation.ActivationFunction.ERF;
import static org.unvanish.activation.ActivationFunction.IDENTITY;
import static org.unvanish.activation.ActivationFunction.LOGISTIC;
import static org.unvanish.activation.ActivationFunction.LOG_SIGMOID;
import static org.unvanish.activation.ActivationFunction.RELU;
import static org.unvanish.activation.ActivationFunction.SOFTSIGN;
import static org.unvanish.activation.ActivationFunction.TANH;
import static org.unvanish.theory.AuditVerdict.FALSE_AS_STATED;
import static org.unvanish.theory.AuditVerdict.HOLDS;
import static org.unvanish.theory.AuditVerdict.HOLDS_UNDER_CONDITION;
import static org.unvanish.theory.Statements.find;
import static org.unvanish.theory.Statements.statement;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.meanfield.VarianceMap;
import org.unvanish.theory.Statement.Sides;
import org.unvanish.theory.network.ScaledNetwork;
import org.unvanish.theory.network.UpdateRule;
import org.unvanish.theory.network.UpdateRule.Method;

/** Propositions 1 to 6: their verdicts, and that none of them holds when it is stated otherwise. */
class PropositionTest {

  private static final long CASES = 10_000;

  @Test
  void proposition1HoldsForEveryFunctionInEveryRealisation() {
    assertThat(audit(Topic.PROPOSITION1, Audit.FUNCTIONS))
        .hasSize(7 * 8)
        .allSatisfy(
            f ->
                assertThat(f.verdict())
                    .as("%s: %s", f.function(), f.statement())
                    .isEqualTo(f.condition() == null ? HOLDS : HOLDS_UNDER_CONDITION));
    assertThat(audit(Topic.PROPOSITION1, Set.of(TANH)))
        .filteredOn(f -> f.condition() != null)
        .extracting(AuditFinding::condition)
        .containsExactly("no biases", "h₀ = 0");
  }

  @Test
  void aCounterexampleNamesTheNetworkAndAllItsNumbers() {
    AuditFinding.Counterexample example =
        find(audit(Topic.PROPOSITION1, Set.of(TANH)), "scaling is").counterexample();
    assertThat(example.values())
        .extracting(AuditFinding.Value::name)
        .containsExactly("network", "α", "x", "parameters");
    assertThat(example.values().get(0).number()).contains("inputs", "dense");
  }

  @Test
  void biasesThatAreNotDividedRefuteProposition1() {
    Statement<NetworkCase> output = statement(Proposition1.of(TANH), "N_α(x; W, b)");
    assertThat(Statements.violations(output, CASES)).isZero();
    refuted(
        output,
        c -> {
          ScaledNetwork wrong =
              c.unscaled(Proposition1.sgd(c))
                  .with(c.biasesChanged(c.network().parameters(), b -> b / Math.sqrt(c.alpha())));
          return c.same(c.network().output(c.x()[0]), wrong.output(c.x()[0]));
        });
  }

  @Test
  void gradientsWithRespectToBiasesAreNotTheSame() {
    refuted(
        statement(Proposition1.of(TANH), "gradients"),
        c ->
            c.same(
                c.network().gradients(c.x()[0], c.y()[0]).parameters(),
                c.unscaled(Proposition1.sgd(c)).gradients(c.x()[0], c.y()[0]).parameters()));
  }

  @Test
  void trainingWithOtherRulesForBiasesIsAnotherTraining() {
    Statement<NetworkCase> sgd = statement(Proposition1.of(TANH), "SGD");
    Statement<NetworkCase> adam = statement(Proposition1.of(TANH), "Adam");
    trained(sgd, Method.SGD, c -> with(Proposition1.sgd(c), c.alpha(), 1, 1));
    trained(sgd, Method.SGD, c -> with(Proposition1.sgd(c), 1, 1, 1 / c.alpha()));
    trained(adam, Method.ADAM, c -> with(Proposition1.adam(c), 1 / c.alpha(), 1, 1));
    trained(adam, Method.ADAM, c -> with(Proposition1.adam(c), 1, 1 / c.alpha(), 1));
    trained(adam, Method.ADAM, c -> with(Proposition1.adam(c), 1, 1, 1 / c.alpha()));
  }

  private static UpdateRule with(UpdateRule rule, double rate, double epsilon, double penalty) {
    return new UpdateRule(rate * rule.rate(), epsilon * rule.epsilon(), penalty * rule.penalty());
  }

  private static void trained(
      Statement<NetworkCase> statement, Method method, Function<NetworkCase, UpdateRule> biases) {
    refuted(statement, c -> Proposition1.trajectories(c, method, biases.apply(c)));
  }

  @Test
  void otherFactorsOfWeightsRefute1bAnd1c() {
    refuted(
        statement(Proposition1.of(TANH), "1b"),
        c -> Proposition1.sameFunction(c, l -> 1, l -> 1 / c.network().outer()[l]));
    refuted(
        statement(Proposition1.of(TANH), "1c"),
        c ->
            Proposition1.sameFunction(c, l -> c.network().outer()[0], l -> c.network().inner()[0]));
  }

  @Test
  void proposition2HoldsAndWithoutBiasesNoDepthScaleDependsOnAlpha() {
    List<AuditFinding> findings = audit(Topic.PROPOSITION2, Audit.FUNCTIONS);
    assertThat(findings).hasSize(5 * 3 + 2).noneMatch(f -> f.verdict() == FALSE_AS_STATED);
    assertThat(findings)
        .filteredOn(f -> f.statement().startsWith("no depth scale"))
        .hasSize(5)
        .allMatch(f -> "σ_b = 0".equals(f.condition()));
    refuted(
        statement(Proposition2.of(TANH), "V_α"),
        c -> {
          VarianceMap plain = new VarianceMap(Activation.of(c.function()), c.sigmaW(), c.sigmaB());
          double square = c.alpha() * c.alpha();
          return Sides.of(
              Proposition2.difference(
                  c.map().variance(c.q()), square * plain.variance(c.q() / square)),
              1e-9);
        });
  }

  @Test
  void proposition3HoldsForCentredFunctionsAlone() {
    List<AuditFinding> findings = audit(Topic.PROPOSITION3, Audit.FUNCTIONS);
    assertThat(findings)
        .filteredOn(f -> f.verdict() != HOLDS)
        .extracting(AuditFinding::function)
        .containsExactly(LOGISTIC, LOG_SIGMOID);
    assertThat(findings)
        .filteredOn(f -> f.verdict() != HOLDS)
        .allMatch(f -> f.statement().equals("without biases G ≥ qᴸ/q¹"));
    // With half the mean subtracted, or the biases in, the inequality is false.
    Statement<FieldCase> inequality = statement(Proposition3.of(LOGISTIC), "q·χ(q)");
    refuted(
        inequality,
        c -> {
          double biases = c.sigmaB() * c.sigmaB();
          double mean = c.sigmaW() * c.map().mean(c.q());
          return Sides.of(
              c.map().variance(c.q()) - biases - mean * mean / 2, c.q() * c.map().factor(c.q()));
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"TANH", "ARCTAN", "SOFTSIGN", "LOGISTIC", "ERF"})
  void proposition4AndItsHypothesesHold(ActivationFunction function) {
    assertThat(audit(Topic.PROPOSITION4, Set.of(function)))
        .hasSize(6)
        .allMatch(f -> f.verdict() == HOLDS);
  }

  @Test
  void logSigmoidHasNotTheHypothesesOfProposition4() {
    assertThat(audit(Topic.PROPOSITION4, Set.of(LOG_SIGMOID)))
        .filteredOn(f -> f.verdict() == FALSE_AS_STATED)
        .extracting(AuditFinding::statement)
        .containsExactly(
            "hypothesis: |f′(z)| falls with |z|", "α ≥ 1 makes no gradient smaller: G_α ≥ G₁");
  }

  @Test
  void alphaGainsMoreThanALowerPowerOfItself() {
    // Found: α^0.91 in amplitude for tanh.
    refuted(
        statement(Proposition4.of(TANH), "α gains at most itself"),
        c -> new Sides(c.energy(), c.withAlpha(1).energy().times(Math.pow(c.alpha(), 1.2))));
  }

  @Test
  void proposition5HoldsForEverySaturatingFunction() {
    List<AuditFinding> findings = audit(Topic.PROPOSITION5, Audit.FUNCTIONS);
    assertThat(findings).hasSize(4 * 4 + 3 + 2);
    assertThat(findings)
        .filteredOn(f -> f.verdict() != HOLDS)
        .allMatch(f -> f.verdict() == HOLDS_UNDER_CONDITION)
        .extracting(AuditFinding::condition)
        .containsOnly("σ_w·f′(0) ≤ 1", "σ_b² ≥ 0");
    assertThat(findings)
        .filteredOn(f -> f.statement().startsWith("α_c"))
        .extracting(AuditFinding::function)
        .containsExactly(TANH, LOGISTIC, ARCTAN, SOFTSIGN, ERF);
  }

  @Test
  void proposition6HoldsAndNeedsTheBiasOfTheWeights() {
    assertThat(audit(Topic.PROPOSITION6, Set.of(LOGISTIC)))
        .hasSize(2)
        .allMatch(f -> f.verdict() == HOLDS);
    Statement<FieldCase> maps = Proposition6.maps();
    refuted(
        maps,
        c -> {
          double unit = 4 * c.alpha() * c.alpha();
          VarianceMap tanh =
              new VarianceMap(Activation.of(TANH), c.sigmaW() / 4, c.sigmaB() / (2 * c.alpha()));
          return Sides.of(
              Proposition2.difference(c.map().variance(c.q()), unit * tanh.variance(c.q() / unit)),
              1e-9);
        });
    Statement<NetworkCase> network = Proposition6.realisation();
    refuted(
        network,
        c -> {
          ScaledNetwork tanh = Proposition6.asTanh(c);
          double[] x = c.x()[0];
          return c.nearlySame(
              c.network().output(x),
              tanh.with(c.biasesChanged(tanh.parameters(), b -> 0)).output(x));
        });
  }

  @Test
  void theChainSpeaksForNarrowLayersAlone() {
    List<AuditFinding> findings = audit(Topic.WIDTH, Audit.FUNCTIONS);
    assertThat(find(findings, "with σ_w = 1.5").condition()).isEqualTo("n ≤ 13");
    assertThat(find(findings, "large parameters").condition()).isEqualTo("n ≤ 34");
    assertThat(findings)
        .filteredOn(f -> f.statement().startsWith("a layer's typical factor"))
        .hasSize(5)
        .allMatch(f -> f.verdict() == HOLDS);
  }

  @Test
  void whatRemainsOfThePaperInWideNetworks() {
    List<AuditFinding> findings = audit(Topic.PAPER, Set.of(TANH, SOFTSIGN));
    assertThat(findings)
        .filteredOn(f -> f.function() == TANH)
        .extracting(f -> f.verdict() + " " + f.condition())
        .containsExactly(
            "HOLDS_UNDER_CONDITION σ_b > 0",
            "HOLDS_UNDER_CONDITION σ_w·f′(0) > 1",
            "HOLDS_UNDER_CONDITION α ≤ α_c, where there is one",
            "HOLDS null",
            "HOLDS null",
            "HOLDS_UNDER_CONDITION L ≤ 3",
            "HOLDS_UNDER_CONDITION σ_w·f′(0) ≠ 1",
            "HOLDS null",
            "HOLDS null");
    assertThat(findings)
        .filteredOn(f -> f.function() == SOFTSIGN && f.statement().contains("α = 2"))
        .extracting(AuditFinding::verdict)
        .containsExactly(FALSE_AS_STATED);
  }

  @ParameterizedTest
  @EnumSource(names = {"TANH", "LOGISTIC", "ARCTAN"})
  void noInequalityHoldsTheOtherWayRound(ActivationFunction function) {
    List<Statement<FieldCase>> statements = new ArrayList<>();
    for (Function<ActivationFunction, List<Statement<FieldCase>>> of :
        List.<Function<ActivationFunction, List<Statement<FieldCase>>>>of(
            Proposition2::of,
            Proposition3::of,
            Proposition4::of,
            Proposition5::of,
            Widths::of,
            WhatRemains::of)) {
      statements.addAll(of.apply(function));
    }
    assertThat(statements).hasSizeGreaterThan(15);
    for (Statement<FieldCase> statement : statements) {
      refuted(
          statement,
          c -> {
            Sides sides = statement.sides().apply(c);
            return Sides.strict(sides.right(), sides.left());
          });
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 19, 1000, 12_345})
  void whereCasesTakeLongFewerAreTriedAndAllAreCounted(int asked) {
    Audit audit = new Audit(Set.of(Topic.PROPOSITION6), Set.of(LOGISTIC), asked, 1);
    long[] told = new long[1];
    List<AuditFinding> findings =
        audit.run(
            n -> {
              synchronized (told) {
                told[0] += n;
              }
            });
    assertThat(told[0]).isEqualTo(audit.randomCases()).isBetween(2L, 2L * asked);
    long onGrids = 12 + 8;
    assertThat(findings.stream().mapToLong(AuditFinding::cases).sum()).isEqualTo(told[0] + onGrids);
  }

  @Test
  void nothingIsSaidOfTheIdentity() {
    assertThat(
            Stream.of(Topic.values())
                .filter(topic -> topic.name().startsWith("PROPOSITION"))
                .mapToInt(topic -> new Audit(Set.of(topic), Set.of(IDENTITY), 1, 1).size())
                .sum())
        .isZero();
    assertThat(new Audit(Set.of(Topic.THEOREM1), Set.of(ERF), 1, 1).size()).isZero();
    assertThat(new Audit(Set.of(Topic.PROPOSITION3), Set.of(RELU, ARCTAN), 1, 1).size())
        .isEqualTo(2 + 4);
  }

  private static List<AuditFinding> audit(Topic topic, Set<ActivationFunction> functions) {
    return new Audit(Set.of(topic), functions, CASES, 1).run(n -> {});
  }

  private static <C extends Statement.Case> void refuted(
      Statement<C> statement, Function<C, Sides> otherSides) {
    Statements.refuted(statement, otherSides, CASES);
  }
}
