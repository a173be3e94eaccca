package org.unvanish.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.codec.LayerSpec;
import org.unvanish.codec.yaml.SpecException;
import org.unvanish.codec.yaml.YamlReader;
import org.unvanish.data.Dataset;
import org.unvanish.data.catalog.DataCatalog;
import org.unvanish.diagnosis.prescription.Change;
import org.unvanish.diagnosis.prescription.OtherRemedy;
import org.unvanish.diagnosis.prescription.Prescription;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.RunResult;
import org.unvanish.experiment.execution.ExperimentRunner;
import org.unvanish.initialization.Initialization;
import org.unvanish.network.Dense;
import org.unvanish.network.Layer;
import org.unvanish.network.Recurrent.Direction;
import org.unvanish.network.Recurrent.Gru;
import org.unvanish.network.Recurrent.Lstm;
import org.unvanish.network.Recurrent.Output;
import org.unvanish.network.Recurrent.SimpleRecurrent;
import org.unvanish.probe.AppliedRemedies;

/** Recurrent layers in specs: what is read of them, where activations go, and what is refused. */
class RecurrentSpecTest {

  private static final Activation TANH = Activation.of(ActivationFunction.TANH);
  private static final Activation SCALED = Activation.scaled(ActivationFunction.TANH, 2);
  private static final Activation SOFTSIGN = Activation.of(ActivationFunction.SOFTSIGN);

  private static final String OURS =
      """
      name: own
      data: {source: adding, steps: 5, samples: 40}
      network:
        - {recurrent: {units: 3, output: all, direction: both, bias: false, truncate: 2}}
        - {lstm: {units: 4, output: all, gates: hard-sigmoid, forget-bias: 0}}
        - {gru: {units: 5, activation: softsign}}
        - {dense: targets}
      arms:
        - {name: one, activation: {function: tanh, alpha: 2}}
        - {name: two, activation: [tanh, {function: tanh, alpha: 2}]}
      """;

  private static ExperimentSpec spec(String text) {
    return ExperimentSpec.parse(text, "own.yaml");
  }

  private static Dataset data(ExperimentSpec spec) {
    return DataCatalog.standard().load(spec.dataSource());
  }

  private static List<List<Layer>> networks(ExperimentSpec spec) {
    return spec.experiment(data(spec)).arms().stream()
        .map(Arm::network)
        .map(network -> network.layers())
        .toList();
  }

  private static List<Layer> layers(Activation first, Activation second) {
    return List.of(
        new SimpleRecurrent(3, first, Output.ALL, Direction.BOTH, false, 2),
        new Lstm(
            4, second, ActivationFunction.HARD_SIGMOID, Output.ALL, Direction.FORWARD, true, 0, 0),
        new Gru(5, SOFTSIGN),
        new Dense(1, false));
  }

  @Test
  void layersWithoutAnActivationOfTheirOwnArePlacesOfTheArms() {
    ExperimentSpec spec = spec(OURS);
    assertThat(networks(spec)).containsExactly(layers(SCALED, SCALED), layers(TANH, SCALED));
    assertThat(LayerSpec.flat(spec.arms().get(0).network()).stream().map(LayerSpec.Single::places))
        .containsExactly(1, 1, 0, 0);
    assertThat(spec(spec.toYaml())).isEqualTo(spec);
    assertThat(Json.problems(YamlReader.read(spec.toYaml(), "own.yaml"))).isEqualTo("[]");
  }

  @Test
  void aNumberIsThatOfTheUnitsAndTheRestIsUsual() {
    String network = "network: [recurrent: 3, dense: targets]\n";
    for (Map.Entry<String, Layer> kind :
        Map.<String, Layer>of(
                "recurrent", new SimpleRecurrent(3, TANH),
                "lstm", new Lstm(3, TANH),
                "gru", new Gru(3, TANH))
            .entrySet()) {
      String text =
          "name: own\ndata: {source: adding, steps: 5}\n"
              + network.replace("recurrent", kind.getKey())
              + "arms: [{name: one, activation: tanh}]\n";
      assertThat(networks(spec(text)).get(0).get(0)).isEqualTo(kind.getValue());
    }
  }

  @Test
  void wordsOfOtherProgramsAreReadAsOurs() {
    String theirs =
        OURS.replace("- {recurrent: {units", "- {SimpleRNN: {hidden_size")
            .replace("gates", "recurrent_activation")
            .replace("lstm", "LSTM")
            .replace("bias: false", "use_bias: False")
            .replace("units: 5, activation", "units: 5, nonlinearity");
    assertThat(spec(theirs)).isEqualTo(spec(OURS));
  }

  @Test
  void recurrentWeightsStartOnTheirOwn() {
    String text =
        OURS.replace(
            "{name: one,", "{name: one, initial-values: {weights: glorot, recurrent: orthogonal},");
    ExperimentSpec spec = spec(text);
    assertThat(spec.arms().get(0).recurrent()).isEqualTo(new Initialization.Orthogonal(1));
    assertThat(spec.arms().get(1).recurrent()).isEqualTo(new Initialization.Glorot());
    assertThat(spec(spec.toYaml())).isEqualTo(spec);
    assertThat(Json.problems(YamlReader.read(spec.toYaml(), "own.yaml"))).isEqualTo("[]");
    List<Arm> arms = spec.experiment(data(spec)).arms();
    assertThat(arms.get(0).settings().recurrent()).isEqualTo(new Initialization.Orthogonal(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          units: 3           | units: 0               | units must be a whole number from 1 to 65536, but is 0
          units: 3           | units: 3.5             | units must be a whole number from 1 to 65536, but is 3.5
          units: 3,          |                        | recurrent needs the key units
          output: all, d     | output: every, d       | output cannot be "every"; known here: last, all
          direction: both    | direction: back        | direction cannot be "back"
          direction: both    | bidirectional: true    | write "direction: both" in the layer
          output: all, d     | return_sequences: true, d | write "output: all" for the states of all steps
          bias: false        | bias: 0                | bias must be true or false
          truncate: 2        | truncate: 0            | truncate must be a whole number from 1 to 1000000, but is 0
          truncate: 2        | gates: tanh            | unknown key "gates" in recurrent
          truncate: 2        | num_layers: 2          | write each layer by itself
          truncate: 2        | activation: swsh       | activation cannot be "swsh"
          forget-bias: 0     | forget-bias: .nan      | forget-bias must be a number from -100 to 100, but is .nan
          forget-bias: 0     | forget-bias: 101       | forget-bias must be a number from -100 to 100, but is 101
          hard-sigmoid       | hard                   | gates cannot be "hard"
          activation: softsign | forget-bias: 1       | unknown key "forget-bias" in gru
          {recurrent: {units: 3, output: all, direction: both, bias: false, truncate: 2}} | {recurrent: three} | recurrent must be
          alpha: 2}}         | alpha: 2}, initial-values: {weights: he, recurrent: {file: a}}} | unknown key "file" in recurrent
          alpha: 2}}         | alpha: 2}, initial-values: {weights: he, recurrent: unit}} | recurrent cannot be "unit"
          """)
  void whatCannotBeIsRefusedAtItsPlace(String part, String replacement, String message) {
    assertThat(OURS).contains(part);
    String text = OURS.replace(part, replacement == null ? "" : replacement);
    assertThatThrownBy(() -> spec(text))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining("own.yaml:")
        .hasMessageContaining(message);
  }

  @Test
  void aListOfActivationsHasOneForEachPlace() {
    assertThatThrownBy(
            () -> {
              ExperimentSpec spec = spec(OURS.replace("[tanh, {", "[tanh, relu, {"));
              spec.experiment(data(spec));
            })
        .isInstanceOf(SpecException.class)
        .hasMessageContaining("own.yaml:10:");
  }

  @Test
  void aLayerThatGetsNoSequenceIsRefusedAtItsPlace() {
    refused(
        OURS.replace("units: 4, output: all", "units: 4"),
        "own.yaml:6:5: layer 3, gru, reads a sequence, but one step of 4 values reaches it");
    refused(
        OURS.replace("{source: adding, steps: 5, samples: 40}", "{source: synthetic}"),
        "own.yaml:4:5: layer 1, recurrent, reads a sequence (features×steps×1), but 3×32×32 reaches it; images become sequences with \"steps: rows\"");
  }

  @Test
  void moreStepsThanMemoryAllowsAreRefusedWithTheNumber() {
    String text = OURS.replace("units: 3,", "units: 6000,").replace("steps: 5", "steps: 500");
    refused(
        text,
        "own.yaml:4:5: layer 1 puts out 12000×500×1, more than 4194304 values for one sample");
  }

  @Test
  void aRunThatExplodesIsDivergedAndTheOthersGoOn() {
    String text =
        """
        name: own
        data: {source: adding, steps: 50, samples: 40}
        network: [recurrent: 3, dense: targets]
        defaults: {epochs: 1, seeds: 1}
        arms:
          - name: explodes
            activation: identity
            initial-values: {weights: glorot, recurrent: {identity: {gain: 1000}}}
          - {name: stays, activation: tanh}
        """;
    ExperimentSpec spec = spec(text);
    Dataset data = data(spec);
    List<RunResult> runs = new ExperimentRunner(1).run(spec.experiment(data), data).runs();
    assertThat(runs.get(0).outcome()).isInstanceOf(RunOutcome.Diverged.class);
    assertThat(runs.get(1).outcome()).isInstanceOf(RunOutcome.Finished.class);
  }

  /** What a trial trains, and what the fixed spec says, are one network. */
  @ParameterizedTest
  @CsvSource({
    "3, ",
    "0.5, WIDER_LAYERS",
    ", WIDER_LAYERS",
    ", ORTHOGONAL_RECURRENT",
    ", CLIPPED_GRADIENTS"
  })
  void remediesReachRecurrentLayers(@Nullable Double alpha, @Nullable OtherRemedy remedy) {
    ExperimentSpec spec = spec(OURS);
    List<OtherRemedy> other = remedy == null ? List.of() : List.of(remedy);
    Change change = new Change(null, alpha, null, other);
    Prescription prescription = new Prescription(new Change(null, alpha, null, other), "so", null);
    Dataset data = data(spec);
    for (int examined = 0; examined < 2; examined++) {
      Arm before = spec.experiment(data).arms().get(examined);
      String text = Remedied.spec(spec, spec.arms().get(examined), prescription).toYaml();
      Arm after = spec(text).experiment(data).arms().get(examined);
      assertThat(after.name()).isEqualTo(before.name());
      assertThat(after.network())
          .isEqualTo(AppliedRemedies.network(before.network(), change))
          .satisfies(
              network ->
                  assertThat(network.equals(before.network()))
                      .isEqualTo(alpha == null && remedy != OtherRemedy.WIDER_LAYERS));
      assertThat(after.settings()).isEqualTo(AppliedRemedies.settings(before.settings(), change));
    }
  }

  @Test
  void noEquivalentWithoutScalesIsFoundForThem() {
    assertThatThrownBy(() -> Equivalent.of(spec(OURS).arms().get(0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("reads its own state, so its output cannot be rescaled");
  }

  private static void refused(String text, String message) {
    ExperimentSpec spec = spec(text);
    Dataset data = data(spec);
    assertThatThrownBy(() -> spec.experiment(data))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining(message);
  }
}
