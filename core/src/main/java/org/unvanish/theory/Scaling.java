package org.unvanish.theory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.theory.Statement.Sides;

/** What section 2.3 says of scaling, beside theorem 2. */
final class Scaling {

  private static final double SMALLER = 1024;
  private static final double LARGER = 1048576;

  private Scaling() {}

  static Statement identity(ActivationFunction f) {
    return new Statement(
        Topic.IDENTITY,
        f,
        false,
        "f_α(f_α(… f_α(z))) = α·f(f(… f(z/α)))",
        "section 2.3",
        "|left side − right side|",
        "10⁻⁹·|right side|",
        Set.of("l", "z", "α"),
        new Compositions(f, true),
        c -> {
          // α = 2^n, so that z/α is exact.
          WideNumber right =
              new ChainNetwork(Activation.of(f), c.theta).at(c.x / c.alpha).output().times(c.alpha);
          return new Sides(c.pass().output().minus(right).abs(), right.abs().times(1e-9));
        },
        null,
        "f_α = S∘f∘S⁻¹ with S(z) = α·z, and S⁻¹∘S cancels between the neurons.");
  }

  static Statement relu() {
    return new Statement(
        Topic.RELU,
        ActivationFunction.RELU,
        false,
        "f_α = f",
        "section 2.3",
        "|f_α(z) − f(z)|",
        "10⁻⁹·|f(z)|",
        Set.of("z", "α"),
        new Compositions(ActivationFunction.RELU, false),
        c -> {
          WideNumber f = WideNumber.of(c.function.value(c.x));
          return new Sides(c.pass().output().minus(f).abs(), f.abs().times(1e-9));
        },
        null,
        "max(z/α, 0) = max(z, 0)/α for α > 0.");
  }

  /**
   * The claim is a limit ∞: it is tried as "a thousand times the factor makes no smaller gradient".
   */
  static Statement naive(ActivationFunction f) {
    return new Statement(
        Topic.NAIVE,
        f,
        false,
        "naive scaling α·f: |∂h/∂θᵏ| → ∞ for α → ∞",
        "section 2.3",
        "|∂h/∂θᵏ| at α = 1024",
        "|∂h/∂θᵏ| at α = 1048576",
        Set.of("l", "k", "x", "θ", "y"),
        new PositiveChains(f),
        c -> new Sides(naiveGradient(c, SMALLER), naiveGradient(c, LARGER)),
        null,
        switch (f) {
          case RELU, IDENTITY -> "The derivative has the factor α^l.";
          case LOG_SIGMOID ->
              "For x, θ > 0, which is what was tried, arguments go to −∞ from the second neuron on, where f"
                  + " is nearly linear.";
          case TANH, LOGISTIC ->
              "From the second neuron on the arguments grow like α, so that f′ falls exponentially"
                  + " while the other factors grow like powers of α: the limit is 0 for l ≥ 2, and ∞ for l = 1 alone.";
          default ->
              "From the second neuron on the arguments grow like α, and α·f′(α·c) falls like 1/α. With"
                  + " d, which grows like α, |∂h/∂θᵏ| behaves like α² for l = 1 and else like"
                  + " α^(m−l+1) with m = max{k, 2}: it explodes where k = l or l = 2, has a finite"
                  + " limit where m = l − 1, and fades where m ≤ l − 2, which needs l ≥ 4.";
        });
  }

  private static WideNumber naiveGradient(ChainCase c, double factor) {
    ChainPass pass = new ChainNetwork(Activation.naive(c.function, factor), c.theta).at(c.x);
    return new ChainLoss(pass, c.y, 0).dataGradient(c.k).abs();
  }

  /** f_α composed with itself: parameters of 1. */
  private record Compositions(ActivationFunction function, boolean isLong)
      implements Statement.Cases {

    @Override
    public List<ChainCase> grid() {
      List<ChainCase> cases = new ArrayList<>();
      for (int length = 1; length <= (isLong ? 6 : 1); length++) {
        for (double alpha : new double[] {0.25, 0.5, 1, 2, 8}) {
          for (double z : new double[] {-10, -1.5, -0.5, 0, 0.5, 1.5, 10}) {
            cases.add(ones(length, alpha, z));
          }
        }
      }
      return cases;
    }

    @Override
    public ChainCase draw(RandomGenerator random) {
      return ones(
          isLong ? random.nextInt(1, 21) : 1,
          isLong
              ? Math.scalb(1.0, random.nextInt(-10, 11))
              : StrictMath.exp(random.nextDouble(-7, 7)),
          random.nextDouble(-50, 50));
    }

    private ChainCase ones(int length, double alpha, double z) {
      double[] theta = new double[length];
      Arrays.fill(theta, 1);
      return new ChainCase(function, alpha, z, theta, 1, 0.5, 0, 0);
    }
  }

  /** Chains with positive x and θ, in which relu is active everywhere. */
  private record PositiveChains(ActivationFunction function) implements Statement.Cases {

    @Override
    public List<ChainCase> grid() {
      List<ChainCase> cases = new ArrayList<>();
      for (int length = 1; length <= 6; length++) {
        double[] theta = new double[length];
        Arrays.fill(theta, 1.5);
        for (int k = 1; k <= length; k++) {
          cases.add(new ChainCase(function, 1, 1.5, theta, k, 0.5, 0, 0));
        }
      }
      return cases;
    }

    @Override
    public ChainCase draw(RandomGenerator random) {
      double[] theta = random.doubles(random.nextInt(1, 9), 0.25, 3).toArray();
      return new ChainCase(
          function,
          1,
          random.nextDouble(0.25, 3),
          theta,
          random.nextInt(1, theta.length + 1),
          0.5,
          random.nextDouble(-3, 3),
          0);
    }
  }
}
