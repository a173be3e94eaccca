package org.unvanish.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.codec.yaml.SpecException;
import org.unvanish.codec.yaml.YamlReader;
import org.unvanish.data.Dataset;
import org.unvanish.data.synthetic.SyntheticImages;
import org.unvanish.diagnosis.prescription.Change;
import org.unvanish.diagnosis.prescription.OtherRemedy;
import org.unvanish.diagnosis.prescription.Prescription;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Definition;
import org.unvanish.experiment.Experiment;
import org.unvanish.network.Activated;
import org.unvanish.network.Dense;
import org.unvanish.network.Layer;
import org.unvanish.network.ParameterTensor;
import org.unvanish.paper.PaperSpecs;

/** Arms whose networks differ. */
class ArmNetworkTest {

  private static final Layer TANH = new Activated(Activation.of(ActivationFunction.TANH));
  private static final Dataset DATA = SyntheticImages.draw(1, 64, 32);

  /** The arms' networks are [4, 10], [5, 6, 10] and, without a place, [7, 10]. */
  private static final String OWN =
      """
      name: own
      data: synthetic
      network: [dense: 4, activation, dense: classes]
      defaults: {activation: tanh}
      arms:
        - name: shared
        - name: deeper
          network: [dense: 5, activation, dense: 6, activation, dense: classes]
        - name: fixed
          network: [dense: 7, activation: {function: tanh, alpha: 2}, dense: classes]
      """;

  private static List<Layer> layers(String text, String arm) {
    Experiment experiment = ExperimentSpec.parse(text, "own.yaml").experiment(DATA);
    return arm(experiment, arm).network().layers();
  }

  private static Arm arm(Experiment experiment, String name) {
    return experiment.arms().stream().filter(a -> a.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void anArmsNetworkReplacesThatOfTheSpec() {
    assertThat(layers(OWN, "shared"))
        .containsExactly(new Dense(4, false), TANH, new Dense(10, false));
    assertThat(layers(OWN, "deeper"))
        .containsExactly(
            new Dense(5, false), TANH, new Dense(6, false), TANH, new Dense(10, false));
    // The activation of the defaults goes to all places, of which there are none.
    assertThat(layers(OWN, "fixed"))
        .containsExactly(
            new Dense(7, false),
            new Activated(ActivationFunction.TANH.scaled(2)),
            new Dense(10, false));
  }

  /** The network for all may also stand among the defaults, or nowhere. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        name: own
        data: synthetic
        defaults: {activation: tanh, network: [dense: 4, activation, dense: classes]}
        arms:
          - {name: shared}
          - {name: deeper, network: [dense: 5, activation, dense: 6, activation, dense: classes]}
          - {name: fixed, network: [dense: 7, activation: {function: tanh, alpha: 2}, dense: classes]}
        """,
        """
        name: own
        data: synthetic
        arms:
          - {name: shared, activation: tanh, network: [dense: 4, activation, dense: classes]}
          - {name: deeper, activation: [tanh, tanh], network: [dense: 5, activation, {repeat: 1, layers: [dense: 6, activation]}, dense: classes]}
          - {name: fixed, network: [dense: 7, activation: {function: tanh, alpha: 2}, dense: classes]}
        """
      })
  void whereANetworkStandsMakesNoDifference(String text) {
    Experiment expected = ExperimentSpec.parse(OWN, "own.yaml").experiment(DATA);
    ExperimentSpec spec = ExperimentSpec.parse(text, "other.yaml");
    assertThat(spec.experiment(DATA).arms()).isEqualTo(expected.arms());
    for (String yaml : List.of(text, spec.toYaml())) {
      assertThat(Json.problems(YamlReader.read(yaml, "again.yaml"))).isEqualTo("[]");
    }
  }

  @Test
  void onlyNetworksThatDifferFromTheFirstAreWrittenWithTheirArms() {
    ExperimentSpec spec = ExperimentSpec.parse(OWN, "own.yaml");
    String written = spec.toYaml();
    assertThat(ExperimentSpec.parse(written, "again.yaml")).isEqualTo(spec);
    assertThat(written.split("network:")).hasSize(4);
    assertThat(written.indexOf("network:")).isLessThan(written.indexOf("arms:"));
    String one =
        """
        name: own
        data: synthetic
        arms:
          - {name: a, network: [dense: classes]}
          - {name: b, network: [dense: classes], penalty: {l2: 0.1}}
        """;
    assertThat(ExperimentSpec.parse(one, "own.yaml").toYaml().split("network:")).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          network: [dense: 4, activation, dense: classes] | # none | 6:5: the arm "shared" needs a network, as there is none for all arms
          defaults: {activation: tanh} | defaults: {activation: tanh, network: [dense: classes]} | 4:30: the spec has a network already, so no arm would use this one; leave one out
          defaults: {activation: tanh} | defaults: {activation: [tanh, relu]} | 4:24: activation must have from 1 to 1 items, but has 2
          network: [dense: 5, activation, dense: 6 | newtork: [dense: 5, activation, dense: 6 | 8:5: unknown key "newtork" in an arm: did you mean network?
          network: [dense: 5, activation, dense: 6 | network: [dense: 5, activation, dense: x | 8:44: dense cannot be "x"
          network: [dense: 5, activation, dense: 6 | network: [dense: 5, {max-pooling: 2}, activation, dense: 6 | 8:25: move this layer in front of the first dense layer
          network: [dense: 5, activation, dense: 6 | network: [embedding: {column: a, size: 2}, dense: 6 | 8:15: "a" is none of the data's categorical-columns
          [dense: 5, activation, dense: 6, activation, dense: classes] | 5 | 8:14: network must be a list, but is 5
          [dense: 5, activation, dense: 6, activation, dense: classes] | [] | 8:14: network must have from 1 to 1000 items, but has 0
          - name: fixed | - name: fixed\\n    activation: tanh | 10:17: the network has no "- activation" that this could go to
          - name: deeper | - name: deeper\\n    activation: [tanh] | 8:17: a list of activations needs one for each "- activation" of the network: 2, but has 1
          """)
  void itIsRefusedAtItsPlace(String part, String replacement, String message) {
    assertThat(OWN).contains(part);
    refuse(OWN.replace(part, replacement.replace("\\n", "\n")), "own.yaml:" + message);
  }

  private static void refuse(String text, String message) {
    assertThatThrownBy(() -> ExperimentSpec.parse(text, "own.yaml"))
        .isInstanceOf(SpecException.class)
        .satisfies(
            e -> assertThat(e.getMessage().lines()).anyMatch(line -> line.startsWith(message)));
  }

  @Test
  void aSpecWithoutAnyNetworkIsToldSoOnce() {
    String text = "name: own\ndata: synthetic\narms: [{name: a}, {name: b, penalty: {l2: 1}}]\n";
    assertThatThrownBy(() -> ExperimentSpec.parse(text, "own.yaml"))
        .hasMessage(
            "own.yaml:1:1: a spec needs the key network, such as \"network: [{dense: {units: 16, bias:"
                + " true}}, activation, {dense: targets}]\"");
    assertThat(Json.accepts(YamlReader.read(text, "own.yaml"))).isFalse();
    String some = text.replace("{name: a}", "{name: a, network: [dense: classes]}");
    assertThatThrownBy(() -> ExperimentSpec.parse(some, "own.yaml"))
        .hasMessage("own.yaml:3:46: the arm \"b\" needs a network, as there is none for all arms");
    assertThat(Json.accepts(YamlReader.read(some, "own.yaml"))).isFalse();
  }

  @Test
  void aListOfTheDefaultsMustFitEachNetworkThatItGoesTo() {
    String text =
        """
        name: own
        data: synthetic
        network: [dense: 4, activation, dense: 5, activation, dense: classes]
        defaults: {activation: [tanh, relu]}
        arms:
          - {name: a}
          - {name: b, network: [dense: 3, activation, dense: classes]}
          - {name: c, network: [dense: classes]}
        """;
    refuse(
        text,
        "own.yaml:7:5: the arm \"b\" needs activations of its own: those of the defaults are 2,"
            + " and its network has 1 \"- activation\"");
    refuse(text, "own.yaml:8:5: the arm \"c\" needs no activations");
    assertThat(
            ExperimentSpec.parse(
                    text.replace("{name: b,", "{name: b, activation: tanh,")
                        .replace(
                            "[dense: classes]}\n",
                            "[dense: 2, activation, dense: 3, activation, dense: classes]}\n"),
                    "own.yaml")
                .arms())
        .hasSize(3);
  }

  /** Also where one network is written otherwise: with repetitions, or with activations. */
  @Test
  void armsThatTrainTheSameNetworkAreRefused() {
    String text =
        """
        name: own
        data: synthetic
        defaults: {activation: tanh}
        arms:
          - {name: a, network: [{repeat: 2, layers: [dense: 4, activation]}, residual: {layers: [dense: 4, activation], projection: true}, dense: classes]}
          - {name: b, network: [%s, residual: {layers: [dense: 4, {activation: tanh}], projection: true}, dense: classes]}
        """;
    refuse(
        text.formatted("dense: 4, activation: tanh, dense: 4, activation"),
        "own.yaml:6:5: the arms \"a\" and \"b\" differ in nothing but their names");
    String other = text.formatted("dense: 4, activation: relu, dense: 4, activation");
    ExperimentSpec spec = ExperimentSpec.parse(other, "own.yaml");
    List<Arm> arms = spec.experiment(DATA).arms();
    assertThat(Definition.of(arms.get(0), spec.experiment(DATA).data()))
        .isNotEqualTo(Definition.of(arms.get(1), spec.experiment(DATA).data()));
  }

  /** Whether they stand in the network or come from the arm. */
  @Test
  void activationsThatShareAnAlphaMustStartItFromOneValue() {
    String text =
        """
        name: own
        data: synthetic
        network: [dense: 4, {activation: {function: arctan, alpha: {learned: 2, shared: true}}}, dense: 5, activation, dense: classes]
        arms:
          - {name: one, activation: {function: tanh, alpha: {learned: 2, shared: true}}}
          - {name: own, activation: {function: tanh, alpha: {learned: 3}}}
          - {name: other, activation: {function: tanh, alpha: {learned: 3, shared: true}}}
        """;
    refuse(
        text,
        "own.yaml:7:5: activations of the arm \"other\" share a learned α and start it from 2 and 3;"
            + " give them one initial value");
    String valid = text.replace("{learned: 3, shared: true}", "2");
    ExperimentSpec spec = ExperimentSpec.parse(valid, "own.yaml");
    assertThat(ExperimentSpec.parse(spec.toYaml(), "again.yaml")).isEqualTo(spec);
    Experiment experiment = spec.experiment(DATA);
    assertThat(arm(experiment, "one").network().parameters())
        .extracting(ParameterTensor::name)
        .containsExactly("dense1/weights", "activations/alpha", "dense2/weights", "dense3/weights");
    assertThat(Definition.of(arm(experiment, "one"), experiment.data()).text())
        .contains("tanh, shared alpha learned from 2");
    assertThat(Definition.of(arm(experiment, "own"), experiment.data()).text())
        .contains("tanh, alpha learned from 3");
    List<Plan.LayerPlan> layers = Plan.of(spec, experiment).networks().get(0).layers();
    assertThat(layers.get(1).parameters()).hasValue(1);
    assertThat(layers.get(3).parameters()).hasValue(0);
  }

  @Test
  void thePlanHasTheLayersOfEachNetworkWithItsArms() {
    ExperimentSpec spec =
        ExperimentSpec.parse(OWN + "  - {name: twin, activation: relu}\n", "own.yaml");
    Plan plan = Plan.of(spec, spec.experiment(DATA));
    assertThat(plan.networks())
        .extracting(Plan.NetworkPlan::arms)
        .containsExactly(List.of("shared", "twin"), List.of("deeper"), List.of("fixed"));
    assertThat(plan.networks().get(1).layers())
        .extracting(Plan.LayerPlan::description)
        .containsExactly(
            "{dense: 5}", "activation", "{dense: 6}", "activation", "{dense: classes}");
    assertThat(plan.networks().get(1).layers().get(2).parameters()).hasValue(30);
    assertThat(Plan.of(spec).networks()).hasSize(3);
  }

  @Test
  void whatACommandLineChangesIsChangedInEachNetwork() {
    Overrides biases = Overrides.NONE.toBuilder().biases(true).build();
    String text = ExperimentSpec.parse(OWN, "own.yaml").with(biases).toYaml();
    for (String arm : List.of("shared", "deeper", "fixed")) {
      assertThat(layers(text, arm))
          .filteredOn(Dense.class::isInstance)
          .allMatch(layer -> ((Dense) layer).bias());
    }
  }

  /** Arms with another network stay as they are, whatever the prescribed one is to end with. */
  @Test
  void aPrescriptionChangesTheNetworkOfItsArmAndOfThoseThatHaveTheSame() {
    ExperimentSpec spec =
        ExperimentSpec.parse(OWN + "  - {name: twin, activation: arctan}\n", "own.yaml");
    Prescription wider =
        new Prescription(
            new Change(null, 2.0, null, List.of(OtherRemedy.WIDER_LAYERS)), "so", null);
    String fixed = Remedied.spec(spec, spec.arms().get(0), wider).toYaml();
    Layer scaled = new Activated(ActivationFunction.TANH.scaled(2));
    assertThat(layers(fixed, "shared"))
        .containsExactly(new Dense(16, false), scaled, new Dense(10, false));
    assertThat(layers(fixed, "twin"))
        .containsExactly(
            new Dense(16, false),
            new Activated(Activation.of(ActivationFunction.ARCTAN)),
            new Dense(10, false));
    assertThat(layers(fixed, "deeper")).isEqualTo(layers(OWN, "deeper"));
    assertThat(layers(fixed, "fixed")).isEqualTo(layers(OWN, "fixed"));
    ProofSpec proof =
        ProofSpec.of(spec, spec.arms().get(2), wider, 0.01, spec.experiment(DATA).data());
    assertThat(proof.spec().experiment(DATA).arms().get(0).network().layers())
        .isEqualTo(layers(OWN, "fixed"));
    assertThat(proof.scaled().orElseThrow().experiment(DATA).arms().get(0).network().layers())
        .containsExactly(
            new Dense(28, false),
            new Activated(ActivationFunction.TANH.scaled(4)),
            new Dense(10, false));
  }

  /** The paper's experiment is told by what its arms train, wherever their networks stand. */
  @Test
  void theDefinitionOfAnArmHangsOnItsOwnNetworkAlone() {
    ExperimentSpec figure2 = PaperSpecs.spec("figure2");
    String text = figure2.toYaml();
    String network = text.substring(text.indexOf("network:"), text.indexOf("defaults:"));
    String moved =
        text.replace(network, "").replace("defaults:\n", "defaults:\n" + network.indent(2));
    Experiment expected = figure2.experiment(DATA);
    Experiment here = ExperimentSpec.parse(moved, "moved.yaml").experiment(DATA);
    for (int i = 0; i < expected.arms().size(); i++) {
      assertThat(Definition.of(here.arms().get(i), here.data()))
          .isEqualTo(Definition.of(expected.arms().get(i), expected.data()));
    }
  }
}
