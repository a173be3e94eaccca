package org.unvanish.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.theory.chain.ChainLoss;
import org.unvanish.theory.chain.ChainNetwork;
import org.unvanish.theory.chain.ChainPass;
import org.unvanish.theory.chain.TheoremBounds;
import org.unvanish.theory.chain.WideNumber;

/** The script's formulas against those of {@code org.unvanish.theory}, in a browser. */
class PlaygroundFormulasTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long SEED = 20260101;
  private static final int CASES_PER_FUNCTION = 500;

  /**
   * The error allowed, in units of 2⁻⁵³ of what a rounding error grows to (see {@link #growth}):
   * Java and the script each add a few, and their elementary functions may differ by one.
   */
  private static final double UNITS = 4;

  private static final String CHAINS =
      """
      const theory = Unvanish.theory;
      return JSON.stringify(JSON.parse(arguments[0]).map(c => {
        const pass = theory.chain(c.f, c.alpha, c.x, c.theta);
        const loss = theory.loss(pass, c.theta, c.y, c.r);
        return {
          g: pass.signals[c.theta.length], d: loss.d,
          slopes: pass.slopes, derivatives: pass.derivatives,
          data: loss.data, total: loss.total,
        };
      }));
      """;

  private static final String BOUNDS =
      """
      const theory = Unvanish.theory;
      return JSON.stringify(JSON.parse(arguments[0]).map(c => ({
        theta: theory.smallestParameter(c.x, c.t),
        t: theory.smallestT(c.x, theory.smallestParameter(c.x, c.t)),
        claim1: theory.isClaim1True(c.x, c.t),
        claim2: theory.isClaim2True(c.x, c.t),
        many: theory.manyLayers(c.l, c.k),
      })));
      """;

  @TempDir Path folder;

  record Chain(ActivationFunction function, double alpha, double x, double[] theta) {
    ChainPass pass() {
      return new ChainNetwork(Activation.scaled(function, alpha), theta).at(x);
    }
  }

  record Case(String f, double alpha, double x, double[] theta, double y, double r) {
    static Case of(Chain chain, double y, double r) {
      return new Case(chain.function.label(), chain.alpha, chain.x, chain.theta, y, r);
    }
  }

  record Bound(double x, double t, int l, int k) {}

  @Test
  void chainsAreTheSameAsInJavaAlsoWhereDoublesUnderflow() throws IOException {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    List<Chain> chains = new ArrayList<>();
    List<Case> cases = new ArrayList<>();
    for (ActivationFunction function : ChainNetwork.FUNCTIONS) {
      for (int i = 0; i < CASES_PER_FUNCTION; i++) {
        Chain chain = draw(function, random);
        chains.add(chain);
        double r = random.nextBoolean() ? 0 : random.nextDouble(30);
        cases.add(Case.of(chain, random.nextDouble(-5, 5), r));
      }
    }
    JsonNode found = evaluate(CHAINS, cases);
    assertThat(found).hasSize(cases.size());
    int underflows = 0;
    for (int i = 0; i < cases.size(); i++) {
      Chain chain = chains.get(i);
      ChainPass pass = chain.pass();
      double error = worst(found.get(i), pass, cases.get(i));
      assertThat(error)
          .as("%s with θ = %s", cases.get(i), Arrays.toString(chain.theta))
          .isLessThanOrEqualTo(UNITS * 0x1p-53 * growth(chain, pass));
      WideNumber first = pass.derivative(1);
      underflows += first.sign() != 0 && Math.abs(first.toDouble()) < Double.MIN_NORMAL ? 1 : 0;
    }
    assertThat(underflows).as("chains whose gradient no double can hold").isGreaterThan(100);
  }

  /** The largest error, each relative to the size of what was added up for it. */
  private static double worst(JsonNode js, ChainPass pass, Case c) {
    ChainLoss loss = new ChainLoss(pass, c.y, c.r);
    WideNumber d = pass.output().abs().plus(WideNumber.of(Math.abs(c.y))).times(2);
    double worst = error(js.get("g"), pass.output(), pass.output());
    worst = Math.max(worst, error(js.get("d"), loss.d(), d));
    for (int k = 1; k <= c.theta.length; k++) {
      WideNumber derivative = pass.derivative(k);
      WideNumber data = d.times(derivative).abs();
      WideNumber total = data.plus(loss.penaltyGradient(k).abs());
      for (double error :
          new double[] {
            error(js.get("slopes").get(k), pass.slope(k), pass.slope(k)),
            error(js.get("derivatives").get(k), derivative, derivative),
            error(js.get("data").get(k), loss.dataGradient(k), data),
            error(js.get("total").get(k), loss.totalGradient(k), total)
          }) {
        worst = Math.max(worst, error);
      }
    }
    return worst;
  }

  private static double error(JsonNode found, WideNumber expected, WideNumber size) {
    WideNumber difference = wide(found).minus(expected).abs();
    return difference.sign() == 0 ? 0 : difference.dividedBy(size.abs()).toDouble();
  }

  private static WideNumber wide(JsonNode number) {
    return new WideNumber(number.get("significand").asDouble(), number.get("exponent").asLong());
  }

  /** What roundings of one unit at every operation come to, as {@link ChainPass} tells. */
  private static double growth(Chain chain, ChainPass pass) {
    double ofSignal = 0;
    double largest = 0;
    double ofSlopes = 0;
    for (int i = 1; i <= chain.theta.length; i++) {
      WideNumber z = pass.signal(i - 1).times(chain.theta[i - 1]);
      double ofArgument = ofSignal + 1;
      ofSlopes += 1 + steepness(chain.function, z.toDouble() / chain.alpha) * ofArgument;
      ofSignal = 1 + amplification(z, pass, i) * ofArgument;
      largest = Math.max(largest, ofSignal);
    }
    return largest + ofSlopes;
  }

  /** |z·f′(z)/f(z)|: the share by which f changes where z changes by one. */
  private static double amplification(WideNumber z, ChainPass pass, int i) {
    return pass.signal(i).sign() == 0
        ? 0
        : z.times(pass.slope(i)).dividedBy(pass.signal(i)).abs().toDouble();
  }

  /** A bound of |z·f″(z)/f′(z)|, the same of f′. */
  private static double steepness(ActivationFunction function, double z) {
    return switch (function) {
      case IDENTITY, RELU -> 0;
      case ARCTAN, SOFTSIGN -> 2;
      case LOG_SIGMOID -> 1 + Math.max(0, z);
      case LOGISTIC, TANH -> 2 * Math.abs(z);
      default -> throw new IllegalArgumentException("the theory says nothing of " + function);
    };
  }

  @Test
  void boundsAreTheSameAsInJava() throws IOException {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    List<Bound> bounds = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      int l = random.nextInt(1, 2000);
      double x = sign(random) * StrictMath.exp(random.nextDouble(-3, 3));
      bounds.add(new Bound(x, random.nextDouble(1e-4, 0.9999), l, random.nextInt(1, l + 1)));
    }
    JsonNode found = evaluate(BOUNDS, bounds);
    Set<List<Boolean>> claims = new HashSet<>();
    for (int i = 0; i < bounds.size(); i++) {
      Bound b = bounds.get(i);
      JsonNode js = found.get(i);
      double theta = TheoremBounds.smallestParameter(b.x, b.t);
      assertThat(js.get("theta").asDouble()).isCloseTo(theta, withinPercentage(1e-13));
      assertThat(js.get("t").asDouble()).isCloseTo(b.t, withinPercentage(1e-12));
      assertThat(js.get("claim1").asBoolean()).isEqualTo(TheoremBounds.isClaim1True(b.x, b.t));
      assertThat(js.get("claim2").asBoolean()).isEqualTo(TheoremBounds.isClaim2True(b.x, b.t));
      assertThat(wide(js.get("many"))).isEqualTo(TheoremBounds.manyLayers(b.l, b.k));
      claims.add(List.of(js.get("claim1").asBoolean(), js.get("claim2").asBoolean()));
    }
    assertThat(claims).as("inside and outside of the claims' conditions").hasSizeGreaterThan(2);
  }

  private static Chain draw(ActivationFunction function, RandomGenerator random) {
    double[] theta = new double[1 + (int) (60 * random.nextDouble() * random.nextDouble())];
    double typical = StrictMath.exp(random.nextDouble(-3, 5));
    for (int i = 0; i < theta.length; i++) {
      theta[i] = sign(random) * typical * StrictMath.exp(random.nextDouble());
    }
    double alpha = random.nextBoolean() ? 1 : StrictMath.exp(random.nextDouble(-3, 14));
    return new Chain(
        function, alpha, sign(random) * StrictMath.exp(random.nextDouble(-3, 3)), theta);
  }

  private static double sign(RandomGenerator random) {
    return random.nextBoolean() ? 1 : -1;
  }

  private JsonNode evaluate(String script, Object argument) throws IOException {
    Path page = folder.resolve("playground.html");
    Files.writeString(page, Playground.page());
    try (Browser browser = Browser.open()) {
      browser.visit(page, "");
      return JSON.readTree((String) browser.run(script, JSON.writeValueAsString(argument)));
    }
  }
}
