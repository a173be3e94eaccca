package org.unvanish.meanfield;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;

/** Against random networks, and against the formulas by another program (validation.csv). */
class DenseStackTest {

  private static final double TWO_LN_TEN = 2 * Math.log(10);

  /**
   * The other program's variances are those of a trapezium rule with this step, without its h²/6 a
   * layer: relu with 1000 units has 0.00495 there, 5/n = 0.005 by Hanin (2018), and 0.00502 here.
   */
  private static final double STEP_OF_THEIRS = 0.02;

  @Test
  void theoryIsThatOfTheOtherProgram() {
    for (Reference row : Reference.networks()) {
      DenseStack stack = stack(row);
      String name = row.cells().toString();
      double last = stack.variance(stack.layers().size());
      assertThat(last / row.number("q_last_theory")).as(name).isCloseTo(1, within(1e-9));
      assertThat(stack.lnMean(0))
          .as(name)
          .isCloseTo(row.number("ln_energy_mean_field"), within(1e-8));
      if (stack.typical(0).dead() > 1e-10) {
        // Their numbers are of the dead networks, too; see deadNetworksAreCountedApart.
        continue;
      }
      assertThat(stack.lnTypical(0))
          .as(name)
          .isCloseTo(row.number("ln_energy_typical_theory"), within(1e-5));
      int layers = stack.layers().size();
      double independent = 0;
      for (int l = 0; l < layers; l++) {
        independent += stack.typical(l).variance();
      }
      double missing = layers * STEP_OF_THEIRS * STEP_OF_THEIRS / 6;
      double rounding = 1e-5 * Math.max(1.1, Math.sqrt(independent));
      assertThat(Math.sqrt(stack.varianceOfLn(0) - missing))
          .as(name)
          .isCloseTo(row.number("ln_energy_sd_theory"), within(rounding));
      assertThat(Math.sqrt(independent - missing))
          .as(name)
          .isCloseTo(row.number("ln_energy_sd_independent_layers"), within(rounding));
      if (row.function() != ActivationFunction.RELU) {
        assertThat(row.map().saturatedShare(last))
            .as(name)
            .isCloseTo(row.number("saturation_theory"), within(1e-6));
      }
    }
  }

  @Test
  void wideNetworksAreAsInMeanFieldTheory() {
    int seen = 0;
    for (Reference row : Reference.networks()) {
      if (row.number("width") < 100) {
        continue;
      }
      seen++;
      DenseStack stack = stack(row);
      assertThat(stack.lnMean(0))
          .as(row.cells().toString())
          .isCloseTo(
              row.number("ln_mean_energy_mc"), within(4 * row.number("ln_mean_energy_se") + 0.05));
      double measured = row.number("ln_energy_mc_sd");
      double spread = Math.max(0.15, 3 / Math.sqrt(2 * row.number("networks")));
      assertThat(Math.sqrt(stack.varianceOfLn(0)) / measured)
          .as(row.cells().toString())
          .isCloseTo(1, within(spread));
    }
    assertThat(seen).isGreaterThan(30);
  }

  @Test
  void narrowCriticalNetworksTypicallyLoseMore() {
    int seen = 0;
    for (Reference row : Reference.networks()) {
      boolean critical = row.number("sigma_w") == 1 && row.number("sigma_b") == 0;
      if (row.number("width") > 27 || !critical) {
        continue;
      }
      seen++;
      DenseStack stack = stack(row);
      assertThat(stack.lnTypical(0))
          .as(row.cells().toString())
          .isCloseTo(row.number("ln_energy_mc_mean"), withinPercentage(6));
      assertThat(stack.variance(stack.layers().size()) / row.number("q_last_mc"))
          .as(row.cells().toString())
          .isBetween(1.0, 1.95);
    }
    assertThat(seen).isEqualTo(3);
  }

  /** Of relu's networks with 16 units, one in 20,000 has a layer with no unit on. */
  @Test
  void deadNetworksAreCountedApart() {
    Reference row =
        Reference.networks().stream()
            .filter(r -> r.function() == ActivationFunction.RELU && r.number("width") == 16)
            .findFirst()
            .orElseThrow();
    DenseStack stack = stack(row);
    assertThat(stack.typical(0).dead()).isCloseTo(Math.pow(2, -16), within(1e-18));
    assertThat(stack.lnTypical(0))
        .isCloseTo(row.number("ln_energy_mc_mean"), within(3 * row.number("ln_energy_mc_se")));
    assertThat(Math.sqrt(stack.varianceOfLn(0)))
        .isCloseTo(row.number("ln_energy_mc_sd"), withinPercentage(1.5));
  }

  /** The table of section 2 of the design: 300 layers of tanh. */
  @Test
  void threeHundredLayers() {
    assertThat(keptLog10(0.8, 0, 1)).isCloseTo(-29.26, within(0.005));
    assertThat(keptLog10(0.8, 0, 2)).isCloseTo(-29.10, within(0.005));
    assertThat(keptLog10(0.8, 0, 8)).isCloseTo(-28.99, within(0.005));
    assertThat(keptLog10(1, 0, 1)).isCloseTo(-1.31, within(0.005));
    assertThat(keptLog10(1, 0, 2)).isCloseTo(-1.06, within(0.005));
    assertThat(keptLog10(1, 0, 8)).isCloseTo(-0.50, within(0.005));
    assertThat(keptLog10(1.5, 0, 1)).isCloseTo(8.31, within(0.005));
    assertThat(keptLog10(1.5, 0, 2)).isCloseTo(8.52, within(0.005));
    assertThat(keptLog10(1.5, 0, 8)).isCloseTo(9.01, within(0.005));
  }

  @Test
  void withBiasesTheScaleActsAtEveryLayer() {
    assertThat(keptLog10(1.2, 0.3, 1)).isCloseTo(-9.20, within(0.005));
    assertThat(keptLog10(1.2, 0.3, 2)).isCloseTo(-1.83, within(0.005));
    assertThat(keptLog10(1.2, 0.3, 8)).isCloseTo(2.27, within(0.005));
  }

  @Test
  void layersMayDiffer() {
    VarianceMap tanh = new VarianceMap(Activation.of(ActivationFunction.TANH), 1.2, 0.1);
    VarianceMap relu = new VarianceMap(Activation.of(ActivationFunction.RELU), 1.5, 0);
    DenseStack stack =
        DenseStack.of(List.of(new DenseLayer(tanh, 20), new DenseLayer(relu, 50)), 0.7);
    double second = tanh.variance(0.7);
    assertThat(stack.variance(1)).isEqualTo(second);
    assertThat(stack.variance(2)).isEqualTo(relu.variance(second));
    assertThat(stack.lnMean(1)).isEqualTo(Math.log(relu.factor(second)));
    assertThat(stack.lnMean(0)).isCloseTo(stack.lnMean(1) + stack.lnFactor(0), within(1e-15));
    assertThat(stack.typical(1))
        .isEqualTo(TypicalFactor.of(relu.activation(), relu.sigmaW(), second, 50));
  }

  /** relu's slope does not depend on the variance: layers are independent. */
  @Test
  void theSpreadOfLayersFromOneOnHoldsWhatComesBeforeIt() {
    VarianceMap relu = new VarianceMap(Activation.of(ActivationFunction.RELU), Math.sqrt(2), 0);
    DenseStack independent = DenseStack.equal(relu, 50, 5, 1);
    assertThat(independent.varianceOfLn(2))
        .isCloseTo(2 * independent.typical(0).variance(), within(1e-9));

    VarianceMap tanh = new VarianceMap(Activation.of(ActivationFunction.TANH), 1.5, 0);
    DenseStack stack = DenseStack.equal(tanh, 50, 5, 1);
    assertThat(stack.varianceOfLn(3)).isGreaterThan(stack.typical(3).variance());
    assertThat(stack.varianceOfLn(4)).isZero();
  }

  private static double keptLog10(double sigmaW, double sigmaB, double alpha) {
    Activation tanh = ActivationFunction.TANH.scaled(alpha);
    return DenseStack.equal(new VarianceMap(tanh, sigmaW, sigmaB), 1000, 300, 1).lnMean(0)
        / TWO_LN_TEN;
  }

  private static DenseStack stack(Reference row) {
    return DenseStack.equal(
        row.map(), row.number("width"), (int) row.number("depth"), row.number("input_mean_square"));
  }
}
