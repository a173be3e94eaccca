package org.unvanish.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.comparison.Examples;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.RunResult;
import org.unvanish.train.EpochRecord;

class CsvFilesTest {

  private static final Experiment ONE = Examples.experiment(List.of("tanh, α = 2"), 5L);

  @Test
  void epochsAreWrittenToTheLetter() throws IOException {
    EpochRecord epoch = new EpochRecord(1, 2.25, 0.125, 2.5, 0.1, 0.75, List.of());
    assertThat(text(out -> CsvFiles.epochs(only(epoch), out)))
        .isEqualTo(
            """
            arm,seed,epoch,train_loss,train_accuracy,test_loss,test_accuracy
            "tanh, α = 2",5,1,2.25,0.125,2.5,0.1
            """);
    assertThat(text(out -> CsvFiles.times(only(epoch), out)))
        .isEqualTo(
            """
            arm,seed,epoch,seconds
            "tanh, α = 2",5,1,0.75
            """);
  }

  @Test
  void gradientsAreWrittenToTheLetter() throws IOException {
    assertThat(
            text(out -> CsvFiles.gradients(only(Examples.epoch(1, 0.1, 0.5)), out))
                .lines()
                .limit(3))
        .containsExactly(
            "arm,seed,epoch,parameter,source,mean_abs,rms,max_abs,q05,q25,q50,q75,q95,vanished_share,record_every",
            "\"tanh, α = 2\",5,1,all,data,0.5,0.75,4.5,0.05,0.16666666666666666,0.25,0.55,2.0,0.125,1",
            "\"tanh, α = 2\",5,1,all,penalty,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.125,1");
  }

  @Test
  void updatesAreWrittenToTheLetter() throws IOException {
    assertThat(text(out -> CsvFiles.updates(only(Examples.epoch(1, 0.1, 0.5)), out)))
        .isEqualTo(
            """
            arm,seed,epoch,parameter,update_to_weight
            "tanh, α = 2",5,1,dense1/weights,0.00390625
            """);
  }

  @Test
  void sizesAreWrittenToTheLetter() throws IOException {
    assertThat(text(out -> CsvFiles.sizes(only(Examples.epoch(1, 0.1, 0.5)), out)))
        .isEqualTo(
            """
            arm,seed,epoch,kind,name,rms
            "tanh, α = 2",5,1,parameter,dense1/weights,0.25
            "tanh, α = 2",5,1,activation,dense1,0.75
            """);
  }

  @Test
  void theSummaryIsWrittenToTheLetter() throws IOException {
    assertThat(text(out -> CsvFiles.summary(only(Examples.epoch(1, 0.25, 0.5)), out)))
        .isEqualTo(
            """
            arm,epoch,metric,mean,q25,q75,n
            "tanh, α = 2",1,train_loss,2.25,2.25,2.25,1
            "tanh, α = 2",1,train_accuracy,0.26,0.26,0.26,1
            "tanh, α = 2",1,test_loss,2.15,2.15,2.15,1
            "tanh, α = 2",1,test_accuracy,0.25,0.25,0.25,1
            "tanh, α = 2",1,gradient_mean_abs,0.5,0.5,0.5,1
            "tanh, α = 2",1,gradient_mean_abs_data,0.5,0.5,0.5,1
            """);
  }

  @Test
  void everyRunsOutcomeIsWritten() throws IOException {
    Experiment experiment = Examples.experiment(List.of("tanh"), 1L, 2L, 3L, 4L);
    List<RunOutcome> outcomes =
        List.of(
            new RunOutcome.Finished(),
            new RunOutcome.Diverged(2, 9),
            new RunOutcome.Interrupted(),
            RunOutcome.Failed.of(new OutOfMemoryError("heap, full")));
    List<RunResult> runs =
        Stream.of(0, 1, 2, 3)
            .map(i -> new RunResult(experiment.runs().get(i), outcomes.get(i), List.of()))
            .toList();
    assertThat(text(out -> CsvFiles.runs(new ExperimentResult(experiment, runs), out)))
        .isEqualTo(
            """
            arm,seed,outcome,epochs_done,detail
            tanh,1,finished,0,
            tanh,2,diverged,0,in epoch 2 at step 9
            tanh,3,interrupted,0,
            tanh,4,failed,0,"java.lang.OutOfMemoryError: heap, full"
            """);
  }

  @Test
  void hostileArmNamesReadBackAsTheyWereButFormulas() throws IOException {
    List<String> names =
        List.of("a,b", "say \"tanh\"", "two\nlines", " spaced ", "#comment", "=1+1", "\"", "α;\t");
    Experiment experiment = Examples.experiment(names, 1L);
    List<RunResult> runs =
        experiment.runs().stream()
            .map(run -> Examples.finished(run, Examples.epoch(1, 0.1, 0.2)))
            .toList();
    List<CSVRecord> records =
        parse(text(out -> CsvFiles.epochs(new ExperimentResult(experiment, runs), out)));
    assertThat(records)
        .extracting(r -> r.get("arm"))
        .containsExactlyElementsOf(
            names.stream().map(name -> name.equals("=1+1") ? "'=1+1" : name).toList());
  }

  @Test
  void numbersReadBackToTheSameBits() throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 300; i++) {
      double loss = Double.longBitsToDouble(random.nextLong());
      EpochRecord epoch = new EpochRecord(1, loss, 0.1, -0.0, Double.MIN_VALUE, 1, List.of());
      CSVRecord record = parse(text(out -> CsvFiles.epochs(only(epoch), out))).get(0);
      assertThat(Double.parseDouble(record.get("train_loss"))).isEqualTo(loss);
      assertThat(Double.parseDouble(record.get("test_accuracy"))).isEqualTo(Double.MIN_VALUE);
    }
  }

  @Test
  void filesReplaceOlderOnesAndLeaveNothingElseBehind(@TempDir Path folder) throws IOException {
    ExperimentResult older = only(Examples.epoch(1, 0.3, 0.4));
    CsvFiles.write(older, folder);
    ExperimentResult result = only(Examples.epoch(1, 0.1, 0.2));
    List<Path> files = CsvFiles.write(result, folder);
    assertThat(folder).isDirectoryContaining(p -> p.endsWith("epochs.csv"));
    try (Stream<Path> found = Files.list(folder)) {
      assertThat(found).containsExactlyInAnyOrderElementsOf(files);
    }
    assertThat(folder.resolve("epochs.csv"))
        .content()
        .isEqualTo(text(out -> CsvFiles.epochs(result, out)));
  }

  @Test
  void aFileThatCannotBeWrittenLeavesNoTemporaryOne(@TempDir Path folder) throws IOException {
    // A folder with something in it cannot be replaced by a file.
    Files.createDirectories(folder.resolve("epochs.csv/inside"));
    ExperimentResult result = only(Examples.epoch(1, 0.1, 0.2));
    assertThatThrownBy(() -> CsvFiles.write(result, folder)).isInstanceOf(IOException.class);
    try (Stream<Path> found = Files.list(folder)) {
      assertThat(found).containsExactly(folder.resolve("epochs.csv"));
    }
  }

  static String text(CsvFiles.Content content) throws IOException {
    StringBuilder text = new StringBuilder();
    content.to(text);
    return text.toString();
  }

  private static ExperimentResult only(EpochRecord epoch) {
    Run run = ONE.runs().get(0);
    return new ExperimentResult(ONE, List.of(Examples.finished(run, epoch)));
  }

  private static List<CSVRecord> parse(String text) throws IOException {
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser parser = CSVParser.parse(text, format)) {
      return parser.getRecords();
    }
  }
}
