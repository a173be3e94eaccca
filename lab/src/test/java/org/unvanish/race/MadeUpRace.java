package org.unvanish.race;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.unvanish.comparison.Examples;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.DataDescription;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.Racing;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.RunResult;
import org.unvanish.experiment.Sweep;
import org.unvanish.train.EpochRecord;

/** Races whose scores are made up: nothing is trained. */
final class MadeUpRace {

  /** The test accuracy of a run after an epoch; NaN where it diverges in it. */
  interface Scores {
    double of(int arm, int seed, int epoch);
  }

  private MadeUpRace() {}

  /** Arms a0, a1, …, all points of a sweep. */
  static Experiment sweep(int arms, int epochs, int seeds, Racing racing) {
    return sweep(arms, arms, epochs, seeds, racing);
  }

  /** The same, of which only the first ones are points. */
  static Experiment sweep(int arms, int points, int epochs, int seeds, Racing racing) {
    List<Arm> all =
        IntStream.range(0, arms)
            .mapToObj(i -> Examples.arm("a" + i, 1L).with(epochs, seeds(seeds)))
            .toList();
    Map<String, List<Sweep.Value>> values = new HashMap<>();
    for (int i = 0; i < points; i++) {
      values.put("a" + i, List.of(new Sweep.Value("" + i, OptionalDouble.of(i))));
    }
    return new Experiment(
        "made-up",
        "A made-up race",
        DataDescription.of(Examples.data()),
        all,
        Optional.of(
            new Sweep(List.of(new Sweep.Axis("alpha", "α", false)), values, Optional.of(racing))));
  }

  static List<Long> seeds(int count) {
    return LongStream.rangeClosed(1, count).boxed().toList();
  }

  /** To the end, by scores. */
  static Race run(Experiment experiment, Scores scores) {
    return run(experiment, scores, run -> false);
  }

  /** The same where some runs fail. */
  static Race run(Experiment experiment, Scores scores, Predicate<Run> failing) {
    Race race = Race.of(experiment);
    while (!race.isOver()) {
      race = race.after(result(race.stage().experiment(), scores, failing));
    }
    return race;
  }

  /** What a stage comes to, its runs in an order that must not matter. */
  static ExperimentResult result(Experiment stage, Scores scores, Predicate<Run> failing) {
    List<RunResult> runs = new ArrayList<>();
    for (Run run : stage.runs()) {
      int arm = Integer.parseInt(run.arm().name().substring(1));
      List<EpochRecord> epochs = new ArrayList<>();
      RunOutcome outcome = new RunOutcome.Finished();
      for (int epoch = 1; epoch <= run.arm().epochs(); epoch++) {
        double score = scores.of(arm, (int) run.seed(), epoch);
        if (Double.isNaN(score)) {
          outcome = new RunOutcome.Diverged(epoch, 1);
          break;
        }
        epochs.add(Examples.epoch(epoch, score, 1));
      }
      runs.add(
          failing.test(run)
              ? new RunResult(run, new RunOutcome.Failed("no luck", ""), List.of())
              : new RunResult(run, outcome, epochs));
    }
    Collections.reverse(runs);
    return new ExperimentResult(stage, runs);
  }
}
