package org.unvanish.spec.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.unvanish.codec.LayerSpec;
import org.unvanish.codec.PenaltyForm;
import org.unvanish.codec.yaml.SpecException;
import org.unvanish.data.synthetic.SyntheticImages;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.Sweep;
import org.unvanish.initialization.Initialization;
import org.unvanish.penalty.Penalty;
import org.unvanish.spec.ArmSpec;
import org.unvanish.spec.ExperimentSpec;
import org.unvanish.spec.Overrides;

class SweepSpecTest {

  private static final String HEAD =
      """
      name: own
      data: synthetic
      network:
        - repeat: 2
          layers: [{dense: 12}, activation]
        - dense: classes
      defaults: {activation: tanh, seeds: 2, epochs: 3}
      """;

  private static ExperimentSpec spec(String sweep) {
    return ExperimentSpec.parse(HEAD + sweep, "own.yaml");
  }

  private static ExperimentSpec settings(String settings) {
    return spec("sweep: {settings: {%s}}\n".formatted(settings));
  }

  private static List<String> names(ExperimentSpec spec) {
    return spec.arms().stream().map(ArmSpec::name).toList();
  }

  @Test
  void aGridHasEveryValueWithEveryOther() {
    ExperimentSpec spec =
        settings("alpha: {from: 0.5, to: 16, count: 6, scale: log}, r: [0, 0.01]");
    assertThat(names(spec))
        .containsExactly(
            "α = 0.5, r = 0",
            "α = 0.5, r = 0.01",
            "α = 1, r = 0",
            "α = 1, r = 0.01",
            "α = 2, r = 0",
            "α = 2, r = 0.01",
            "α = 4, r = 0",
            "α = 4, r = 0.01",
            "α = 8, r = 0",
            "α = 8, r = 0.01",
            "α = 16, r = 0",
            "α = 16, r = 0.01");
    ArmSpec last = spec.arms().get(11);
    assertThat(last.activations()).hasToString("[tanh, α = 16]");
    assertThat(last.penalty()).isEqualTo(new Penalty.L2(0.01, Penalty.Scope.ALL));
    assertThat(spec.arms().get(10).penalty()).isEqualTo(Penalty.none());
    assertThat(last.epochs()).isEqualTo(3);
  }

  /**
   * A sweep is a short way of writing arms: each trains what the arm would that somebody writes.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "alpha: [4] | {activation: {function: tanh, alpha: 4}}",
        "r: [0.1] | {penalty: {l2: 0.1}}",
        "r: [0] | {}",
        "depth: [5] | {network: [{repeat: 5, layers: [{dense: 12}, activation]}, {dense: classes}]}",
        "width: [7] | {network: [{repeat: 2, layers: [{dense: 7}, activation]}, {dense: classes}]}",
        "activation: [elu] | {activation: elu}",
        "initial-values: [he] | {initial-values: he}",
        "initial-values: [lecun], initial-scale: [3] | {initial-values: {lecun: {gain: 3}}}",
        "initial-values: [{normal: 1}], initial-scale: [3] | {initial-values: {normal: 3}}",
        "penalty: [{l1: 0.2}] | {penalty: {l1: 0.2}}",
        "optimizer: [{sgd: {learning-rate: 1}}], learning-rate: [0.1] | {optimizer: {sgd:"
            + " {learning-rate: 0.1}}}",
        "schedule: [{cosine: {epochs: 3}}] | {schedule: {cosine: {epochs: 3}}}",
        "clipping: [{norm: 1}] | {clipping: {norm: 1}}",
        "batch-size: [8] | {batch-size: 8}",
      })
  void anArmOfASweepTrainsWhatItsNameSays(String settings, String byHand) {
    String arm = byHand.equals("{}") ? "{name: a}" : "{name: a, " + byHand.substring(1);
    ArmSpec written = spec("arms: [%s]\n".formatted(arm)).arms().get(0);
    ArmSpec swept = settings(settings).arms().get(0);
    assertThat(swept.training()).isEqualTo(written.training());
    assertThat(swept.seeds()).isEqualTo(written.seeds());
  }

  @Test
  void theExperimentKnowsWhereEachArmIs() {
    Experiment experiment =
        settings("alpha: {from: 1, to: 4, count: 3}, activation: [tanh, arctan]")
            .experiment(SyntheticImages.draw(1, 10, 10));
    Sweep sweep = experiment.sweep().orElseThrow();
    assertThat(sweep.axes())
        .containsExactly(
            new Sweep.Axis("alpha", "α", false), new Sweep.Axis("activation", "activation", false));
    assertThat(experiment.arms()).hasSize(6);
    assertThat(experiment.arms().get(3).name()).isEqualTo("α = 2.5, arctan");
    assertThat(sweep.at(experiment.arms().get(3), sweep.axes().get(0)).orElseThrow().text())
        .isEqualTo("2.5");
  }

  @Test
  void whatASweepSaysIsWrittenBackAndNotItsArms() {
    String text = "sweep: {design: sobol, count: 300, seed: 2, settings: {r: {from: 0, to: 1}}}\n";
    ExperimentSpec spec = spec("arms: [{name: plain}]\n" + text);
    assertThat(spec.arms()).hasSize(301);
    assertThat(spec.toYaml().lines().count()).isLessThan(40);
    ExperimentSpec again = ExperimentSpec.parse(spec.toYaml(), "again.yaml");
    assertThat(again).isEqualTo(spec);
    assertThat(again.arms()).isEqualTo(spec.arms());
  }

  @Test
  void equalPointsAreOneArm() {
    ExperimentSpec spec = settings("depth: {from: 1, to: 4, count: 20, scale: log}");
    assertThat(names(spec)).containsExactly("depth = 1", "depth = 2", "depth = 3", "depth = 4");
    assertThat(spec.arms().get(3).network()).hasSize(2);
    assertThat(LayerSpec.flat(spec.arms().get(3).network())).hasSize(9);
    assertThat(spec("sweep: {design: random, count: 50, settings: {r: [0, 1]}}\n").arms())
        .hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "random, 'α = 8.93, r = 0.0277', 'α = 8.1, r = 0.0709'",
    "sobol, 'α = 8.93, r = 0.0277', 'α = 1.18, r = 0.0777'"
  })
  void samplesAreTheSameOnEveryMachine(String design, String first, String second) {
    String text =
        "sweep: {design: %s, count: %d, settings: {alpha: {from: 0.5, to: 16}, r: {from: 0, to:"
            + " 0.1}}}\n";
    List<String> names = names(spec(text.formatted(design, 40)));
    assertThat(names).hasSize(40).doesNotHaveDuplicates().startsWith(first, second);
    // More points are the same ones and others, so that a longer sweep has the runs of a shorter.
    assertThat(names(spec(text.formatted(design, 60)))).startsWith(names.toArray(String[]::new));
  }

  /** Of 64 points of a Sobol sequence in two dimensions, each of 64 equal squares has one. */
  @Test
  void aSobolSampleFillsTheSpaceEvenly() {
    ExperimentSpec spec =
        spec("sweep: {design: sobol, count: 64, settings: {r: {from: 0, to: 8}}}\n");
    assertThat(spec.arms().stream().map(arm -> (int) (((Penalty.L2) arm.penalty()).r())).distinct())
        .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7);
    List<Object> all =
        new SweepDesign.Sobol(64, 1)
            .points(spec.sweep().orElseThrow().axes()).stream().map(point -> point.get(0)).toList();
    for (int cell = 0; cell < 8; cell++) {
      int from = cell;
      assertThat(all).filteredOn(r -> (int) (double) r == from).hasSize(8);
    }
  }

  @Test
  void numbersOfARangeAreShortAndItsEndsExact() {
    SweptValues.Range range = new SweptValues.Range(0.3, 7, OptionalInt.of(4), true, false);
    assertThat(range.grid()).containsExactly(0.3, 0.8573, 2.45, 7.0);
    assertThat(new SweptValues.Range(1000.1, 1000.2, OptionalInt.of(3), true, false).grid())
        .containsExactly(1000.1, 1000.15, 1000.2);
    SweptValues.Range whole = new SweptValues.Range(1, 3, OptionalInt.empty(), false, true);
    assertThat(List.of(whole.at(0), whole.at(0.4), whole.at(0.999))).containsExactly(1.0, 2.0, 3.0);
  }

  @Test
  void anOptionDoesNotSetWhatIsVaried() {
    Overrides batch =
        Overrides.runs(List.of(9L), 1).toBuilder()
            .batchSize(4)
            .penaltyForm(PenaltyForm.KERAS)
            .build();
    assertThatThrownBy(() -> settings("batch-size: [8, 16]").with(batch))
        .isInstanceOf(SpecException.class)
        .hasMessage(
            "own.yaml:8:20: the sweep varies batch-size, which --batch-size cannot set as well;"
                + " leave out one of them");
    Overrides glorot =
        Overrides.NONE.toBuilder().initialization(new Initialization.Glorot()).build();
    assertThatThrownBy(() -> settings("initial-values: [he, lecun]").with(glorot))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining("the sweep varies initial-values, which --initialization cannot set");
    ExperimentSpec changed = settings("r: [0.1]").with(batch);
    ArmSpec arm = changed.arms().get(0);
    assertThat(arm.penalty()).isEqualTo(new Penalty.KerasL2(0.1, Penalty.Scope.WEIGHTS));
    assertThat(arm.batchSize()).isEqualTo(4);
    assertThat(arm.seeds()).containsExactly(9L);
    assertThat(ExperimentSpec.parse(changed.toYaml(), "again.yaml")).isEqualTo(changed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{settings: {alfa: [1]}} | unknown key \"alfa\" in settings: did you mean alpha? Write \"alpha: [1]\"",
        "{setings: {alpha: [1]}} | unknown key \"setings\" in sweep: did you mean settings?"
            + " Write \"settings: {alpha: [1]}\"",
        "{settings: {}} | settings needs a setting to vary, such as \"alpha: [1, 2, 4]\"",
        "{settings: {alpha: 1}} | alpha must be a list of numbers, or a range such as {from: 0.5,"
            + " to: 16, count: 6, scale: log}, but is 1; write for example \"alpha: [1, 2, 4]\"",
        "{settings: {activation: {from: 1}}} | activation must be a list of the values that are"
            + " compared, but is a mapping; write for example \"activation: [tanh, relu]\"",
        "{settings: {alpha: [1, 1.0]}} | alpha has this value already",
        "{settings: {alpha: [0]}} | alpha must be a number from 1e-30 to 1e30, but is 0;"
            + " write for example \"alpha: [1, 2, 4]\"",
        "{settings: {r: {from: 0, to: 1, count: 5, scale: log}}} | a log scale cannot start from 0;"
            + " start above it, or write a list that has 0: [0, 0.001, 0.01, 0.1]",
        "{settings: {r: {from: 1, to: 1, count: 5}}} | from must be less than to",
        "{settings: {r: {from: 0, to: 1}}} | r needs the key count, such as \"count: 64\"",
        "{settings: {depth: {from: 1, to: 2.5, count: 3}}} | to must be a whole number from 1 to"
            + " 1000, but is 2.5; write for example \"to: 8\"",
        "{count: 4, settings: {r: [1]}} | leave out count, which is for a random or sobol "
            + "design: a grid has all combinations",
        "{design: sobol, settings: {r: [1]}} | sweep needs the key count, such as"
            + " \"count: 64\"",
        "{design: random, count: 4, settings: {r: {from: 0, to: 1, count: 5}}} | leave this "
            + "out: a random or sobol design has no steps, and its count is the key next to design",
        "{settings: {r: {from: 0, to: 1, count: 101}, alpha: {from: 1, to: 2, count: 100}}} | the"
            + " grid has 10100 arms, more than 10000; take fewer values, or \"design: sobol\" with a"
            + " count",
        "{settings: {r: [1], penalty: [none]}} | penalty sets r as well; vary one of them",
        "{settings: {alpha: [1], activation: [{function: tanh, alpha: 2}]}} | an activation has an"
            + " α of its own, and alpha is varied; write its function",
        "{settings: {initial-scale: [1]}} | initial weights that are Glorot's uniform have no scale;"
            + " write \"initial-values: lecun\", orthogonal, {normal: 0.1} or {uniform: 0.1}",
        "{settings: {depth: [1000]}} | the network has more than 1000 layers",
        "{racing-car: 1, settings: {r: [1]}} | unknown key \"racing-car\" in sweep; known here:"
            + " design, count, seed, settings, racing",
      })
  void whatCannotBeIsRefusedAtItsPlace(String sweep, String problem) {
    assertThatThrownBy(() -> spec("sweep: %s\n".formatted(sweep)))
        .isInstanceOf(SpecException.class)
        .hasMessageMatching("own\\.yaml:8:[0-9]+: " + Pattern.quote(problem));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[{dense: classes}] | depth: [2] | the network has no \"repeat\" for depth to vary; "
            + "write \"- {repeat: 5, layers: [{dense: 30}, activation]}\"",
        "[{dense: classes}] | width: [2] | the network has no hidden layer, dense or "
            + "recurrent, for width to vary",
        "[{dense: classes}] | alpha: [2] | the network has no \"- activation\" that alpha could go to",
        "[{repeat: 2, layers: [{dense: 3}]}, {repeat: 3, layers: [{dense: 3}]}, {dense: classes}] |"
            + " depth: [2] | the network has 2 \"repeat\", and depth is the number of one alone",
      })
  void aSettingNeedsAPlaceInTheNetwork(String network, String settings, String problem) {
    String text =
        "name: own\ndata: synthetic\nnetwork: %s\nsweep: {settings: {%s}}\n"
            .formatted(network, settings);
    assertThatThrownBy(() -> ExperimentSpec.parse(text, "own.yaml"))
        .isInstanceOf(SpecException.class)
        .hasMessage("own.yaml:4:20: " + problem);
  }

  @Test
  void anArmAndAPointOfTheSweepAreNotTheSame() {
    assertThatThrownBy(() -> spec("arms: [{name: plain}]\nsweep: {settings: {alpha: [1, 2]}}\n"))
        .hasMessage(
            "own.yaml:9:8: the arms \"plain\" and \"α = 1\" differ in nothing but their names");
  }

  @Test
  void tenThousandArmsAreReadInASecondOrSo() {
    ExperimentSpec spec =
        settings("r: {from: 0, to: 1, count: 100}, alpha: {from: 1, to: 2, count: 100}");
    assertThat(spec.arms()).hasSize(10_000);
    assertThat(spec.arms().stream().map(ArmSpec::training).distinct()).hasSize(10_000);
  }
}
