package org.unvanish.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.comparison.ChanceLevel;
import org.unvanish.dashboard.PageFixture;
import org.unvanish.experiment.Experiment;
import org.unvanish.store.RunStore;

class PageModelTest {

  @TempDir Path folder;

  private ExperimentModel trained() {
    PageFixture.simple().train(folder);
    return PageFixture.model(folder).experiments().get(0);
  }

  @Test
  void whatIsReadHasAllItsDigitsSoThatItIsRoundedOnce() {
    double[] values = {0.30949999999999994, 0.3095, Double.NaN, 2};
    assertThat(PageJson.text(new Curves.Curve(values, values, values, values)))
        .contains("\"mean\":[0.30949999999999994,0.3095,null,2]");
    assertThat(PageJson.text(values)).isEqualTo("[0.3095,0.3095,null,2]");
  }

  @Test
  void curvesAreMeansAndQuartilesOverTheSeeds() {
    ExperimentModel experiment = trained();
    Curves.Curve curve = experiment.arms().get(0).curves().get("test_accuracy");
    // Of 0.1, 0.2, 0.3 and 0.4, in epoch e with e/100 more.
    assertThat(experiment.epochs()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(curve.mean()).containsExactly(new double[] {.26, .27, .28, .29, .3, .31}, ulp());
    assertThat(curve.median()[1]).isCloseTo(0.27, ulp());
    // Of the seeds' 1/s, but for the first one's, which overflows.
    Curves.Curve loss = experiment.arms().get(0).curves().get("test_loss");
    assertThat(loss.median()[0]).isCloseTo(1 / 0.31, ulp());
    assertThat(loss.mean()[0]).isGreaterThan(loss.median()[0]);
    assertThat(curve.q25()[1]).isCloseTo(0.195, ulp());
    assertThat(curve.q75()[1]).isCloseTo(0.345, ulp());
  }

  @Test
  void aRunCountsForTheEpochsThatItCompleted() {
    ArmModel arm = trained().arms().get(1);
    assertThat(arm.completed()).containsExactly(4, 4, 4, 4, 3, 3);
    assertThat(arm.curves().get("test_accuracy").mean()[4]).isCloseTo(0.25, ulp());
    assertThat(arm.lines().get("test_accuracy")[3])
        .containsExactly(new double[] {0.41, 0.42, 0.43, 0.44, Double.NaN, Double.NaN}, ulp());
    assertThat(arm.runs().get(3))
        .isEqualTo(new ArmModel.RunModel(4, "failed", 4, 6, "no <b>memory</b>", 2));
  }

  @Test
  void sizesAreMediansOverTheSeedsThatHaveThem() {
    ArmModel arm = trained().arms().get(0);
    // Of seeds 2, 3 and 4: the first one's epochs are of a layout without sizes.
    assertThat(arm.weights().names())
        .containsExactly("dense1/weights", "dense2/weights", "dense2/bias");
    assertThat(arm.weights().values()[0]).containsExactly(6, 12, 24, 48, 96, 192);
    assertThat(arm.activations().names()).containsExactly("dense1", "dense2");
    assertThat(arm.activations().values()[1][1]).isEqualTo(3 / 16.0);
  }

  @Test
  void theNetworkIsAStackOfLayersWithWhatFollowsEach() {
    assertThat(trained().arms().get(0).stack())
        .containsExactly(
            new StackedLayer("dense1", List.of("dense, 5 units", "tanh"), "5", 20),
            new StackedLayer("dense2", List.of("dense, 3 units with bias"), "3", 18));
  }

  @Test
  void allArmsOfASweepCanBeGroupedByItsSettings() {
    PageFixture.sweep(folder);
    GroupsModel groups =
        PageFixture.model(folder).experiments().get(0).sweep().orElseThrow().groups();
    assertThat(groups.settings())
        .containsExactlyInAnyOrder(
            new GroupsModel.SettingModel("α", List.of("1", "2", "4")),
            new GroupsModel.SettingModel("activation", List.of("tanh", "logistic")));
    assertThat(groups.epochs()).containsExactly(1, 2, 3);
    assertThat(groups.arms()).hasSize(6);
    GroupsModel.SweptArmModel first = groups.arms().get(0);
    assertThat(first.levels()).containsExactly(0, 0);
    // Means of the seeds' 0.1 and 0.2, with e/100 more.
    assertThat(first.course()).containsExactly(new double[] {0.16, 0.17, 0.18}, ulp());
    assertThat(first.score()).isCloseTo(0.18, ulp());
  }

  @Test
  void flowIsTheMedianOverTheSeedsFromTheFirstLayerToTheLast() {
    GradientFlow flow = trained().arms().get(1).flow();
    assertThat(flow.parameters())
        .containsExactly("all", "dense1/weights", "dense2/weights", "dense2/bias");
    assertThat(flow.sources()).containsOnlyKeys("data", "penalty", "total");
    GradientFlow.Source total = flow.sources().get("total");
    // The median of the seeds 1, 2, 3 and 4 is 2.5; later of 1, 2 and 3 it is 2.
    assertThat(total.meanAbs()[2][0]).isCloseTo(2.5e-2, ulp());
    assertThat(total.meanAbs()[2][5]).isCloseTo(2e-2, ulp());
    assertThat(flow.sources().get("data").meanAbs()[1][0]).isCloseTo(0.125, ulp());
    assertThat(flow.sources().get("penalty").meanAbs()[1][0]).isZero();
    assertThat(total.vanished()[3][0]).isEqualTo(0.3);
    assertThat(total.quantiles().stream().map(q -> q[0][0]))
        .containsExactly(0.025, 0.625, 1.25, 2.5, 10.0);
  }

  @Test
  void withoutPenaltyThereIsTheTotalGradientOnly() {
    assertThat(trained().arms().get(0).flow().sources()).containsOnlyKeys("total");
  }

  @Test
  void theSignalsWayIsSummedUpFromTheOutputToTheFirstLayer() {
    PageFixture.simple().train(folder);
    PageFixture.simple().probe(folder);
    SignalModel signal =
        PageFixture.model(folder).experiments().get(0).arms().get(0).signal().orElseThrow();
    assertThat(signal.seed()).isEqualTo(1);
    assertThat(signal.layers()).containsExactly("dense2", "dense1");
    assertThat(signal.sentence())
        .startsWith("After epoch 3 the backpropagated gradient explodes on its way");
    assertThat(signal.prescription()).hasValue("a <b>penalty</b>");
    assertThat(signal.snapshots())
        .extracting(SignalModel.Snapshot::when)
        .containsExactly(
            "at the initial weights", "after 3 steps", "after epoch 2", "after epoch 3");
    assertThat(signal.snapshots())
        .extracting(SignalModel.Snapshot::decisive)
        // Worst of all is a loss that is no finite number.
        .containsExactly(false, false, false, true);
    assertThat(signal.snapshots())
        .extracting(SignalModel.Snapshot::overflows)
        .containsExactly(false, false, false, true);
    assertThat(signal.snapshots().get(0).sizes()).containsExactly(0, -1, -4);
    assertThat(signal.snapshots().get(0).activation()).containsExactly(0, -3);
    assertThat(signal.snapshots().get(0).weights()).containsExactly(-1, 0);
    assertThat(signal.snapshots().get(0).typical()).containsExactly(-1, -3);
    assertThat(signal.snapshots().get(0).saturated()).containsExactly(0, 0.25);
    // Nothing is left: no number, so that the line ends.
    assertThat(signal.snapshots().get(1).sizes()).containsExactly(0, -0.5, Double.NaN);
  }

  @Test
  void ofManyMomentsSomeAreShownTheDecisiveOneAmongThem() {
    PageFixture.simple().train(folder);
    PageFixture.simple().probe(folder);
    SignalModel signal =
        PageFixture.model(folder).experiments().get(0).arms().get(1).signal().orElseThrow();
    assertThat(signal.seed()).isEqualTo(2);
    assertThat(signal.probed()).isEqualTo(41);
    assertThat(signal.prescription()).isEmpty();
    List<Long> steps = signal.snapshots().stream().map(SignalModel.Snapshot::step).toList();
    assertThat(steps).hasSizeBetween(SignalModel.MOST_SNAPSHOTS, SignalModel.MOST_SNAPSHOTS + 1);
    assertThat(steps).startsWith(0L).endsWith(160L).isSorted().doesNotHaveDuplicates();
    // From epoch 14 on the signal grows by more than two decades.
    assertThat(signal.snapshots())
        .filteredOn(SignalModel.Snapshot::decisive)
        .extracting(SignalModel.Snapshot::when)
        .containsExactly("after epoch 14");
  }

  @Test
  void whatWasNotProbedHasNoWay() {
    assertThat(trained().arms()).extracting(ArmModel::signal).containsOnly(Optional.empty());
  }

  @Test
  void tablesAndOriginAreThoseOfTheRuns() {
    ExperimentModel experiment = trained();
    assertThat(experiment.tables().results().rows().get(2))
        .startsWith("with penalty", "3 finished, 1 failed");
    assertThat(experiment.finding().details()).anyMatch(s -> s.contains("1 of 8 runs failed"));
    assertThat(experiment.origin().rows().get(1)).startsWith("1.0", "a Java", "a processor", "8");
    assertThat(experiment.setup().differing().rows())
        .containsExactly(
            List.of("arm", "penalty", "record-every"),
            List.of("plain", "none", ""),
            List.of("with penalty", "{l2: 0.01}", "2"));
    assertThat(experiment.assumptions()).isEmpty();
  }

  @Test
  void pairsWithoutAClearDifferenceAreApart() {
    ExperimentModel.Tables tables = trained().tables();
    assertThat(tables.clear()).isEmpty();
    // With three seeds none of the four measures of the one pair can be clear.
    assertThat(tables.unclear().orElseThrow().rows()).hasSize(1 + 4);
  }

  @Test
  void theFindingIsAParagraphWithTheBestArmAndChance() {
    FindingModel finding = trained().finding();
    assertThat(finding.conclusion())
        .containsExactly(
            "Nothing is learned: the best mean test accuracy, 31.0 %, is no better than chance"
                + " (33.3 %).",
            "1 of 8 runs diverged or failed.");
    assertThat(finding.best()).hasValue(0);
    assertThat(finding.chance()).extracting(ChanceLevel::score).containsExactly("loss", "accuracy");
  }

  @Test
  void whatHasNotBegunHasNoEpochs() throws IOException {
    PageFixture.simple().plan(folder);
    PageModel model = PageFixture.model(folder);
    ExperimentModel experiment = model.experiments().get(0);
    assertThat(experiment.lastEpoch()).isZero();
    assertThat(experiment.finding().conclusion()).isEmpty();
    assertThat(experiment.arms().get(0).runs().get(0).state()).isEqualTo("planned");
    assertThat(json(model).at("/experiments/0/arms/0/runs/0/seconds_per_epoch").isNull()).isTrue();
  }

  @Test
  void aFolderThatIsBeingTrainedIsRead() {
    PageFixture.simple().train(folder);
    assertThat(PageFixture.model(folder).training()).isFalse();
    RunStore training = RunStore.open(folder);
    try {
      assertThat(PageFixture.model(folder).training()).isTrue();
    } finally {
      training.close();
    }
  }

  @Test
  void aRunUnderWayHasTimeLeftAndOneWhoseProcessDiedHasStopped() throws IOException {
    Experiment experiment = PageFixture.simple().plan(folder);
    RunStore training = RunStore.open(folder);
    try {
      PageFixture.begin(training, experiment, 4);
      assertThat(first().arms().get(0).runs().get(0).state()).isEqualTo("running");
      // Of its 6 epochs of 2 seconds 2 are left, and 7 runs follow one by one. The store has times
      // of today: by the model's clock, the first of them has not begun.
      assertThat(first().secondsLeft()).isEqualTo(4 + 7 * 12);
    } finally {
      training.close();
    }
    assertThat(first().arms().get(0).runs().get(0).state()).isEqualTo("stopped");
    assertThat(first().arms().get(0).runs().get(1).state()).isEqualTo("planned");
    assertThat(json(PageFixture.model(folder)).at("/experiments/0/seconds_left").isNull()).isTrue();
  }

  private ExperimentModel first() {
    return PageFixture.model(folder).experiments().get(0);
  }

  @Test
  void ofManyEpochsSomeAreShownTheFirstAndTheLastAmongThem() {
    assertThat(Curves.shown(0, 400)).isEmpty();
    assertThat(Curves.shown(400, 400)).hasSize(400).contains(1, 400);
    assertThat(Curves.shown(10_000, 400))
        .hasSize(400)
        .startsWith(1)
        .endsWith(10_000)
        .doesNotHaveDuplicates()
        .isSorted();
  }

  @Test
  void jsonHasNullWhereThereIsNoNumberAndNoMoreDigitsThanAreDrawn() throws IOException {
    PageFixture.simple().train(folder);
    JsonNode arm = json(PageFixture.model(folder)).at("/experiments/0/arms/0");
    assertThat(arm.at("/lines/test_loss/0/0").isNull()).isTrue();
    // 1 / 0.23 = 4.3478260869…
    assertThat(arm.at("/lines/train_loss/1/2").asText()).isEqualTo("4.348");
    assertThat(arm.at("/curves/gradient_mean_abs/mean/0").asDouble()).isEqualTo(2.5);
    assertThat(json(PageFixture.model(folder)).at("/generated").asText())
        .isEqualTo("2026-01-02T03:04:05Z");
  }

  private static JsonNode json(PageModel model) throws IOException {
    return new ObjectMapper().readTree(model.toJson());
  }

  private static org.assertj.core.data.Offset<Double> ulp() {
    return within(1e-15);
  }
}
