package org.unvanish.theory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.theory.Statement.Condition;
import org.unvanish.theory.Statement.Sides;
import org.unvanish.theory.chain.WideNumber;
import org.unvanish.theory.network.RecurrentPass;

/**
 * What α can and cannot do for one recurrent network over T steps: the norm of W bounds the
 * gradient whatever α is, and all that α undoes is what the drive does to f′.
 */
final class Proposition8 {

  private static final int EVALUATION = 100;
  private static final int LONG = 200;
  private static final int UNIT = 10;

  /** Over which a gradient with ρ(W)·max|f′| ≤ ½ has had the time to vanish. */
  private static final int STEPS = 30;

  /** A grid's case has fewer, for a reader. */
  private static final int FEW_STEPS = 8;

  private static final double LARGE_ALPHA = 1e12;

  /** Where all of these functions have next to no slope on one side at least. */
  private static final double FLAT = 16;

  private Proposition8() {}

  static List<Statement<RecurrentCase>> of(ActivationFunction f) {
    List<Statement<RecurrentCase>> statements = new ArrayList<>();
    statements.add(bound(f));
    statements.add(spectralRadius(f));
    if (WideFunctions.SIGMOID_TYPE.contains(f)) {
      statements.add(limit(f));
    }
    if (WideFunctions.SATURATING.contains(f)) {
      statements.add(noEntrySmaller(f));
    }
    if (WideFunctions.ODD.contains(f)) {
      statements.add(gainWithoutDrive(f));
    }
    if (WideFunctions.SATURATING.contains(f)) {
      statements.add(unit(f));
    }
    return statements;
  }

  private static Statement<RecurrentCase> bound(ActivationFunction f) {
    return statement(
        f,
        "whatever α is, ‖∂h_T/∂h_(T−k)‖ ≤ (‖W‖·max|f′|)ᵏ",
        "‖∂h_T/∂h_(T−k)‖",
        "(‖W‖·max|f′|)ᵏ",
        Set.of("k", "W", "U", "b", "h₀", "x", "α"),
        RecurrentNetworks.any(f, 1, EVALUATION),
        c ->
            Sides.of(
                Matrices.norm(c.jacobian()),
                StrictMath.pow(Matrices.norm(c.network().recurrent()) * f.steepest(), c.back())),
        null,
        "A step multiplies by f_α′(zₜ)·W, and |f_α′(z)| = |f′(z/α)| ≤ max|f′|. So where ‖W‖·max|f′| < 1 the"
            + " gradient vanishes for every α and every sequence.");
  }

  private static Statement<RecurrentCase> spectralRadius(ActivationFunction f) {
    return statement(
        f,
        "where W's spectral radius ρ is below 1/max|f′| the gradient vanishes",
        "‖∂h_T/∂h₀‖ with ρ(W)·max|f′| ≤ ½",
        "1",
        Set.of("T", "W", "x", "α"),
        new RecurrentNetworks(List.of(nilpotent(f)), random -> nonNormal(f, random), LONG),
        c -> Sides.of(Matrices.norm(c.jacobian()), 1),
        Condition.that("W is symmetric", c -> Matrices.isSymmetric(c.network().recurrent())),
        "ρ(W) rules Wᵏ, but the factors are f′(zₜ/α)·W, and the drive chooses f′: with W = (2, −2; 2, −2),"
            + " ρ(W) = 0, and f′ = (1, 0) gives ρ = 2. The norm, which for symmetric W is ρ(W), allows no such thing.");
  }

  /** ρ(W) = 0; the drive saturates the second unit and holds the first where f is steepest. */
  private static RecurrentCase nilpotent(ActivationFunction f) {
    double w = 2 / f.steepest();
    double[][] z = new double[FEW_STEPS][];
    for (int t = 0; t < z.length; t++) {
      z[t] = new double[] {steep(f), flat(f)};
    }
    return held(f, 1, new double[][] {{w, -w}, {w, -w}}, z);
  }

  /** Half of them symmetric; the others far from it, in axes of their own. */
  private static RecurrentCase nonNormal(ActivationFunction f, RandomGenerator random) {
    double angle = random.nextDouble(0, Math.PI);
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    double a = random.nextDouble(-0.5, 0.5) / f.steepest();
    double d = random.nextDouble(-0.5, 0.5) / f.steepest();
    double shear =
        random.nextBoolean() ? 0 : StrictMath.exp(random.nextDouble(1, 4)) / f.steepest();
    double mixed = (a - d) * cos * sin;
    double[][] w = {
      {a * cos * cos + d * sin * sin - shear * cos * sin, mixed + shear * cos * cos},
      {mixed - shear * sin * sin, a * sin * sin + d * cos * cos + shear * cos * sin}
    };
    double alpha = StrictMath.exp(random.nextDouble(-2, 4));
    double[][] z = new double[STEPS][2];
    for (double[] one : z) {
      for (int i = 0; i < one.length; i++) {
        one[i] = alpha * (random.nextBoolean() ? steep(f) : flat(f)) * random.nextDouble();
      }
    }
    return held(f, alpha, w, z);
  }

  /** From h₀ = 0, with inputs that make the pre-activations what they are wanted to be. */
  private static RecurrentCase held(
      ActivationFunction f, double alpha, double[][] w, double[][] z) {
    double[][] one = {{1, 0}, {0, 1}};
    double[][] x = new double[z.length][2];
    double[] state = new double[2];
    for (int t = 0; t < z.length; t++) {
      for (int i = 0; i < 2; i++) {
        x[t][i] = z[t][i] - (w[i][0] * state[0] + w[i][1] * state[1]);
      }
      state = new double[] {scaled(f, alpha, z[t][0]), scaled(f, alpha, z[t][1])};
    }
    return RecurrentCase.of(f, alpha, w, one, new double[2], new double[2], x, z.length);
  }

  private static double scaled(ActivationFunction f, double alpha, double z) {
    return alpha * f.value(z / alpha);
  }

  /** Where f is about as steep as it gets. */
  private static double steep(ActivationFunction f) {
    return switch (f) {
      case RELU -> 1;
      case LOG_SIGMOID -> -FLAT;
      default -> 0;
    };
  }

  private static double flat(ActivationFunction f) {
    return f == ActivationFunction.RELU ? -1 : FLAT;
  }

  private static Statement<RecurrentCase> limit(ActivationFunction f) {
    boolean isCentred = f.value(0) == 0;
    return statement(
        f,
        "all that α can do: for α → ∞, ∂h_T/∂h_(T−k) → (f′(0)·W)ᵏ",
        "the largest difference for α = 10¹²",
        "10⁻³·(f′(0)·‖W‖)ᵏ",
        Set.of("k", "W", "U", "b", "h₀", "x"),
        RecurrentNetworks.any(f, 1, EVALUATION),
        c -> {
          int k = c.back();
          double slope = f.derivative(0);
          double[][] w = c.network().recurrent();
          double[][] jacobian = c.withAlpha(LARGE_ALPHA).jacobian();
          double[][] power = Matrices.times(Matrices.power(w, k), StrictMath.pow(slope, k));
          double difference = 0;
          for (int i = 0; i < w.length; i++) {
            for (int j = 0; j < w.length; j++) {
              difference = Math.max(difference, Math.abs(jacobian[i][j] - power[i][j]));
            }
          }
          return Sides.of(difference, 1e-3 * StrictMath.pow(slope * Matrices.norm(w), k));
        },
        null,
        isCentred
            ? "The drive is divided by α, so that all zₜ/α → 0. Whether that vanishes or explodes is a matter"
                + " of ρ(f′(0)·W) alone."
            : "f(0) ≠ 0 is a drive of its own, which α does not divide: f′ stays what it is without inputs and"
                + " biases.");
  }

  private static Statement<RecurrentCase> noEntrySmaller(ActivationFunction f) {
    return statement(
        f,
        "α ≥ 1 makes no entry of ∂h_T/∂h_(T−k) smaller, as f_α′ ≥ f′",
        "the entry without α",
        "the entry",
        Set.of("k", "W", "U", "b", "h₀", "x", "α"),
        withGrid(
            List.of(RecurrentCase.unit(f, 2, 1, 0, 2, -0.75).withBack(1)),
            RecurrentNetworks.any(f, 1, EVALUATION)),
        c -> {
          double alpha = Math.max(c.alpha(), 1 / c.alpha());
          double[][] with = c.withAlpha(alpha).jacobian();
          double[][] without = c.withAlpha(1).jacobian();
          Sides worst = Sides.of(0, 0);
          double most = 0;
          for (int i = 0; i < with.length; i++) {
            for (int j = 0; j < with.length; j++) {
              double loss = Math.abs(without[i][j]) - Math.abs(with[i][j]);
              if (loss > most) {
                most = loss;
                worst = Sides.of(Math.abs(without[i][j]), Math.abs(with[i][j]));
              }
            }
          }
          return worst;
        },
        Condition.that("W ≥ 0, h₀ ≥ 0 and U·xₜ + b ≥ 0", RecurrentCase::isNonnegative),
        "States grow with α, and may spoil what cancels without it. Where nothing is negative, all zₜ/α"
            + " fall with α, each f′(zₜ/α) rises, and so do products of numbers that are not negative.");
  }

  private static RecurrentNetworks withGrid(List<RecurrentCase> grid, RecurrentNetworks networks) {
    return new RecurrentNetworks(grid, networks.random(), networks.cost());
  }

  private static Statement<RecurrentCase> gainWithoutDrive(ActivationFunction f) {
    return statement(
        f,
        "without drive, from h₀ alone, α ≥ 1 gains at most the factor α",
        "|∂h_T/∂h₀|",
        "α·|∂h_T/∂h₀ without α|",
        Set.of("T", "W", "h₀", "α"),
        new RecurrentNetworks(
            List.of(RecurrentCase.unit(f, 2, 1, 3, 0)),
            random ->
                RecurrentCase.unit(
                    f,
                    StrictMath.exp(random.nextDouble(0, 4)),
                    StrictMath.exp(random.nextDouble(-1.5, 1.5)) / f.steepest(),
                    StrictMath.exp(random.nextDouble(-3, 3)),
                    new double[random.nextInt(1, STEPS)]),
            UNIT),
        c -> new Sides(product(c.pass(), c), product(c.withAlpha(1).pass(), c).times(c.alpha())),
        null,
        "It is ∂h_T/∂h₀ from h₀/α on. In one network that may be much more: one unit at w·f′(0) = 1"
            + " gains α³ from a small h₀ on (softsign: α²). In wide networks α is the most (proposition 4).");
  }

  /** ∂h_T/∂h₀ of one unit, however small. */
  private static WideNumber product(RecurrentPass pass, RecurrentCase c) {
    WideNumber product = WideNumber.ONE;
    for (int t = 1; t <= pass.steps(); t++) {
      product = product.times(pass.jacobian(t, 1)[0][0]);
    }
    return product.abs();
  }

  private static Statement<RecurrentCase> unit(ActivationFunction f) {
    return statement(
        f,
        "one unit under a steady drive d > 0: Σₖ |∂h₁₊ₖ/∂h₁| ≤ sup f/f(d/α)",
        "Σₖ |∂h₁₊ₖ/∂h₁|",
        "sup f/f(d/α)",
        Set.of("T", "W", "x", "α"),
        new RecurrentNetworks(List.of(), random -> drivenUnit(f, random), LONG),
        c -> {
          RecurrentPass pass = c.pass();
          double sum = 1;
          double product = 1;
          for (int t = 2; t <= pass.steps(); t++) {
            product *= pass.jacobian(t, 1)[0][0];
            sum += product;
          }
          double drive = c.x()[0][0];
          return Sides.of(sum, f.value(Double.POSITIVE_INFINITY) / f.value(drive / c.alpha()));
        },
        null,
        "For w ≥ 0 and h₀ = 0, uₜ rises, and f is concave there: ∂uₜ₊₁/∂uₜ ≤ (uₜ₊₁ − uₜ)/(uₜ − uₜ₋₁), which"
            + " telescopes. So α delays, by steps in proportion to it at most. A critical α takes many units.");
  }

  private static RecurrentCase drivenUnit(ActivationFunction f, RandomGenerator random) {
    double[] x = new double[random.nextInt(2, 200)];
    Arrays.fill(x, StrictMath.exp(random.nextDouble(-3, 2)));
    return RecurrentCase.unit(
        f,
        StrictMath.exp(random.nextDouble(-1, 5)),
        StrictMath.exp(random.nextDouble(-1.5, 1.5)) / f.steepest(),
        0,
        x);
  }

  private static Statement<RecurrentCase> statement(
      ActivationFunction f,
      String text,
      String left,
      String right,
      Set<String> shown,
      Statement.Cases<RecurrentCase> cases,
      Function<RecurrentCase, Sides> sides,
      @Nullable Condition<RecurrentCase> condition,
      String reason) {
    return new Statement<>(
        Topic.RECURRENT,
        f,
        false,
        text,
        "proposition 8",
        left,
        right,
        shown,
        cases,
        sides,
        condition,
        reason);
  }
}
