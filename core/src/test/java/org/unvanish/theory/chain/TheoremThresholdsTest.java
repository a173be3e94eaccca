package org.unvanish.theory.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.UnaryOperator;
import org.apfloat.Apfloat;
import org.apfloat.ApfloatMath;
import org.junit.jupiter.api.Test;

/** The brackets against roots found with 80 digits. */
class TheoremThresholdsTest {

  private static final Apfloat ONE = ExactChain.number(1);
  private static final Apfloat TWO = ExactChain.number(2);
  private static final Apfloat HALF = ExactChain.number(0.5);

  @Test
  void everyBracketEnclosesTheExactNumberTightly() {
    Apfloat steepest = root(w -> w.multiply(ApfloatMath.tanh(w)).subtract(HALF), "0.5", "1");
    Apfloat peak = steepest.divide(ApfloatMath.pow(ApfloatMath.cosh(steepest), 2));
    encloses(TheoremThresholds.peak().bracket(), peak);
    encloses(
        TheoremThresholds.claim1(),
        root(t -> peak.divide(TWO).add(t.multiply(ApfloatMath.log(t))), "0.5", "0.9"));
    encloses(
        TheoremThresholds.claim2(TheoremThresholds.peak()),
        ApfloatMath.exp(ApfloatMath.sqrt(peak.divide(TWO)).negate()));
    encloses(
        TheoremThresholds.paperFormula(),
        root(
            t ->
                t.multiply(ExactChain.number(4))
                    .subtract(ApfloatMath.pow(ONE.add(t.multiply(t)), 2)),
            "0.1",
            "0.5"));
    encloses(TheoremThresholds.firstNeuron(), ApfloatMath.exp(ONE.negate()));
    encloses(TheoremThresholds.allNeurons(), ONE.divide(ApfloatMath.sqrt(ExactChain.number(3))));
    encloses(TheoremThresholds.halfLog(), ApfloatMath.exp(HALF.negate()));
    encloses(
        TheoremThresholds.factor(),
        ApfloatMath.exp(ApfloatMath.atanh(peak).divide(peak.multiply(TWO)).negate()));
    encloses(TheoremThresholds.omega(), root(t -> t.add(ApfloatMath.log(t)), "0.5", "0.6"));
  }

  private static void encloses(Bracket bracket, Apfloat exact) {
    assertThat(ExactChain.number(bracket.low())).isLessThanOrEqualTo(exact);
    assertThat(ExactChain.number(bracket.high())).isGreaterThanOrEqualTo(exact);
    assertThat(bracket.high() - bracket.low()).isLessThan(1e-13);
  }

  private static Apfloat root(UnaryOperator<Apfloat> increasing, String from, String to) {
    Apfloat low = new Apfloat(from, 80);
    Apfloat high = new Apfloat(to, 80);
    for (int n = 0; n < 120; n++) {
      Apfloat middle = low.add(high).divide(TWO);
      if (increasing.apply(middle).signum() < 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
