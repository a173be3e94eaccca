package org.unvanish.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.comparison.ComparisonTable;
import org.unvanish.comparison.ExperimentVerdict;
import org.unvanish.comparison.MadeUpRuns;
import org.unvanish.comparison.PairwiseComparison;
import org.unvanish.comparison.ProofText;
import org.unvanish.comparison.ProofVerdict;
import org.unvanish.comparison.ResultTable;
import org.unvanish.comparison.Summary;
import org.unvanish.data.Dataset;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Definition;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.RunResult;
import org.unvanish.figure.Figure;
import org.unvanish.loss.BinaryCrossEntropy;
import org.unvanish.loss.ConstantPredictor;
import org.unvanish.loss.Score;
import org.unvanish.report.CsvFiles;
import org.unvanish.store.Provenance;
import org.unvanish.store.RunStore;
import org.unvanish.store.StoreException;
import org.unvanish.train.EpochRecord;

/** The scores of a loss that is no classification's, from the training to what people look at. */
class NamedScoresTest {

  private static final Dataset DATA = MadeUpRuns.data();
  private static final Experiment EXPERIMENT =
      MadeUpRuns.experiment(DATA, List.of("four", "three"), 1L, 2L, 3L, 4L, 5L, 6L);

  @TempDir Path folder;

  private ExperimentResult trained;

  @BeforeEach
  void train() {
    try (RunStore store = RunStore.open(folder)) {
      store.plan(EXPERIMENT, "spec", "");
      store.keep(EXPERIMENT, MadeUpRuns.LOSS.constant(DATA.test().targets()));
      trained =
          MadeUpRuns.runner()
              .run(EXPERIMENT, DATA, store.listener(EXPERIMENT, Provenance.here("test")));
    }
  }

  /** What the store says, with every epoch read. */
  private ExperimentResult stored() {
    try (RunStore store = RunStore.read(folder)) {
      return new ExperimentResult(
          EXPERIMENT,
          store.result(EXPERIMENT).runs().stream()
              .map(run -> new RunResult(run.run(), run.outcome(), new ArrayList<>(run.epochs())))
              .toList());
    }
  }

  @Test
  void theTrainingsScoresAreMeansOverItsSteps() {
    EpochRecord first = trained.runs().get(0).epochs().get(0);
    // 32 samples in two batches of 16: steps 1 and 2.
    assertThat(first.train().loss()).isCloseTo((1 + 1 / 2.0) / 2, within(1e-15));
    assertThat(first.train().of(Score.MAE)).isCloseTo(1.5, within(1e-15));
    assertThat(first.test().of(Score.R2)).isEqualTo(0.5);
    assertThat(first.testAccuracy()).isNaN();
  }

  @Test
  void theStoreGivesThemBackAndNamesOneThatIsMissing() throws Exception {
    assertThat(stored().runs()).isEqualTo(trained.runs());
    try (RunStore store = RunStore.read(folder)) {
      assertThat(store.constantPredictor(EXPERIMENT))
          .hasValue(MadeUpRuns.LOSS.constant(DATA.test().targets()));
    }
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(RunStore.FILE));
        var statement = connection.createStatement()) {
      statement.executeUpdate("UPDATE score SET test = 0.25 WHERE run = 1 AND epoch = 2");
    }
    assertThatThrownBy(this::stored)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("epoch 2 of arm \"four\", seed 1 is not as it was written");
  }

  @Test
  void theStoreKnowsThatNumbersAreLearnt() {
    try (RunStore store = RunStore.read(folder)) {
      assertThat(store.experiments().get(0).data()).isEqualTo(EXPERIMENT.data());
    }
  }

  /** Only then: the definitions of stored runs stay. */
  @Test
  void aDefinitionNamesALossThatIsNotCrossEntropy() {
    assertThat(Definition.of(EXPERIMENT.arms().get(0), EXPERIMENT.data()).values())
        .containsEntry("loss", "mean squared error");
  }

  @Test
  void furtherScoresAreTheLastColumnsAndRowsOfCsvFiles() throws Exception {
    CsvFiles.write(stored(), folder);
    // What was written is known as ours, and written over.
    CsvFiles.write(stored(), folder);
    assertThat(Files.readString(folder.resolve("epochs.csv"), StandardCharsets.UTF_8).lines())
        .startsWith(
            "arm,seed,epoch,train_loss,train_accuracy,test_loss,test_accuracy,train_rmse,train_mae,"
                + "train_r2,test_rmse,test_mae,test_r2",
            "four,1,1,0.75,,0.5,,0.8660254037844386,1.5,0.4,0.7071067811865476,1.0,0.5");
    assertThat(Files.readString(folder.resolve("summary.csv"), StandardCharsets.UTF_8).lines())
        .filteredOn(line -> line.startsWith("four,1,"))
        .extracting(line -> line.split(",")[2])
        .containsExactly(
            "train_loss",
            "test_loss",
            "gradient_mean_abs",
            "gradient_mean_abs_data",
            "train_rmse",
            "train_mae",
            "train_r2",
            "test_rmse",
            "test_mae",
            "test_r2");
  }

  @Test
  void thePageHasThemWithTitlesAndForms() {
    assertThat(ScoreModel.of(EXPERIMENT))
        .containsExactly(
            new ScoreModel("r2", "R²", "R²", "number"),
            new ScoreModel("loss", "loss", "mean squared error", "number"),
            new ScoreModel("rmse", "RMSE", "root mean square error", "number"),
            new ScoreModel("mae", "MAE", "mean absolute error", "number"));
    Curves curves = Curves.of(stored());
    Arm first = EXPERIMENT.arms().get(0);
    assertThat(curves.of(first, stored().of(first)).get("test_mae").mean())
        .containsExactly(1, 0.5, 2 / 6.0);
    assertThat(curves.lines(stored().runs()).get("train_r2")[0][0]).isEqualTo(0.4);
  }

  @Test
  void armsAreComparedByTheHeadline() {
    assertThat(comparison(stored()))
        .contains(
            "test R²",
            "training R²",
            "0.833 [0.833, 0.833]",
            "final test R²",
            "best test R²",
            "No clear difference in final test R² between “three” and “four”: 0.00 apart")
        .doesNotContain("accuracy", "accuracies", "epochs to", "NaN", "points", "%.");
  }

  @Test
  void armsWithOtherHeadlinesAreComparedByTheLoss() {
    Arm first = EXPERIMENT.arms().get(0);
    Experiment mixed =
        new Experiment(
            EXPERIMENT.name(),
            EXPERIMENT.title(),
            DATA,
            List.of(
                new Arm(
                    first.name(),
                    first.network(),
                    first.settings().withLoss(new BinaryCrossEntropy()),
                    first.seeds()),
                EXPERIMENT.arms().get(1)));
    List<RunResult> runs = new ArrayList<>();
    for (int i = 0; i < mixed.runs().size(); i++) {
      RunResult as = trained.runs().get(i);
      runs.add(new RunResult(mixed.runs().get(i), as.outcome(), as.epochs()));
    }
    assertThat(comparison(new ExperimentResult(mixed, runs)))
        .contains(
            "test loss",
            "training loss",
            "0.167 [0.167, 0.167]",
            "final test loss",
            "best test loss",
            "No clear difference in final test loss between “three” and “four”: 0.00 apart")
        .doesNotContain("accuracy", "accuracies", "epochs to", "NaN", "points", "%.");
  }

  private static String comparison(ExperimentResult result) {
    return ResultTable.of(result).text()
        + ComparisonTable.arms(result, List.of(0.2)).text()
        + ComparisonTable.pairs(PairwiseComparison.all(result)).text()
        + String.join("\n", ExperimentVerdict.of(result));
  }

  @Test
  void aProofRestsOnTheHeadlineAndTheLoss() {
    ExperimentResult result = stored();
    ConstantPredictor constant = MadeUpRuns.LOSS.constant(DATA.test().targets());
    ProofVerdict verdict =
        ProofVerdict.of(
            EXPERIMENT,
            result.of(EXPERIMENT.arms().get(0)),
            result.of(EXPERIMENT.arms().get(1)),
            constant);
    ProofText words = new ProofText(verdict);
    assertThat(words.conclusion())
        .isEqualTo("Not proved: neither test R² nor test loss shows a clear difference.");
    assertThat(words.numbers())
        .startsWith("Test R² 0.833 as prescribed against 0.833 untouched: +0.00 [")
        .contains(
            "A constant predictor has 0.00 and a loss of ", "clearly better: 6 of 6 seeds by R²")
        .doesNotContain("accuracy");
  }

  @Test
  void theFigureDrawsTheHeadline() throws Exception {
    ExperimentResult result = stored();
    assertThat(new Figure(result, Summary.of(result), List.of()).svg())
        .contains("Top: R² on the test data")
        .doesNotContain("ccuracy");
  }
}
