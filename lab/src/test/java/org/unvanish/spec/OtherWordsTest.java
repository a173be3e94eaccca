package org.unvanish.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unvanish.codec.ActivationCodec;
import org.unvanish.codec.InitializationCodec;
import org.unvanish.codec.Key;
import org.unvanish.codec.Words;
import org.unvanish.codec.yaml.OtherWords;
import org.unvanish.codec.yaml.SpecException;
import org.unvanish.codec.yaml.YamlReader;

/** What people write who come from other programs: accepted, or answered with the word to write. */
class OtherWordsTest {

  private static final String OURS =
      """
      name: own
      data: {source: own.csv, label-column: kind, test-share: 0.3}
      input-scaling: standardised
      network:
        - conv: {kernel: 3, filters: 4, bias: true}
        - activation
        - max-pooling: 2
        - average-pooling: 2
        - dense: {units: 8, bias: true}
        - activation
        - dense: classes
      defaults:
        initial-values: glorot
        batch-size: 10
        epochs: 5
        seeds: 3
      arms:
        - {name: a, activation: logistic, optimizer: {sgd: {learning-rate: 3.0, momentum: 0.9}}}
        - {name: b, activation: [arctan, log-sigmoid], optimizer: {adam: {epsilon: 1e-7}}}
        - {name: c, activation: {function: identity, alpha: 2}, initial-values: he, backend: pytorch}
        - {name: d, activation: relu, initial-values: zeros, optimizer: adam}
      """;

  /** The same as {@link #OURS}, word by word. */
  private static final String THEIRS =
      """
      Name: own
      dataset: {path: own.csv, target: kind, test_share: 0.3}
      Pixels: standardized
      layers:
        - Conv: {kernel_size: 3, out_channels: 4, use_bias: True}
        - Activation
        - MaxPool2D: 2
        - AvgPool2d: 2
        - Dense: {out_features: 8, bias: TRUE}
        - activation
        - dense: Classes
      Defaults:
        init: xavier_uniform_
        batchSize: 10
        num_epochs: 5
        Seeds: 3
      Arms:
        - {name: a, activation: Sigmoid, Optimizer: {SGD: {lr: 3.0, Momentum: 0.9}}}
        - {name: b, activation: [atan, LogSigmoid], optimiser: {Adam: {eps: 1e-7}}}
        - {name: c, activation: {Function: linear, Alpha: 2}, initialization: kaiming_normal, backend: torch}
        - {name: d, activation: ReLU, initializer: zero, optimizer: Adam}
      """;

  @Test
  void wordsThatMeanTheSameAreReadAsOursAndWrittenBackAsOurs() {
    ExperimentSpec spec = ExperimentSpec.parse(THEIRS, "theirs.yaml");
    assertThat(spec).isEqualTo(ExperimentSpec.parse(OURS, "ours.yaml"));
    assertThat(spec.toYaml()).isEqualTo(ExperimentSpec.parse(OURS, "ours.yaml").toYaml());
    assertThat(Json.problems(YamlReader.read(spec.toYaml(), "written.yaml"))).isEqualTo("[]");
  }

  @Test
  void sigmoidIsTheLogisticFunctionForTheSchemaToo() {
    String text = Texts.SMALL.replace("activation: tanh", "activation: sigmoid");
    assertThat(Json.problems(YamlReader.read(text, "own.yaml"))).isEqualTo("[]");
    assertThat(ExperimentSpec.parse(text, "own.yaml"))
        .isEqualTo(
            ExperimentSpec.parse(
                Texts.SMALL.replace("activation: tanh", "activation: logistic"), "own.yaml"));
  }

  @ParameterizedTest
  @CsvSource({
    "swish, silu",
    "SiLU, silu",
    "Hardtanh, hard-tanh",
    "hard_sigmoid, hard-sigmoid",
    "leaky_relu, leaky-relu",
    "LeakyReLU, leaky-relu",
    "sin, sine",
    "GELU, gelu",
    "penalized_tanh, penalised-tanh"
  })
  void functionsHaveTheirNamesElsewhereToo(String theirs, String ours) {
    assertThat(OtherWords.meaning(theirs, ActivationCodec.FUNCTIONS))
        .isEqualTo(OtherWords.meaning(ours, ActivationCodec.FUNCTIONS))
        .isPresent();
  }

  @Test
  void noWordOfOursMeansAnotherOfOurs() {
    List<Map<String, ?>> places =
        List.of(
            ActivationCodec.FUNCTIONS,
            InitializationCodec.WORDS,
            SpecWords.BACKENDS,
            Words.of(ArmKeys.SETTINGS, Key::name));
    for (Map<String, ?> known : places) {
      known.forEach(
          (word, meaning) ->
              assertThat(OtherWords.meaning(word, known))
                  .hasValueSatisfying(found -> assertThat((Object) found).isSameAs(meaning)));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          - max-pooling: 2   | - flatten                         | 6:5: a layer cannot be "flatten": this is automatic; leave it out
          - max-pooling: 2   | - Flatten: {}                     | 6:5: unknown key "Flatten" in a layer: this is automatic; leave it out
          - max-pooling: 2   | - dropout2d: 0.5                  | 6:5: unknown key "dropout2d" in a layer: write "- dropout: 0.2" as a layer; it drops values one by one
          - max-pooling: 2   | - Tanh                            | 6:5: a layer cannot be "Tanh": write "- activation: tanh", or "- activation" and which function it is in the arm
          - max-pooling: 2   | - {activation: swsh}              | 6:18: activation cannot be "swsh"
          - max-pooling: 2   | - Linear: 8                       | 6:5: unknown key "Linear" in a layer: write "dense", which has no biases unless it says so
          - max-pooling: 2   | - Conv2d: 8                       | 6:5: unknown key "Conv2d" in a layer: write "conv" or "separable-conv"
          - max-pooling: 2   | - {conv: {kernel: 3, filters: 3, dilation: 1}} | 6:36: unknown key "dilation" in conv: this is always 1; leave it out
          - max-pooling: 2   | - {dense: {units: 3, activation: relu}} | 6:24: unknown key "activation" in dense: write "- activation" as a layer of its own
          activation: tanh   | activation: softmax               | 10:17: activation cannot be "softmax": write "- softmax" as a layer; the loss softmax-cross-entropy applies it itself and needs none at the end
          activation: tanh   | activation: log_softmax           | 10:17: activation cannot be "log_softmax": this is part of the loss softmax-cross-entropy; leave it out
          - max-pooling: 2   | - {embedding: {num_embeddings: 9, size: 3}} | 6:18: unknown key "num_embeddings" in embedding: this comes from the data
          activation: tanh   | activation: relu6                 | 10:17: activation cannot be "relu6": there is no such activation function yet; known here: tanh,
          activation: tanh   | activation: gelu_new              | 10:17: activation cannot be "gelu_new": write gelu, which is exact
          activation: tanh   | activation: hard_swish            | 10:17: activation cannot be "hard_swish": there is no such activation function yet
          activation: tanh   | optimizer: SGD                    | 10:16: optimizer cannot be "SGD": write {sgd: {learning-rate: 0.1}}
          activation: tanh   | optimizer: NAdam                  | 10:16: optimizer cannot be "NAdam": there are adam, adamw, sgd, rmsprop and adagrad so far
          activation: tanh   | optimizer: {adam: {nesterov: true}} | 10:24: unknown key "nesterov" in adam: write it inside sgd: {sgd: {learning-rate: 0.1, momentum: 0.9, nesterov: true}}
          activation: tanh   | optimizer: {adam: {clipnorm: 1}}  | 10:24: unknown key "clipnorm" in adam: write "clipping: {norm: 1}" in the arm
          activation: tanh   | clipvalue: 1                      | 10:5: unknown key "clipvalue" in an arm: write "clipping: {value: 0.5}" in the arm
          activation: tanh   | warmup_steps: 10                  | 10:5: unknown key "warmup_steps" in an arm: write "schedule: {warm-up: {steps: 500}}" in the arm
          activation: tanh   | scheduler: {exponential_lr: 0.9}  | 10:17: unknown key "exponential_lr" in schedule: there is no such schedule yet
          activation: tanh   | scheduler: {CosineAnnealingLR: {T_max: 5}} | 10:37: unknown key "T_max" in cosine: write "epochs"
          activation: tanh   | schedule: {step: {step_size: 5, gamma: 0.5}} | 10:23: unknown key "step_size" in step: write "epochs"
          activation: tanh   | optimizer: {name: adam, lr: 0.1}  | 10:17: unknown key "name" in optimizer: write the optimizer's name as the key
          activation: tanh   | optimizer: {adam: {weight_decay: 0.1}} | 10:24: unknown key "weight_decay" in adam: write "penalty: {l2: 0.01}" in the arm
          activation: tanh   | lr: 0.1                           | 10:5: unknown key "lr" in an arm: write it inside the optimizer
          activation: tanh   | l2: 0.1                           | 10:5: unknown key "l2" in an arm: write "penalty: {l2: 0.01}", which is (0.01/2)·Σθ²
          activation: tanh   | weight_decay: 0.1                 | 10:5: unknown key "weight_decay" in an arm: write "penalty: {l2: 0.01}"
          activation: tanh   | seed: 3                           | 10:5: unknown key "seed" in an arm: write "seeds: [7]"
          activation: tanh   | metrics: accuracy                 | 10:5: unknown key "metrics" in an arm: the loss and the scores that go with it are always recorded
          activation: tanh   | init: he_uniform                  | 10:11: initial-values cannot be "he_uniform": write "he", which is normal
          activation: tanh   | init: lecun_uniform               | 10:11: initial-values cannot be "lecun_uniform": there is no such initialization yet
          data: synthetic    | num_classes: 10                   | 2:1: unknown key "num_classes" in a spec: this comes from the data
          data: synthetic    | hidden: [3, 4]                    | 2:1: unknown key "hidden" in a spec: write each layer under network
          data: synthetic    | batch_size: 10                    | 2:1: unknown key "batch_size" in a spec: write it under "defaults" for all arms
          """)
  void aWordThatMeansSomethingElseIsAnsweredWithWhatToWrite(
      String part, String replacement, String message) {
    assertThat(Texts.SMALL).contains(part);
    assertThatThrownBy(
            () -> ExperimentSpec.parse(Texts.SMALL.replace(part, replacement), "own.yaml"))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining("own.yaml:" + message);
  }

  @Test
  void aKeyInTwoSpellingsIsThereTwice() {
    assertThatThrownBy(
            () ->
                ExperimentSpec.parse(
                    Texts.SMALL + "    batch-size: 2\n    batch_size: 3\n", "own.yaml"))
        .hasMessage("own.yaml:12:5: batch_size means batch-size, which line 11 sets already");
  }

  /** Somebody's natural first draft. */
  private static final String DRAFT =
      """
      name: nielsen
      data: ../digits
      network:
        - flatten
        - dense: 30
        - sigmoid
        - dense: 10
        - softmax
      optimizer: {sgd: {lr: 3.0}}
      loss: cross_entropy
      batch_size: 10
      epochs: 5
      """;

  @Test
  void aFirstDraftIsToldAllThatIsWrongInOneRound() {
    SpecException problem =
        catchThrowableOfType(SpecException.class, () -> ExperimentSpec.parse(DRAFT, "draft.yaml"));
    assertThat(problem.getMessage().lines())
        .containsExactly(
            "draft.yaml:1:1: a spec needs the key arms, such as \"arms: [{name: one}]\"",
            "draft.yaml:4:5: a layer cannot be \"flatten\": this is automatic; leave it out",
            "draft.yaml:6:5: a layer cannot be \"sigmoid\": write \"- activation: sigmoid\","
                + " or \"- activation\" and which function it is in the arm",
            "draft.yaml:9:1: unknown key \"optimizer\" in a spec: write it under \"defaults\" for"
                + " all arms, or in an arm",
            "draft.yaml:10:1: unknown key \"loss\" in a spec: write it under \"defaults\" for all arms,"
                + " or in an arm",
            "draft.yaml:11:1: unknown key \"batch_size\" in a spec: write it under \"defaults\" for"
                + " all arms, or in an arm",
            "draft.yaml:12:1: unknown key \"epochs\" in a spec: write it under \"defaults\" for all"
                + " arms, or in an arm");
    assertThat(problem.place().line()).isEqualTo(1);
  }

  @Test
  void whoDoesAllThatIsToldIsDone() {
    String second =
        """
        name: nielsen
        data: ../digits
        network:
          - dense: 30
          - activation
          - dense: 10
        defaults:
          activation: sigmoid
          optimizer: {sgd: {lr: 3.0}}
          batch_size: 10
          epochs: 5
        arms: [{name: one}]
        """;
    assertThat(ExperimentSpec.parse(second, "draft.yaml").arms().get(0).batchSize()).isEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "optimizer: {sgd: {learning-rate: x, momentum: y}}",
        "optimizer: {adam: {beta1: 1}}, epochs: 0",
        "penalty: {elastic-net: {l1: -1, l2: -1}}",
        "seeds: 0, batch-size: no"
      })
  void bothErrorsOfAnArmAreTold(String settings) {
    String text = Texts.SMALL + "  - {name: b, activation: relu, " + settings + "}\n";
    assertThatThrownBy(() -> ExperimentSpec.parse(text, "own.yaml"))
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(2));
  }

  @Test
  void oneErrorIsNotToldAsSeveral() {
    List<String> once =
        List.of(
            Texts.SMALL.replace("data: synthetic", "dta: synthetic"),
            Texts.SMALL.replace("activation: tanh", "actvation: tanh"),
            Texts.SMALL.replace("activation: tanh", "activation: thanh"),
            Texts.SMALL.replace("- {conv: {kernel: 3, filters: 3}}", "- {cnov: 3}"),
            Texts.SMALL.replace("- activation", "- sigmoid"),
            Texts.SMALL.replace("- dense: classes", "- dense: {unts: 3}"),
            Texts.SMALL + "    optimizer: {sgdd: {learning-rate: 1}}\n");
    for (String text : once) {
      assertThatThrownBy(() -> ExperimentSpec.parse(text, "own.yaml"))
          .satisfies(e -> assertThat(e.getMessage().lines()).as(text).hasSize(1));
    }
  }

  @Test
  void moreErrorsThanAnyoneReadsAreCounted() {
    List<String> layers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      layers.add("flatten");
    }
    String text =
        Texts.SMALL.replace("  - activation\n", "  - " + String.join("\n  - ", layers) + "\n");
    assertThatThrownBy(() -> ExperimentSpec.parse(text, "own.yaml"))
        .satisfies(
            e -> {
              assertThat(e.getMessage().lines()).hasSize(21);
              assertThat(e.getMessage()).endsWith("\n… and 30 more");
            });
  }
}
