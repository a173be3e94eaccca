package org.unvanish.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.RunResult;
import org.unvanish.store.Provenance;
import org.unvanish.store.RunState;
import org.unvanish.store.Session;
import org.unvanish.store.StoredRun;
import org.unvanish.train.EpochRecord;

class AheadTest {

  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  @TempDir Path folder;
  private Experiment experiment;
  private final List<StoredRun> stored = new ArrayList<>();
  private final List<RunResult> results = new ArrayList<>();

  /** Two arms, "plain" and "with penalty", of 4 seeds and 6 epochs each. */
  @BeforeEach
  void plan() {
    experiment = Made.simple().plan(folder);
    experiment.arms().stream()
        .flatMap(arm -> arm.runs().stream())
        .forEach(
            run -> {
              stored.add(null);
              results.add(null);
              set(run.arm().name(), run.seed(), RunState.DONE, 1, 1, 1, 1, 1, 1);
            });
  }

  private void set(String arm, long seed, RunState state, double... seconds) {
    resumed(arm, seed, state, 1, seconds);
  }

  private void resumed(String arm, long seed, RunState state, int firstEpoch, double... seconds) {
    Run run =
        experiment.runs().stream()
            .filter(r -> r.arm().name().equals(arm) && r.seed() == seed)
            .findFirst()
            .orElseThrow();
    int place = (arm.equals("plain") ? 0 : 4) + (int) seed - 1;
    Session session =
        new Session(firstEpoch, new Provenance("1.0", "a Java", "a cpu"), START, Optional.empty());
    stored.set(
        place,
        new StoredRun(arm, seed, state, seconds.length, 6, Optional.empty(), List.of(session)));
    List<EpochRecord> epochs =
        Arrays.stream(seconds).mapToObj(s -> new EpochRecord(1, 1, 1, 1, 1, s, List.of())).toList();
    results.set(place, new RunResult(run, new RunOutcome.Interrupted(), epochs));
  }

  private OptionalDouble after(double seconds) {
    return Ahead.seconds(
        new ExperimentResult(experiment, results),
        stored,
        START.plusMillis(Math.round(1000 * seconds)));
  }

  @Test
  void whereNothingIsUnderWayThereIsNoTimeLeft() {
    assertThat(after(1)).isEmpty();
    set("plain", 1, RunState.PLANNED);
    set("plain", 2, RunState.PLANNED, 2, 2);
    assertThat(after(1)).isEmpty();
  }

  @Test
  void beforeAnyEpochNothingIsKnown() {
    for (long seed = 1; seed <= 4; seed++) {
      set("plain", seed, seed == 1 ? RunState.RUNNING : RunState.PLANNED);
      set("with penalty", seed, RunState.PLANNED);
    }
    assertThat(after(1)).isEmpty();
  }

  @Test
  void aRunTakesWhatItsOwnEpochsTook() {
    set("plain", 1, RunState.RUNNING, 10, 20, 30);
    // Three epochs of 20 seconds, of which the first has begun.
    assertThat(after(60)).hasValue(60);
    assertThat(after(65)).hasValue(55);
  }

  @Test
  void anEpochThatLastsLongerThanExpectedDoesNotEatThoseAfterIt() {
    set("plain", 1, RunState.RUNNING, 10, 20, 30);
    assertThat(after(1000)).hasValue(40);
    set("plain", 1, RunState.RUNNING, 20, 20, 20, 20, 20);
    assertThat(after(1000)).hasValue(0);
    // A clock that was set back.
    assertThat(after(-1000)).hasValue(20);
  }

  @Test
  void onlyTheLastFiveEpochsCount() {
    set("plain", 1, RunState.RUNNING, 100, 10, 10, 10, 10);
    assertThat(after(140)).hasValue(28);
    // It has all its epochs and makes room for the next, which is expected to go like it.
    set("plain", 1, RunState.RUNNING, 100, 10, 10, 10, 10, 10);
    set("plain", 2, RunState.PLANNED);
    assertThat(after(150)).hasValue(60);
  }

  @Test
  void aRunThatWasResumedIsInTheEpochAfterThoseOfThisTime() {
    resumed("plain", 1, RunState.RUNNING, 4, 10, 10, 10, 10);
    assertThat(after(13)).hasValue(17);
  }

  @Test
  void runsGoOnSideBySideAndTheNextBeginsWhereOneEnds() {
    set("plain", 1, RunState.RUNNING, 10, 10, 10, 10);
    set("with penalty", 1, RunState.RUNNING, 20, 20);
    set("plain", 2, RunState.PLANNED);
    set("with penalty", 2, RunState.PLANNED);
    // 20 s to the end of plain 1, then plain 2 to 80 s; penalty 1 to 80 s, then penalty 2 to 200 s.
    assertThat(after(40)).hasValue(200);
    set("with penalty", 2, RunState.PLANNED, 20, 20, 20, 20, 20);
    assertThat(after(40)).hasValue(100);
  }

  @Test
  void whatHasNoEpochsIsExpectedToGoLikeItsArmUnderWay() {
    set("plain", 1, RunState.DONE, 500, 500, 500, 500, 500, 500);
    set("plain", 2, RunState.RUNNING, 10, 10, 10, 10, 10);
    set("plain", 3, RunState.PLANNED);
    set("with penalty", 1, RunState.RUNNING, 1, 1, 1, 1, 1);
    set("with penalty", 2, RunState.DIVERGED, 7);
    set("with penalty", 3, RunState.FAILED);
    // Diverged and failed runs are not waited for; plain 3 begins when penalty 1 ends.
    assertThat(after(0)).hasValue(61);
  }

  @Test
  void anArmWithoutEpochsIsExpectedToGoLikeTheOthersUnderWay() {
    set("plain", 1, RunState.RUNNING, 10, 10, 10, 10, 10);
    for (long seed = 1; seed <= 4; seed++) {
      set("with penalty", seed, RunState.PLANNED);
    }
    assertThat(after(50)).hasValue(250);
  }
}
