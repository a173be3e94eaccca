package org.unvanish.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.RunResult;
import org.unvanish.experiment.StoredEpochs;
import org.unvanish.train.EpochRecord;

class BestArmsTest {

  private static final int ARMS = 100;
  private static final Long[] SEEDS = {1L, 2L, 3L};
  private static final int EPOCHS = 4;

  /** A store that keeps the epochs of a few runs, and counts how often runs are read. */
  private static final class Counted {
    private final int most;
    private final Map<Run, List<EpochRecord>> all = new HashMap<>();
    private final Deque<Run> kept = new ArrayDeque<>();
    private int reads;

    Counted(int most) {
      this.most = most;
    }

    RunResult result(RunResult run) {
      all.put(run.run(), run.epochs());
      StoredEpochs epochs = new StoredEpochs(run.epochs().size(), () -> read(run.run()));
      return new RunResult(run.run(), run.outcome(), epochs);
    }

    private List<EpochRecord> read(Run run) {
      if (kept.remove(run)) {
        kept.add(run);
      } else {
        reads++;
        kept.add(run);
        if (kept.size() > most) {
          kept.remove();
        }
      }
      return all.get(run);
    }
  }

  private static Experiment experiment(int arms) {
    return Examples.experiment(IntStream.range(0, arms).mapToObj(i -> "arm " + i).toList(), SEEDS);
  }

  /** The arm in the middle ends best, the next ones at its sides follow. */
  private static ExperimentResult result(Experiment experiment) {
    List<RunResult> runs = new ArrayList<>();
    for (Arm arm : experiment.arms()) {
      int place = experiment.arms().indexOf(arm);
      double top = 0.9 - 0.008 * Math.abs(place - experiment.arms().size() / 2);
      for (Run run : arm.runs()) {
        runs.add(
            new RunResult(
                run,
                new RunOutcome.Finished(),
                IntStream.rangeClosed(1, EPOCHS)
                    .mapToObj(
                        e -> Examples.epoch(e, top * e / EPOCHS + run.seed() / 1000.0, 1.0 / e))
                    .toList()));
      }
    }
    return new ExperimentResult(experiment, runs);
  }

  private static ExperimentResult counted(ExperimentResult result, Counted counted) {
    return new ExperimentResult(
        result.experiment(), result.runs().stream().map(counted::result).toList());
  }

  @Test
  void ofFewArmsAllAreCompared() {
    ExperimentResult few = result(experiment(BestArms.FEW));
    assertThat(BestArms.of(few)).isSameAs(few);
    assertThat(BestArms.note(few.experiment())).isEmpty();
  }

  @Test
  void ofManyArmsTheBestAreComparedInTheExperimentsOrder() {
    ExperimentResult many = result(experiment(ARMS));
    assertThat(BestArms.of(many).experiment().arms())
        .extracting(Arm::name)
        .containsExactlyElementsOf(
            IntStream.range(44, 44 + BestArms.BEST).mapToObj(i -> "arm " + i).toList());
    assertThat(BestArms.of(many).runs()).hasSize(BestArms.BEST * SEEDS.length);
    int pairs = BestArms.BEST * (BestArms.BEST - 1) / 2;
    assertThat(PairwiseComparison.all(many))
        .hasSize(pairs * PairwiseComparison.measures(many).size());
    assertThat(ComparisonTable.pairs(many).note())
        .contains("Of 100 arms, these are the 12 with the best mean final test accuracy");
    assertThat(ExperimentVerdict.of(many))
        .containsExactly(
            "Of 100 arms, “arm 50” has the best mean final test accuracy: 90.2 % (3 seeds);"
                + " next is “arm 49”: 89.4 % (3 seeds).");
  }

  @Test
  void anArmWithoutAFinishedRunIsNotAmongTheBest() {
    ExperimentResult many = result(experiment(ARMS));
    ExperimentResult broken =
        new ExperimentResult(
            many.experiment(),
            many.runs().stream()
                .map(
                    run ->
                        run.run().arm().name().equals("arm 50")
                            ? new RunResult(run.run(), new RunOutcome.Diverged(4, 1), run.epochs())
                            : run)
                .toList());
    assertThat(BestArms.of(broken).experiment().arms())
        .extracting(Arm::name)
        .doesNotContain("arm 50")
        .hasSize(BestArms.BEST);
  }

  /** What is read again costs time; what must be kept for that costs memory. */
  @Test
  void comparisonsReadEachRunAFewTimesThoughOnlyOneArmsRunsAreKept() {
    ExperimentResult plain = result(experiment(ARMS));
    Counted counted = new Counted(SEEDS.length);
    ExperimentResult stored = counted(plain, counted);
    int runs = stored.runs().size();

    assertThat(Summary.of(stored)).isEqualTo(Summary.of(plain));
    assertThat(counted.reads).isEqualTo(runs);

    counted.reads = 0;
    assertThat(ComparisonTable.arms(stored, List.of(0.5)))
        .isEqualTo(ComparisonTable.arms(plain, List.of(0.5)));
    assertThat(ResultTable.of(stored)).isEqualTo(ResultTable.of(plain));
    assertThat(counted.reads).isEqualTo(2 * runs);
  }

  @Test
  void thePairsOfManyArmsReadEveryRunOnceAndTheBestAFewTimes() {
    ExperimentResult plain = result(experiment(ARMS));
    Counted counted = new Counted(BestArms.BEST * SEEDS.length);
    ExperimentResult stored = counted(plain, counted);
    assertThat(PairwiseComparison.all(stored))
        .extracting(pair -> pair.comparison().difference())
        .containsExactlyElementsOf(
            PairwiseComparison.all(plain).stream()
                .map(pair -> pair.comparison().difference())
                .toList());
    assertThat(counted.reads).isEqualTo(stored.runs().size() + BestArms.BEST * SEEDS.length);
  }

  @Test
  void meansThatAreEqualButForRoundingRankAsTheArmsAreListed() {
    Experiment experiment = Examples.experiment(List.of("even", "sum"), 1L, 2L);
    double[][] accuracies = {{.15, .15}, {.1, .2}};
    List<RunResult> runs =
        experiment.runs().stream()
            .map(
                run -> {
                  int arm = experiment.arms().indexOf(run.arm());
                  return Examples.finished(
                      run, Examples.epoch(1, accuracies[arm][(int) run.seed() - 1], 1));
                })
            .toList();
    assertThat(BestArms.ranked(new ExperimentResult(experiment, runs)))
        .isEqualTo(experiment.arms());
  }
}
