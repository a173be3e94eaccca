package org.unvanish.theory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.theory.Statement.Condition;
import org.unvanish.theory.Statement.Sides;
import org.unvanish.theory.chain.ChainLoss;
import org.unvanish.theory.chain.ChainNetwork;
import org.unvanish.theory.chain.ChainPass;
import org.unvanish.theory.chain.WideNumber;

/** What section 2.3 says of scaling, beside theorem 2. */
final class Scaling {

  private static final double STRETCH = 1024;

  private Scaling() {}

  static Statement<ChainCase> identity(ActivationFunction f) {
    return new Statement<>(
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

  static Statement<ChainCase> relu() {
    return new Statement<>(
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
   * The claim is a limit ∞. It is tried as a rate that implies it, growth like √α or faster: over a
   * thousand times the factor, a gradient with a finite limit grows by no factor that stands out.
   */
  static Statement<ChainCase> naive(ActivationFunction f) {
    return new Statement<>(
        Topic.NAIVE,
        f,
        false,
        "naive scaling α·f: |∂h/∂θᵏ| → ∞ for α → ∞ (x and all θⁱ ≠ 0)",
        "section 2.3",
        "32",
        "the growth of |∂h/∂θᵏ| from α to 1024·α",
        Set.of("l", "k", "x", "θ", "y", "α"),
        new NonzeroChains(f),
        c -> new Sides(WideNumber.of(Math.sqrt(STRETCH)), growth(c)),
        explosion(f),
        switch (f) {
          case IDENTITY -> "The derivative has the factor α^l, and d grows like α^l.";
          case RELU ->
              "Where all neurons are on, the derivative has the factor α^l, and d grows like it. A"
                  + " single neuron that is off makes the gradient 0, whatever α is.";
          case LOG_SIGMOID ->
              "With positive θ², …, θˡ the pre-activations go to −∞ from the second neuron on, where f is"
                  + " nearly linear. A negative one turns its neuron's pre-activation to ∞, where f and f′"
                  + " fall exponentially.";
          case TANH, LOGISTIC ->
              "From the second neuron on the pre-activations grow like α, so that f′ falls exponentially"
                  + " while the other factors grow like powers of α: the limit is 0 for l ≥ 2, and ∞ for l = 1 alone.";
          default ->
              "From the second neuron on the pre-activations grow like α, and α·f′(α·c) falls like 1/α. With"
                  + " d, which grows like α, |∂h/∂θᵏ| behaves like α² for l = 1 and else like"
                  + " α^(m−l+1) with m = max{k, 2}: it explodes where k = l or l = 2, has a finite"
                  + " limit where m = l − 1, and fades where m ≤ l − 2, which needs l ≥ 4.";
        });
  }

  private static @Nullable Condition<ChainCase> explosion(ActivationFunction f) {
    return switch (f) {
      case RELU ->
          Condition.that(
              "θ¹·x > 0 and θ², …, θˡ > 0", c -> c.theta[0] * c.x > 0 && hasPositiveTail(c));
      case LOG_SIGMOID -> Condition.that("θ², …, θˡ > 0", Scaling::hasPositiveTail);
      case ARCTAN, SOFTSIGN ->
          Condition.that("k = l or l ≤ 2", c -> c.k == c.length() || c.length() <= 2);
      default -> null;
    };
  }

  private static boolean hasPositiveTail(ChainCase c) {
    return Arrays.stream(c.theta).skip(1).allMatch(theta -> theta > 0);
  }

  /** What vanishes before and after does not grow. */
  private static WideNumber growth(ChainCase c) {
    WideNumber before = naiveGradient(c, c.alpha);
    return before.sign() == 0
        ? WideNumber.ZERO
        : naiveGradient(c, STRETCH * c.alpha).dividedBy(before);
  }

  private static WideNumber naiveGradient(ChainCase c, double factor) {
    ChainPass pass = new ChainNetwork(Activation.naive(c.function, factor), c.theta).at(c.x);
    return new ChainLoss(pass, c.y, 0).dataGradient(c.k).abs();
  }

  /** f_α composed with itself: parameters of 1. */
  private record Compositions(ActivationFunction function, boolean isLong)
      implements Statement.Cases<ChainCase> {

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

  /**
   * Chains of all signs. On the grid α starts at 1, for numbers that a reader can follow; at
   * random, where the powers of α have long outgrown y.
   */
  private record NonzeroChains(ActivationFunction function) implements Statement.Cases<ChainCase> {

    @Override
    public List<ChainCase> grid() {
      List<ChainCase> cases = new ArrayList<>();
      for (double[] ends : new double[][] {{1.5, 1.5}, {-1.5, 1.5}, {1.5, -1.5}}) {
        for (int length = 1; length <= 6; length++) {
          double[] theta = new double[length];
          Arrays.fill(theta, 1.5);
          theta[length - 1] = ends[1];
          for (int k = 1; k <= length; k++) {
            cases.add(new ChainCase(function, 1, ends[0], theta, k, 0.5, 0, 0));
          }
        }
      }
      return cases;
    }

    @Override
    public ChainCase draw(RandomGenerator random) {
      double[] theta = new double[random.nextInt(1, 9)];
      Arrays.setAll(theta, i -> nonzero(random));
      return new ChainCase(
          function,
          Math.scalb(1 + random.nextDouble(), random.nextInt(10, 50)),
          nonzero(random),
          theta,
          random.nextInt(1, theta.length + 1),
          0.5,
          random.nextDouble(-3, 3),
          0);
    }

    private static double nonzero(RandomGenerator random) {
      double magnitude = random.nextDouble(0.25, 3);
      return random.nextBoolean() ? magnitude : -magnitude;
    }
  }
}
