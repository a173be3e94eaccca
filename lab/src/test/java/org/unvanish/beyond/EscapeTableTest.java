package org.unvanish.beyond;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.unvanish.comparison.Table;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Shape;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.RunResult;
import org.unvanish.gradient.GradientSource;
import org.unvanish.gradient.GradientStatistics;
import org.unvanish.loss.Scores;
import org.unvanish.network.ParameterTensor;
import org.unvanish.penalty.Penalty;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.ParameterGradient;

class EscapeTableTest {

  /** A hundred steps an epoch. */
  private static final int SAMPLES = 3200;

  @Test
  void theWeightsOfEachLayerStandBesideTheLaw() {
    Table table = EscapeTable.of(result("penalty-window")).orElseThrow();
    assertThat(table.rows()).hasSize(15);
    assertThat(table.rows().get(0))
        .containsExactly(
            "arm",
            "law",
            "sepconv1",
            "sepconv2",
            "sepconv3",
            "sepconv4",
            "sepconv5",
            "sepconv6",
            "dense1",
            "dense2");
    // Uniform ±10 has 10/√3; after 12.5 epochs of 100 steps e^(−0.03·0.1·1250) of it are left.
    assertThat(row(table, "sgd, r = 0.1").get(1)).isEqualTo("0.14");
    // 1250 steps of 0.001, whatever r is, would leave √(8.75³/30) = 4.73; Adam's memory slows them.
    assertThat(row(table, "adam, r = 0.001").get(1))
        .isEqualTo("4.77")
        .isEqualTo(row(table, "adam, r = 1").get(1));
    // Seeds 1 to 6 have weights of 2 to 12.
    assertThat(row(table, "adam, r = 0.03").subList(2, 10)).containsOnly("7.00");
  }

  @Test
  void otherExperimentsHaveNone() {
    assertThat(EscapeTable.of(result("competitors-large"))).isEmpty();
  }

  private static List<String> row(Table table, String arm) {
    return table.rows().stream().filter(row -> row.get(0).equals(arm)).findFirst().orElseThrow();
  }

  /** All weights of a run have the root mean square of twice its seed. */
  private static ExperimentResult result(String name) {
    Experiment experiment = BeyondSpecs.SERIES.spec(name).experiment(data());
    List<RunResult> runs = new ArrayList<>();
    for (Run run : experiment.runs()) {
      double r = run.arm().settings().penalty() instanceof Penalty.L2 l2 ? l2.r() : 0;
      List<ParameterGradient> gradients = new ArrayList<>();
      for (ParameterTensor tensor : run.arm().network().parameters()) {
        double rms = 2 * run.seed() * r;
        gradients.add(
            new ParameterGradient(
                tensor.name(),
                GradientSource.PENALTY,
                new GradientStatistics(8, rms, rms, rms, rms, rms, rms, rms, rms, 0)));
      }
      Scores scores = Scores.ofClasses(2, 0.1);
      EpochRecord epoch = new EpochRecord(1, scores, scores, 1, gradients, List.of());
      runs.add(new RunResult(run, new RunOutcome.Finished(), List.of(epoch)));
    }
    return new ExperimentResult(experiment, runs);
  }

  private static Dataset data() {
    Shape shape = new Shape(3, 32, 32);
    ImageSet images = new ImageSet(shape, new byte[SAMPLES * shape.size()], new byte[SAMPLES]);
    return new Dataset(
        "squares", "plain squares", Collections.nCopies(10, "square"), images, images, "");
  }
}
