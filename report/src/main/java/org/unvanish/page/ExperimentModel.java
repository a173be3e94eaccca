package org.unvanish.page;

import static java.util.stream.Collectors.groupingBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.unvanish.claim.ClaimWords;
import org.unvanish.claim.JudgedClaim;
import org.unvanish.comparison.BestArms;
import org.unvanish.comparison.ComparisonTable;
import org.unvanish.comparison.PairwiseComparison;
import org.unvanish.comparison.ResultTable;
import org.unvanish.comparison.RunMeasure;
import org.unvanish.comparison.Table;
import org.unvanish.examination.Examination;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.DataDescription;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.paper.Assumption;
import org.unvanish.paper.RuntimeTable;
import org.unvanish.race.Race;
import org.unvanish.shipped.ShippedExperiments;
import org.unvanish.spec.ExperimentSpec;
import org.unvanish.spec.ProofSpec;
import org.unvanish.statistics.Spread;
import org.unvanish.store.RunStore;
import org.unvanish.store.StoredExperiment;
import org.unvanish.store.StoredRun;

/**
 * One experiment of a {@link PageModel}.
 *
 * @param name as users write it
 * @param title as a figure's heading names it
 * @param data what it is trained on
 * @param scores what its runs report, the one first by which arms are compared
 * @param epochs those that are shown, from 1: at most {@value Curves#MOST_EPOCHS}, evenly spaced
 * @param lastEpoch the last one that any run completed; 0 if there is none
 * @param secondsLeft until all its runs have ended, at the model's time; NaN if none is under way
 *     or that cannot be told yet
 * @param arms those that are shown one by one, in the experiment's order: all, or of many the
 *     {@link BestArms}
 * @param others what is told of the other arms; empty where all are shown
 * @param finding what it comes to
 * @param claimsTitle whose claims they are; empty if there are none
 * @param claims about it, with what it says of them
 * @param assumptions on what the paper leaves open; none if it is not the paper's
 * @param tables of results
 * @param sweep what a sweep came to, whose best arms are the model's
 * @param setup what was run
 * @param spec the text that it was read from; empty for another program's training
 * @param origin which program ran it, where and when
 */
// Made once and written once.
@SuppressWarnings("ArrayRecordComponent")
public record ExperimentModel(
    String name,
    String title,
    DataDescription data,
    List<ScoreModel> scores,
    int[] epochs,
    int lastEpoch,
    double secondsLeft,
    List<ArmModel> arms,
    Optional<OthersModel> others,
    FindingModel finding,
    String claimsTitle,
    List<ClaimModel> claims,
    List<Assumption> assumptions,
    Tables tables,
    Optional<SweepModel> sweep,
    SetupTables setup,
    String spec,
    Table origin) {

  private static final List<Double> REACH = List.of(0.2, 0.3, 0.4);

  /**
   * A claim and what the experiment says of it.
   *
   * @param id unique
   * @param statement what is claimed
   * @param verdict whether it held: one of the words of {@link ClaimWords}
   * @param evidence the numbers behind the verdict
   */
  public record ClaimModel(String id, String statement, String verdict, String evidence) {}

  /**
   * The tables of results.
   *
   * @param results accuracies at the end, gradients at the start
   * @param measures by which arms are compared
   * @param clear of every pair of arms, those with a clear difference
   * @param unclear the others
   * @param runtimes of an epoch
   */
  public record Tables(
      Table results,
      Table measures,
      Optional<Table> clear,
      Optional<Table> unclear,
      Table runtimes) {}

  static ExperimentModel of(StoredExperiment stored, RunStore store, Instant now) {
    Optional<ExperimentSpec> spec =
        stored.isWatched() ? Optional.empty() : Optional.of(spec(stored));
    Experiment whole = spec.map(s -> s.experiment(stored.data())).orElseGet(stored::watched);
    Experiment experiment = stored.part(whole);
    List<StoredRun> runs = store.runs(experiment);
    ExperimentResult result = store.result(experiment);
    ExperimentResult shown = BestArms.of(result);
    Curves curves = Curves.of(shown);
    List<JudgedClaim> findings = ShippedExperiments.judge(result);
    List<PairwiseComparison> pairs = PairwiseComparison.all(result);
    List<ArmModel> arms = arms(shown, runs, curves, store);
    return new ExperimentModel(
        experiment.name(),
        experiment.title(),
        experiment.data(),
        ScoreModel.of(experiment),
        curves.epochs(),
        curves.lastEpoch(),
        // Whom a race will drop nobody knows, and so not what is left to be trained.
        Race.mayDrop(experiment)
            ? Double.NaN
            : RemainingTime.seconds(result, runs, now).orElse(Double.NaN),
        arms,
        OthersModel.of(experiment, shown.experiment(), runs),
        FindingModel.of(result, shown, pairs, findings, signals(arms), store),
        findings.stream().findFirst().map(finding -> finding.words().title()).orElse(""),
        claims(findings),
        Assumption.of(experiment),
        tables(result, shown, pairs),
        SweepModel.of(result),
        spec.map(s -> SetupTables.of(s, whole)).orElseGet(() -> SetupTables.watched(stored)),
        stored.spec(),
        ProvenanceTable.of(runs));
  }

  /** Of one that Unvanish trained. */
  static ExperimentSpec spec(StoredExperiment stored) {
    return ExperimentSpec.parseStored(
        stored.spec(), stored.name(), stored.data(), stored.definitions());
  }

  /** Of a single arm, or of the one whose remedy is proved: of others, their own charts tell it. */
  private static List<String> signals(List<ArmModel> arms) {
    if (arms.size() == 1) {
      return arms.get(0).signal().map(SignalModel::sentence).stream().toList();
    }
    return arms.stream()
        .filter(arm -> arm.name().equals(ProofSpec.UNTOUCHED))
        .flatMap(arm -> arm.signal().stream())
        .map(signal -> "“%s”: %s".formatted(ProofSpec.UNTOUCHED, signal.sentence()))
        .toList();
  }

  private static List<ArmModel> arms(
      ExperimentResult result, List<StoredRun> runs, Curves curves, RunStore store) {
    Experiment experiment = result.experiment();
    Map<String, List<StoredRun>> byArm = runs.stream().collect(groupingBy(StoredRun::arm));
    List<ArmModel> arms = new ArrayList<>();
    for (Arm arm : experiment.arms()) {
      Optional<SignalModel> signal =
          store
              .diagnosis(experiment, arm)
              .map(found -> SignalModel.of(found, stepsPerEpoch(experiment, arm)));
      List<StoredRun> own = Objects.requireNonNull(byArm.get(arm.name()));
      arms.add(ArmModel.of(arm, result.of(arm), own, curves, signal));
    }
    return arms;
  }

  /** Of another program's training nobody knows them: there, only steps are counted. */
  private static long stepsPerEpoch(Experiment experiment, Arm arm) {
    if (arm.isWatched()) {
      return Long.MAX_VALUE;
    }
    return Examination.stepsPerEpoch(experiment.data().trainSamples(), arm.settings());
  }

  private static List<ClaimModel> claims(List<JudgedClaim> findings) {
    return findings.stream()
        .map(
            finding ->
                new ClaimModel(
                    finding.claim().id(),
                    finding.claim().statement(),
                    finding.label(),
                    finding.evidence()))
        .toList();
  }

  private static Tables tables(
      ExperimentResult result, ExperimentResult shown, List<PairwiseComparison> pairs) {
    return new Tables(
        ResultTable.of(shown),
        ComparisonTable.arms(shown, REACH),
        pairs(result, pairs.stream().filter(PairwiseComparison::isClear).toList()),
        pairs(result, pairs.stream().filter(pair -> !pair.isClear()).toList()),
        RuntimeTable.of(result).orElseGet(() -> runtimes(shown)));
  }

  private static Optional<Table> pairs(ExperimentResult result, List<PairwiseComparison> some) {
    return some.isEmpty()
        ? Optional.empty()
        : Optional.of(ComparisonTable.pairs(result.experiment(), some));
  }

  private static Table runtimes(ExperimentResult result) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("arm", "time of an epoch", "25 % and 75 % quantile"));
    for (Arm arm : result.experiment().arms()) {
      Optional<Spread> spread =
          Spread.of(result.of(arm).stream().mapToDouble(RunMeasure.SECONDS::of).toArray());
      rows.add(
          List.of(
              arm.name(),
              spread.map(s -> RunMeasure.SECONDS.format(s.mean())).orElse("–"),
              spread
                  .map(
                      s ->
                          RunMeasure.SECONDS.format(s.q25())
                              + " to "
                              + RunMeasure.SECONDS.format(s.q75()))
                  .orElse("–")));
    }
    return new Table(
        rows,
        "Over the runs, each with the mean of its epochs, evaluation included. Runs that were under"
            + " way at the same time shared the machine, so these times compare only roughly.");
  }
}
