package org.unvanish.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.unvanish.activation.ActivationFunction.ARCTAN;
import static org.unvanish.activation.ActivationFunction.LOGISTIC;
import static org.unvanish.activation.ActivationFunction.LOG_SIGMOID;
import static org.unvanish.activation.ActivationFunction.RELU;
import static org.unvanish.activation.ActivationFunction.SOFTSIGN;
import static org.unvanish.activation.ActivationFunction.TANH;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.theory.chain.ChainLoss;
import org.unvanish.theory.chain.ChainNetwork;
import org.unvanish.theory.chain.ChainPass;
import org.unvanish.theory.chain.TheoremBounds;
import org.unvanish.theory.chain.WideNumber;

class AuditTest {

  private static final long CASES = 20_000;

  /** Several tests look at the same findings, which take a second. */
  private static final Map<Asked, List<AuditFinding>> DONE = new HashMap<>();

  private record Asked(Topic topic, ActivationFunction function) {
    List<AuditFinding> run() {
      return new Audit(Set.of(topic), Set.of(function), CASES, 1).run(n -> {});
    }
  }

  @Test
  void theorem1HoldsUpToTheDerivedBounds() {
    List<AuditFinding> findings = audit(Topic.THEOREM1, TANH);
    AuditFinding claim1 = find(findings, "claim 1: ");
    assertThat(claim1.verdict()).isEqualTo(AuditVerdict.HOLDS_UNDER_CONDITION);
    // Solved by hand: t·log(1/t) = 0.22387 and exp(−√0.22387).
    assertThat(claim1.largestT().low()).isCloseTo(0.73849, within(1e-5));
    assertThat(claim1.smallestViolatingT()).isBetween(claim1.largestT().low(), 0.745);
    AuditFinding claim2 = find(findings, "claim 2: ");
    assertThat(claim2.verdict()).isEqualTo(AuditVerdict.HOLDS_UNDER_CONDITION);
    assertThat(claim2.largestT().low()).isCloseTo(0.62304, within(1e-5));
    assertThat(claim2.smallestViolatingT()).isBetween(claim2.largestT().low(), 0.63);
    AuditFinding printed = find(findings, "claim 1 with the printed");
    assertThat(printed.largestT().low()).isCloseTo(0.29560, within(1e-5));
    assertThat(find(findings, "the printed derivative of").verdict())
        .isEqualTo(AuditVerdict.FALSE_AS_STATED);
    assertThat(findings).allMatch(f -> f.violations() > 0 && f.counterexample() != null);
  }

  @Test
  void theCounterexampleToClaim1CanBeCheckedByHand() {
    AuditFinding.Counterexample example =
        find(audit(Topic.THEOREM1, TANH), "claim 1: ").counterexample();
    assertThat(example.values())
        .extracting(AuditFinding.Value::toString)
        .containsExactly("l = 1", "k = 1", "t = 0.75", "x = 1.25", "θ = 0.58", "y = 2.0");
    double g = Math.tanh(1.25 * 0.58);
    double d = 2 * (2 - g);
    assertThat(0.58).isGreaterThan(2 * Math.log(1 / 0.75));
    assertThat(Double.parseDouble(example.left().number()))
        .isCloseTo(d * 1.25 * (1 - g * g), within(1e-14))
        .isGreaterThan(d * 0.75);
  }

  @Test
  void theProofOfTheorem1DeducesTooMuchFromItsBoundOnTheParameter() {
    List<AuditFinding> findings = audit(Topic.THEOREM1, TANH);
    AuditFinding bound = find(findings, "|θᵏ| ≥ log(1/t)/(2|fᵏ⁻¹|)");
    assertThat(bound.verdict()).isEqualTo(AuditVerdict.GAP_IN_PROOF);
    assertThat(bound.largestT().low()).isCloseTo(0.6, within(1e-15));
    AuditFinding deduction = find(findings, "|1 − (fᵏ)²| ≤ t by ");
    assertThat(deduction.verdict()).isEqualTo(AuditVerdict.GAP_IN_PROOF);
    assertThat(deduction.condition()).isNull();
    assertThat(deduction.counterexample().values())
        .extracting(AuditFinding.Value::toString)
        .containsExactly("t = 0.5", "z = 0.35");
    assertThat(0.35).isGreaterThan(Math.log(2) / 2);
    assertThat(Double.parseDouble(deduction.counterexample().left().number()))
        .isCloseTo(1 - Math.pow(Math.tanh(0.35), 2), within(1e-15))
        .isGreaterThan(0.5);
    // It is no matter of large t: sech²(L/2) = 4t/(1 + t)².
    assertThat(deduction.smallestViolatingT()).isLessThan(0.01);
  }

  @Test
  void theSearchComesNearToEveryBoundFromAbove() {
    List<AuditFinding> findings = audit(Topic.THEOREM1, TANH, ARCTAN, SOFTSIGN);
    assertThat(findings)
        .filteredOn(f -> f.largestT() != null)
        .hasSize(12)
        .allSatisfy(
            f ->
                assertThat(f.smallestViolatingT())
                    .as("%s: %s", f.function(), f.statement())
                    .isBetween(f.largestT().low(), f.largestT().low() + 5e-5));
  }

  @Test
  void theDerivativeTimesItsArgumentVanishesOnlyWhereTheArgumentGrows() {
    AuditFinding finding = find(audit(Topic.THEOREM1, TANH), "(1 − f²(v·z))·z → 0");
    assertThat(finding.verdict()).isEqualTo(AuditVerdict.HOLDS_UNDER_CONDITION);
    assertThat(finding.condition()).isEqualTo("v ≠ 0");
    assertThat(finding.counterexample().values())
        .extracting(AuditFinding.Value::toString)
        .containsExactly("z = 100.0", "v = 0.0");
    assertThat(finding.counterexample().left().number()).isEqualTo("100.0");
  }

  @ParameterizedTest
  @CsvSource({
    "TANH, z ≠ 0, z = 0.0",
    "LOGISTIC, z ≠ 0, z = 0.0",
    "ARCTAN, z ≠ 0, z = 0.0",
    "SOFTSIGN, z ≠ 0, z = 0.0",
    "LOG_SIGMOID, z > 0, z = 0.0"
  })
  void scalingMakesTheDerivativeLargerAwayFromZero(
      ActivationFunction function, String condition, String where) {
    AuditFinding finding = find(audit(Topic.THEOREM2, function), "f_α′(z) > f′(z)");
    assertThat(finding.verdict()).isEqualTo(AuditVerdict.HOLDS_UNDER_CONDITION);
    assertThat(finding.condition()).isEqualTo(condition);
    AuditFinding.Counterexample example = finding.counterexample();
    assertThat(example.values().get(0)).hasToString(where);
    assertThat(example.left().number()).isEqualTo(example.right().number());
  }

  @Test
  void theFirstFactorInTheProofOfTheorem2IsNotAtMostOne() {
    AuditFinding step = find(audit(Topic.THEOREM2, TANH), "|fᵏ⁻¹| ≤ 1");
    assertThat(step.verdict()).isEqualTo(AuditVerdict.GAP_IN_PROOF);
    assertThat(step.condition()).isEqualTo("k ≥ 2");
    assertThat(step.counterexample().left().number()).isEqualTo("1.5");
  }

  @Test
  void theorem1DoesNotTransferAsThePaperSays() {
    List<AuditFinding> findings = audit(Topic.THEOREM1, LOGISTIC, LOG_SIGMOID, ARCTAN, SOFTSIGN);
    assertThat(findings)
        .filteredOn(f -> f.statement().startsWith("claim 1"))
        .hasSize(4)
        .allMatch(f -> f.verdict() == AuditVerdict.FALSE_AS_STATED && f.smallestViolatingT() < 0.1);
    assertThat(findings)
        .filteredOn(f -> f.statement().startsWith("claim 2") && f.largestT() != null)
        .extracting(AuditFinding::function)
        .containsExactly(ARCTAN, SOFTSIGN);
  }

  @Test
  void theorem2HoldsAndItsProofHasAGap() {
    List<AuditFinding> findings = audit(Topic.THEOREM2, TANH);
    assertThat(find(findings, "the bound").verdict()).isEqualTo(AuditVerdict.HOLDS);
    assertThat(find(findings, "the limit: ").verdict()).isEqualTo(AuditVerdict.HOLDS);
    assertThat(find(findings, "“this behavior").verdict()).isEqualTo(AuditVerdict.FALSE_AS_STATED);
    AuditFinding step = find(findings, "|fⁱ| ≥ tanh 1.3");
    assertThat(step.verdict()).isEqualTo(AuditVerdict.GAP_IN_PROOF);
    assertThat(step.condition()).isEqualTo("i ≤ 4");
    assertThat(step.counterexample().values().get(0)).hasToString("l = 5");
    List<AuditFinding> softsign = audit(Topic.THEOREM2, SOFTSIGN);
    assertThat(find(softsign, "the bound").verdict()).isEqualTo(AuditVerdict.FALSE_AS_STATED);
    assertThat(find(softsign, "the limit").verdict()).isEqualTo(AuditVerdict.HOLDS);
  }

  @ParameterizedTest
  @CsvSource({
    "TANH, true, true, true, true",
    "SOFTSIGN, true, true, true, true",
    "ARCTAN, false, true, true, true",
    "LOGISTIC, true, true, true, false",
    "LOG_SIGMOID, false, false, false, false",
    "RELU, false, false, true, false",
    "IDENTITY, false, false, true, true"
  })
  void thePropertiesHoldForTheFunctionsThatHaveThem(
      ActivationFunction function, boolean p1, boolean p2, boolean p3, boolean p4) {
    assertThat(audit(Topic.PROPERTIES, function))
        .extracting(f -> f.verdict() == AuditVerdict.HOLDS)
        .containsExactly(p1, p2, p3, p4);
  }

  @Test
  void scalingKeepsTheIdentityAndReluAndNaiveScalingDoesNotAlwaysExplode() {
    assertThat(audit(Topic.IDENTITY, Audit.FUNCTIONS.toArray(ActivationFunction[]::new)))
        .hasSize(7)
        .allMatch(f -> f.verdict() == AuditVerdict.HOLDS);
    assertThat(audit(Topic.RELU, RELU)).singleElement().matches(f -> f.violations() == 0);
    assertThat(audit(Topic.NAIVE, TANH).get(0).verdict()).isEqualTo(AuditVerdict.FALSE_AS_STATED);
  }

  @ParameterizedTest
  @CsvSource({
    "IDENTITY, HOLDS,",
    "RELU, HOLDS_UNDER_CONDITION, 'θ¹·x > 0 and θ², …, θˡ > 0'",
    "LOG_SIGMOID, HOLDS_UNDER_CONDITION, 'θ², …, θˡ > 0'",
    "ARCTAN, HOLDS_UNDER_CONDITION, k = l or l ≤ 2",
    "SOFTSIGN, HOLDS_UNDER_CONDITION, k = l or l ≤ 2",
    "TANH, FALSE_AS_STATED,",
    "LOGISTIC, FALSE_AS_STATED,"
  })
  void naiveScalingExplodesUnderTheseConditions(
      ActivationFunction function, AuditVerdict verdict, @Nullable String condition) {
    AuditFinding finding = audit(Topic.NAIVE, function).get(0);
    assertThat(finding.verdict()).isEqualTo(verdict);
    assertThat(finding.condition()).isEqualTo(condition);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1.5, -1.5})
  void aGradientWithAFiniteLimitDoesNotPassForAnExplodingOne(double x) {
    // l = 3 and k = 1: the limit is finite. With softsign it is approached from below.
    ChainCase c = new ChainCase(SOFTSIGN, 1024, x, new double[] {1.5, 1.5, 1.5}, 1, 0.5, 0, 0);
    WideNumber near = naive(SOFTSIGN, 3, 1, 1024);
    WideNumber far = naive(SOFTSIGN, 3, 1, 1048576);
    assertThat(far.isLargerThan(near)).isTrue();
    assertThat(far.dividedBy(near).abs().toDouble()).isLessThan(1.01);
    assertThat(Scaling.naive(SOFTSIGN).sides().apply(c).isViolated()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"ARCTAN", "SOFTSIGN"})
  void naiveScalingOfASlowFunctionFollowsThePowerThatTheReasonTells(ActivationFunction function) {
    for (int length = 1; length <= 6; length++) {
      for (int k = 1; k <= length; k++) {
        int power = length == 1 ? 2 : Math.max(k, 2) - length + 1;
        double decades = naive(function, length, k, 1e12).log10();
        assertThat(decades - naive(function, length, k, 1e10).log10())
            .as("l = %s, k = %s", length, k)
            .isCloseTo(2 * power, within(1e-6));
      }
    }
    assertThat(audit(Topic.NAIVE, function).get(0).reason())
        .contains("α² for l = 1 and else like α^(m−l+1) with m = max{k, 2}")
        .contains("fades where m ≤ l − 2");
  }

  private static WideNumber naive(ActivationFunction function, int length, int k, double factor) {
    double[] theta = new double[length];
    Arrays.fill(theta, -1.5);
    Activation activation = Activation.naive(function, factor);
    return new ChainLoss(new ChainNetwork(activation, theta).at(1.5), 0, 0).dataGradient(k);
  }

  @Test
  void theFindingsDoNotDependOnTheNumberOfThreads() throws Exception {
    List<AuditFinding> parallel = audit(Topic.THEOREM1, TANH, LOGISTIC);
    Audit audit = new Audit(EnumSet.of(Topic.THEOREM1), EnumSet.of(TANH, LOGISTIC), CASES, 1);
    ForkJoinPool one = new ForkJoinPool(1);
    try {
      assertThat(one.submit(() -> audit.run(n -> {})).get()).isEqualTo(parallel);
    } finally {
      one.shutdown();
    }
  }

  @Test
  void anotherSeedTriesOtherCases() {
    AuditFinding first = find(audit(Topic.THEOREM1, TANH), "claim 1: ");
    AuditFinding second =
        find(new Audit(Set.of(Topic.THEOREM1), Set.of(TANH), CASES, 2).run(n -> {}), "claim 1: ");
    assertThat(second.violations()).isNotEqualTo(first.violations());
  }

  @Test
  void everyRandomCaseIsCounted() {
    AtomicLong told = new AtomicLong();
    Audit audit = new Audit(EnumSet.of(Topic.RELU), EnumSet.of(RELU), 10_001, 1);
    AuditFinding finding = audit.run(told::addAndGet).get(0);
    assertThat(told.get()).isEqualTo(audit.size() * 10_001L);
    assertThat(finding.cases()).isEqualTo(10_001 + 35);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.15, 0.3, 0.45, 0.5, 0.8, 3})
  void justOutsideOfTheRegionsAChainViolatesTheClaims(double x) {
    double t1 = firstFalse(t -> TheoremBounds.isClaim1True(x, t));
    ChainPass first = sinkingChain(x, t1 + 0.002);
    int k = first.network().length() - 1;
    assertThat(first.derivative(k).abs().toDouble()).isGreaterThan(t1 + 0.002);

    double t2 = firstFalse(t -> TheoremBounds.isClaim2True(x, t));
    ChainPass second = sinkingChain(x, t2 + 0.002);
    // θ and the derivative are positive: with d > 0 and r = d the gradients are d·(θ − ∂g/∂θ).
    double d = new ChainLoss(second, 5, 0).d().toDouble();
    assertThat(new ChainLoss(second, 5, d).totalGradient(k).abs().toDouble())
        .isLessThan(d * -Math.log(t2 + 0.002));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.02, 0.1, 0.5, 0.95})
  void forTheLogisticFunctionBothClaimsFailForEveryT(double t) {
    // θ¹x far below 0, θ² that undoes it, and x where the two gradients cancel.
    double low = 1;
    double high = 60;
    for (int n = 0; n < 60; n++) {
      double x = (low + high) / 2;
      boolean isSmaller = logistic(x, t).derivative(1).toDouble() < smallest(t);
      low = isSmaller ? x : low;
      high = isSmaller ? high : x;
    }
    ChainPass pass = logistic(high, t);
    assertThat(pass.derivative(1).toDouble()).isGreaterThan(t);
    double d = new ChainLoss(pass, -5, 0).d().abs().toDouble();
    assertThat(new ChainLoss(pass, -5, d).totalGradient(1).abs().toDouble())
        .isLessThan(d * -Math.log(t) / 1000);
  }

  private static double smallest(double t) {
    return Math.max(2, TheoremBounds.smallestParameter(1, t));
  }

  private static ChainPass logistic(double x, double t) {
    double first = -smallest(t);
    double second = 1.5434 / LOGISTIC.value(first * x);
    return new ChainNetwork(Activation.of(LOGISTIC), first, second).at(x);
  }

  /** The smallest parameters, until the signal is nearly 0, and one that makes the most of it. */
  private static ChainPass sinkingChain(double x, double t) {
    double[] theta = new double[202];
    Arrays.fill(theta, TheoremBounds.smallestParameter(x, t) * (1 + 1e-12));
    Activation tanh = Activation.of(TANH);
    double signal = new ChainNetwork(tanh, theta).at(x).signal(201).toDouble();
    theta[201] = 0.7717 / signal;
    return new ChainNetwork(tanh, theta).at(x);
  }

  private static double firstFalse(DoublePredicate holds) {
    return IntStream.range(300, 1000)
        .mapToDouble(n -> n / 1000.0)
        .filter(t -> !holds.test(t))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.5, 1.5, Double.NaN})
  void aTOutsideOfTheOpenUnitIntervalIsRefused(double t) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TheoremBounds.smallestParameter(1, t))
        .withMessageContaining("t must lie between 0 and 1");
    assertThatIllegalArgumentException().isThrownBy(() -> TheoremBounds.isClaim1True(1, t));
    assertThatIllegalArgumentException().isThrownBy(() -> TheoremBounds.isClaim2True(1, t));
  }

  @Test
  void otherBadArgumentsAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> TheoremBounds.smallestParameter(0, 0.5));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TheoremBounds.smallestParameter(Double.NaN, 0.5));
    assertThatIllegalArgumentException().isThrownBy(() -> TheoremBounds.manyLayers(0, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Audit(Set.of(Topic.RELU), Set.of(RELU), 0, 1));
  }

  private static List<AuditFinding> audit(Topic topic, ActivationFunction... functions) {
    return Arrays.stream(functions)
        .flatMap(function -> DONE.computeIfAbsent(new Asked(topic, function), Asked::run).stream())
        .toList();
  }

  private static AuditFinding find(List<AuditFinding> findings, String start) {
    return findings.stream()
        .filter(f -> f.statement().startsWith(start))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no finding starts with " + start));
  }
}
