package org.unvanish.dashboard;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.PriorityQueue;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.RunResult;
import org.unvanish.store.RunState;
import org.unvanish.store.Session;
import org.unvanish.store.StoredRun;
import org.unvanish.train.EpochRecord;

/**
 * What an experiment still has to train, and how long that takes if it goes on as it does.
 *
 * <p>An epoch of a run is expected to take as long as the mean of its last {@value #RECENT}, those
 * of a run without any as long as its arm's other runs', those of an arm without any as long as the
 * other arms'. As many runs go on side by side as are under way now; each that ends makes room for
 * the next one planned. Runs that diverged or failed are not expected to go on.
 */
final class Ahead {

  /** Enough to even out, few enough to follow a machine that becomes busy. */
  private static final int RECENT = 5;

  /** A run with what is stored of it. */
  private record Known(StoredRun run, RunResult result) {

    private boolean is(RunState state) {
      return run.state() == state;
    }

    private int epochsLeft() {
      return Math.max(0, run.epochsAsked() - run.epochsDone());
    }

    /** Mean of its last epochs; NaN if it has none. */
    private double pace() {
      List<EpochRecord> epochs = result.epochs();
      return mean(
          epochs.subList(Math.max(0, epochs.size() - RECENT), epochs.size()).stream()
              .map(EpochRecord::seconds)
              .toList());
    }

    /** For how long it has been in the epoch that it has not completed. */
    private double inEpoch(Instant now) {
      if (run.sessions().isEmpty()) {
        return 0;
      }
      Session session = run.sessions().get(run.sessions().size() - 1);
      double done =
          result.epochs().stream()
              .skip(session.firstEpoch() - 1L)
              .mapToDouble(EpochRecord::seconds)
              .sum();
      return Math.max(0, Duration.between(session.start(), now).toMillis() / 1000.0 - done);
    }
  }

  private final List<Known> runs;

  private Ahead(List<Known> runs) {
    this.runs = runs;
  }

  /**
   * The time until all runs have ended.
   *
   * @param result what there is of an experiment
   * @param stored the same runs in the same order
   * @param now for how long the epochs under way have lasted is counted up to here
   * @return seconds, at least 0; nothing if no run is under way, or none has completed an epoch
   */
  static OptionalDouble seconds(ExperimentResult result, List<StoredRun> stored, Instant now) {
    Map<Run, Known> known = new HashMap<>();
    for (int i = 0; i < stored.size(); i++) {
      RunResult run = result.runs().get(i);
      known.put(run.run(), new Known(stored.get(i), run));
    }
    // In the order in which they are begun.
    return new Ahead(
            result.experiment().runs().stream()
                .map(known::get)
                .map(Objects::requireNonNull)
                .toList())
        .seconds(now);
  }

  private OptionalDouble seconds(Instant now) {
    // When each place for a run is free.
    PriorityQueue<Double> places = new PriorityQueue<>();
    for (Known run : runs) {
      if (run.is(RunState.RUNNING)) {
        double epoch = pace(run);
        // However long the epoch has lasted, those after it are still to come.
        places.add(run.epochsLeft() * epoch - Math.min(run.inEpoch(now), epoch));
      }
    }
    if (places.isEmpty()) {
      return OptionalDouble.empty();
    }
    double end = places.stream().mapToDouble(Double::doubleValue).max().getAsDouble();
    for (Known run : runs) {
      if (run.is(RunState.PLANNED)) {
        double ends = places.remove() + run.epochsLeft() * pace(run);
        places.add(ends);
        end = Math.max(end, ends);
      }
    }
    return Double.isNaN(end) ? OptionalDouble.empty() : OptionalDouble.of(end);
  }

  private double pace(Known run) {
    double own = run.pace();
    if (!Double.isNaN(own)) {
      return own;
    }
    double arm = mean(paces(runs.stream().filter(r -> r.run.arm().equals(run.run.arm())).toList()));
    return Double.isNaN(arm) ? mean(paces(runs)) : arm;
  }

  /** Of the runs under way; if those have no epoch yet, of all. */
  private static List<Double> paces(List<Known> runs) {
    List<Double> underWay = known(runs.stream().filter(r -> r.is(RunState.RUNNING)).toList());
    return underWay.isEmpty() ? known(runs) : underWay;
  }

  private static List<Double> known(List<Known> runs) {
    return runs.stream().map(Known::pace).filter(pace -> !Double.isNaN(pace)).toList();
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }
}
