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
 * how sure that is, as {@link WinnerText} has it, with what else matters most. {@link
 * ExperimentVerdict} has the rest.
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
    } else {
      sentences.add(WinnerText.of(result));
      if (ranked.size() > 1) {
        Arm next = ranked.get(1);
        if (pair(pairs, end(result), best, next).filter(pair -> !pair.isClear()).isPresent()) {
          sentences.add("Add seeds to be sure.");
        }
        first(result, pairs, best, next).ifPresent(sentences::add);
        gradient(result, best).ifPresent(sentences::add);
      }
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

  /** Of the first arm, where it is neither of the best two: what everything is compared with. */
  private static Optional<String> first(
      ExperimentResult result, List<PairwiseComparison> pairs, Arm best, Arm next) {
    Arm first = result.experiment().arms().get(0);
    if (first.equals(best) || first.equals(next)) {
      return Optional.empty();
    }
    Score score = result.experiment().headline();
    Comparison c = Comparison.of(result, first, best, end(result));
    // Of many arms only the best are among the pairs.
    boolean clear =
        pair(pairs, end(result), first, best)
            .map(PairwiseComparison::isClear)
            .orElse(c.isClear() && !c.mayBeChance());
    return c.pairs() == 0
        ? Optional.empty()
        : Optional.of(
            "It ends %s %s “%s”, the first arm%s."
                .formatted(
                    ExperimentVerdict.apart(score, c),
                    c.second() > c.first() ? "above" : "below",
                    first.name(),
                    clear ? "" : ", which is no clear difference"));
  }

  /** The gradient at the start, where the best arm's is another than the first one's. */
  private static Optional<String> gradient(ExperimentResult result, Arm best) {
    Arm first = result.experiment().arms().get(0);
    if (first.equals(best)) {
      return Optional.empty();
    }
    Comparison c = Comparison.of(result, first, best, RunMeasure.gradientFrom(1, 1));
    boolean notable = Math.abs(c.difference()) >= Math.log(NOTABLE);
    return !c.isClear() || c.mayBeChance() || !notable
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
}
