package org.unvanish.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.RunResult;
import org.unvanish.loss.ConstantPredictor;
import org.unvanish.loss.Score;

/**
 * What an experiment comes to, for readers who read nothing else: which arm wins, by how much, and
 * how sure that is. {@link ExperimentVerdict} has the rest.
 *
 * @param sentences the conclusion first; none before any run finished
 * @param best the arm with the best mean final headline score over its finished runs
 */
public record ExperimentConclusion(List<String> sentences, Optional<Arm> best) {

  /** From this ratio on a difference between gradients is worth a sentence. */
  private static final double NOTABLE = 2;

  /** Copies the list. */
  public ExperimentConclusion {
    sentences = List.copyOf(sentences);
  }

  /**
   * Of what the runs came to so far.
   *
   * @param pairs all comparisons of the experiment
   * @param constant of the test data, where that is known
   */
  public static ExperimentConclusion of(
      ExperimentResult result,
      List<PairwiseComparison> pairs,
      Optional<ConstantPredictor> constant) {
    List<Arm> ranked =
        BestArms.ranked(result).stream().filter(arm -> !Double.isNaN(mean(result, arm))).toList();
    if (ranked.isEmpty()) {
      return new ExperimentConclusion(List.of(), Optional.empty());
    }
    Arm best = ranked.get(0);
    List<String> sentences = new ArrayList<>();
    Optional<String> chance = chance(result, best, constant);
    if (chance.isPresent()) {
      // Which of the arms that guess guesses best is nobody's concern.
      sentences.add(chance.get());
    } else if (ranked.size() == 1) {
      sentences.add(alone(result, best));
    } else {
      sentences.addAll(against(result, best, ranked.get(1), pairs));
      first(result, best, ranked.get(1)).ifPresent(sentences::add);
      gradient(result, best).ifPresent(sentences::add);
    }
    unfinished(result).ifPresent(sentences::add);
    return new ExperimentConclusion(sentences, Optional.of(best));
  }

  private static RunMeasure end(ExperimentResult result) {
    return RunMeasure.last(result.experiment().headline());
  }

  private static double mean(ExperimentResult result, Arm arm) {
    RunMeasure end = end(result);
    return result.of(arm).stream()
        .filter(RunResult::isFinished)
        .mapToDouble(end::of)
        .average()
        .orElse(Double.NaN);
  }

  private static String score(ExperimentResult result, Arm arm) {
    return end(result).format(mean(result, arm));
  }

  private static Optional<String> chance(
      ExperimentResult result, Arm best, Optional<ConstantPredictor> constant) {
    Experiment experiment = result.experiment();
    Score score = experiment.headline();
    double reached = mean(result, best);
    return ChanceLevel.of(experiment, score, constant)
        .filter(level -> !level.isBeaten(experiment, score, reached))
        .map(
            level ->
                "Nothing is learned: the best mean test %s, %s, is no better than chance (%s)."
                    .formatted(
                        score.title(),
                        end(result).format(reached),
                        end(result).format(level.value())));
  }

  private static String alone(ExperimentResult result, Arm arm) {
    long seeds = result.of(arm).stream().filter(RunResult::isFinished).count();
    return "“%s” ends with a test %s of %s (mean of %d %s)."
        .formatted(
            arm.name(),
            result.experiment().headline().title(),
            score(result, arm),
            seeds,
            seeds == 1 ? "seed" : "seeds");
  }

  /** Who wins against the next best, by how much, and how sure that is. */
  private static List<String> against(
      ExperimentResult result, Arm best, Arm next, List<PairwiseComparison> pairs) {
    Score score = result.experiment().headline();
    Optional<PairwiseComparison> found = pair(pairs, end(result), best, next);
    boolean clear = found.map(PairwiseComparison::isClear).orElse(false);
    String lead = apart(score, mean(result, best) - mean(result, next));
    List<String> sentences = new ArrayList<>();
    sentences.add(
        (clear
                ? "“%s” is the best arm: test %s %s, %s %s the next, “%s”."
                : "No arm is clearly the best: “%s” leads with a mean test %s of %s, %s %s “%s”.")
            .formatted(
                best.name(),
                score.title(),
                score(result, best),
                lead,
                score.higherIsBetter() ? "above" : "below",
                next.name()));
    found.map(pair -> sure(pair, score, best, clear)).ifPresent(sentences::add);
    return sentences;
  }

  private static String sure(PairwiseComparison pair, Score score, Arm best, boolean clear) {
    Comparison c = pair.comparison();
    if (c.pairs() == 0) {
      return "They share no finished seed, so they cannot be compared.";
    }
    boolean isSecond = c.secondArm().equals(best.name());
    int better = isSecond == score.higherIsBetter() ? c.higher() : c.lower();
    String seeds =
        "better with %d of %d %s, p = %s"
            .formatted(
                better,
                c.pairs(),
                c.pairs() == 1 ? "seed" : "seeds",
                ShownNumber.pValue(pair.holm()));
    if (clear) {
      return "That is clear: " + seeds + " (Wilcoxon, Holm-corrected).";
    }
    return better == c.pairs()
        ? "It is " + seeds + "; so few seeds may agree by chance. Add seeds to be sure."
        : "It is " + seeds + ". Add seeds to tell them apart.";
  }

  /** Of the first arm, where it is neither of the best two: what everything is compared with. */
  private static Optional<String> first(ExperimentResult result, Arm best, Arm next) {
    Arm first = result.experiment().arms().get(0);
    if (first.equals(best) || first.equals(next)) {
      return Optional.empty();
    }
    Score score = result.experiment().headline();
    Comparison c = Comparison.of(result, first, best, end(result));
    return c.pairs() == 0
        ? Optional.empty()
        : Optional.of(
            "Against “%s”, the first arm, it is %s %s (%s)."
                .formatted(
                    first.name(),
                    apart(score, c.second() - c.first()),
                    c.second() > c.first() ? "higher" : "lower",
                    c.isClear() && !c.mayBeChance() ? "clear" : "not clear"));
  }

  /** The gradient at the start, where the best arm's is another than the first one's. */
  private static Optional<String> gradient(ExperimentResult result, Arm best) {
    Arm first = result.experiment().arms().get(0);
    if (first.equals(best)) {
      return Optional.empty();
    }
    Comparison c = Comparison.of(result, first, best, RunMeasure.gradientFrom(1, 1));
    boolean notable = Math.abs(c.difference()) >= Math.log(NOTABLE);
    return c.pairs() == 0 || !c.isClear() || !notable
        ? Optional.empty()
        : Optional.of(
            "Its mean gradient in epoch 1 is %s times that of “%s”."
                .formatted(ComparisonTable.ratio(c.difference()), first.name()));
  }

  private static Optional<String> unfinished(ExperimentResult result) {
    long finished = result.runs().stream().filter(RunResult::isFinished).count();
    int open = result.with(RunOutcome.Interrupted.class).size();
    int lost =
        result.with(RunOutcome.Diverged.class).size() + result.with(RunOutcome.Failed.class).size();
    if (open > 0) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "This is how it stands after %,d of %,d runs.",
              finished,
              result.runs().size()));
    }
    return lost == 0
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT, "%,d of %,d runs diverged or failed.", lost, result.runs().size()));
  }

  private static Optional<PairwiseComparison> pair(
      List<PairwiseComparison> pairs, RunMeasure measure, Arm one, Arm other) {
    return pairs.stream()
        .filter(pair -> pair.comparison().measure().key().equals(measure.key()))
        .filter(pair -> isOf(pair.comparison(), one, other) || isOf(pair.comparison(), other, one))
        .findFirst();
  }

  private static boolean isOf(Comparison comparison, Arm first, Arm second) {
    return comparison.firstArm().equals(first.name())
        && comparison.secondArm().equals(second.name());
  }

  private static String apart(Score score, double difference) {
    double size = Math.abs(difference);
    return switch (score.form()) {
      case SHARE -> String.format(Locale.ROOT, "%.1f points", 100 * size);
      case NUMBER -> ShownNumber.of("%.3g", size);
    };
  }
}
