package org.unvanish.paper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unvanish.claim.ClaimedExperiment;
import org.unvanish.claim.JudgedClaim;
import org.unvanish.codec.PenaltyForm;
import org.unvanish.comparison.Examples;
import org.unvanish.data.DataSource;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Backend;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.RunResult;
import org.unvanish.initialization.Initialization;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.spec.ExperimentSpec;
import org.unvanish.spec.Overrides;

/** Which experiments are the paper's, and which are a user's own though they look like one. */
class PaperExperimentTest {

  @ParameterizedTest
  @ValueSource(strings = {"figure1", "figure2", "figure3", "figure4", "table4"})
  void thePapersSpecsAreThePapers(String name) {
    assertThat(nameOf(PaperSpecs.text(name))).hasValue(name);
  }

  @Test
  void anArmRemovedLeavesTheClaimsOnTheOthers() {
    // The arms of figure 3 without the second: relu is not compared with the remedies either.
    String without =
        PaperSpecs.text("figure3")
            .replace("  - name: tanh, r = 0.01, α = 2\n", "")
            .replace("    activation: {function: tanh, alpha: 2}\n    penalty: {l2: 0.01}\n", "");
    assertThat(claims(without)).isEmpty();
    String noRelu =
        PaperSpecs.text("figure3")
            .substring(0, PaperSpecs.text("figure3").indexOf("  - name: relu"));
    assertThat(claims(noRelu))
        .containsExactly("figure3.accuracy", "figure3.gradients", "figure3.no-explosion");
  }

  @Test
  void aFigureWithOneArmLeftIsAnOwnOneAndNoError() {
    String one =
        PaperSpecs.text("figure1").replace("  - name: tanh, r = 0.01\n    penalty: {l2: 0.01}", "");
    assertThat(claims(one)).isEmpty();
    assertThat(Assumption.of(experiment(one))).isEmpty();
  }

  @Test
  void anotherNameOfAnArmChangesNothing() {
    String renamed = PaperSpecs.text("figure2").replace("name: tanh, α = 2", "name: mine");
    assertThat(claims(renamed)).hasSize(4);
  }

  @Test
  void anotherOrderOfTheArmsChangesNothing() {
    Experiment paper = experiment(PaperSpecs.text("figure2"));
    List<Arm> arms = new ArrayList<>(paper.arms());
    Collections.reverse(arms);
    List<JudgedClaim> findings = findings(new Experiment("own", "Own", paper.data(), arms));
    assertThat(findings).hasSize(4);
    assertThat(findings.get(0).evidence()).contains("both “tanh, α = 2” and “tanh”");
    assertThat(findings).isEqualTo(findings(paper));
  }

  @Test
  void anotherAlphaIsAnotherExperiment() {
    String changed = PaperSpecs.text("figure2").replace("alpha: 2", "alpha: 3");
    assertThat(nameOf(changed)).isEmpty();
    assertThat(claims(changed)).isEmpty();
    assertThat(Assumption.of(experiment(changed))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          learning-rate: 0.001 | learning-rate: 0.01
          beta1: 0.9           | beta1: 0.8
          normal: 0.05         | normal: 0.1
          filters: 3           | filters: 4
          max-pooling: 2       | average-pooling: 2
          dense: 8             | dense: 9
          activation: tanh     | activation: arctan
          """)
  void anythingElseThatThePaperStatesMakesAnotherExperiment(String part, String other) {
    assertThat(nameOf(PaperSpecs.text("figure2").replace(part, other))).isEmpty();
  }

  @Test
  void anotherNameOfTheExperimentChangesNothing() {
    assertThat(nameOf(PaperSpecs.text("figure1").replace("name: figure1", "name: mine")))
        .hasValue("figure1");
  }

  @Test
  void thePapersNameOnSomethingElseIsJustAName() {
    ExperimentResult own = Examples.curves(Examples.experiment(List.of("a", "b"), 1L), 1);
    Experiment named =
        new Experiment("table4", "Own", own.experiment().data(), own.experiment().arms());
    assertThat(RuntimeTable.isOf(named)).isFalse();
    assertThat(RuntimeTable.of(new ExperimentResult(named, own.runs()))).isEmpty();
    assertThat(PaperSpecs.SERIES.judge(new ExperimentResult(named, own.runs()))).isEmpty();
  }

  @Test
  void anArmOfTheUsersOwnMakesAnotherExperiment() {
    String more = PaperSpecs.text("figure2") + "  - name: mine\n    activation: relu\n";
    assertThat(nameOf(more)).isEmpty();
  }

  @Test
  void whatThePaperLeavesOpenMayDiffer() {
    Overrides open =
        new Overrides(
            Optional.empty(),
            Optional.of(PixelScaling.STANDARDISED),
            OptionalInt.of(1),
            Optional.of(List.of(7L)),
            OptionalInt.of(2),
            OptionalInt.of(64),
            OptionalDouble.of(1e-7),
            Optional.of(Optimizer.EpsilonForm.EPSILON_HAT),
            Optional.of(PenaltyForm.KERAS),
            Optional.of(Overrides.ConvolutionKind.SEPARABLE),
            Optional.of(true),
            Optional.of(Overrides.LogisticReading.LOG_SIGMOID),
            Optional.of(new Initialization.Glorot()));
    for (String name : PaperSpecs.NAMES) {
      ExperimentSpec changed = PaperSpecs.spec(name).with(open).on(Backend.PYTORCH);
      assertThat(changed.dataSource()).isNotEqualTo(DataSource.of("cifar10"));
      assertThat(PaperSpecs.SERIES.find(changed.experiment(PaperSpecsTest.data(3, 32))))
          .map(ClaimedExperiment::name)
          .hasValue(name);
    }
  }

  @Test
  void armsThatReadThePaperDifferentlyDoNotCompare() {
    String text = PaperSpecs.text("figure2") + "    batch-size: 64\n";
    assertThat(nameOf(text)).isEmpty();
    assertThat(nameOf(PaperSpecs.text("figure2") + "    epochs: 5\n")).isEmpty();
  }

  @Test
  void figure3IsNoTable4ButByThatName() {
    assertThat(nameOf(PaperSpecs.text("table4").replace("name: table4", "name: own")))
        .hasValue("figure3");
    assertThat(RuntimeTable.isOf(experiment(PaperSpecs.text("table4")))).isTrue();
    assertThat(RuntimeTable.isOf(experiment(PaperSpecs.text("figure3")))).isFalse();
  }

  @Test
  void table4KeepsTheRowsThatItHasArmsFor() {
    String tanh =
        PaperSpecs.text("table4").substring(0, PaperSpecs.text("table4").indexOf("  - name: relu"));
    Experiment experiment = experiment(tanh);
    String table = RuntimeTable.of(unfinished(experiment)).orElseThrow().text();
    assertThat(table).contains("1385.2 s  ×1.31 (+31.0 %)").doesNotContain("relu");
  }

  @Test
  void anOwnFiguresCaptionTellsItsSettingsAndNothingOfThePaper() {
    assertThat(Assumption.notes(Examples.experiment(List.of("a"), 1L)))
        .containsExactly(
            "How it is trained: epochs: 3; batch size: 32; inputs: columns scaled to [0, 1];"
                + " optimiser: Adam with learning rate 0.001, β₁ = 0.9, β₂ = 0.999, ε = 1e-8 as in"
                + " Kingma & Ba's algorithm 1; biases: none; initialization: normal with standard"
                + " deviation 0.05.");
  }

  private static Experiment experiment(String text) {
    return ExperimentSpec.parse(text, "own.yaml").experiment(PaperSpecsTest.data(3, 32));
  }

  private static Optional<String> nameOf(String text) {
    return PaperSpecs.SERIES.find(experiment(text)).map(ClaimedExperiment::name);
  }

  private static List<String> claims(String text) {
    return findings(experiment(text)).stream().map(f -> f.claim().id()).toList();
  }

  private static List<JudgedClaim> findings(Experiment experiment) {
    return PaperSpecs.SERIES.judge(unfinished(experiment));
  }

  /** As far as claims need one: with no run that has begun. */
  private static ExperimentResult unfinished(Experiment experiment) {
    List<RunResult> runs =
        experiment.runs().stream()
            .map(run -> new RunResult(run, new RunOutcome.Interrupted(), List.of()))
            .toList();
    return new ExperimentResult(experiment, runs);
  }
}
