package org.unvanish.beyond;

import static org.unvanish.claim.Checks.all;
import static org.unvanish.claim.Checks.identical;
import static org.unvanish.claim.Checks.larger;
import static org.unvanish.claim.Checks.notBelow;
import static org.unvanish.claim.Checks.similar;
import static org.unvanish.comparison.RunMeasure.FINAL_ACCURACY;
import static org.unvanish.comparison.RunMeasure.MEAN_ACCURACY;
import static org.unvanish.comparison.RunMeasure.SECONDS;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.unvanish.claim.Claim;

/**
 * What is expected of the experiments beyond the paper: by the propositions that {@code unvanish
 * theory} audits, by earlier runs with fewer seeds, or by those who advocate a method.
 */
final class BeyondClaims {

  /** Half of what α = 2 gains in figure 2: less is not "most of the gain". */
  private static final int POINTS = 2;

  private static final String TANH = "tanh";
  private static final String ALPHA_2 = "tanh, α = 2";
  private static final String CRITICAL = "critical factors";

  static final List<Claim> ALL =
      Stream.of(
              whatActs("what-acts-figure2", TANH, "", true),
              whatActs("what-acts-figure2-biases", TANH, "", false),
              whatActs("what-acts-figure3", TANH, ", r = 0.01", true),
              whatActs("what-acts-figure3-biases", TANH, ", r = 0.01", false),
              whatActs("what-acts-figure4", "logistic", ", r = 0.01", true),
              whatActs("what-acts-figure4-biases", "logistic", ", r = 0.01", false),
              alphaCurve(),
              penaltyWindow(),
              functions(),
              competitors(),
              competitorsLarge(),
              whatActs("data-synthetic", TANH, "", true),
              whatActs("data-idx", TANH, "", true),
              whatActs("data-table", TANH, "", true))
          .flatMap(List::stream)
          .toList();

  private BeyondClaims() {}

  /**
   * @param function the activation function of all arms
   * @param remedy what the names of arms with α and its halves end with
   * @param exact whether no layer has biases, so that proposition 1 holds in training
   */
  private static List<Claim> whatActs(
      String experiment, String function, String remedy, boolean exact) {
    String without = function + remedy;
    String alpha = function + ", α = 2" + remedy;
    String both = "inputs ÷ 2, logits × 2" + remedy;
    String inputs = "inputs ÷ 2" + remedy;
    String logits = "logits × 2" + remedy;
    String rate = "learning rate × 2" + remedy;
    List<Claim> claims = new ArrayList<>();
    if (exact) {
      claims.add(
          new Claim(
              experiment,
              "equal",
              "α = 2 is the same training as “inputs ÷ 2, logits × 2”, to the last bit",
              List.of(alpha, both),
              identical(0, 1)));
    } else {
      claims.add(
          new Claim(
              experiment,
              "equal",
              "with biases, α = 2 still does what inputs ÷ 2 and logits × 2 do",
              List.of(alpha, both),
              similar(0, 1, MEAN_ACCURACY, POINTS)));
    }
    claims.add(
        new Claim(
            experiment,
            "alpha",
            "α = 2 speeds up the training",
            List.of(without, alpha),
            larger(0, 1, MEAN_ACCURACY)));
    claims.add(
        new Claim(
            experiment,
            "logits",
            "logits × 2 alone has the gain of α = 2",
            List.of(without, alpha, logits),
            all(larger(0, 2, MEAN_ACCURACY), notBelow(1, 2, MEAN_ACCURACY, POINTS))));
    claims.add(
        new Claim(
            experiment,
            "inputs",
            "inputs ÷ 2 alone has no part in it: logits × 2 is ahead",
            List.of(inputs, logits),
            larger(0, 1, MEAN_ACCURACY)));
    claims.add(
        new Claim(
            experiment,
            "rate",
            "twice the learning rate does as much as α = 2",
            List.of(alpha, rate),
            notBelow(0, 1, MEAN_ACCURACY, POINTS)));
    claims.add(
        new Claim(
            experiment,
            "critical",
            "factors that bring each layer to the critical gain do more than α = 2",
            List.of(alpha, CRITICAL),
            larger(0, 1, FINAL_ACCURACY)));
    return claims;
  }

  private static List<Claim> alphaCurve() {
    String experiment = BeyondSpecs.ALPHA_CURVE;
    return List.of(
        new Claim(
            experiment,
            "half",
            "α below 1 slows the training down",
            List.of("tanh, α = 0.5", TANH),
            larger(0, 1, MEAN_ACCURACY)),
        new Claim(
            experiment,
            "more",
            "α = 4 does more than α = 2",
            List.of(ALPHA_2, "tanh, α = 4"),
            larger(0, 1, MEAN_ACCURACY)),
        new Claim(
            experiment,
            "hurts",
            "α = 16 is too much: it does less than α = 4",
            List.of("tanh, α = 16", "tanh, α = 4"),
            larger(0, 1, MEAN_ACCURACY)),
        new Claim(
            experiment,
            "ends",
            "α = 256 is too much: it does less than α = 16",
            List.of("tanh, α = 256", "tanh, α = 16"),
            larger(0, 1, MEAN_ACCURACY)),
        new Claim(
            experiment,
            "limit",
            "α = 256 ends where a network without activation functions does",
            List.of("identity", "tanh, α = 256"),
            similar(0, 1, FINAL_ACCURACY, POINTS)),
        new Claim(
            experiment,
            "learned",
            "an α learned from 2 does more than a fixed one",
            List.of(ALPHA_2, "tanh, α learned from 2"),
            larger(0, 1, FINAL_ACCURACY)),
        new Claim(
            experiment,
            "start",
            "where a learned α starts matters little: from 1 it gets as far as from 2",
            List.of("tanh, α learned from 2", "tanh, α learned from 1"),
            notBelow(0, 1, FINAL_ACCURACY, POINTS)),
        new Claim(
            experiment,
            "shared",
            "one learned α for all places does as much as one for each",
            List.of("tanh, α learned from 2", "tanh, α learned from 2, shared"),
            notBelow(0, 1, FINAL_ACCURACY, POINTS)));
  }

  private static List<Claim> penaltyWindow() {
    String experiment = BeyondSpecs.PENALTY_WINDOW;
    List<Claim> claims = new ArrayList<>();
    for (String optimizer : List.of("adam", "sgd")) {
      String none = optimizer + ", r = 0";
      String best = optimizer + ", r = 0.01";
      claims.add(
          new Claim(
              experiment,
              optimizer + "-frees",
              "under " + optimizer + ", r = 0.01 frees the network",
              List.of(none, best),
              larger(0, 1, FINAL_ACCURACY)));
      claims.add(
          new Claim(
              experiment,
              optimizer + "-small",
              "under " + optimizer + ", r = 0.0001 is too small to free it in time",
              List.of(none, optimizer + ", r = 0.0001"),
              similar(0, 1, FINAL_ACCURACY, POINTS)));
      claims.add(
          new Claim(
              experiment,
              optimizer + "-large",
              "under " + optimizer + ", r = 1 kills it",
              List.of(optimizer + ", r = 1", best),
              larger(0, 1, FINAL_ACCURACY)));
    }
    return claims;
  }

  private static List<Claim> functions() {
    String experiment = "functions";
    List<Claim> claims = new ArrayList<>();
    for (String function : List.of(TANH, "arctan", "softsign", "erf", "logistic", "log-sigmoid")) {
      claims.add(
          new Claim(
              experiment,
              function,
              "figure 3 carries over: both remedies improve " + function,
              List.of(function, function + ", r = 0.01, α = 2"),
              larger(0, 1, FINAL_ACCURACY)));
    }
    String both = "tanh, r = 0.01, α = 2";
    claims.add(
        new Claim(
            experiment,
            "l1-start",
            "an ℓ₁ penalty that pulls as ℓ₂ does at the start pulls too hard later",
            List.of("tanh, l1 0.05, α = 2", both),
            larger(0, 1, FINAL_ACCURACY)));
    claims.add(
        new Claim(
            experiment,
            "l1-critical",
            "an ℓ₁ penalty that pulls as ℓ₂ does on critical weights does as much",
            List.of(both, "tanh, l1 0.002, α = 2"),
            notBelow(0, 1, FINAL_ACCURACY, POINTS)));
    claims.add(
        new Claim(
            experiment,
            "elastic-net",
            "an elastic net with half of the pull from either part does as much as ℓ₂",
            List.of(both, "tanh, elastic net, α = 2"),
            notBelow(0, 1, FINAL_ACCURACY, POINTS)));
    return claims;
  }

  private static List<Claim> competitors() {
    String experiment = "competitors";
    List<Claim> claims = new ArrayList<>();
    for (String competitor :
        List.of(
            CRITICAL,
            "tanh, batch norm",
            "tanh, layer norm",
            "tanh, residual",
            "tanh, glorot",
            "tanh, he",
            "tanh, lecun",
            "tanh, orthogonal",
            "tanh, lsuv",
            "tanh, lee-choi-kim",
            "lecun-tanh, lecun",
            "penalised-tanh, glorot",
            "selu, lecun",
            "gelu, he",
            "silu, he")) {
      claims.add(beats(experiment, ALPHA_2, competitor));
    }
    claims.add(clipping(experiment));
    claims.add(
        new Claim(
            experiment,
            "time",
            "α = 2 is “more efficient” than batch normalization: an epoch takes less time",
            List.of(ALPHA_2, "tanh, batch norm"),
            larger(0, 1, SECONDS)));
    return claims;
  }

  private static List<Claim> competitorsLarge() {
    String experiment = "competitors-large";
    List<Claim> claims = new ArrayList<>();
    for (String competitor :
        List.of("tanh, batch norm", "tanh, layer norm", "tanh, residual", "tanh, glorot")) {
      claims.add(beats(experiment, "tanh, r = 0.01, α = 2", competitor));
    }
    claims.add(clipping(experiment));
    return claims;
  }

  private static Claim beats(String experiment, String remedy, String competitor) {
    return new Claim(
        experiment,
        competitor.replace("tanh, ", "").replace(", ", "-").replace(' ', '-'),
        "“%s” does more than “%s”".formatted(competitor, remedy),
        List.of(remedy, competitor),
        larger(0, 1, FINAL_ACCURACY));
  }

  private static Claim clipping(String experiment) {
    return new Claim(
        experiment,
        "clipping",
        "clipping does nothing for gradients that vanish",
        List.of(TANH, "tanh, clipping"),
        similar(0, 1, FINAL_ACCURACY, POINTS));
  }
}
