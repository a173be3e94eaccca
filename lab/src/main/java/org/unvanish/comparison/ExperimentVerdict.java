package org.unvanish.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.RunResult;
import org.unvanish.experiment.Sweep;
import org.unvanish.loss.Score;

/** What an experiment shows, in plain sentences that are computed from its numbers. */
public final class ExperimentVerdict {

  private final ExperimentResult result;
  private final List<String> sentences = new ArrayList<>();

  private ExperimentVerdict(ExperimentResult result) {
    this.result = result;
  }

  /**
   * Sentences on each arm against the first one, paired by seed: final headline score on the test
   * data, that score averaged over the epochs, and the gradient, of epoch 1 and averaged, where
   * there are numbers; then on the runs that did not finish. Where the seeds disagree, it says that
   * no clear difference is seen. Of more than {@value BestArms#FEW} arms it names the best two, and
   * of a sweep it compares the best arm with those beside the sweep alone.
   */
  public static List<String> of(ExperimentResult result) {
    ExperimentVerdict verdict = new ExperimentVerdict(result);
    Experiment experiment = result.experiment();
    List<Arm> arms =
        experiment.arms().stream()
            .filter(arm -> !PairwiseComparison.isDroppedEarly(result, arm))
            .toList();
    if (experiment.sweep().isPresent()) {
      verdict.besideSweep(experiment.sweep().get());
    } else if (BestArms.areAll(experiment)) {
      arms.stream().skip(1).forEach(arm -> verdict.compare(arms.get(0), arm));
    } else {
      verdict.best();
    }
    verdict.sentences.addAll(unfinished(result));
    return List.copyOf(verdict.sentences);
  }

  /** Sentences on the runs that did not finish; none where all did. */
  public static List<String> unfinished(ExperimentResult result) {
    ExperimentVerdict verdict = new ExperimentVerdict(result);
    verdict.unfinished(RunOutcome.Diverged.class);
    verdict.unfinished(RunOutcome.Failed.class);
    verdict.unfinished(RunOutcome.Interrupted.class);
    return List.copyOf(verdict.sentences);
  }

  /** The best arm of a sweep against those that are none of its points. */
  private void besideSweep(Sweep sweep) {
    List<Arm> beside =
        result.experiment().arms().stream()
            .filter(arm -> !sweep.points().containsKey(arm.name()))
            .toList();
    if (!beside.isEmpty()) {
      Arm best = BestArms.ranked(result).get(0);
      beside.forEach(arm -> compare(best, arm));
    }
  }

  private void best() {
    RunMeasure end = RunMeasure.last(result.experiment().headline());
    List<Arm> ranked = BestArms.ranked(result);
    List<RunResult> first = finished(ranked.get(0));
    List<RunResult> second = finished(ranked.get(1));
    if (!first.isEmpty()) {
      sentences.add(
          String.format(
              Locale.ROOT,
              "Of %,d arms, “%s” has the best mean %s: %s (%d seeds)%s.",
              ranked.size(),
              ranked.get(0).name(),
              end.label(),
              end.format(mean(first, end)),
              first.size(),
              second.isEmpty()
                  ? ""
                  : "; next is “%s”: %s (%d seeds)"
                      .formatted(
                          ranked.get(1).name(), end.format(mean(second, end)), second.size())));
    }
  }

  private List<RunResult> finished(Arm arm) {
    return result.of(arm).stream().filter(RunResult::isFinished).toList();
  }

  private static double mean(List<RunResult> runs, RunMeasure measure) {
    return runs.stream().mapToDouble(measure::of).average().orElse(Double.NaN);
  }

  private void compare(Arm first, Arm second) {
    Score score = result.experiment().headline();
    Comparison end = Comparison.of(result, first, second, RunMeasure.last(score));
    if (end.pairs() == 0) {
      sentences.add(
          "No seed finished with both “%s” and “%s”, so they cannot be compared."
              .formatted(first.name(), second.name()));
      return;
    }
    sentences.add(endSentence(score, first.name(), second.name(), end));
    Comparison pace = Comparison.of(result, first, second, RunMeasure.mean(score));
    if (pace.pairs() > 0) {
      sentences.add(paceSentence(score, second.name(), pace));
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

  private static String paceSentence(Score score, String second, Comparison c) {
    String apart = apart(score, c);
    if (c.isClear()) {
      return "Averaged over the epochs, the test %s of “%s” is %s %s (%s)."
          .formatted(
              score.title(), second, apart, c.second() > c.first() ? "higher" : "lower", seeds(c));
    }
    return "Averaged over the epochs, the test %s show no clear difference: %s apart (%s)."
        .formatted(score.plural(), apart, seeds(c));
  }

  private static String endSentence(Score score, String first, String second, Comparison c) {
    String apart = apart(score, c);
    if (c.isClear()) {
      return "“%s” ends %s %s “%s” in test %s (%s)."
          .formatted(
              second,
              apart,
              c.second() > c.first() ? "above" : "below",
              first,
              score.title(),
              seeds(c));
    }
    return "No clear difference in final test %s between “%s” and “%s”: %s apart (%s)."
        .formatted(score.title(), second, first, apart, seeds(c));
  }

  static String apart(Score score, Comparison c) {
    double difference = Math.abs(c.second() - c.first());
    return switch (score.form()) {
      case SHARE -> String.format(Locale.ROOT, "%.1f points", 100 * difference);
      case NUMBER -> ShownNumber.of("%.3g", difference);
    };
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

  /** With how many seeds the second arm is on the side of its mean, and how little that may be. */
  static String seeds(Comparison c) {
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
