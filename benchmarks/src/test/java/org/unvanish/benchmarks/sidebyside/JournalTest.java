package org.unvanish.benchmarks.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

  private static final MachineKind MACHINE = new MachineKind("cpu", "a family", 2, 1, "", 8, "KVM");
  private static final Conditions HERE =
      new Conditions(MACHINE, List.of("17.0.1", "25"), "data", "ab", 3, 4);
  private static final Setting SETTING = new Setting(2, 1, 64);

  @TempDir private Path folder;

  @Test
  void measurementsComeBackAsTheyWere() throws IOException {
    Journal journal = Journal.open(folder, HERE);
    journal.add(measured(1));
    journal.add(new Measurement(2, "table1", "dl4j", SETTING, null, "it \"ended\""));
    Journal again = Journal.open(folder, HERE);
    assertThat(again.measurements()).isEqualTo(journal.measurements()).hasSize(2);
    assertThat(again.find(1, "table1", "dl4j", SETTING)).contains(measured(1));
    assertThat(again.find(1, "table1", "dl4j", new Setting(1, 2, 64))).isEmpty();
  }

  @Test
  void aLineCutShortIsMeasuredAgain() throws IOException {
    Journal journal = Journal.open(folder, HERE);
    journal.add(measured(1));
    Path file = folder.resolve("measurements.jsonl");
    Files.writeString(file, "{\"round\":2,\"netw", StandardOpenOption.APPEND);
    Journal again = Journal.open(folder, HERE);
    assertThat(again.measurements()).containsExactly(measured(1));
    again.add(measured(2));
    assertThat(Journal.open(folder, HERE).measurements()).containsExactly(measured(1), measured(2));
  }

  @Test
  void otherConditionsAreRefusedByName() throws IOException {
    Journal.open(folder, HERE);
    Conditions other = new Conditions(MACHINE, List.of("17.0.1", "25"), "data", "ab", 3, 5);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Journal.open(folder, other))
        .withMessageContaining("{--seconds=5.0 / 4.0}")
        .withMessageContaining("--out");
  }

  @Test
  void anotherMachineOrJavaIsRefusedByName() throws IOException {
    Journal.open(folder, HERE);
    MachineKind larger = new MachineKind("cpu", "a family", 4, 1, "", 8, "KVM");
    Conditions other = new Conditions(larger, List.of("17.0.1", "25.0.3"), "data", "ab", 3, 4);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Journal.open(folder, other))
        .withMessageContaining("Java=[17.0.1, 25.0.3] / [17.0.1, 25]")
        .withMessageContaining("machine=cpu, 4 logical cores, 1 thread a core; a family;");
  }

  @Test
  void aJournalOfAnotherVersionIsRefusedByName() throws IOException {
    Path file = folder.resolve("measurements.jsonl");
    Files.writeString(file, "{\"cpu\":\"cpu\",\"cores\":2}\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Journal.open(folder, HERE))
        .withMessageContaining(file.toString())
        .withMessageContaining("--out");
    assertThat(file).hasContent("{\"cpu\":\"cpu\",\"cores\":2}");
  }

  static Measurement measured(int round) {
    Reading reading = new Reading(1000.5, 2.5, 400, 1e-6, 0.98, 0.01, "DL4J 1");
    return new Measurement(round, "table1", "dl4j", SETTING, reading, null);
  }
}
