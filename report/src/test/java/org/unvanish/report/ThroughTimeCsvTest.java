package org.unvanish.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.comparison.Examples;
import org.unvanish.diagnosis.SnapshotDiagnosis;
import org.unvanish.examination.RecurrentSnapshots;
import org.unvanish.examination.SnapshotJson;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.export.Export;
import org.unvanish.export.ExportFormat;
import org.unvanish.file.ResultFile;
import org.unvanish.store.StoredDiagnosis;

class ThroughTimeCsvTest {

  private static final List<Arm> ARMS =
      Examples.experiment(List.of("=1+1", "plain"), 1L, 2L).arms();

  @TempDir Path folder;

  private static Map<Arm, StoredDiagnosis> probed(SnapshotDiagnosis... snapshots) {
    Map<Arm, StoredDiagnosis> probed = new LinkedHashMap<>();
    for (Arm arm : ARMS) {
      probed.put(
          arm,
          new StoredDiagnosis(
              2, List.of(snapshots).stream().map(SnapshotJson::of).toList(), Optional.empty()));
    }
    return probed;
  }

  @Test
  void everyMeasuredStepIsARow() throws IOException {
    assertThat(
            ThroughTimeCsv.of(
                probed(
                    RecurrentSnapshots.snapshot(
                        30,
                        0.5,
                        RecurrentSnapshots.lostFrom(
                            2,
                            RecurrentSnapshots.simple(
                                "recurrent1", true, 8, -2, -0.5, 0.25, 0, 2, 8)),
                        RecurrentSnapshots.gated("gru1", 8, -1, -0.125, 0, 8)))))
        .startsWith(
            """
            arm,seed,step,layer,reverse,back,size_log10,carried_log10,typical_log10,activation_log10,recurrent_log10,cell_log10
            '=1+1,2,30,recurrent1,true,0,-2.0,0.0,0.0,0.0,0.0,
            '=1+1,2,30,recurrent1,true,2,-2.5,-0.5,-0.52,-1.0,0.5,
            '=1+1,2,30,recurrent1,true,8,-Infinity,-Infinity,-Infinity,-Infinity,-Infinity,
            '=1+1,2,30,gru1,false,0,-1.0,0.0,0.0,0.0,0.0,0.0
            '=1+1,2,30,gru1,false,8,-1.5,-0.5,-0.5,-4.0,-2.0,-1.0
            plain,2,30,recurrent1,true,0,""");
  }

  /** Where the loss is no finite number, nobody knows what a number that is none would be. */
  @Test
  void whatComesFromAnOverflowIsMissing() throws IOException {
    assertThat(
            ThroughTimeCsv.of(
                probed(
                    RecurrentSnapshots.snapshot(
                        30,
                        Double.NaN,
                        RecurrentSnapshots.lostFrom(
                            1, RecurrentSnapshots.simple("recurrent1", false, 1, 0, 1, 0, 0, 1))))))
        .contains("plain,2,30,recurrent1,false,1,,,,,,\n");
  }

  @Test
  void itIsWrittenAmongTheOthersAndOverItself() throws IOException {
    Map<Arm, StoredDiagnosis> probed =
        probed(
            RecurrentSnapshots.snapshot(
                0, 1, RecurrentSnapshots.simple("recurrent1", false, 1, 0, -1, 0, 0, 1)));
    ExperimentResult empty =
        new ExperimentResult(Examples.experiment(List.of("=1+1", "plain"), 1L, 2L), List.of());
    Path file = folder.resolve("through-time.csv");
    for (int i = 0; i < 2; i++) {
      assertThat(Report.write(empty, probed, List.of(), folder)).hasSize(10).contains(file);
    }
    assertThat(
            new Export(empty, List.of(), probed, Set.of(ExportFormat.CSV), 85)
                .write(folder, done -> {}))
        .contains(file);
    ResultFile.requireReplaceable(file);
  }

  @Test
  void withoutRecurrentLayersThereIsNone() throws IOException {
    assertThat(ThroughTimeCsv.write(probed(RecurrentSnapshots.snapshot(0, 1)), folder)).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }
}
