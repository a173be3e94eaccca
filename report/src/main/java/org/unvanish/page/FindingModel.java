package org.unvanish.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.unvanish.claim.ClaimText;
import org.unvanish.claim.JudgedClaim;
import org.unvanish.comparison.ChanceLevel;
import org.unvanish.comparison.ExperimentConclusion;
import org.unvanish.comparison.ExperimentVerdict;
import org.unvanish.comparison.PairwiseComparison;
import org.unvanish.comparison.ProofText;
import org.unvanish.comparison.ProofVerdict;
import org.unvanish.comparison.RaceSummary;
import org.unvanish.comparison.WinnerText;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.RunResult;
import org.unvanish.loss.ConstantPredictor;
import org.unvanish.spec.ProofSpec;
import org.unvanish.store.RunStore;
import org.unvanish.store.StoredExperiment;
import org.unvanish.sweep.SweepResult;
import org.unvanish.sweep.SweepText;
import org.unvanish.sweep.SweptArm;

/**
 * What an {@link ExperimentModel} comes to.
 *
 * @param conclusion one paragraph, the most important sentence first; none before any run finished,
 *     or before another program's training has a snapshot
 * @param details further sentences on what it shows; none before any run finished
 * @param best the place of the best arm among those that are shown; empty for a single arm, and
 *     before any run finished
 * @param chance what guessing has, for the scores for which it can be told
 */
public record FindingModel(
    List<String> conclusion,
    List<String> details,
    Optional<Integer> best,
    List<ChanceLevel> chance) {

  /** Copies the lists. */
  public FindingModel {
    conclusion = List.copyOf(conclusion);
    details = List.copyOf(details);
    chance = List.copyOf(chance);
  }

  /**
   * Of an experiment.
   *
   * @param result of all arms
   * @param shown of those that are shown
   * @param pairs all comparisons
   * @param claims with what the experiment says of them
   * @param signals what probing says, where that is a part of the conclusion
   * @param store that has the experiment
   */
  static FindingModel of(
      ExperimentResult result,
      ExperimentResult shown,
      List<PairwiseComparison> pairs,
      List<JudgedClaim> claims,
      List<String> signals,
      RunStore store) {
    Optional<ConstantPredictor> constant = store.constantPredictor(result.experiment());
    List<ChanceLevel> chance = ChanceLevel.of(result.experiment(), constant);
    if (result.runs().stream().noneMatch(RunResult::isFinished)) {
      return new FindingModel(signals, List.of(), Optional.empty(), chance);
    }
    Optional<ProofText> proof = constant.map(c -> proof(result, store, c));
    Optional<SweepResult> sweep = SweepResult.of(result);
    ExperimentConclusion arms = ExperimentConclusion.of(result, pairs, constant);
    List<String> conclusion = new ArrayList<>();
    proof.ifPresent(words -> conclusion.addAll(known(words.conclusion(), words.wayOut())));
    conclusion.addAll(known(ClaimText.summary(claims)));
    conclusion.addAll(
        sweep
            .map(s -> new SweepText(s).conclusion())
            .orElse(proof.isPresent() ? List.of(WinnerText.of(result)) : arms.sentences()));
    RaceSummary.sentence(result).ifPresent(conclusion::add);
    conclusion.addAll(signals);
    List<String> details = new ArrayList<>();
    proof.ifPresent(words -> details.addAll(known(words.numbers())));
    details.addAll(ExperimentVerdict.of(result));
    Optional<Arm> best =
        sweep.map(s -> s.ranked().stream().findFirst().map(SweptArm::arm)).orElse(arms.best());
    return new FindingModel(
        conclusion, details, best.flatMap(arm -> place(shown.experiment().arms(), arm)), chance);
  }

  private static List<String> known(String... sentences) {
    return Stream.of(sentences).filter(sentence -> !sentence.isEmpty()).toList();
  }

  private static Optional<Integer> place(List<Arm> arms, Arm best) {
    return IntStream.range(0, arms.size() == 1 ? 0 : arms.size())
        .filter(i -> arms.get(i).name().equals(best.name()))
        .boxed()
        .findFirst();
  }

  private static ProofText proof(
      ExperimentResult result, RunStore store, ConstantPredictor constant) {
    return new ProofText(
        ProofVerdict.of(
            result.experiment(),
            runs(result, ProofSpec.UNTOUCHED),
            prescribed(result, store),
            constant));
  }

  private static List<RunResult> runs(ExperimentResult result, String arm) {
    return result.runs().stream().filter(run -> run.run().arm().name().equals(arm)).toList();
  }

  /** They are in a second experiment where the prescription is to scale the data. */
  private static List<RunResult> prescribed(ExperimentResult result, RunStore store) {
    List<RunResult> own = runs(result, ProofSpec.PRESCRIBED);
    return !own.isEmpty()
        ? own
        : store.experiments().stream()
            .filter(stored -> !stored.name().equals(result.experiment().name()))
            .filter(stored -> !stored.isWatched())
            .flatMap(stored -> runs(result(stored, store), ProofSpec.PRESCRIBED).stream())
            .toList();
  }

  private static ExperimentResult result(StoredExperiment stored, RunStore store) {
    return store.result(stored.part(ExperimentModel.spec(stored).experiment(stored.data())));
  }
}
