package org.unvanish.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.RunResult;

/** What an experiment shows, in plain sentences that are computed from its numbers. */
public final class ExperimentVerdict {

  private final ExperimentResult result;
  private final List<String> sentences = new ArrayList<>();

  private ExperimentVerdict(ExperimentResult result) {
    this.result = result;
  }

  /**
   * Sentences on each arm against the first one, paired by seed: final test accuracy, test accuracy
   * averaged over the epochs, and the gradient, of epoch 1 and averaged, where there are numbers;
   * then on the runs that did not finish. Where the seeds disagree, it says that no clear
   * difference is seen.
   */
  public static List<String> of(ExperimentResult result) {
    ExperimentVerdict verdict = new ExperimentVerdict(result);
    List<Arm> arms = result.experiment().arms();
    for (Arm arm : arms.subList(1, arms.size())) {
      verdict.compare(arms.get(0), arm);
    }
    verdict.unfinished(RunOutcome.Diverged.class);
    verdict.unfinished(RunOutcome.Failed.class);
    verdict.unfinished(RunOutcome.Interrupted.class);
    return List.copyOf(verdict.sentences);
  }

  private void compare(Arm first, Arm second) {
    Comparison accuracy = Comparison.of(result, first, second, RunMeasure.FINAL_ACCURACY);
    if (accuracy.pairs() == 0) {
      sentences.add(
          "No seed finished with both “%s” and “%s”, so they cannot be compared."
              .formatted(first.name(), second.name()));
      return;
    }
    sentences.add(accuracySentence(first.name(), second.name(), accuracy));
    Comparison pace = Comparison.of(result, first, second, RunMeasure.MEAN_ACCURACY);
    if (pace.pairs() > 0) {
      sentences.add(paceSentence(second.name(), pace));
    }
    gradients(first, second, "In epoch 1", RunMeasure.gradientFrom(1, 1));
    gradients(first, second, "Averaged over the epochs", RunMeasure.GRADIENT);
  }

  private void gradients(Arm first, Arm second, String when, RunMeasure measure) {
    Comparison gradient = Comparison.of(result, first, second, measure);
    if (gradient.pairs() + gradient.leftOut() > 0) {
      sentences.add(gradientSentence(second.name(), when, gradient));
    }
  }

  private static String paceSentence(String second, Comparison c) {
    String points = points(c);
    if (c.isClear()) {
      return "Averaged over the epochs, the test accuracy of “%s” is %s %s (%s)."
          .formatted(second, points, c.second() > c.first() ? "higher" : "lower", seeds(c));
    }
    return "Averaged over the epochs, the test accuracies show no clear difference: %s apart (%s)."
        .formatted(points, seeds(c));
  }

  private static String accuracySentence(String first, String second, Comparison c) {
    String points = points(c);
    if (c.isClear()) {
      return "“%s” ends %s %s “%s” in test accuracy (%s)."
          .formatted(second, points, c.second() > c.first() ? "above" : "below", first, seeds(c));
    }
    return "No clear difference in final test accuracy between “%s” and “%s”: %s apart (%s)."
        .formatted(second, first, points, seeds(c));
  }

  private static String points(Comparison c) {
    return String.format(Locale.ROOT, "%.1f points", Math.abs(100 * (c.second() - c.first())));
  }

  private static String gradientSentence(String second, String when, Comparison c) {
    if (c.pairs() == 0 && c.leftOut() > 0) {
      return "%s, the mean absolute gradients have no ratio: one of them is 0 with every seed."
          .formatted(when);
    }
    String means = String.format(Locale.ROOT, "%.1e against %.1e", c.second(), c.first());
    if (c.isClear()) {
      return "%s, the mean absolute gradient of “%s” is %s: %s (%s)."
          .formatted(when, second, c.second() > c.first() ? "larger" : "smaller", means, seeds(c));
    }
    return "%s, the mean absolute gradients show no clear difference: %s (%s)."
        .formatted(when, means, seeds(c));
  }

  private static String seeds(Comparison c) {
    boolean below = c.second() < c.first();
    String count =
        String.format(
            Locale.ROOT,
            "%s in %d of %d %s",
            below ? "lower" : "higher",
            below ? c.lower() : c.higher(),
            c.pairs(),
            c.pairs() == 1 ? "seed" : "seeds");
    return count
        + c.leftOutText()
        + (c.isClear() && c.mayBeChance() ? "; so few may agree by chance" : "");
  }

  private void unfinished(Class<? extends RunOutcome> outcome) {
    List<RunResult> runs = result.with(outcome);
    if (runs.isEmpty()) {
      return;
    }
    StringBuilder names = new StringBuilder();
    for (RunResult run : runs.subList(0, Math.min(3, runs.size()))) {
      names.append(names.isEmpty() ? "" : "; ").append("“").append(run.run()).append("”");
      if (!run.outcome().detail().isEmpty()) {
        names.append(" (").append(run.outcome().detail()).append(")");
      }
    }
    sentences.add(
        String.format(
            Locale.ROOT,
            "%d of %d runs %s: %s%s",
            runs.size(),
            result.runs().size(),
            ResultTable.word(runs.get(0).outcome()),
            names,
            runs.size() > 3 ? "; …" : "."));
  }
}
