package org.unvanish.theory;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.theory.SmallNetworks.Factors;
import org.unvanish.theory.Statement.Condition;
import org.unvanish.theory.Statement.Sides;
import org.unvanish.theory.network.RandomShape;
import org.unvanish.theory.network.ScaledNetwork;
import org.unvanish.theory.network.SmallNetwork;
import org.unvanish.theory.network.SmallNetwork.Weights;
import org.unvanish.theory.network.UpdateRule;
import org.unvanish.theory.network.UpdateRule.Method;

/**
 * What α is, in every realisation of every network: N_α(x; W, b) = α·N₁(x/α; W, b/α), as long as
 * all but the activations is positively homogeneous; in training, too.
 */
final class Proposition1 {

  private static final String SOURCE = "proposition 1";
  private static final Set<String> SHOWN = Set.of("network", "α", "x", "parameters");
  private static final int STEPS = 8;

  /** As long as that many cases of a chain a network takes, or the training of one. */
  private static final int EVALUATION = 100;

  private static final int TRAINING = 1000;

  private Proposition1() {}

  static List<Statement<NetworkCase>> of(ActivationFunction f) {
    return List.of(
        output(f),
        gradients(f),
        biasFree(f),
        trained(f, Method.SGD),
        trained(f, Method.ADAM),
        initialState(f),
        byPlace(f),
        outerAndInner(f));
  }

  private static Statement<NetworkCase> output(ActivationFunction f) {
    return statement(
        f,
        "N_α(x; W, b) = α·N₁(x/α; W, b/α)",
        networks(f, RandomShape::any, Factors.ONE_ALPHA, 1, EVALUATION),
        c -> c.same(c.network().output(c.x()[0]), c.unscaled(sgd(c)).output(c.x()[0])),
        null,
        "With u = z/α, f_α(z) = α·f(u), and all else is positively homogeneous in inputs and biases:"
            + " u follows the network with α = 1, from x/α and b/α on.");
  }

  private static Statement<NetworkCase> gradients(ActivationFunction f) {
    return statement(
        f,
        "gradients: ∂N_α/∂x(x) = ∂N₁/∂x(x/α), equal ∂ℓ/∂W, α·∂ℓ/∂b",
        networks(f, RandomShape::any, Factors.ONE_ALPHA, 1, EVALUATION),
        c -> {
          ScaledNetwork.Gradients scaled = c.network().gradients(c.x()[0], c.y()[0]);
          ScaledNetwork.Gradients other = c.unscaled(sgd(c)).gradients(c.x()[0], c.y()[0]);
          return c.same(
              joined(scaled.input(), scaled.parameters()),
              joined(other.input(), c.biasesChanged(other.parameters(), g -> g / c.alpha())));
        },
        null,
        "The chain rule on N_α(x; W, b) = α·N₁(x/α; W, b/α): x/α and α cancel, b/α leaves a factor.");
  }

  private static Statement<NetworkCase> biasFree(ActivationFunction f) {
    return statement(
        f,
        "scaling is inputs ÷ α and logits × α, and nothing else",
        networks(f, RandomShape::any, Factors.ONE_ALPHA, 1, EVALUATION),
        c ->
            c.same(
                c.network().output(c.x()[0]),
                c.unscaled(sgd(c)).with(c.network().parameters()).output(c.x()[0])),
        Condition.that("no biases", c -> !c.hasBiases()),
        "The biases of N₁ are b/α. Where there are none, α acts on what goes in and comes out alone.");
  }

  private static Statement<NetworkCase> trained(ActivationFunction f, Method method) {
    boolean isSgd = method == Method.SGD;
    return statement(
        f,
        isSgd
            ? "SGD trains both alike: η/α² and penalty rα² for b/α"
            : "Adam trains both alike: η/α, ε·α and penalty rα² for b/α",
        networks(f, RandomShape::any, Factors.ONE_ALPHA, STEPS, TRAINING),
        c -> trajectories(c, method, isSgd ? sgd(c) : adam(c)),
        null,
        "c = b/α has the data gradient α·∂ℓ/∂b and the penalty's rα²·c = α·rb. A step of SGD on b, divided by"
            + (isSgd
                ? " α, is one on c with η/α²."
                : " α, is one on c with η/α²; Adam divides by √v, which has the factor α, too."));
  }

  /** Parameters after some steps: of the scaled network, and of the other one with b = α·c. */
  static Sides trajectories(NetworkCase c, Method method, UpdateRule biasRule) {
    double[] other = c.unscaled(biasRule).trained(method, c.x(), c.y());
    return c.same(
        c.network().trained(method, c.x(), c.y()), c.biasesChanged(other, b -> b * c.alpha()));
  }

  static UpdateRule sgd(NetworkCase c) {
    UpdateRule rule = c.network().biasRule();
    double square = c.alpha() * c.alpha();
    return new UpdateRule(rule.rate() / square, rule.epsilon(), rule.penalty() * square);
  }

  static UpdateRule adam(NetworkCase c) {
    UpdateRule rule = c.network().biasRule();
    return new UpdateRule(
        rule.rate() / c.alpha(),
        rule.epsilon() * c.alpha(),
        rule.penalty() * c.alpha() * c.alpha());
  }

  private static Statement<NetworkCase> initialState(ActivationFunction f) {
    return statement(
        f,
        "recurrent networks with the same initial state h₀",
        networks(
            f, random -> RandomShape.recurrent(random, true), Factors.ONE_ALPHA, 1, EVALUATION),
        c -> {
          double[] kept = c.x()[0].clone();
          for (int i = 0; i < states(c); i++) {
            kept[i] *= c.alpha();
          }
          return c.same(c.network().output(c.x()[0]), c.unscaled(sgd(c)).output(kept));
        },
        Condition.that(
            "h₀ = 0", c -> Arrays.stream(c.x()[0]).limit(states(c)).allMatch(h -> h == 0)),
        "h₀ is an input like any other, and becomes h₀/α. From h₀ = 0 on nothing needs to change.");
  }

  /** How many numbers of the input are the initial state. */
  private static int states(NetworkCase c) {
    return c.network().network().weights().get(1).outputs();
  }

  private static Statement<NetworkCase> byPlace(ActivationFunction f) {
    return statement(
        f,
        "1b: one α per place is W_l·α_(l−1)/α_l, b_l/α_l, logits × the last α",
        networks(f, RandomShape::stack, Factors.ALPHA_BY_PLACE, 1, EVALUATION),
        c -> {
          double[] alpha = c.network().outer();
          return sameFunction(c, l -> l == 0 ? 1 : alpha[l - 1], l -> 1 / alpha[l]);
        },
        null,
        "u_l = z_l/α_l follows (W_l·α_(l−1)/α_l)·f(u_(l−1)) + b_l/α_l with α₀ = 1. So learned α's re-scale"
            + " weights: only their ratios and the last one count.");
  }

  private static Statement<NetworkCase> outerAndInner(ActivationFunction f) {
    return statement(
        f,
        "1c: outer·f(inner·z) is f with W·outer·inner and b·inner",
        networks(f, RandomShape::stack, Factors.OUTER_AND_INNER, 1, EVALUATION),
        c -> {
          double outer = c.network().outer()[0];
          double inner = c.network().inner()[0];
          return sameFunction(c, l -> l == 0 ? 1 : outer, l -> inner);
        },
        null,
        "u = inner·z follows (inner·outer·W)·f(u) + inner·b; the first layer has no outer. Naive scaling is inner = 1: all weights but the"
            + " first multiplied. The paper's is outer·inner = 1: all biases divided.");
  }

  /** A factor of a layer, counted from 0. */
  interface LayerFactor {
    double of(int layer);
  }

  /**
   * The output and the input gradient of a stack against those of one without factors, with weights
   * W·before·behind and biases b·behind; the last layer passes its factor on to the output.
   *
   * @param before the factor of what a layer reads
   * @param behind the factor in front of f behind it
   */
  static Sides sameFunction(NetworkCase c, LayerFactor before, LayerFactor behind) {
    SmallNetwork network = c.network().network();
    double[] ones = new double[network.places()];
    Arrays.fill(ones, 1);
    int last = network.weights().size() - 1;
    double[] parameters = c.network().parameters().clone();
    for (int l = 0; l <= last; l++) {
      Weights weights = network.weights().get(l);
      double read = before.of(l);
      double factor = l < last ? behind.of(l) : 1 / read;
      for (int i = weights.offset(); i < weights.offset() + weights.count(); i++) {
        parameters[i] *= network.isBias(i) ? factor : read * factor;
      }
    }
    ScaledNetwork other =
        new ScaledNetwork(
            network,
            c.network().function(),
            ones,
            ones,
            1,
            before.of(last),
            parameters,
            c.network().weightRule(),
            c.network().biasRule());
    double[] x = c.x()[0];
    double[] y = c.y()[0];
    return c.same(
        joined(c.network().output(x), c.network().gradients(x, y).input()),
        joined(other.output(x), other.gradients(x, y).input()));
  }

  private static double[] joined(double[] one, double[] other) {
    double[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  private static Statement.Cases<NetworkCase> networks(
      ActivationFunction f,
      Function<RandomGenerator, SmallNetwork> shape,
      Factors factors,
      int steps,
      int cost) {
    return new SmallNetworks(f, shape, factors, steps, cost);
  }

  private static Statement<NetworkCase> statement(
      ActivationFunction f,
      String text,
      Statement.Cases<NetworkCase> cases,
      Function<NetworkCase, Sides> sides,
      @Nullable Condition<NetworkCase> condition,
      String reason) {
    return new Statement<>(
        Topic.PROPOSITION1,
        f,
        false,
        text,
        SOURCE,
        Rounding.LEFT,
        Rounding.RIGHT,
        SHOWN,
        cases,
        sides,
        condition,
        reason);
  }
}
