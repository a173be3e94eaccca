package org.unvanish.paper;

import static org.unvanish.paper.Checks.all;
import static org.unvanish.paper.Checks.larger;
import static org.unvanish.paper.Checks.noExplosion;
import static org.unvanish.paper.Checks.similar;
import static org.unvanish.report.RunMeasure.FINAL_ACCURACY;
import static org.unvanish.report.RunMeasure.MEAN_ACCURACY;
import static org.unvanish.report.RunMeasure.SECONDS;
import static org.unvanish.report.RunMeasure.accuracyAfter;
import static org.unvanish.report.RunMeasure.accuracyFrom;
import static org.unvanish.report.RunMeasure.dataGradientFrom;
import static org.unvanish.report.RunMeasure.gradientFrom;

import java.util.List;

/** What Ven &amp; Lederer (2021) say about their experiments: section 3 and appendix C. */
final class Claims {

  /** "In the beginning": the epochs of which the paper says so are to be read off its pictures. */
  private static final int EARLY = 3;

  // Places of the arms in figures 3 and 4 and table 4.
  private static final int PLAIN = 0;
  private static final int REMEDIES = 1;
  private static final int RELU = 2;
  private static final int RELU_PENALTY = 3;

  static final List<Claim> ALL =
      List.of(
          new Claim(
              "figure1.similar",
              "figure1",
              "“unregularized and regularized training perform very similarly initially”",
              similar(0, 1, accuracyFrom(1, EARLY), 2)),
          new Claim(
              "figure1.accuracy",
              "figure1",
              "“after about ten epochs, the regularization improves the accuracies considerably”",
              larger(0, 1, accuracyAfter(10))),
          new Claim(
              "figure1.gradients",
              "figure1",
              "“regularization leads to larger gradients in the beginning”",
              larger(0, 1, gradientFrom(1, EARLY))),
          new Claim(
              "figure1.data-gradients",
              "figure1",
              "the same of the data gradient, in which the penalty has no part",
              larger(0, 1, dataGradientFrom(1, EARLY))),
          new Claim(
              "figure1.no-explosion",
              "figure1",
              "“regularization does not lead to exploding gradients either”",
              noExplosion(0, 1)),
          new Claim(
              "figure2.gradients",
              "figure2",
              "with α = 2, “larger gradients in the beginning …",
              larger(0, 1, gradientFrom(1, EARLY))),
          new Claim(
              "figure2.accuracy",
              "figure2",
              "… speed up parameter training considerably”",
              larger(0, 1, MEAN_ACCURACY)),
          new Claim(
              "figure2.immediate",
              "figure2",
              "“the improvements kick in immediately”: no plateaux",
              larger(0, 1, accuracyFrom(1, EARLY))),
          new Claim(
              "figure2.no-explosion",
              "figure2",
              "α = 2 helps “without leading to an exploding-gradient problem”",
              noExplosion(0, 1)),
          new Claim(
              "figure3.accuracy",
              "figure3",
              "the two remedies combined improve tanh",
              larger(PLAIN, REMEDIES, FINAL_ACCURACY)),
          new Claim(
              "figure3.gradients",
              "figure3",
              "“the results here corroborate the results above”: larger gradients in the beginning",
              larger(PLAIN, REMEDIES, gradientFrom(1, EARLY))),
          new Claim(
              "figure3.relu",
              "figure3",
              "“relu, in this specific example, is not performing well”: it is the worst",
              reluIsWorst()),
          new Claim(
              "figure3.no-explosion",
              "figure3",
              "the remedies do not lead to exploding gradients",
              noExplosion(PLAIN, REMEDIES)),
          new Claim(
              "table4.tanh",
              "table4",
              "the remedies “do not involve significant computational overhead”: tanh (paper: +31.0 %)",
              similar(PLAIN, REMEDIES, SECONDS, 1)),
          new Claim(
              "table4.relu",
              "table4",
              "the penalty does not involve significant overhead: relu (paper: +35.7 %)",
              similar(RELU, RELU_PENALTY, SECONDS, 1)),
          new Claim(
              "figure4.accuracy",
              "figure4",
              "“virtually the same results” with the logistic function: the remedies improve it",
              larger(PLAIN, REMEDIES, FINAL_ACCURACY)),
          new Claim(
              "figure4.relu",
              "figure4",
              "“virtually the same results” with the logistic function: relu is the worst",
              reluIsWorst()),
          new Claim(
              "figure4.no-explosion",
              "figure4",
              "“virtually the same results” with the logistic function: no exploding gradients",
              noExplosion(PLAIN, REMEDIES)));

  private Claims() {}

  private static Claim.Check reluIsWorst() {
    return all(
        larger(RELU, PLAIN, FINAL_ACCURACY),
        larger(RELU, REMEDIES, FINAL_ACCURACY),
        larger(RELU_PENALTY, PLAIN, FINAL_ACCURACY),
        larger(RELU_PENALTY, REMEDIES, FINAL_ACCURACY));
  }
}
