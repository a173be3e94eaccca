package org.unvanish.paper;

import static org.unvanish.claim.Checks.all;
import static org.unvanish.claim.Checks.larger;
import static org.unvanish.claim.Checks.noExplosion;
import static org.unvanish.claim.Checks.similar;
import static org.unvanish.comparison.RunMeasure.FINAL_ACCURACY;
import static org.unvanish.comparison.RunMeasure.MEAN_ACCURACY;
import static org.unvanish.comparison.RunMeasure.SECONDS;
import static org.unvanish.comparison.RunMeasure.accuracyAfter;
import static org.unvanish.comparison.RunMeasure.accuracyFrom;
import static org.unvanish.comparison.RunMeasure.dataGradientFrom;
import static org.unvanish.comparison.RunMeasure.gradientFrom;

import java.util.List;
import java.util.stream.Stream;
import org.unvanish.claim.Claim;

/** What Ven &amp; Lederer (2021) say about their experiments: section 3 and appendix C. */
final class PaperClaims {

  /** "In the beginning": the epochs of which the paper says so are to be read off its pictures. */
  private static final int EARLY = 3;

  private static final String TANH = "tanh";
  private static final String TANH_REMEDIES = "tanh, r = 0.01, α = 2";
  private static final String LOGISTIC = "logistic";
  private static final String LOGISTIC_REMEDIES = "logistic, r = 0.01, α = 2";
  private static final String RELU = "relu";
  private static final String RELU_PENALTY = "relu, r = 0.01";

  private static final List<String> FIGURE_1 = List.of(TANH, "tanh, r = 0.01");
  private static final List<String> FIGURE_2 = List.of(TANH, "tanh, α = 2");
  private static final List<String> FIGURE_3 = List.of(TANH, TANH_REMEDIES);
  private static final List<String> FIGURE_4 = List.of(LOGISTIC, LOGISTIC_REMEDIES);
  private static final List<String> RELUS = List.of(RELU, RELU_PENALTY);

  static final List<Claim> ALL =
      List.of(
          new Claim(
              "figure1",
              "similar",
              "“unregularized and regularized training perform very similarly initially”",
              FIGURE_1,
              similar(0, 1, accuracyFrom(1, EARLY), 2)),
          new Claim(
              "figure1",
              "accuracy",
              "“after about ten epochs, the regularization improves the accuracies considerably”",
              FIGURE_1,
              larger(0, 1, accuracyAfter(10))),
          new Claim(
              "figure1",
              "gradients",
              "“regularization leads to larger gradients in the beginning”",
              FIGURE_1,
              larger(0, 1, gradientFrom(1, EARLY))),
          new Claim(
              "figure1",
              "data-gradients",
              "the same of the data gradient, in which the penalty has no part",
              FIGURE_1,
              larger(0, 1, dataGradientFrom(1, EARLY))),
          new Claim(
              "figure1",
              "no-explosion",
              "“regularization does not lead to exploding gradients either”",
              FIGURE_1,
              noExplosion(0, 1)),
          new Claim(
              "figure2",
              "gradients",
              "with α = 2, “larger gradients in the beginning …",
              FIGURE_2,
              larger(0, 1, gradientFrom(1, EARLY))),
          new Claim(
              "figure2",
              "accuracy",
              "… speed up parameter training considerably”",
              FIGURE_2,
              larger(0, 1, MEAN_ACCURACY)),
          new Claim(
              "figure2",
              "immediate",
              "“the improvements kick in immediately”: no plateaux",
              FIGURE_2,
              larger(0, 1, accuracyFrom(1, EARLY))),
          new Claim(
              "figure2",
              "no-explosion",
              "α = 2 helps “without leading to an exploding-gradient problem”",
              FIGURE_2,
              noExplosion(0, 1)),
          new Claim(
              "figure3",
              "accuracy",
              "the two remedies combined improve tanh",
              FIGURE_3,
              larger(0, 1, FINAL_ACCURACY)),
          new Claim(
              "figure3",
              "gradients",
              "“the results here corroborate the results above”: larger gradients in the beginning",
              FIGURE_3,
              larger(0, 1, gradientFrom(1, EARLY))),
          new Claim(
              "figure3",
              "relu",
              "“relu, in this specific example, is not performing well”: it is the worst",
              with(FIGURE_3),
              reluIsWorst()),
          new Claim(
              "figure3",
              "no-explosion",
              "the remedies do not lead to exploding gradients",
              FIGURE_3,
              noExplosion(0, 1)),
          new Claim(
              "table4",
              "tanh",
              "the remedies “do not involve significant computational overhead”: tanh (paper: +31.0 %)",
              FIGURE_3,
              similar(0, 1, SECONDS, 1)),
          new Claim(
              "table4",
              "relu",
              "the penalty does not involve significant overhead: relu (paper: +35.7 %)",
              RELUS,
              similar(0, 1, SECONDS, 1)),
          new Claim(
              "figure4",
              "accuracy",
              "“virtually the same results” with the logistic function: the remedies improve it",
              FIGURE_4,
              larger(0, 1, FINAL_ACCURACY)),
          new Claim(
              "figure4",
              "relu",
              "“virtually the same results” with the logistic function: relu is the worst",
              with(FIGURE_4),
              reluIsWorst()),
          new Claim(
              "figure4",
              "no-explosion",
              "“virtually the same results” with the logistic function: no exploding gradients",
              FIGURE_4,
              noExplosion(0, 1)));

  private PaperClaims() {}

  /** The arms of a figure with those of relu. */
  private static List<String> with(List<String> arms) {
    return Stream.concat(arms.stream(), RELUS.stream()).toList();
  }

  /** Of both relu arms against both others, which stand before them. */
  private static Claim.Check reluIsWorst() {
    return all(
        larger(2, 0, FINAL_ACCURACY),
        larger(2, 1, FINAL_ACCURACY),
        larger(3, 0, FINAL_ACCURACY),
        larger(3, 1, FINAL_ACCURACY));
  }
}
