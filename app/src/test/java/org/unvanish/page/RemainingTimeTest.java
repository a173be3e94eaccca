package org.unvanish.page;

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
import org.unvanish.dashboard.PageFixture;
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

class RemainingTimeTest {

  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  @TempDir Path folder;
  private Experiment experiment;
  private final List<StoredRun> stored = new ArrayList<>();
  private final List<RunResult> results = new ArrayList<>();

  /** Two arms of 4 seeds and 6 epochs each, of which all diverged at once. */
  @BeforeEach
  void plan() {
    experiment = PageFixture.simple().plan(folder);
    experiment.arms().stream()
        .flatMap(arm -> arm.runs().stream())
        .forEach(
            run -> {
              stored.add(null);
              results.add(null);
              set(run.arm().name(), run.seed(), RunState.DIVERGED);
            });
  }

  private void set(String arm, long seed, RunState state, double... seconds) {
    resumed(arm, seed, state, 1, seconds);
  }

  private void started(String arm, long seed, Instant start) {
    StoredRun run = stored.get(place(arm, seed));
    Session session = run.sessions().get(0);
    stored.set(
        place(arm, seed),
        new StoredRun(
            run.arm(),
            run.seed(),
            run.state(),
            run.epochsDone(),
            run.epochsAsked(),
            run.ended(),
            List.of(new Session(1, session.provenance(), start, Optional.empty()))));
  }

  private static int place(String arm, long seed) {
    return (arm.equals("plain") ? 0 : 4) + (int) seed - 1;
  }

  private void resumed(String arm, long seed, RunState state, int firstEpoch, double... seconds) {
    Run run =
        experiment.runs().stream()
            .filter(r -> r.arm().name().equals(arm) && r.seed() == seed)
            .findFirst()
            .orElseThrow();
    int place = place(arm, seed);
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
    return RemainingTime.seconds(
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
    set("plain", 1, RunState.RUNNING);
    set("plain", 2, RunState.PLANNED);
    assertThat(after(1)).isEmpty();
  }

  @Test
  void anEpochTakesWhatTheArmsEpochsTook() {
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
  void theLatestEpochsCountUntilTheyAreEnough() {
    set("plain", 1, RunState.RUNNING, 900, 20, 20, 20, 20);
    set("plain", 2, RunState.PLANNED);
    // The slow one is needed to have five.
    assertThat(after(980)).hasValue(7 * 196);
    set("plain", 1, RunState.RUNNING, 900, 20, 20, 20, 20, 20);
    assertThat(after(1000)).hasValue(6 * 20);
    // Five, but of less than a minute in all.
    set("plain", 1, RunState.RUNNING, 20, 10, 10, 10, 10, 10);
    assertThat(after(70)).hasValue(6 * 70 / 6.0);
  }

  @Test
  void theRunThatWasBegunLastCountsFirst() {
    set("plain", 1, RunState.FINISHED, 1, 1, 1, 1, 1, 1);
    set("plain", 2, RunState.RUNNING, 20, 20, 20, 20, 20);
    started("plain", 1, START.minusSeconds(1));
    assertThat(after(100)).hasValue(20);
    started("plain", 1, START.plusSeconds(1));
    // Six of the later run, and three of the other one make more than a minute.
    assertThat(after(100)).hasValue(66 / 9.0);
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
  void runsThatDivergedOrFailedAreNotWaitedFor() {
    set("plain", 1, RunState.RUNNING, 10, 10, 10, 10, 10);
    set("plain", 2, RunState.DIVERGED, 10);
    set("plain", 3, RunState.FAILED, 10);
    assertThat(after(50)).hasValue(10);
  }

  @Test
  void anArmWithoutEpochsIsExpectedToGoLikeTheOthers() {
    set("plain", 1, RunState.RUNNING, 10, 10, 10, 10, 10);
    for (long seed = 1; seed <= 4; seed++) {
      set("with penalty", seed, RunState.PLANNED);
    }
    assertThat(after(50)).hasValue(10 + 4 * 60);
  }
}
