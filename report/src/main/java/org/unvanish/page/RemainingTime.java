package org.unvanish.page;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.PriorityQueue;
import org.unvanish.experiment.Arm;
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
 * <p>An epoch is expected to take as long as the arm's latest ones did: at least {@value
 * #LEAST_EPOCHS} and as many as last {@value #LEAST_SECONDS} seconds, if there are so many. One of
 * an arm that has none is expected to take as long as the mean of the other arms'. As many runs go
 * on side by side as are under way now; each that ends makes room for the next one planned. Runs
 * that diverged or failed are not expected to go on.
 */
final class RemainingTime {

  private static final int LEAST_EPOCHS = 5;
  private static final int LEAST_SECONDS = 60;

  /** A run with what is stored of it. */
  private record Known(StoredRun run, RunResult result) {

    private Arm arm() {
      return result.run().arm();
    }

    private boolean is(RunState state) {
      return run.state() == state;
    }

    private int epochsLeft() {
      return Math.max(0, run.epochsAsked() - run.epochsDone());
    }

    /** When it was last begun or resumed; long ago if never. */
    private Instant start() {
      List<Session> sessions = run.sessions();
      return sessions.isEmpty() ? Instant.MIN : sessions.get(sessions.size() - 1).start();
    }

    /** Seconds since it completed an epoch, or was begun. */
    private double inEpoch(Instant now) {
      List<Session> sessions = run.sessions();
      if (sessions.isEmpty()) {
        return 0;
      }
      int before = sessions.get(sessions.size() - 1).firstEpoch() - 1;
      double done = result.epochs().stream().skip(before).mapToDouble(EpochRecord::seconds).sum();
      return Math.max(0, Duration.between(start(), now).toMillis() / 1000.0 - done);
    }
  }

  /** In the order in which they are begun. */
  private final List<Known> runs;

  /** Seconds an epoch; NaN if there is none yet. */
  private final Map<Arm, Double> paces = new HashMap<>();

  private RemainingTime(List<Known> runs) {
    this.runs = runs;
    Map<Arm, List<Known>> byArm = runs.stream().collect(groupingBy(Known::arm));
    byArm.forEach((arm, own) -> paces.put(arm, pace(own)));
    double mean = mean(paces.values());
    paces.replaceAll((arm, pace) -> Double.isNaN(pace) ? mean : pace);
  }

  /**
   * The time until all runs have ended.
   *
   * @param result what there is of an experiment
   * @param stored the same runs in the same order
   * @param now up to when an epoch under way counts as done
   * @return seconds, at least 0; nothing if no run is under way, or none has completed an epoch
   */
  static OptionalDouble seconds(ExperimentResult result, List<StoredRun> stored, Instant now) {
    if (stored.stream().noneMatch(run -> run.state() == RunState.RUNNING)) {
      return OptionalDouble.empty();
    }
    Map<Run, Known> known = new HashMap<>();
    for (int i = 0; i < stored.size(); i++) {
      RunResult run = result.runs().get(i);
      known.put(run.run(), new Known(stored.get(i), run));
    }
    List<Known> inOrder =
        result.experiment().runs().stream().map(known::get).map(Objects::requireNonNull).toList();
    return new RemainingTime(inOrder).seconds(now);
  }

  private OptionalDouble seconds(Instant now) {
    // When each place for a run becomes free.
    PriorityQueue<Double> places = new PriorityQueue<>();
    for (Known run : runs) {
      if (run.is(RunState.RUNNING)) {
        double epoch = paceOf(run);
        // However long this epoch has lasted, those after it are still to come.
        places.add(run.epochsLeft() * epoch - Math.min(run.inEpoch(now), epoch));
      }
    }
    double end = places.stream().mapToDouble(Double::doubleValue).max().getAsDouble();
    for (Known run : runs) {
      if (run.is(RunState.PLANNED) || run.is(RunState.STOPPED)) {
        double ends = places.remove() + run.epochsLeft() * paceOf(run);
        places.add(ends);
        end = Math.max(end, ends);
      }
    }
    return Double.isNaN(end) ? OptionalDouble.empty() : OptionalDouble.of(Math.max(0, end));
  }

  private double paceOf(Known run) {
    return Objects.requireNonNull(paces.get(run.arm()));
  }

  private static double pace(List<Known> own) {
    List<Known> latestFirst = own.stream().sorted(comparing(Known::start).reversed()).toList();
    List<Double> latest = new ArrayList<>();
    double sum = 0;
    for (Known run : latestFirst) {
      List<EpochRecord> epochs = run.result.epochs();
      for (int i = epochs.size() - 1; i >= 0; i--) {
        if (latest.size() >= LEAST_EPOCHS && sum >= LEAST_SECONDS) {
          return mean(latest);
        }
        latest.add(epochs.get(i).seconds());
        sum += epochs.get(i).seconds();
      }
    }
    return mean(latest);
  }

  /** Of those that are numbers; NaN if none is. */
  private static double mean(Collection<Double> values) {
    return values.stream()
        .mapToDouble(Double::doubleValue)
        .filter(value -> !Double.isNaN(value))
        .average()
        .orElse(Double.NaN);
  }
}
