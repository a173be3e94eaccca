package org.unvanish.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.DroppedArm;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.Racing;
import org.unvanish.experiment.Run;
import org.unvanish.statistics.PairedSample;

class RaceTest {

  private static final Racing QUICK = new Racing(3, OptionalInt.of(2), 2, 0.05);

  // ---- small sweeps

  @Test
  void whereThereAreFewArmsOrFewEpochsAndFewSeedsTheOnlyStageIsTheWholeSweep() {
    for (Experiment small :
        List.of(
            MadeUpRace.sweep(8, 50, 5, Racing.DEFAULT),
            MadeUpRace.sweep(100, 9, 5, Racing.DEFAULT),
            MadeUpRace.sweep(1, 50, 25, Racing.DEFAULT))) {
      RaceStage stage = Race.of(small).stage();
      assertThat(stage.of()).isEqualTo(1);
      assertThat(Race.mayDrop(small)).isFalse();
      assertThat(stage.experiment().arms()).isEqualTo(small.arms());
      assertThat(MadeUpRace.run(small, (arm, seed, epoch) -> arm).dropped()).isEmpty();
    }
  }

  @Test
  void nobodyIsTestedBeforeAnyPValueCanBeSmallEnough() {
    // 28 pairs, 3 looks: 0.05 / 84 = 0.0006, and 2 / 2^12 = 0.0005 is the first p below it.
    assertThat(RacePlan.of(Racing.DEFAULT, 8, 50, 12).looks()).isEmpty();
    assertThat(RacePlan.of(Racing.DEFAULT, 8, 50, 25).looks()).containsExactly(12, 16, 20);
    // Two seeds have chosen 8 of 64.
    assertThat(RacePlan.of(Racing.DEFAULT, 64, 50, 25).rungs()).containsExactly(5, 15);
    assertThat(RacePlan.of(Racing.DEFAULT, 64, 50, 25).looks()).containsExactly(12, 15, 19);
  }

  // ---- decisions

  @Test
  void theDecisionsAreThoseOfAStraightforwardOracle() {
    Random random = new Random(3);
    Map<DroppedArm.Reason, Integer> reasons = new TreeMap<>();
    for (int trial = 0; trial < 20; trial++) {
      int arms = 4 + random.nextInt(40);
      int epochs = 2 + random.nextInt(20);
      int seeds = 1 + random.nextInt(13);
      double level = random.nextBoolean() ? 0.05 : 0.9;
      Racing racing =
          new Racing(
              2 + random.nextInt(3),
              OptionalInt.of(1 + random.nextInt(3)),
              1 + random.nextInt(3),
              level);
      MadeUpRace.Scores scores = noisy(random.nextLong(), random.nextInt(3));
      List<DroppedArm> dropped =
          MadeUpRace.run(MadeUpRace.sweep(arms, epochs, seeds, racing), scores).dropped();
      Map<String, String> decided = new LinkedHashMap<>();
      for (DroppedArm arm : dropped) {
        decided.put(arm.arm(), "%s %d %d".formatted(arm.reason(), arm.epochs(), arm.seeds()));
        reasons.merge(arm.reason(), 1, Integer::sum);
      }
      assertThat(decided).isEqualTo(Oracle.race(arms, epochs, seeds, racing, scores));
    }
    assertThat(reasons).containsOnlyKeys(DroppedArm.Reason.values());
  }

  /** In parts of 128, so that there are ties and sums are exact; a few runs diverge. */
  private static MadeUpRace.Scores noisy(long start, int divergence) {
    return (arm, seed, epoch) -> {
      Random random = new Random(start + 7919L * arm + 104_729L * seed);
      int diverges = random.nextInt(100) < 5 * divergence ? 1 + random.nextInt(20) : 1000;
      double level = 0.3 + 0.01 * (arm % 7) + 0.02 * random.nextGaussian();
      return epoch >= diverges ? Double.NaN : Math.rint(128 * (level + 0.004 * epoch)) / 128;
    };
  }

  @Test
  void anArmThatLearnsLateIsDroppedEarlyAndTheWordsSaySo() {
    Experiment sweep = MadeUpRace.sweep(12, 20, 3, QUICK);
    // The last arm is at chance up to epoch 10 and far ahead of all others then.
    Race race =
        MadeUpRace.run(
            sweep, (arm, seed, epoch) -> arm < 11 ? 0.2 + 0.01 * arm : epoch <= 10 ? 0.1 : 0.9);
    assertThat(race.dropped()).extracting(DroppedArm::arm).containsExactly("a2", "a1", "a0", "a11");
    DroppedArm late = race.dropped().get(3);
    assertThat(late.detail())
        .isEqualTo("early, not proved worse: place 12 of 12 after epoch 2 with 2 seeds, 8 went on");
    assertThat(late.score()).isEqualTo(0.1);
    assertThat(late.rival()).isEqualTo("a3");
    assertThat(late.bar()).isEqualTo(0.2 + 0.01 * 3);
  }

  @Test
  void anArmWithARunThatDivergedStandsBehindAllOthersAndHasNoScore() {
    Experiment sweep = MadeUpRace.sweep(9, 20, 2, QUICK);
    Race race =
        MadeUpRace.run(
            sweep,
            (arm, seed, epoch) -> arm == 4 && seed == 2 && epoch == 2 ? Double.NaN : 0.1 * arm);
    assertThat(race.dropped())
        .singleElement()
        .satisfies(
            arm -> {
              assertThat(arm.arm()).isEqualTo("a4");
              assertThat(arm.score()).isNaN();
            });
  }

  @Test
  void meansThatAreEqualButForRoundingRankAsTheArmsAreListed() {
    Experiment sweep = MadeUpRace.sweep(9, 20, 2, QUICK);
    // (0.1 + 0.2) ÷ 2 is a bit more than (0.15 + 0.15) ÷ 2.
    Race race =
        MadeUpRace.run(
            sweep, (arm, seed, epoch) -> arm < 7 ? 0.9 : arm == 7 ? 0.15 : seed == 1 ? 0.1 : 0.2);
    assertThat(race.dropped()).extracting(DroppedArm::arm).containsExactly("a8");
  }

  @Test
  void whatIsSettledNamesTheBetterArmAndThePValue() {
    Experiment sweep = MadeUpRace.sweep(3, 10, 25, QUICK);
    Race race =
        MadeUpRace.run(
            sweep, (arm, seed, epoch) -> arm == 1 ? 0.3 - 0.001 * seed : 0.5 + 0.001 * arm);
    // Of 3 pairs and 3 looks; the first look is the first at which 2 / 2^n is below 0.05 / 9.
    assertThat(race.dropped())
        .extracting(DroppedArm::detail)
        .containsExactly(
            "as settled with 9 seeds: worse than “a2”, p = 0.035 after correction",
            "as settled with 9 seeds: worse than “a2”, p = 0.035 after correction");
  }

  /** The exact distribution of thousands of seeds would fill the memory. */
  @Test
  void withMoreThanFiftySeedsThePValueIsThatOfComparisons() {
    MadeUpRace.Scores scores =
        (arm, seed, epoch) ->
            arm == 0 ? 0.5 : 0.5 + (seed % 3 == 0 ? -0.01 : 0.01) * (1 + seed / 1000.0);
    Race race = MadeUpRace.run(MadeUpRace.sweep(2, 1, 200, QUICK), scores);
    double[] worse = IntStream.rangeClosed(1, 71).mapToDouble(s -> scores.of(0, s, 1)).toArray();
    double[] better = IntStream.rangeClosed(1, 71).mapToDouble(s -> scores.of(1, s, 1)).toArray();
    assertThat(race.dropped())
        .singleElement()
        .satisfies(
            arm -> {
              assertThat(arm.arm()).isEqualTo("a0");
              assertThat(arm.seeds()).isEqualTo(71);
              assertThat(arm.pValue())
                  .isEqualTo(RacePlan.LOOKS * PairedSample.of(worse, better).pValue());
            });
  }

  @Test
  void armsBesideTheSweepAreTrainedToTheEndAndNotRaced() {
    Experiment sweep = MadeUpRace.sweep(13, 12, 20, 3, QUICK);
    Race race = Race.of(sweep);
    assertThat(race.stage().experiment().arms()).extracting(Arm::name).doesNotContain("a12");
    RaceStage last = race.stage();
    while (!race.isOver()) {
      last = race.stage();
      race =
          race.after(
              MadeUpRace.result(
                  last.experiment(), (arm, seed, epoch) -> 1 - 0.05 * arm, run -> false));
    }
    assertThat(last.experiment().arms()).hasSize(9).contains(sweep.arms().get(12));
    assertThat(race.dropped()).extracting(DroppedArm::arm).doesNotContain("a12");
  }

  @Test
  void armsOfDifferentLengthCannotRace() {
    Experiment sweep = MadeUpRace.sweep(12, 20, 3, QUICK);
    List<Arm> arms = new ArrayList<>(sweep.arms());
    arms.set(5, arms.get(5).with(19, arms.get(5).seeds()));
    Experiment mixed =
        new Experiment(sweep.name(), sweep.title(), sweep.data(), arms, sweep.sweep());
    assertThat(Race.mayDrop(sweep)).isTrue();
    assertThat(Race.mayDrop(mixed)).isFalse();
    assertThatThrownBy(() -> Race.of(mixed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("arms “a0” and “a5” cannot race, as their epochs or seeds differ");
  }

  // ---- failures

  @Test
  void whatIsDecidedWhileRunsAreMissingHoldsWhateverTheyComeTo() {
    Random random = new Random(8);
    int held = 0;
    for (int trial = 0; trial < 40; trial++) {
      Experiment sweep =
          MadeUpRace.sweep(
              20 + random.nextInt(20), 12, 12, new Racing(3, OptionalInt.of(1), 1, 0.9));
      Set<Run> failing = new HashSet<>();
      for (int i = 0; i < 1 + random.nextInt(4); i++) {
        Arm arm = sweep.arms().get(random.nextInt(sweep.arms().size()));
        failing.add(new Run(arm, 1 + random.nextInt(2)));
      }
      Predicate<Run> fails =
          run ->
              failing.stream()
                  .anyMatch(f -> f.arm().name().equals(run.arm().name()) && f.seed() == run.seed());
      MadeUpRace.Scores scores = noisy(random.nextLong(), 1);
      List<DroppedArm> meanwhile = MadeUpRace.run(sweep, scores, fails).dropped();
      List<DroppedArm> atLast = MadeUpRace.run(sweep, scores).dropped();
      assertThat(meanwhile).allMatch(one -> atLast.stream().anyMatch(one::isSameDecision));
      assertThat(meanwhile)
          .extracting(DroppedArm::arm)
          .noneMatch(arm -> failing.contains(new Run(arm(sweep, arm), 1)));
      held += meanwhile.size();
    }
    assertThat(held).isPositive();
  }

  private static Arm arm(Experiment sweep, String name) {
    return sweep.arms().stream().filter(arm -> arm.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void aRunThatFailedInTheFirstStageHoldsUpOneArmOnly() {
    Experiment sweep = MadeUpRace.sweep(12, 20, 3, QUICK);
    Race race =
        Race.of(sweep)
            .after(
                MadeUpRace.result(
                    Race.of(sweep).stage().experiment(),
                    (arm, seed, epoch) -> 0.01 * arm,
                    run -> run.arm().name().equals("a0")));
    // a0 may yet be the best: its place is kept, and a4, the last of eight, waits.
    assertThat(race.stage().experiment().arms())
        .extracting(Arm::name)
        .containsExactly("a5", "a6", "a7", "a8", "a9", "a10", "a11");
    assertThat(race.dropped()).extracting(DroppedArm::arm).containsExactly("a3", "a2", "a1");
  }

  // ---- how often the test is wrong

  @Test
  void ofEqualArmsAnyIsCalledWorseLessOftenThanTheLevel() {
    double level = 0.3;
    Racing racing = new Racing(3, OptionalInt.empty(), 1, level);
    Experiment sweep = MadeUpRace.sweep(4, 1, 16, racing);
    assertThat(RacePlan.of(racing, 4, 1, 16).looks()).hasSize(3);
    int wrong = 0;
    int races = 150;
    Random random = new Random(5);
    for (int trial = 0; trial < races; trial++) {
      double[][] scores = new double[4][17];
      for (double[] arm : scores) {
        for (int seed = 0; seed <= 16; seed++) {
          arm[seed] = 0.5 + 0.1 * random.nextGaussian();
        }
      }
      Race race = MadeUpRace.run(sweep, (arm, seed, epoch) -> scores[arm][seed]);
      wrong += race.dropped().isEmpty() ? 0 : 1;
    }
    assertThat(wrong).isPositive();
    assertThat(wrong / (double) races).isLessThan(level);
  }

  /** The rules once more, as plainly as can be. */
  private static final class Oracle {

    private Oracle() {}

    static Map<String, String> race(
        int arms, int epochs, int seeds, Racing racing, MadeUpRace.Scores scores) {
      Map<String, String> dropped = new LinkedHashMap<>();
      List<Integer> in = new ArrayList<>(IntStream.range(0, arms).boxed().toList());
      int by = Math.min(seeds, racing.firstSeeds());
      boolean halved = false;
      int epoch = racing.firstEpochs().getAsInt();
      while (in.size() > 8 && epoch <= epochs / 2.0) {
        halved = true;
        int e = epoch;
        int goOn = Math.max((int) Math.ceil(in.size() / (double) racing.reduction()), 8);
        List<Integer> order = order(in, arm -> row(scores, arm, 1, by, e));
        for (int arm : order.subList(goOn, order.size())) {
          dropped.put("a" + arm, "HALVING %d %d".formatted(e, by));
          in.remove((Integer) arm);
        }
        epoch *= racing.reduction();
      }
      int skipped = halved ? by : 0;
      int tested = seeds - skipped;
      double pairs = in.size() * (in.size() - 1) / 2.0;
      int fewest = 1;
      while (pairs > 0 && 2 / Math.pow(2, fewest) > racing.level() / 3 / pairs) {
        fewest++;
      }
      int settled = 0;
      Set<Integer> looks = new HashSet<>();
      for (int look = 0; look < 3 && fewest < tested && pairs > 0; look++) {
        int n = fewest + look * (tested - fewest) / 3;
        if (!looks.add(n)) {
          continue;
        }
        List<Integer> order = order(in, arm -> row(scores, arm, skipped + 1, skipped + n, epochs));
        double[] best = row(scores, order.get(0), skipped + 1, skipped + n, epochs);
        Map<Integer, Double> p = new LinkedHashMap<>();
        for (int arm : order.subList(1, order.size())) {
          p.put(arm, worse(best, row(scores, arm, skipped + 1, skipped + n, epochs)));
        }
        for (int arm :
            order.subList(1, order.size()).stream().sorted(Comparator.comparing(p::get)).toList()) {
          if (p.get(arm) * 3 * (pairs - settled) > racing.level()) {
            break;
          }
          settled++;
          in.remove((Integer) arm);
          dropped.put("a" + arm, "TEST %d %d".formatted(epochs, skipped + n));
        }
      }
      return dropped;
    }

    private static double[] row(MadeUpRace.Scores scores, int arm, int from, int to, int epoch) {
      double[] row = new double[to - from + 1];
      for (int seed = from; seed <= to; seed++) {
        double value = 0;
        for (int e = 1; e <= epoch; e++) {
          value += 0 * scores.of(arm, seed, e);
        }
        row[seed - from] = value + scores.of(arm, seed, epoch);
      }
      return row;
    }

    private static List<Integer> order(
        List<Integer> in, java.util.function.Function<Integer, double[]> row) {
      List<Integer> order = new ArrayList<>();
      for (int arm : in) {
        int place = 0;
        while (place < order.size() && !better(row.apply(arm), row.apply(order.get(place)))) {
          place++;
        }
        order.add(place, arm);
      }
      return order;
    }

    private static boolean better(double[] one, double[] other) {
      int lost = 0;
      int otherLost = 0;
      double sum = 0;
      double otherSum = 0;
      for (int i = 0; i < one.length; i++) {
        lost += Double.isNaN(one[i]) ? 1 : 0;
        otherLost += Double.isNaN(other[i]) ? 1 : 0;
        sum += Double.isNaN(one[i]) ? 0 : one[i];
        otherSum += Double.isNaN(other[i]) ? 0 : other[i];
      }
      return lost != otherLost
          ? lost < otherLost
          : sum / (one.length - lost) > otherSum / (one.length - lost);
    }

    /** Wilcoxon's two-sided p, by trying all signs; above 1 where the ranks say better. */
    private static double worse(double[] best, double[] other) {
      List<double[]> signed = new ArrayList<>();
      int n = best.length;
      double[] size = new double[n];
      int[] sign = new int[n];
      for (int i = 0; i < n; i++) {
        boolean lost = Double.isNaN(best[i]);
        boolean otherLost = Double.isNaN(other[i]);
        size[i] = lost && otherLost ? 0 : lost || otherLost ? 9 : Math.abs(best[i] - other[i]);
        sign[i] =
            lost && otherLost
                ? 0
                : otherLost ? 1 : lost ? -1 : (int) Math.signum(best[i] - other[i]);
      }
      for (int i = 0; i < n; i++) {
        double rank = 0.5;
        for (int j = 0; j < n; j++) {
          rank += size[j] < size[i] ? 1 : size[j] == size[i] ? 0.5 : 0;
        }
        if (sign[i] != 0) {
          signed.add(new double[] {rank, sign[i]});
        }
      }
      double found = signed.stream().mapToDouble(s -> s[0] * s[1]).sum();
      if (found <= 0) {
        return 2;
      }
      int extreme = 0;
      for (int signs = 0; signs < 1 << signed.size(); signs++) {
        double sum = 0;
        for (int i = 0; i < signed.size(); i++) {
          sum += (signs >> i & 1) == 1 ? signed.get(i)[0] : -signed.get(i)[0];
        }
        extreme += Math.abs(sum) >= found ? 1 : 0;
      }
      return extreme / (double) (1 << signed.size());
    }
  }
}
