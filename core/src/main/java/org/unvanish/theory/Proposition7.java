package org.unvanish.theory;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.theory.Statement.Condition;
import org.unvanish.theory.Statement.Sides;
import org.unvanish.theory.network.RecurrentNetwork;
import org.unvanish.theory.network.UpdateRule;
import org.unvanish.theory.network.UpdateRule.Method;

/**
 * What α is over time: with uₜ = hₜ/α, a simple recurrent network follows uₜ = f(W·uₜ₋₁ + (U/α)·xₜ
 * + b/α). So it divides what drives the network, at every step.
 */
final class Proposition7 {

  private static final int EVALUATION = 100;
  private static final int TRAINING = 400;
  private static final int STEPS = 8;

  /** A rate so small that no training diverges, which would blow rounding up. */
  private static final double RATE = 0x1p-13;

  private static final double EPSILON = 0x1p-10;
  private static final double PENALTY = 0.0625;

  private Proposition7() {}

  static List<Statement<RecurrentCase>> of(ActivationFunction f) {
    return List.of(change(f), trained(f, Method.SGD), trained(f, Method.ADAM), firstStepAlone(f));
  }

  private static Statement<RecurrentCase> change(ActivationFunction f) {
    return statement(
        f,
        "h₀, U and b divided by α: states are hₜ/α, ∂h_T/∂h_(T−k) is the same",
        RecurrentNetworks.any(f, 1, EVALUATION),
        c -> c.same(c.results(1), c.unscaled().results(c.alpha())),
        null,
        "uₜ = hₜ/α follows f(W·uₜ₋₁ + (U/α)·xₜ + b/α), as f_α(z) = α·f(z/α). In ∂h_T/∂h_(T−k) a step is"
            + " f′(zₜ/α)·W in both.");
  }

  private static Statement<RecurrentCase> trained(ActivationFunction f, Method method) {
    boolean isSgd = method == Method.SGD;
    return statement(
        f,
        isSgd
            ? "SGD trains both alike: η/α² and penalty rα² for U/α and b/α"
            : "Adam trains both alike: η/α, ε·α, penalty rα² for U/α and b/α",
        RecurrentNetworks.any(f, -1, TRAINING),
        c -> trajectories(c, method, isSgd ? sgd(c.alpha()) : adam(c.alpha())),
        null,
        "U/α and b/α have α times the gradients of U and b, W the same gradient. With x/α in place of U/α, U"
            + " keeps its rule: proposition 1.");
  }

  static UpdateRule rule() {
    return new UpdateRule(RATE, EPSILON, PENALTY);
  }

  static UpdateRule sgd(double alpha) {
    return new UpdateRule(RATE / (alpha * alpha), EPSILON, PENALTY * alpha * alpha);
  }

  static UpdateRule adam(double alpha) {
    return new UpdateRule(RATE / alpha, EPSILON * alpha, PENALTY * alpha * alpha);
  }

  /**
   * Parameters after some steps of training on the last state, as those of the network with α.
   *
   * @param driveRule how U/α and b/α are trained
   */
  static Sides trajectories(RecurrentCase c, Method method, UpdateRule driveRule) {
    double[] target = new double[c.network().units()];
    Arrays.setAll(target, i -> i % 2 == 0 ? 0.5 : -0.25);
    RecurrentCase other = c.unscaled();
    RecurrentNetwork one =
        c.network().trained(method, rule(), rule(), c.initial(), c.x(), 1, target, STEPS);
    RecurrentNetwork two =
        other
            .network()
            .trained(method, rule(), driveRule, other.initial(), c.x(), c.alpha(), target, STEPS);
    return c.same(parameters(one, 1), parameters(two, c.alpha()));
  }

  private static double[] parameters(RecurrentNetwork network, double driveFactor) {
    return DoubleStream.concat(
            Arrays.stream(network.recurrent()).flatMapToDouble(Arrays::stream),
            DoubleStream.concat(
                    Arrays.stream(network.input()).flatMapToDouble(Arrays::stream),
                    Arrays.stream(network.bias()))
                .map(parameter -> driveFactor * parameter))
        .toArray();
  }

  private static Statement<RecurrentCase> firstStepAlone(ActivationFunction f) {
    return statement(
        f,
        "α acts at the first step alone: h₀ and x₁ divided by α, nothing else",
        RecurrentNetworks.any(f, 1, EVALUATION),
        c -> c.same(c.results(1), c.dividedAtFirstStep().results(c.alpha())),
        Condition.that("no drive after step 1: x₂, …, x_T and b are 0", c -> !c.isDrivenLater()),
        "So it is in a feed-forward network without biases. A recurrent one reads inputs at every step, and"
            + " α divides them all.");
  }

  private static Statement<RecurrentCase> statement(
      ActivationFunction f,
      String text,
      RecurrentNetworks cases,
      Function<RecurrentCase, Sides> sides,
      @Nullable Condition<RecurrentCase> condition,
      String reason) {
    return new Statement<>(
        Topic.RECURRENT,
        f,
        false,
        text,
        "proposition 7",
        Rounding.LEFT,
        Rounding.RIGHT,
        Set.of("W", "U", "b", "h₀", "x", "α"),
        cases,
        sides,
        condition,
        reason);
  }
}
