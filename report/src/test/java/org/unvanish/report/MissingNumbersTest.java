package org.unvanish.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.unvanish.comparison.ComparisonTable;
import org.unvanish.comparison.Examples;
import org.unvanish.comparison.ExperimentVerdict;
import org.unvanish.comparison.PairwiseComparison;
import org.unvanish.comparison.ResultTable;
import org.unvanish.comparison.RunMeasure;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.RunResult;
import org.unvanish.loss.SoftmaxCrossEntropy;
import org.unvanish.train.EpochRecord;

/** What the tables, sentences and files say where there are no numbers. */
class MissingNumbersTest {

  private static final Experiment EXPERIMENT =
      Examples.experiment(List.of("plain", "remedied"), 1L, 2L);

  /** Scores that are no numbers, as of a training that was watched without a test. */
  private static ExperimentResult unscored(double number, double gradient) {
    List<RunResult> runs = new ArrayList<>();
    for (Run run : EXPERIMENT.arms().stream().flatMap(arm -> arm.runs().stream()).toList()) {
      EpochRecord like = Examples.epoch(1, 0.5, gradient);
      runs.add(
          Examples.finished(
              run, new EpochRecord(1, number, number, number, number, number, like.gradients())));
    }
    return new ExperimentResult(EXPERIMENT, runs);
  }

  private static ExperimentResult diverged() {
    return new ExperimentResult(
        EXPERIMENT,
        EXPERIMENT.arms().stream()
            .flatMap(arm -> arm.runs().stream())
            .map(run -> new RunResult(run, new RunOutcome.Diverged(1, 1), List.of()))
            .toList());
  }

  @Test
  void noTableAndNoSentenceHasNaN() {
    for (ExperimentResult result :
        List.of(
            unscored(Double.NaN, 1),
            unscored(Double.POSITIVE_INFINITY, 1),
            unscored(Double.NaN, Double.NaN),
            unscored(0.5, Double.NaN),
            unscored(0.5, 0),
            diverged())) {
      String text =
          ResultTable.of(result).text()
              + ComparisonTable.arms(
                      result,
                      List.of(
                          RunMeasure.last(SoftmaxCrossEntropy.CROSS_ENTROPY),
                          RunMeasure.FINAL_ACCURACY,
                          RunMeasure.SECONDS),
                      List.of(0.5))
                  .text()
              + ComparisonTable.arms(result, List.of(0.5)).text()
              + ComparisonTable.pairs(PairwiseComparison.all(result)).text()
              + String.join("\n", ExperimentVerdict.of(result));
      assertThat(text).doesNotContain("NaN", "Infinity", "null");
      assertThat(text).doesNotContainPattern("-0\\.0+\\b");
    }
  }

  @Test
  void aMeasureThatIsMissingIsASignAlone() {
    for (RunMeasure measure :
        List.of(
            RunMeasure.FINAL_ACCURACY,
            RunMeasure.last(SoftmaxCrossEntropy.CROSS_ENTROPY),
            RunMeasure.GRADIENT,
            RunMeasure.SECONDS)) {
      assertThat(measure.format(Double.NaN)).isEqualTo("–");
      assertThat(measure.format(Double.POSITIVE_INFINITY)).isEqualTo("∞");
    }
  }

  @Test
  void aRatioThatNoDoubleHoldsIsWritten() {
    assertThat(ComparisonTable.ratio(0)).isEqualTo("1.00");
    assertThat(ComparisonTable.ratio(Math.log(1e4))).isEqualTo("1.0e+04");
    assertThat(ComparisonTable.ratio(600 * Math.log(10))).isEqualTo("1.0e+600");
    assertThat(ComparisonTable.ratio(-400.3 * Math.log(10))).isEqualTo("5.0e-401");
    assertThat(ComparisonTable.ratio(Double.NaN)).isEqualTo("–");
  }

  @Test
  void csvHasAnEmptyCellForWhatIsMissing() throws IOException {
    String epochs = CsvFilesTest.text(out -> CsvFiles.epochs(unscored(Double.NaN, 1), out));
    assertThat(epochs).contains("plain,1,1,,,,\n").doesNotContain("NaN");
    assertThat(
            CsvFilesTest.text(out -> CsvFiles.comparisons(PairwiseComparison.all(diverged()), out)))
        .doesNotContain("NaN");
    assertThat(
            CsvFilesTest.text(out -> CsvFiles.epochs(unscored(Double.POSITIVE_INFINITY, 1), out)))
        .contains(",Infinity,");
  }
}
