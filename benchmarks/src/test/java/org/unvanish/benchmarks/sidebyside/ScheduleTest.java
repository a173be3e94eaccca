package org.unvanish.benchmarks.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScheduleTest {

  private static final String ENGINE = "unvanish-java17";
  private static final Conditions HERE =
      new Conditions(
          new MachineKind("cpu", "", 2, 0, "", 0, ""), List.of("17"), "data", "ab", 3, 4);
  private static final Setting ONLY = Setting.usual(2);
  private static final Setting SMALL = new Setting(2, 1, 32);
  private static final Setting LARGE = new Setting(1, 2, 256);

  @TempDir private Path folder;

  private final List<String> calls = new ArrayList<>();
  private final Map<Entrant, List<Setting>> settings = new LinkedHashMap<>();

  @BeforeEach
  void enter() {
    settings.put(entrant(ENGINE), List.of(ONLY));
    settings.put(entrant("pytorch"), List.of(SMALL, LARGE));
    settings.put(entrant("dl4j"), List.of(SMALL, LARGE));
  }

  private static Entrant entrant(String id) {
    return new Entrant(id, List.of("java"), Map.of());
  }

  @Test
  void afterThePilotAllTakeTurnsInTheirBestSettings() throws Exception {
    run(2);
    assertThat(calls)
        .containsExactly(
            "pytorch 32 0.5",
            "pytorch 256 0.5",
            "dl4j 32 0.5",
            "dl4j 256 0.5",
            "unvanish-java17 32 1.0",
            "pytorch 256 1.0",
            "dl4j 32 1.0",
            "unvanish-java17 32 1.0",
            "pytorch 256 1.0",
            "dl4j 32 1.0");
  }

  @Test
  void whatIsMeasuredIsNotMeasuredAgain() throws Exception {
    run(1);
    calls.clear();
    run(2);
    assertThat(calls).containsExactly("unvanish-java17 32 1.0", "pytorch 256 1.0", "dl4j 32 1.0");
  }

  @Test
  void whoFailsInEverySettingTakesNoPartInTheRounds() throws Exception {
    settings.put(entrant("liar"), List.of(SMALL, LARGE));
    Journal journal = run(1);
    assertThat(calls).filteredOn(call -> call.startsWith("liar")).hasSize(2);
    Comparison comparison = Comparison.of(BenchNetwork.TABLE1, 1, journal.measurements());
    assertThat(comparison.standings())
        .extracting(Standing::contestant)
        .containsExactly(ENGINE, "pytorch", "dl4j");
    assertThat(comparison.failures()).hasSize(2).allMatch(text -> text.contains("not the same"));
    assertThat(comparison.advantage()).contains(new Middle(4, 4, 4));
  }

  @Test
  void whatIsLeftIsCounted() throws Exception {
    assertThat(left(2)).isEqualTo(2 + 2 * (2 + 2));
    run(1);
    assertThat(left(1)).isZero();
    assertThat(left(3)).isEqualTo(3 * 2);
  }

  @Test
  void aContestantThatFailedIsNotLeft() throws Exception {
    settings.put(entrant("liar"), List.of(SMALL, LARGE));
    run(1);
    assertThat(left(1)).isZero();
  }

  @Test
  void aRoundThatWasStoppedIsNotCompared() throws Exception {
    settings.remove(entrant("dl4j"));
    Journal journal = run(2);
    Reading reading = new Reading(9, 1, 100, 1e-6, 1, 0, "Unvanish");
    journal.add(new Measurement(3, BenchNetwork.TABLE1.id(), ENGINE, ONLY, reading, null));
    Comparison comparison = Comparison.of(BenchNetwork.TABLE1, 1, journal.measurements());
    assertThat(comparison.standings()).allMatch(standing -> standing.rates().size() == 2);
    assertThat(comparison.advantage()).contains(new Middle(4, 4, 4));
  }

  private long left(int rounds) throws IOException {
    return new Schedule(Journal.open(folder, HERE), this::measure, measurement -> {})
        .left(BenchNetwork.TABLE1, settings, rounds);
  }

  private Journal run(int rounds) throws IOException, InterruptedException {
    Journal journal = Journal.open(folder, HERE);
    new Schedule(journal, this::measure, measurement -> {})
        .run(BenchNetwork.TABLE1, settings, rounds);
    return journal;
  }

  /** PyTorch likes large batches, DL4J small ones, and the liar trains something else. */
  private Reading measure(Entrant entrant, BenchNetwork network, Setting setting, double share)
      throws ContestFailure {
    calls.add("%s %d %s".formatted(entrant.id(), setting.batch(), share));
    double rate =
        switch (entrant.id()) {
          case ENGINE -> 1024;
          case "pytorch" -> setting.batch();
          case "dl4j" -> 64.0 / setting.batch();
          default -> throw new ContestFailure("not the same work");
        };
    return new Reading(rate, 1, 100, 1e-6, 1, 0, entrant.id());
  }
}
