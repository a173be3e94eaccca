package org.unvanish.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.unvanish.codec.yaml.Numbers;
import org.unvanish.comparison.BestArms;
import org.unvanish.comparison.Examples;
import org.unvanish.comparison.ExperimentVerdict;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.DataDescription;
import org.unvanish.experiment.DroppedArm;
import org.unvanish.experiment.DroppedArm.Reason;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.RunResult;
import org.unvanish.experiment.Sweep;

class SweepResultTest {

  private static final Sweep.Axis ALPHA = new Sweep.Axis("alpha", "α", true);
  private static final Sweep.Axis R = new Sweep.Axis("r", "r", false);

  private static Sweep.Value value(double number) {
    return new Sweep.Value(Numbers.text(number), OptionalDouble.of(number));
  }

  /**
   * An experiment with an arm "plain", and a sweep over α and r with two seeds.
   *
   * @param run what a run with these values comes to
   */
  private static ExperimentResult result(
      List<Double> alphas, List<Double> rs, BiFunction<List<Double>, Run, RunResult> run) {
    Map<String, List<Sweep.Value>> points = new LinkedHashMap<>();
    Map<String, List<Double>> numbers = new LinkedHashMap<>();
    List<Arm> arms = new ArrayList<>(List.of(Examples.arm("plain", 1L, 2L)));
    for (double alpha : alphas) {
      for (double r : rs) {
        Arm arm = Examples.arm("α = %s, r = %s".formatted(alpha, r), 1L, 2L);
        arms.add(arm);
        points.put(arm.name(), List.of(value(alpha), value(r)));
        numbers.put(arm.name(), List.of(alpha, r));
      }
    }
    Experiment experiment =
        new Experiment(
            "made-up",
            "Made up",
            DataDescription.of(Examples.data()),
            arms,
            Optional.of(new Sweep(List.of(ALPHA, R), points)));
    return new ExperimentResult(
        experiment,
        experiment.arms().stream()
            .flatMap(arm -> arm.runs().stream())
            .map(r -> run.apply(numbers.getOrDefault(r.arm().name(), List.of(0.0, 0.0)), r))
            .toList());
  }

  private static RunResult scored(Run run, double score, double gradient) {
    return Examples.finished(run, Examples.epoch(1, score, gradient));
  }

  /** Accuracy α/10 − r, one percent apart by seed. */
  private static ExperimentResult simple() {
    return result(
        List.of(1.0, 2.0, 4.0),
        List.of(0.0, 0.1),
        (at, run) -> scored(run, at.get(0) / 10 - at.get(1) + run.seed() * 0.01, at.get(0) / 1000));
  }

  private static SweepResult of(ExperimentResult result) {
    return SweepResult.of(result).orElseThrow();
  }

  @Test
  void theBestArmComesFirstWithItsInterval() {
    List<SweptArm> ranked = of(simple()).ranked();
    assertThat(ranked.stream().map(arm -> arm.arm().name()))
        .containsExactly(
            "α = 4.0, r = 0.0",
            "α = 4.0, r = 0.1",
            "α = 2.0, r = 0.0",
            "α = 1.0, r = 0.0",
            "α = 2.0, r = 0.1",
            "α = 1.0, r = 0.1");
    SweptArm best = ranked.get(0);
    assertThat(best.score()).isCloseTo(0.415, within(1e-12));
    assertThat(best.interval().low()).isCloseTo(0.41, within(1e-12));
    assertThat(best.interval().high()).isCloseTo(0.42, within(1e-12));
    assertThat(best.gradient()).isCloseTo(0.004, within(1e-12));
  }

  /** Of a sum of two effects, the shares are those of their variances: 14/9 to 1/4 of 0.01. */
  @Test
  void whatASettingMattersIsItsShareOfTheVariance() {
    List<Marginal> marginals = of(simple()).marginals();
    assertThat(marginals.get(0).levels().axis()).isEqualTo(ALPHA);
    double alpha = 14.0 / 9;
    double r = 1.0 / 4;
    assertThat(marginals.get(0).share()).isCloseTo(alpha / (alpha + r), within(1e-9));
    assertThat(marginals.get(1).share()).isCloseTo(r / (alpha + r), within(1e-9));
    assertThat(marginals.get(0).levels().labels()).containsExactly("1", "2", "4");
    assertThat(marginals.get(0).scores().get(2).orElseThrow().mean())
        .isCloseTo(0.365, within(1e-9));
    assertThat(marginals.get(0).best().get(2)).isCloseTo(0.415, within(1e-12));
  }

  @Test
  void theConclusionIsInSentences() {
    SweepText text = new SweepText(of(simple()));
    assertThat(text.conclusion())
        .containsExactly(
            "Best of 6 arms: α = 4.0, r = 0.0, with a final test accuracy of 41.5 % [41.0, 42.0].",
            "What matters: α explains 86 % of the variance of the arms' scores, r 14 %.");
    assertThat(text.text(80, true).toString())
        .contains("r \\ α  1     2     4\n0      11.5  21.5  41.5\n0.1    1.5   11.5  31.5\n");
  }

  @Test
  void whatDivergedOrIsNotFinishedIsSaidAndNeverAZero() {
    ExperimentResult result =
        result(
            List.of(1.0, 2.0, 4.0),
            List.of(0.0, 0.1),
            (at, run) -> {
              if (at.get(0) == 4 && at.get(1) == 0) {
                return new RunResult(run, new RunOutcome.Diverged(1, 1), List.of());
              }
              boolean cut = at.get(0) == 2 && (at.get(1) == 0 || run.seed() == 2);
              return cut
                  ? new RunResult(run, new RunOutcome.Interrupted(), List.of())
                  : scored(run, at.get(0) / 10, 0.5);
            });
    SweepResult sweep = of(result);
    // An arm with a run that is missing is no winner, however good the other one is.
    assertThat(sweep.ranked().stream().map(arm -> arm.arm().name()))
        .containsExactly(
            "α = 4.0, r = 0.1", "α = 1.0, r = 0.0", "α = 1.0, r = 0.1", "α = 2.0, r = 0.1");
    SweepText text = new SweepText(sweep);
    assertThat(text.conclusion())
        .contains("Arms with runs that did not finish: 2 unfinished, 1 diverged.");
    assertThat(text.map(HeatMap.of(sweep, ALPHA, R)).rows())
        .containsExactly(
            List.of("r \\ α", "1", "2", "4"),
            List.of("0", "10.0", "unfinished", "†"),
            List.of("0.1", "10.0", "20.0*", "40.0"));
    assertThat(text.text(80, true).toString())
        .contains("final test accuracy; † diverged, * unfinished, – no arm there.");
    assertThat(text.best().rows().get(4)).contains("1 of 2 unfinished");
  }

  /** Of the arms that a cell stands for, in the order of r: what it shows. */
  @Test
  void aCellShowsItsBestWholeArmAndTheWorstThatBecameOfAny() {
    RunOutcome diverged = new RunOutcome.Diverged(1, 1);
    RunOutcome unfinished = new RunOutcome.Interrupted();
    RunOutcome failed = RunOutcome.Failed.of(new IllegalStateException("x"));
    RunOutcome dropped =
        new RunOutcome.Dropped(
            new DroppedArm("a", 1, 1, 1, Reason.HALVING, 2, 2, 1, 0.1, "b", 0.2, Double.NaN));
    RunOutcome finished = new RunOutcome.Finished();
    assertThat(cell(finished, finished)).isEqualTo("50.0");
    assertThat(cell(unfinished, finished)).isEqualTo("50.0*");
    assertThat(cell(finished, unfinished)).isEqualTo("40.0*");
    assertThat(cell(unfinished, diverged)).isEqualTo("50.0†");
    assertThat(cell(failed, finished)).isEqualTo("50.0*");
    assertThat(cell(finished, dropped)).isEqualTo("40.0");
    assertThat(cell(dropped, dropped)).isEqualTo("50.0*");
  }

  /** A cell with two arms, of 40 and 50 %, whose second seeds come to this. */
  private static String cell(RunOutcome first, RunOutcome second) {
    Sweep.Axis batch = new Sweep.Axis("batch-size", "batch size", false);
    List<Arm> arms = List.of(Examples.arm("one", 1L, 2L), Examples.arm("two", 1L, 2L));
    Experiment experiment =
        new Experiment(
            "made-up",
            "Made up",
            DataDescription.of(Examples.data()),
            arms,
            Optional.of(
                new Sweep(
                    List.of(ALPHA, R, batch),
                    Map.of(
                        "one", List.of(value(1), value(0), value(8)),
                        "two", List.of(value(1), value(0), value(16))))));
    List<RunResult> runs = new ArrayList<>();
    for (Run run : experiment.runs()) {
      boolean one = run.arm().equals(arms.get(0));
      RunResult whole = scored(run, one ? 0.4 : 0.5, 1);
      RunOutcome outcome = one ? first : second;
      runs.add(
          run.seed() == 1 || outcome instanceof RunOutcome.Finished
              ? whole
              : new RunResult(run, outcome, List.of()));
    }
    SweepResult sweep = of(new ExperimentResult(experiment, runs));
    return new SweepText(sweep).map(HeatMap.of(sweep, ALPHA, R)).rows().get(1).get(1);
  }

  @Test
  void beforeAnyRunIsFinishedNothingIsConcluded() {
    ExperimentResult result =
        result(
            List.of(1.0),
            List.of(0.0),
            (at, run) -> new RunResult(run, new RunOutcome.Interrupted(), List.of()));
    assertThat(new SweepText(of(result)).text(80, true).toString())
        .isEqualTo("No run of the sweep is finished yet.\n");
    assertThat(BestArms.of(result).experiment().arms()).hasSize(2);
  }

  @Test
  void fewArmsAreTheBestAndThoseThatSomebodyChose() {
    ExperimentResult few = BestArms.of(simple());
    assertThat(few.experiment().arms().stream().map(Arm::name))
        .containsExactly(
            "plain",
            "α = 1.0, r = 0.0",
            "α = 2.0, r = 0.0",
            "α = 4.0, r = 0.0",
            "α = 4.0, r = 0.1");
    assertThat(few.runs()).hasSize(10);
    assertThat(ExperimentVerdict.of(simple()))
        .filteredOn(sentence -> sentence.contains("“plain”"))
        .isNotEmpty()
        .allMatch(sentence -> sentence.contains("α = 4.0, r = 0.0") || !sentence.contains("α ="));
    ExperimentResult plain = Examples.curves(Examples.experiment(List.of("a", "b"), 1L), 2);
    assertThat(BestArms.of(plain)).isSameAs(plain);
  }

  @Test
  void manyNumbersArePutIntoBinsOfEquallyManyArms() {
    List<Double> alphas = new ArrayList<>();
    for (int i = 40; i > 0; i--) {
      alphas.add((double) i);
    }
    SweepResult sweep =
        of(result(alphas, List.of(0.0), (at, run) -> scored(run, at.get(0) / 100, 1)));
    Levels levels = Levels.of(sweep, ALPHA);
    assertThat(levels.labels())
        .containsExactly("1–5", "6–10", "11–15", "16–20", "21–25", "26–30", "31–35", "36–40");
    assertThat(levels.of().subList(0, 6)).containsExactly(7, 7, 7, 7, 7, 6);
  }

  /** Of all runs once: a store reads each from a file. */
  @Test
  void aThousandArmsAreSummarisedQuickly() {
    List<Double> alphas = new ArrayList<>();
    List<Double> rs = new ArrayList<>();
    for (int i = 1; i <= 40; i++) {
      alphas.add((double) i);
      rs.add(i / 100.0);
    }
    ExperimentResult result =
        result(alphas, rs, (at, run) -> scored(run, at.get(0) / 100 - at.get(1), 1));
    String text = new SweepText(of(result)).text(80, true).toString();
    assertThat(text).startsWith("Best of 1600 arms: α = 40.0, r = 0.01, ");
    assertThat(text.lines().count()).isLessThan(60);
  }
}
