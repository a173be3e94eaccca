package org.unvanish.comparison;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.unvanish.experiment.DroppedArm;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.RunResult;

/** How many epochs a race saved, and which arms it dropped. */
public final class RaceSummary {

  private RaceSummary() {}

  /**
   * The arms that were dropped before all of their runs were finished, in the experiment's order.
   */
  public static List<DroppedArm> dropped(ExperimentResult result) {
    return result.with(RunOutcome.Dropped.class).stream()
        .map(run -> ((RunOutcome.Dropped) run.outcome()).arm())
        .distinct()
        .toList();
  }

  /** In a sentence or two; nothing if no arm was dropped. */
  public static Optional<String> sentence(ExperimentResult result) {
    List<DroppedArm> dropped = dropped(result);
    if (dropped.isEmpty()) {
      return Optional.empty();
    }
    List<RunResult> runs = result.with(RunOutcome.Dropped.class);
    long saved = runs.stream().mapToLong(run -> asked(run) - run.epochs().size()).sum();
    long all = result.runs().stream().mapToLong(RaceSummary::asked).sum();
    long settled = dropped.stream().filter(arm -> arm.reason() == DroppedArm.Reason.TEST).count();
    long early = dropped.size() - settled;
    return Optional.of(
        String.format(
            Locale.ROOT,
            "Racing saved %.0f %% of the epochs: of %d runs %d were dropped, those of %d of %d"
                + " arms%s%s.",
            100.0 * saved / all,
            result.runs().size(),
            runs.size(),
            dropped.size(),
            result.experiment().arms().size(),
            early == 0
                ? ""
                : ". %d %s dropped early, by halving, which does not prove %s worse"
                    .formatted(
                        early, early == 1 ? "arm was" : "arms were", early == 1 ? "it" : "them"),
            settled == 0
                ? ""
                : ". The paired test showed that %d of them %s worse"
                    .formatted(settled, settled == 1 ? "is" : "are")));
  }

  private static int asked(RunResult run) {
    return run.run().arm().epochs();
  }
}
