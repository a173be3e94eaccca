package org.unvanish.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;
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

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.meanfield.CriticalLine;
import org.unvanish.theory.Statement.Sides;
import org.unvanish.theory.network.RecurrentPass;
import org.unvanish.theory.network.UpdateRule;
import org.unvanish.theory.network.UpdateRule.Method;

/** Propositions 7 to 10: their verdicts, and that none holds when it is stated otherwise. */
class RecurrentTest {

  private static final long CASES = 20_000;

  @ParameterizedTest
  @EnumSource(names = {"TANH", "ARCTAN", "SOFTSIGN", "ERF"})
  void whatHoldsForTanhAndItsLike(ActivationFunction function) {
    List<AuditFinding> findings = audit(function);
    assertThat(findings)
        .filteredOn(f -> !f.statement().startsWith("a step of"))
        .extracting(f -> f.source() + " " + f.verdict() + " " + f.condition())
        .containsExactly(
            "proposition 7 HOLDS null",
            "proposition 7 HOLDS null",
            "proposition 7 HOLDS null",
            "proposition 7 HOLDS_UNDER_CONDITION no drive after step 1: x₂, …, x_T and b are 0",
            "proposition 8 HOLDS null",
            "proposition 8 HOLDS_UNDER_CONDITION W is symmetric",
            "proposition 8 HOLDS null",
            "proposition 8 HOLDS_UNDER_CONDITION W ≥ 0, h₀ ≥ 0 and U·xₜ + b ≥ 0",
            "proposition 8 FALSE_AS_STATED null",
            "proposition 8 HOLDS null",
            "proposition 9 HOLDS null",
            "proposition 9 HOLDS null",
            "section 4 HOLDS_UNDER_CONDITION σ_w·f′(0) > 1",
            "section 2.3 HOLDS_UNDER_CONDITION α_c ≤ 2",
            "proposition 4 HOLDS_UNDER_CONDITION no drive after step 1",
            "section 2.2 HOLDS_UNDER_CONDITION 0.9·w·f′(0) ≥ 1",
            "section 2.2 FALSE_AS_STATED null",
            "proposition 10 HOLDS null");
    assertThat(findings)
        .filteredOn(f -> f.verdict() != HOLDS)
        .allMatch(f -> f.counterexample() != null);
  }

  @Test
  void theLogisticFunctionHasADriveOfItsOwn() {
    List<AuditFinding> findings = audit(LOGISTIC);
    assertThat(find(findings, "all that α can do").verdict()).isEqualTo(FALSE_AS_STATED);
    assertThat(find(audit(LOG_SIGMOID), "all that α can do").verdict()).isEqualTo(FALSE_AS_STATED);
    assertThat(find(findings, "“apply").condition()).isEqualTo("σ_w > 10.15");
    assertThat(find(findings, "one unit under").verdict()).isEqualTo(HOLDS);
    assertThat(findings).hasSize(15);
    assertThat(audit(RELU))
        .extracting(AuditFinding::verdict)
        .containsExactly(HOLDS, HOLDS, HOLDS, HOLDS_UNDER_CONDITION, HOLDS, HOLDS_UNDER_CONDITION);
    assertThat(new Audit(Set.of(Topic.RECURRENT), Set.of(IDENTITY), 1, 1).size()).isZero();
  }

  @Test
  void aPenaltyStepOfAdamMayMakeTheSpectralRadiusLarger() {
    AuditFinding sgd = find(audit(TANH), "a step of SGD");
    AuditFinding adam = find(audit(TANH), "a step of Adam");
    assertThat(sgd.verdict()).isEqualTo(HOLDS);
    assertThat(adam.condition()).isEqualTo("W ≥ 0");
    // (3, −4; 1, −1) has the eigenvalue 1 twice; (2.5, −3.5; 0.5, −0.5) has 1 ± √½.
    assertThat(Double.parseDouble(adam.counterexample().right().number())).isEqualTo(1);
    assertThat(Double.parseDouble(adam.counterexample().left().number()))
        .isCloseTo(1 + Math.sqrt(0.5), within(1e-12));
  }

  @Test
  void aSmallSpectralRadiusDoesNotMakeTheGradientVanish() {
    AuditFinding.Counterexample example =
        find(audit(TANH), "where W's spectral radius").counterexample();
    assertThat(example.values().get(1)).hasToString("W = 2.0, -2.0 | 2.0, -2.0");
    // Eight steps of diag(1, ε)·W with ε = sech² 16: nearly (2, −2; 0, 0) each.
    assertThat(Double.parseDouble(example.left().number()))
        .isCloseTo(Math.pow(2, 8) * Math.sqrt(2), withinPercentage(1e-6));
  }

  @Test
  void theCounterexampleToLargerSlopesCanBeCheckedByHand() {
    AuditFinding.Counterexample example =
        find(audit(TANH), "α ≥ 1 makes no entry").counterexample();
    assertThat(example.values())
        .extracting(AuditFinding.Value::toString)
        .contains("W = 1.0", "x = 2.0 | -0.75", "α = 2.0");
    assertThat(Double.parseDouble(example.left().number()))
        .isCloseTo(sech2(Math.tanh(2) - 0.75), within(1e-15));
    assertThat(Double.parseDouble(example.right().number()))
        .isCloseTo(sech2((2 * Math.tanh(1) - 0.75) / 2), within(1e-15));
  }

  private static double sech2(double z) {
    return 1 - Math.tanh(z) * Math.tanh(z);
  }

  /** What the reason says of one unit without drive, from a small h₀: α³, and α² for softsign. */
  @ParameterizedTest
  @CsvSource({"TANH, 3", "ARCTAN, 3", "ERF, 3", "SOFTSIGN, 2"})
  void atTheCriticalWeightOneUnitGainsAPowerOfAlpha(ActivationFunction function, int power) {
    double[] none = new double[300_000];
    double weight = 1 / function.derivative(0);
    double plain = product(RecurrentCase.unit(function, 1, weight, 0.1, none));
    double scaled = product(RecurrentCase.unit(function, 4, weight, 0.1, none));
    assertThat(scaled / plain).isCloseTo(Math.pow(4, power), withinPercentage(2));
  }

  private static double product(RecurrentCase c) {
    RecurrentPass pass = c.pass();
    double product = 1;
    for (int t = 1; t <= pass.steps(); t++) {
      product *= pass.jacobian(t, 1)[0][0];
    }
    return product;
  }

  /** So the sum over k bounds the steps that α can gain: about in proportion to it. */
  @Test
  void oneUnitForgetsWhateverAlphaIs() {
    double before = 0;
    for (double alpha : new double[] {1, 10, 100, 1000}) {
      double[] x = new double[20_000];
      Arrays.fill(x, 0.5);
      RecurrentPass pass = RecurrentCase.unit(TANH, alpha, 1, 0, x).pass();
      double sum = 1;
      double product = 1;
      for (int t = 2; t <= pass.steps(); t++) {
        product *= pass.jacobian(t, 1)[0][0];
        sum += product;
      }
      assertThat(product).isLessThan(1e-30);
      assertThat(sum).isBetween(before, 1 / Math.tanh(0.5 / alpha));
      before = sum;
    }
  }

  /** The states end at the root of u = tanh(u + 0.001): sup f may be replaced by it. */
  @Test
  void whatOneUnitSumsUpToIsNearlyTheBound() {
    Statement<RecurrentCase> unit = statement(Proposition8.of(TANH), "one unit under");
    double[] x = new double[100_000];
    Arrays.fill(x, 0.001);
    RecurrentCase c = RecurrentCase.unit(TANH, 1, 1, 0, x);
    Sides sides = unit.sides().apply(c);
    double end = c.pass().state(x.length)[0];
    assertThat(sides.left().toDouble() / sides.right().toDouble()).isBetween(0.95 * end, end);
  }

  @Test
  void otherChangesOfVariablesAreRefuted() {
    Statement<RecurrentCase> change = statement(Proposition7.of(TANH), "h₀, U and b");
    refuted(change, c -> c.same(c.results(1), c.withAlpha(1).results(c.alpha())));
    refuted(change, c -> c.same(c.results(1), c.unscaled().results(1)));
  }

  @Test
  void trainingWithOtherRulesIsAnotherTraining() {
    Statement<RecurrentCase> sgd = statement(Proposition7.of(TANH), "SGD");
    Statement<RecurrentCase> adam = statement(Proposition7.of(TANH), "Adam");
    refuted(sgd, c -> Proposition7.trajectories(c, Method.SGD, Proposition7.rule()));
    refuted(sgd, c -> Proposition7.trajectories(c, Method.SGD, Proposition7.adam(c.alpha())));
    refuted(adam, c -> Proposition7.trajectories(c, Method.ADAM, Proposition7.sgd(c.alpha())));
    refuted(
        adam,
        c -> {
          UpdateRule rule = Proposition7.adam(c.alpha());
          return Proposition7.trajectories(
              c, Method.ADAM, new UpdateRule(rule.rate(), rule.epsilon(), 1 / rule.penalty()));
        });
  }

  @Test
  void theNormsPowerCannotBeSmaller() {
    refuted(
        statement(Proposition8.of(TANH), "whatever α is"),
        c ->
            Sides.of(
                Matrices.norm(c.jacobian()),
                Math.pow(0.9 * Matrices.norm(c.network().recurrent()), c.back())));
  }

  /** Where f is nearly straight and W nearly symmetric, little of the bound is lost. */
  @Test
  void aWeakerLimitIsRefuted() {
    Statement<RecurrentCase> limit = statement(Proposition8.of(SOFTSIGN), "all that α can do");
    refuted(
        limit,
        c -> {
          double[][] j = c.withAlpha(1).jacobian();
          double[][] power = Matrices.power(c.network().recurrent(), c.back());
          return Sides.of(
              Math.abs(j[0][0] - power[0][0]),
              1e-3 * Math.pow(Matrices.norm(c.network().recurrent()), c.back()));
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"TANH", "SOFTSIGN", "ERF"})
  void noInequalityOfWideLayersHoldsTheOtherWayRound(ActivationFunction function) {
    for (Statement<DrivenCase> statement : Proposition9.of(function)) {
      refuted(
          statement,
          c -> {
            Sides sides = statement.sides().apply(c);
            return Sides.strict(sides.right(), sides.left());
          });
    }
  }

  @Test
  void alphaIsDividedOutOfTheDrive() {
    DrivenCase c = new DrivenCase(TANH, 4.75, 1.2, 0.5, false, 100);
    assertThat(c.criticalAlpha().orElseThrow()).isCloseTo(4.75, within(0.005));
    assertThat(c.energy().log())
        .isCloseTo(
            new DrivenCase(TANH, 1, 1.2, 0.5 / 4.75, false, 100).energy().log(), within(1e-9));
    assertThat(c.times(0.5, 2)).isEqualTo(new DrivenCase(TANH, 4.75, 0.6, 1, false, 100));
    assertThat(c.drivenOnce().energy().log()).isNotCloseTo(c.energy().log(), within(0.1));
  }

  /** The numbers of a reason. */
  @Test
  void whatAlphaTwoKeepsOverAHundredSteps() {
    DrivenCase c = new DrivenCase(TANH, 2, 1.2, 0.5, false, 100);
    assertThat(c.energy().log10() / 2).isCloseTo(-2.0, within(0.05));
    assertThat(c.withAlpha(1).energy().log10() / 2).isCloseTo(-6.2, within(0.05));
  }

  /** What is said of the unit's factor: it is largest where w·f′(0) = 1. */
  @ParameterizedTest
  @EnumSource(names = {"TANH", "ARCTAN", "SOFTSIGN", "ERF"})
  void oneUnitKeepsMostAtTheCriticalWeight(ActivationFunction function) {
    double critical = 1 / function.derivative(0);
    double before = 0;
    for (double gain = 0.1; gain < 1; gain += 0.1) {
      double factor = Proposition10.factor(function, gain * critical);
      assertThat(factor).isGreaterThan(before);
      before = factor;
    }
    before = Proposition10.factor(function, critical);
    assertThat(before).isEqualTo(1);
    for (double gain = 1.1; gain < 10; gain += 0.3) {
      double factor = Proposition10.factor(function, gain * critical);
      assertThat(factor).isLessThan(before);
      before = factor;
    }
    // Theorem 2's chain: the root of a = tanh(1.5·a) is 0.8586.
    assertThat(Proposition10.factor(TANH, 1.5))
        .isCloseTo(1.5 * (1 - 0.8586 * 0.8586), within(1e-3));
  }

  /** A penalty on W alone passes the critical point and goes on. */
  @Test
  void shrinkingCuresAnExplosionAndThenVanishes() {
    double critical = new CriticalLine(TANH).sigmaW(0.5).orElseThrow();
    DrivenCase c = new DrivenCase(TANH, 1, 1, 0.5, false, 10);
    assertThat(c.times(1.1 * critical, 1).fixedFactor()).isGreaterThan(1.02);
    assertThat(c.times(critical, 1).fixedFactor()).isCloseTo(1, within(1e-9));
    assertThat(c.times(0.9 * critical, 1).fixedFactor()).isLessThan(0.98);
  }

  @Test
  void theAnswersFitIntoATerminal() {
    assertThat(new Audit(Set.of(Topic.RECURRENT), Audit.FUNCTIONS, 1, 1).run(n -> {}))
        .allSatisfy(
            f ->
                assertThat(34 + f.statement().length() + f.source().length() + 3)
                    .as(f.statement())
                    .isLessThanOrEqualTo(120));
  }

  private static List<AuditFinding> audit(ActivationFunction function) {
    return new Audit(Set.of(Topic.RECURRENT), Set.of(function), CASES, 1).run(n -> {});
  }

  private static <C extends Statement.Case> void refuted(
      Statement<C> statement, Function<C, Sides> otherSides) {
    Statements.refuted(statement, otherSides, CASES);
  }
}
