package org.unvanish.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unvanish.codec.yaml.SpecException;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Shape;
import org.unvanish.data.synthetic.SyntheticImages;
import org.unvanish.experiment.DataDescription;
import org.unvanish.experiment.Definition;
import org.unvanish.experiment.Experiment;
import org.unvanish.network.Network;
import org.unvanish.train.Training;

/** What is told about broken specs, case by case, each a change of {@link Texts#SMALL}. */
class BrokenSpecTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          data: synthetic   | dta: synthetic       | 2:1: unknown key "dta" in a spec: did you mean data?
          data: synthetic   | data: 5              | 2:7: data must be a mapping with source, format, label-column, labels-are, target-columns, categorical-columns, sequence-column, time-column, ignored-columns, targets, steps, samples, noise, classes, test-share, train-samples, seed, but is 5
          data: synthetic   | data:                | 2:6: data must be a mapping
          data: synthetic   | data: {sauce: x}     | 2:8: unknown key "sauce" in data: did you mean source?
          data: synthetic   | data: &a synthetic   | 2:7: the anchor "&a" has no use in a spec
          data: synthetic   | data: *a             | 2:7: "*a" repeats another part; write it out
          data: synthetic   | data: !!str x        | 2:7: the tag "tag:yaml.org,2002:str" has no use in a spec
          data: synthetic   | name: again          | 2:1: the key name is given twice, first in line 1
          data: synthetic   | pixels: unit         | 1:1: a spec needs the key data
          data: synthetic   | data: {source: x.csv, target-columns: 3} | 2:39: target-columns must be text; write it in quotes, but is 3
          data: synthetic   | data: {source: x.csv, target-columns: []} | 2:39: target-columns must have from 1 to 1000 items, but has 0
          data: synthetic   | data: {source: x.csv, target-columns: [a, true]} | 2:43: target-columns must be text, but is true
          data: synthetic   | data: {source: x.csv, target-columns: [a, b, a]} | 2:7: data: the column "a" is named twice, but can have one role only
          data: synthetic   | data: {source: x.csv, target-columns: a, label-column: b} | 2:7: data: a table has either a label column (for classes) or target columns (for numbers). Leave one of them out
          data: synthetic   | data: {source: x.csv, target-columns: a, labels-are: classes} | 2:7: data: a table has either a label column
          data: synthetic   | data: {source: x.csv, categorical-columns: {a: b}} | 2:44: categorical-columns must be text, but is a mapping
          data: synthetic   | data: {source: x.csv, categorical-columns: [a, b], label-column: b} | 2:7: data: the column "b" is named twice
          data: synthetic   | data: {source: x.csv, sequence-column: id, time-column: t} |
          data: synthetic   | data: {source: x.csv, sequence-column: 3} | 2:40: sequence-column must be text; write it in quotes, but is 3
          data: synthetic   | data: {source: x.csv, sequence-column: [a, b]} | 2:40: sequence-column must be text, but is a list
          data: synthetic   | data: {source: x.csv, time-column: t} | 2:7: data: a time-column needs a sequence-column, which says to which sequence a row belongs
          data: synthetic   | data: {source: x.csv, sequence-column: id, time-column: id} | 2:7: data: the column "id" is named twice
          data: synthetic   | data: {source: x.csv, sequence-column: a, label-column: a} | 2:7: data: the column "a" is named twice
          data: synthetic   | data: {source: x.csv, ignored-columns: [a, b]} |
          data: synthetic   | data: {source: x.csv, ignored-columns: a, label-column: a} | 2:7: data: the column "a" is named twice
          data: synthetic   | data: {source: x, steps: rows} |
          data: synthetic   | data: {source: adding, steps: 400} |
          data: synthetic   | data: {source: x, steps: columns} | 2:26: steps cannot be "columns"; known here: rows, pixels
          data: synthetic   | data: {source: x, steps: pixel} | 2:26: steps cannot be "pixel": did you mean pixels?
          data: synthetic   | data: {source: adding, steps: 0} | 2:31: steps must be a whole number from 1 to 100000000, but is 0
          data: synthetic   | data: {source: adding, steps: 1.5} | 2:31: steps must be a whole number from 1 to 100000000, but is 1.5
          data: synthetic   | data: {source: adding, steps: true} | 2:31: steps must be one of rows, pixels, or a number of steps, but is true
          data: synthetic   | data: {source: adding, steps: [3]} | 2:31: steps must be one of rows, pixels, or a number of steps, but is a list
          data: synthetic   | data: {source: x.csv, targets: both} | 2:32: targets cannot be "both"; known here: raw, standardised, inputs
          data: synthetic   | data: {source: x.csv, targets: 1} | 2:32: targets must be one of raw, standardised, inputs, but is 1
          data: synthetic   | data: {source: xor, samples: 3} | 2:30: samples must be a whole number from 4 to 1000000, but is 3
          data: synthetic   | data: {source: xor, samples: many} | 2:30: samples must be a whole number from 4 to 1000000, but is "many"
          data: synthetic   | data: {source: xor, noise: -0.1} | 2:28: noise must be a number from 0 to 100, but is -0.1
          data: synthetic   | data: {source: xor, noise: .nan} | 2:28: noise must be a number from 0 to 100, but is .nan
          data: synthetic   | data: {source: blobs, classes: 1} | 2:32: classes must be a whole number from 2 to 256, but is 1
          data: synthetic   | data: {source: blobs, classes: 2.5} | 2:32: classes must be a whole number from 2 to 256, but is 2.5
          name: small       | input-scaling: log   | 1:16: input-scaling cannot be "log"; known here: unit, standardised, raw
          name: small       | target-columns: a    | 1:1: unknown key "target-columns" in a spec: write it inside data: {source: own.csv, target-columns: [price]}
          name: small       | name: a/b            | 1:7: name must be letters, digits, dots, dashes and underscores, as files are named by it, but is "a/b"
          name: small       | name: 3              | 1:7: name must be text; write it in quotes, but is 3
          name: small       | name: [small         | 2:5: this is not YAML: expected ',' or ']', but got :
          kernel: 3         | kernel: 4            | 4:21: kernel must be odd with same padding; even kernels need "padding: valid", but is 4
          kernel: 3         | kernel: 4, padding: valid |
          kernel: 3         | kernel: 3, stride: 0  | 4:32: stride must be a whole number from 1 to 31, but is 0
          kernel: 3         | kernel: 3, stride: two | 4:32: stride must be a whole number from 1 to 31, but is "two"
          kernel: 3         | kernel: 3, padding: 1 | 4:33: padding must be one of same, valid, but is 1
          kernel: 3         | kernel: 3, padding: full | 4:33: padding cannot be "full"; known here: same, valid
          max-pooling: 2    | {conv-1d: {kernel: 2, filters: 3}} | 6:24: kernel must be odd with same padding
          max-pooling: 2    | {conv-1d: {filters: 3}} | 6:15: conv-1d needs the key kernel
          max-pooling: 2    | global-average-pooling |
          max-pooling: 2    | {global-average-pooling: 2} | 6:6: unknown key "global-average-pooling" in a layer
          kernel: 3         | kernel: three        | 4:21: kernel must be a whole number from 1 to 31, but is "three"
          kernel: 3         | kernel: 3.5          | 4:21: kernel must be a whole number from 1 to 31, but is 3.5
          kernel: 3         | kernel: 99           | 4:21: kernel must be a whole number from 1 to 31, but is 99
          `kernel: 3, `     | ``                   | 4:12: conv needs the key kernel
          conv:             | cnov:                | 4:6: unknown key "cnov" in a layer: did you mean conv?
          max-pooling: 2    | max-pooling: 1       | 6:18: max-pooling must be a whole number from 2 to 1024, but is 1
          max-pooling: 2    | dense: 8             |
          max-pooling: 2    | activaton            | 6:5: a layer cannot be "activaton": did you mean activation?
          max-pooling: 2    | activation: relu     |
          max-pooling: 2    | activation:          | 6:16: activation must be a mapping with function, alpha, naive, dyt, but is empty
          max-pooling: 2    | activation: 2        | 6:17: activation must be a mapping with function, alpha, naive, dyt, but is 2
          max-pooling: 2    | activation: [relu]   | 6:17: activation must be a mapping with function, alpha, naive, dyt, but is a list
          max-pooling: 2    | activation: rleu     | 6:17: activation cannot be "rleu": did you mean relu?
          max-pooling: 2    | activation: {function: tanh, alpha: 0} | 6:41: alpha must be a number from 1e-30 to 1e30, but is 0
          max-pooling: 2    | {activation: relu, bias: true} | 6:24: unknown key "bias" in a layer
          - activation      | - activation: tanh   | 10:17: the network has no "- activation" that this could go to
          max-pooling: 2    | repeat: 2            | 6:5: a layer needs the key layers
          max-pooling: 2    | {repeat: 999, layers: [{repeat: 999, layers: [{repeat: 999, layers: [activation]}]}]} | 4:3: the network has more than 1000 layers
          max-pooling: 2    | batch-norm: 1        | 6:17: batch-norm must be a mapping with epsilon, momentum, but is 1
          max-pooling: 2    | batch-norm: {momentum: 0} | 6:28: momentum must be a number from 1e-30 to 1, but is 0
          max-pooling: 2    | batch-norm: {epsilon: x} | 6:27: epsilon must be a number from 1e-30 to 1e30, but is "x"
          max-pooling: 2    | layer-norm: {groups: 2}  | 6:18: unknown key "groups" in layer-norm
          max-pooling: 2    | group-norm: {}       | 6:17: group-norm needs the key groups
          max-pooling: 2    | group-norm           | 6:5: a layer cannot be "group-norm"
          max-pooling: 2    | group-norm: {groups: 0} | 6:26: groups must be a whole number from 1 to 4096, but is 0
          max-pooling: 2    | dropout: 1           | 6:14: dropout must be a number of at least 0 and below 1, but is 1
          max-pooling: 2    | embedding: 3         | 6:16: embedding must be a mapping with column, size, but is 3
          max-pooling: 2    | embedding: {size: 0} | 6:16: embedding needs the key column
          max-pooling: 2    | embedding: {column: 3, size: 2} | 6:25: column must be text; write it in quotes, but is 3
          max-pooling: 2    | embedding: {column: a, size: 65537} | 6:34: size must be a whole number from 1 to 65536, but is 65537
          max-pooling: 2    | embedding: {column: a, size: 2} | 6:5: an embedding reads the data, so it cannot stand after another layer; put it first
          max-pooling: 2    | residual: {layers: [{embedding: {column: a, size: 2}}]} | 6:25: an embedding reads the data, so it cannot stand inside a block; put it first
          max-pooling: 2    | softmax: 1           | 6:5: unknown key "softmax" in a layer
          max-pooling: 2    | residual: {layers: []} | 6:24: layers must have from 1 to 1000 items, but has 0
          max-pooling: 2    | residual: {layers: [activation], projection: 1} | 6:50: projection must be true or false, but is 1
          max-pooling: 2    | residual: {layers: [{dense: 3}, {conv: {kernel: 3, filters: 2}}]} | 6:37: move this layer in front of the first dense layer
          max-pooling: 2    | residual: {layers: [{residual: {layers: [{residual: {layers: [{residual: {layers: [{residual: {layers: [activation]}}]}}]}}]}}]} | 6:5: at most 4 residual blocks may stand one in another
          dense: classes    | dense: clases        | 7:12: dense cannot be "clases": did you mean classes?
          dense: classes    | dense: target        | 7:12: dense cannot be "target": did you mean targets?
          dense: classes    | dense: targets       |
          dense: classes    | dense: 1             |
          - dense: classes  | - activation         |
          - name: tanh      | - nmae: tanh         | 9:5: unknown key "nmae" in an arm: did you mean name?
          - name: tanh      | - epochs: 3          | 9:5: an arm needs the key name
          - name: tanh      | - name: ''           | 9:11: name must be one line of 1 to 100 printable characters, but is ""
          activation: tanh  | activation: thanh    | 10:17: activation cannot be "thanh": did you mean tanh?
          activation: tanh  | backend: jax         | 10:14: backend cannot be "jax"; known here: engine, pytorch
          activation: tanh  | activation: swosh    | 10:17: activation cannot be "swosh"
          activation: tanh  | activation: swish    |
          activation: tanh  | activation: {function: gelu, dyt: 0.5} |
          activation: tanh  | activation: {function: tanh, dyt: 0} | 10:39: dyt must be a number from 1e-30 to 1e30, but is 0
          activation: tanh  | activation: {function: tanh, dyt: {learned: 2}} | 10:39: dyt must be a number from 1e-30 to 1e30
          activation: tanh  | activation: {function: tanh, alpha: 2, dyt: 2} | 10:44: activation cannot have both alpha and dyt
          activation: tanh  | activation: {function: tanh, dyt: 2, naive: 2} | 10:34: activation cannot have both naive and dyt
          activation: tanh  | penalty: none        | 9:5: the arm "tanh" needs an activation
          activation: tanh  | activation: [tanh, relu] | 10:17: activation must have from 1 to 1 items, but has 2
          activation: tanh  | activation: {function: tanh, alpha: 2, naive: 2} | 10:44: activation cannot have both alpha and naive
          activation: tanh  | activation: {function: tanh, alpha: 0} | 10:41: alpha must be a number from 1e-30 to 1e30, but is 0
          activation: tanh  | activation: {function: tanh, alpha: {learned: 2, shared: true}} |
          activation: tanh  | activation: {function: tanh, alpha: {learned: 2, shared: 1}} | 10:62: shared must be true or false, but is 1
          activation: tanh  | activation: {function: tanh, alpha: {shared: true}} | 10:41: alpha needs the key learned
          activation: tanh  | activation: {function: tanh, alpha: {learned: 2, shard: true}} | 10:54: unknown key "shard" in alpha: did you mean shared?
          activation: tanh  | activation: {function: tanh, dyt: 2, shared: true} | 10:42: unknown key "shared" in activation
          max-pooling: 2    | activation: {function: tanh, alpha: {learned: 2, shared: true}} |
          activation: tanh  | activation: {function: tanh, alpha: .nan} | 10:41: alpha must be a number from 1e-30 to 1e30, but is .nan
          activation: tanh  | sedes: 3             | 10:5: unknown key "sedes" in an arm: did you mean seeds?
          activation: tanh  | loss: softmax-cross-entrpy | 10:11: loss cannot be "softmax-cross-entrpy": did you mean softmax-cross-entropy?
          activation: tanh  | loss: 3              | 10:11: loss must be a mapping with softmax-cross-entropy, huber, but is 3
          activation: tanh  | loss: {huber: {delta: 0}} | 10:27: delta must be a number from 1e-30 to 1e30, but is 0
          activation: tanh  | loss: {huber: {delta: 1, sigma: 2}} | 10:30: unknown key "sigma" in huber; known here: delta
          activation: tanh  | loss: {mean-squared-error: {}} | 10:12: unknown key "mean-squared-error" in loss; known here: softmax-cross-entropy, huber
          activation: tanh  | loss: {softmax-cross-entropy: {}} | 10:35: softmax-cross-entropy needs the key class-weights
          activation: tanh  | loss: {softmax-cross-entropy: {class-weights: equal}} | 10:51: class-weights cannot be "equal"; known here: balanced
          activation: tanh  | loss: {softmax-cross-entropy: {class-weights: [1, -1]}} | 10:55: a class weight must be a number from 1e-30 to 1e30, but is -1
          activation: tanh  | seeds: [1, 2, 1]     | 10:19: the seed 1 stands here twice
          activation: tanh  | seeds: []            | 10:12: seeds must have from 1 to 10000 items, but has 0
          activation: tanh  | epochs: 0            | 10:13: epochs must be a whole number from 1 to 10000, but is 0
          activation: tanh  | penalty: {l2: -1}    | 10:19: l2 must be a number from 0 to 1e30, but is -1
          activation: tanh  | penalty: {l2: 1, l1: 1} | 10:22: penalty cannot have both l2 and l1
          activation: tanh  | penalty: {l1: 1, form: keras} | 10:22: form stands beside l2 only, not l1
          activation: tanh  | optimizer: {adam: {beta1: 1}} | 10:31: beta1 must be a number of at least 0 and below 1, but is 1
          activation: tanh  | optimizer: sgd       | 10:16: optimizer cannot be "sgd"
          activation: tanh  | optimizer: {adamw: {weight-decay: -1}} | 10:39: weight-decay must be a number from 0 to 1e30, but is -1
          activation: tanh  | optimizer: {adamw: {momentum: 0.9}} | 10:25: unknown key "momentum" in adamw
          activation: tanh  | optimizer: {rmsprop: {rho: 1}} | 10:32: rho must be a number of at least 0 and below 1, but is 1
          activation: tanh  | optimizer: {rmsprop: 0.1} | 10:26: rmsprop must be a mapping with learning-rate, rho, epsilon, momentum, but is 0.1
          activation: tanh  | optimizer: {adagrad: {learning-rate: 0}} | 10:42: learning-rate must be a number from 1e-30 to 1e30, but is 0
          activation: tanh  | optimizer: {sgd: {learning-rate: 1, nesterov: true}} | 10:41: nesterov needs a momentum above 0
          activation: tanh  | optimizer: {sgd: {learning-rate: 1, momentum: 0.9, nesterov: 1}} | 10:66: nesterov must be true or false, but is 1
          activation: tanh  | optimizer: {adam: {}, sgd: {learning-rate: 1}} | 10:27: optimizer cannot have both adam and sgd
          activation: tanh  | schedule: {}        | 10:15: schedule needs one of the keys warm-up, step, cosine
          activation: tanh  | schedule: cosine    | 10:15: schedule cannot be "cosine"
          activation: tanh  | schedule: 5         | 10:15: schedule must be a mapping with warm-up, step, cosine, but is 5
          activation: tanh  | schedule: {warm-up: 5} | 10:25: warm-up must be a mapping with steps, epochs, but is 5
          activation: tanh  | schedule: {warm-up: {steps: 0}} | 10:33: steps must be a whole number from 1 to 100000000, but is 0
          activation: tanh  | schedule: {warm-up: {steps: 1, epochs: 1}} | 10:36: warm-up cannot have both steps and epochs
          activation: tanh  | schedule: {step: {epochs: 1}} | 10:22: step needs the key factor
          activation: tanh  | schedule: {step: {epochs: 1, factor: 2}} | 10:42: factor must be a number from 1e-30 to 1, but is 2
          activation: tanh  | schedule: {cosine: {epochs: 1.5}} | 10:33: epochs must be a whole number from 1 to 10000, but is 1.5
          activation: tanh  | schedule: {cosine: {epochs: 1, end-factor: -1}} | 10:48: end-factor must be a number from 0 to 1, but is -1
          activation: tanh  | schedule: {cosine: {epochs: 1}, step: {epochs: 1, factor: 1}} | 10:16: schedule cannot have both step and cosine
          activation: tanh  | clipping: 1         | 10:15: clipping must be a mapping with norm, value, but is 1
          activation: tanh  | clipping: {norm: 0} | 10:22: norm must be a number from 1e-30 to 1e30, but is 0
          activation: tanh  | clipping: {norm: 1, value: 1} | 10:25: clipping cannot have both norm and value
          activation: tanh  | record-every: 0     | 10:19: record-every must be a whole number from 1 to 65536, but is 0
          activation: tanh  | record-every: often | 10:19: record-every cannot be "often"
          activation: tanh  | initial-values: {normal: 0} | 10:30: normal must be a number from 1e-30 to 1e30, but is 0
          activation: tanh  | initial-values: {orthogonal: 2} | 10:34: orthogonal must be a mapping
          activation: tanh  | initial-values: {orthogonal: {gain: arctan}} | 10:41: gain cannot be "arctan"
          activation: tanh  | initial-values: {orthogonal: {gain: 0}} | 10:41: gain must be a number from 1e-30 to 1e30, but is 0
          activation: tanh  | initial-values: {lecun: {gain: [1]}} | 10:36: gain must be a number from 1e-30 to 1e30, but is a list
          activation: tanh  | initial-values: {weights: he, biases: orthogonal} | 10:43: biases cannot be "orthogonal"
          activation: tanh  | initial-values: {weights: {file: a}} | 10:32: unknown key "file" in weights
          activation: tanh  | initial-values: {file: a, weights: he} | 10:22: file gives weights and biases and stands alone
          activation: tanh  | initial-values: {file: no.safetensors} | 10:28: initial values: the file no.safetensors cannot be read
          activation: tanh  | initial-values: {file: a, sha256: ABC} | 10:39: sha256 must be 64 hexadecimal digits in small letters
          activation: tanh  | initial-values: {uniform: 1, weights: he} | 10:22: uniform must stand under weights, recurrent or biases here
          """)
  void itIsRefusedAtItsPlace(String part, String replacement, String message) {
    assertThat(Texts.SMALL).contains(part);
    String text = Texts.SMALL.replace(part, replacement);
    if (message == null) {
      assertThat(ExperimentSpec.parse(text, "own.yaml")).isNotNull();
      return;
    }
    assertThatThrownBy(() -> ExperimentSpec.parse(text, "own.yaml"))
        .isInstanceOf(SpecException.class)
        .satisfies(
            e ->
                assertThat(e.getMessage().lines())
                    .anyMatch(line -> line.startsWith("own.yaml:" + message)));
  }

  @Test
  void allThatIsWrongIsToldAtOnceWithWhatToWrite() {
    String text =
        """
        name: 3
        data: {source: x.csv, target-columns: [1, price, true], tets-share: 0.3}
        data: twice
        network:
          - dense: 8
          - conv: {kernel: 2, filters: 0}
          - activation: {function: thanh, alpha: 0}
        arms:
          - {name: a, seeds: [1, x, 1], epochs: 0, penalty: {l1: -1, form: keras}}
          - {name: b, loss: {softmax-cross-entropy: {class-weights: [0, y]}}}
        """;
    assertThatThrownBy(() -> ExperimentSpec.parse(text, "own.yaml"))
        .isInstanceOfSatisfying(
            SpecException.class,
            e ->
                assertThat(e.lines())
                    .containsExactly(
                        "own.yaml:1:7: name must be text; write it in quotes, but is 3: write"
                            + " \"name: '3'\"",
                        "own.yaml:2:40: target-columns must be text; write it in quotes, but is 1:"
                            + " write \"target-columns: '1'\"",
                        "own.yaml:2:50: target-columns must be text, but is true; write for example"
                            + " \"target-columns: [price]\"",
                        "own.yaml:2:57: unknown key \"tets-share\" in data: did you mean test-share?"
                            + " Write \"test-share: 0.3\"",
                        "own.yaml:3:1: the key data is given twice, first in line 2",
                        "own.yaml:6:20: kernel must be odd with same padding; even kernels "
                            + "need \"padding: valid\", but is 2; write for example \"kernel: 3\"",
                        "own.yaml:6:32: filters must be a whole number from 1 to 4096, but is 0;"
                            + " write for example \"filters: 8\"",
                        "own.yaml:7:28: function cannot be \"thanh\": did you mean tanh? Write"
                            + " \"function: tanh\"",
                        "own.yaml:7:42: alpha must be a number from 1e-30 to 1e30, but is 0; write"
                            + " for example \"alpha: 2\"",
                        "own.yaml:9:26: a seed must be a whole number from 0 to 9007199254740991,"
                            + " but is \"x\"",
                        "own.yaml:9:29: the seed 1 stands here twice",
                        "own.yaml:9:41: epochs must be a whole number from 1 to 10000, but is 0;"
                            + " write for example \"epochs: 50\"",
                        "own.yaml:9:58: l1 must be a number from 0 to 1e30, but is -1; write for"
                            + " example \"l1: 0.01\"",
                        "own.yaml:9:62: form stands beside l2 only, not l1",
                        "own.yaml:10:62: a class weight must be a number from 1e-30 to 1e30, but"
                            + " is 0",
                        "own.yaml:10:65: a class weight must be a number from 1e-30 to 1e30, but"
                            + " is \"y\""));
  }

  @Test
  void allLayersThatStandWhereTheyCannotAreTold() {
    String text =
        Texts.SMALL.replace(
            "  - max-pooling: 2\n",
            "  - embedding: {column: a, size: 2}\n  - dense: 4\n  - max-pooling: 2\n");
    assertThatThrownBy(() -> ExperimentSpec.parse(text, "own.yaml"))
        .satisfies(
            e ->
                assertThat(e.getMessage().lines())
                    .satisfiesExactly(
                        line -> assertThat(line).startsWith("own.yaml:6:5: an embedding reads"),
                        line ->
                            assertThat(line).startsWith("own.yaml:8:5: move this layer in front")));
  }

  /** Arms that share what is wrong are one problem; others have their own. */
  @Test
  void whatDoesNotFitTheDataIsToldOfEveryArmOnce() {
    String text =
        Texts.SMALL.replace("dense: classes", "dense: 12")
            + "  - {name: relu, activation: relu}\n"
            + "  - {name: own, network: [{dense: 3}]}\n";
    ExperimentSpec spec = ExperimentSpec.parse(text, "own.yaml");
    assertThatThrownBy(() -> spec.experiment(SyntheticImages.draw(1, 10, 10)))
        .isInstanceOfSatisfying(
            SpecException.class,
            e ->
                assertThat(e.lines())
                    .containsExactly(
                        "own.yaml:7:5: the last layer has 12 outputs, but synthetic has 10 classes;"
                            + " write \"dense: classes\"",
                        "own.yaml:12:27: the last layer has 3 outputs, but synthetic has 10"
                            + " classes; write \"dense: classes\""));
  }

  @Test
  void aDenseLayerBeforeAConvolutionIsTooEarly() {
    refuse(
        Texts.SMALL.replace("network:\n", "network:\n  - dense: 8\n"),
        "own.yaml:5:5: move this layer in front of the first dense layer");
  }

  @Test
  void armsThatAreAlikeAreRefused() {
    refuse(
        Texts.SMALL + "  - name: tanh\n    activation: relu\n",
        "own.yaml:11:5: two arms are named \"tanh\"");
    refuse(
        Texts.SMALL + "  - name: other\n    activation: {function: tanh, alpha: 1}\n",
        "own.yaml:11:5: the arms \"tanh\" and \"other\" differ in nothing but their names");
  }

  @Test
  void armsThatWouldTrainTheSameRunsAreRefused() {
    String many = Texts.SMALL.replace("  - max-pooling: 2\n", "  - activation\n");
    for (String settings :
        List.of(
            "activation: tanh, epochs: 3",
            "activation: tanh, seeds: [77]",
            "activation: [tanh, tanh], seeds: 3, epochs: 2")) {
      refuse(
          many + "  - {name: other, %s}\n".formatted(settings),
          "own.yaml:11:5: the arms \"tanh\" and \"other\" differ in nothing but their names, epochs"
              + " and seeds, so that they would train the same runs; give one arm the epochs and"
              + " seeds of both");
    }
    refuse(
        many + "  - {name: other, activation: [tanh, {function: tanh, alpha: 1.0}]}\n",
        "own.yaml:11:5: the arms \"tanh\" and \"other\" differ in nothing but their names");
  }

  @Test
  void armsThatDifferInWhatIsRecordedTrainTheSame() {
    refuse(
        Texts.SMALL + "  - {name: other, activation: tanh, record-every: 8}\n",
        "own.yaml:11:5: the arms \"tanh\" and \"other\" train the same, because record-every "
            + "only changes");
  }

  @Test
  void aSpecsArmsAreAlikeExactlyWhereTheirDefinitionsAre() {
    String many = Texts.SMALL.replace("  - max-pooling: 2\n", "  - activation\n");
    many = many.substring(0, many.indexOf("  - name:"));
    List<String> arms =
        List.of(
            "activation: tanh",
            "activation: [tanh, tanh], seeds: 2",
            "activation: [tanh, relu]",
            "activation: {function: tanh, alpha: 1}, epochs: 1",
            "activation: {function: tanh, alpha: {learned: 1}}",
            "activation: {function: tanh, naive: 1}",
            "activation: tanh, penalty: none",
            "activation: tanh, penalty: {l2: 0}",
            "activation: tanh, penalty: {l2: 0, form: keras}",
            "activation: tanh, optimizer: {adam: {learning-rate: 1e-3}}",
            "activation: tanh, optimizer: {adam: {epsilon-form: keras}}",
            "activation: tanh, initial-values: {weights: glorot, biases: zeros}",
            "activation: tanh, initial-values: {weights: glorot, biases: {normal: 1}}",
            "activation: tanh, optimizer: {sgd: {learning-rate: 0.1, momentum: 0.9}}",
            "activation: tanh, optimizer: {sgd: {learning-rate: 0.1, momentum: 0.9, nesterov: true}}",
            "activation: tanh, optimizer: adamw",
            "activation: tanh, optimizer: {adamw: {weight-decay: 0}}",
            "activation: tanh, schedule: none, clipping: none",
            "activation: tanh, schedule: {warm-up: {steps: 3}}",
            "activation: tanh, schedule: {warm-up: {epochs: 3}}",
            "activation: tanh, schedule: {warm-up: {epochs: 3}, cosine: {epochs: 3}}",
            "activation: tanh, schedule: {cosine: {epochs: 3}}",
            "activation: tanh, schedule: {step: {epochs: 3, factor: 0.5}}",
            "activation: tanh, clipping: {norm: 1}",
            "activation: tanh, clipping: {value: 1}",
            "activation: tanh, batch-size: 32",
            "activation: tanh, backend: pytorch");
    Dataset data = SyntheticImages.draw(1, 10, 10);
    for (String one : arms) {
      for (String other : arms) {
        String first = "  - {name: one, %s}%n".formatted(one);
        String second = "  - {name: other, %s}%n".formatted(other);
        boolean alike = definition(many + first, data).equals(definition(many + second, data));
        String both = many + first + second;
        if (alike) {
          refuse(both, "own.yaml:10:5: the arms \"one\" and \"other\" differ in nothing but");
        } else {
          assertThat(ExperimentSpec.parse(both, "own.yaml").arms()).hasSize(2);
        }
      }
    }
  }

  private static Definition definition(String text, Dataset data) {
    Experiment experiment = ExperimentSpec.parse(text, "own.yaml").experiment(data);
    return Definition.of(experiment.arms().get(0), experiment.data());
  }

  @Test
  void tooManyRunsAreRefusedAtTheArmThatHasThem() {
    StringBuilder text = new StringBuilder(Texts.SMALL);
    for (int i = 0; i < 20; i++) {
      text.append(
          "  - {name: a%d, activation: relu, batch-size: %d, seeds: 10000}%n".formatted(i, i + 1));
    }
    refuse(
        text.toString(), "own.yaml:20:5: up to here the arms have 100025 runs, more than 100000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\\UFFFFFFFF", "\\U0011FFFF", "\\U", "\\x", "\\uD800", "a\\nb", "\\q", "\\L"})
  void aTitleThatEscapesIntoNothingPrintableIsRefused(String title) {
    refuse("title: \"" + title + "\"\n" + Texts.SMALL, "own.yaml:1:");
  }

  @Test
  void anEmptyFileIsRefused() {
    refuse("", "own.yaml:1:1: the file is empty");
    refuse("# nothing\n\n", "own.yaml:1:1: the file is empty");
    refuse("---\n---\n", "own.yaml:");
    refuse("a: 1\n---\nb: 1\n", "own.yaml:2:1: a second document begins here");
    refuse("- a\n", "own.yaml:1:1: a spec must be a mapping");
  }

  @ParameterizedTest
  @ValueSource(ints = {31, 1_000, 100_000})
  void whatIsNestedAbsurdlyDeepIsRefused(int levels) {
    refuse("name: " + "[".repeat(levels), "own.yaml:1:");
    refuse("name: " + "{a: ".repeat(levels), "own.yaml:1:");
  }

  @Test
  void aYamlBombIsRefusedAtItsFirstAnchor() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [lol, lol]\n");
    for (int i = 1; i < 60; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]%n".formatted(i, i, i - 1, i - 1));
    }
    refuse(bomb.toString(), "own.yaml:1:5: the anchor \"&a0\" has no use in a spec");
  }

  @Test
  void charactersThatYamlDoesNotKnowAreRefused() {
    refuse(
        Texts.SMALL.replace("synthetic", "syn\u0000thetic"), "own.yaml:2:10: the character U+0000");
    refuse(
        Texts.SMALL.replace("synthetic", "syn\uD800thetic"), "own.yaml:2:10: the character U+D800");
    refuse("x".repeat(2_000_000), "own.yaml:1:1: the file is too large");
  }

  @Test
  void aShapeThatDoesNotFitTheDataIsRefusedAtItsLayer() {
    refuseOnImages(
        Texts.SMALL.replace("max-pooling: 2", "max-pooling: 33"),
        "own.yaml:6:5: layer 3, max pooling by 33, needs 33 rows and columns or more, but 3×32×32"
            + " reaches it");
    refuseOnImages(
        Texts.SMALL.replace("max-pooling: 2", "conv-1d: {kernel: 3, filters: 2}"),
        "own.yaml:6:5: layer 3, a 1-D convolution, needs a signal of one row, but 3×32×32 reaches"
            + " it; write \"conv\" for images");
    refuseOnImages(
        Texts.SMALL
            .replace("kernel: 3", "kernel: 3, stride: 16")
            .replace("max-pooling: 2", "conv: {kernel: 3, filters: 2, padding: valid}"),
        "own.yaml:6:5: layer 3, a convolution with a 3×3 kernel and valid padding, needs 3 rows and"
            + " 3 columns, but 3×2×2 reaches it");
    refuseOnImages(
        Texts.SMALL.replace("dense: classes", "dense: 12"),
        "own.yaml:7:5: the last layer has 12 outputs, but synthetic has 10 classes");
    refuseOnImages(
        Texts.SMALL.replace("dense: classes", "dense: 1"),
        "own.yaml:7:5: the last layer has 1 output, but synthetic has 10 classes");
    refuseOnImages(
        Texts.SMALL.replace("- dense: classes", "- activation"),
        "own.yaml:7:5: the last layer has 768 outputs, but synthetic has 10 classes");
    refuseOnImages(
        Texts.SMALL.replace(
            "  - max-pooling: 2\n", "  - repeat: 6\n    layers:\n      - max-pooling: 2\n"),
        "own.yaml:8:9: layer 8, max pooling by 2");
  }

  @Test
  void aFileOfInitialValuesThatDoesNotFitIsRefusedBeforeTraining(@TempDir Path folder)
      throws IOException {
    Dataset data = SyntheticImages.draw(1, 10, 10);
    Network network =
        ExperimentSpec.parse(Texts.SMALL, "own.yaml").experiment(data).arms().get(0).network();
    Path file = folder.resolve("weights.safetensors");
    Training.of(network).epochs(1).run(data).save(file);
    String text =
        Texts.SMALL.replace(
            "activation: tanh", "activation: tanh\n    initial-values: {file: %s}".formatted(file));
    ExperimentSpec spec = ExperimentSpec.parse(text, "own.yaml");
    assertThat(spec.experiment(data).arms()).isNotEmpty();
    assertThat(ExperimentSpec.parse(spec.toYaml(), "own.yaml")).isEqualTo(spec);
    refuseOnImages(
        text.replace("filters: 3", "filters: 4"),
        "own.yaml:4:5: arm \"tanh\", initial values: %s, tensor \"conv1/weights\" must be F32 of"
            .formatted(file));
    Files.writeString(file, "x", StandardOpenOption.APPEND);
    assertThatThrownBy(() -> spec.experiment(data))
        .isInstanceOf(SpecException.class)
        .hasMessageStartingWith(
            "own.yaml:4:5: arm \"tanh\", initial values: the file %s has changed", file);
    // What is only looked at needs no file.
    Files.delete(file);
    assertThat(spec.experiment(DataDescription.of(data)).arms()).isNotEmpty();
  }

  @Test
  void layersThatDoNotFitABatchOrWhatReachesThemAreRefusedAtTheirPlace() {
    refuseOnImages(
        Texts.SMALL.replace(
            "max-pooling: 2", "residual: {layers: [{conv: {kernel: 3, filters: 5}}]}"),
        "own.yaml:6:5: layer 3, residual block, cannot add what its layers make, 5×32×32, to what"
            + " reaches it, 3×32×32; add projection: true, or let its last layer make as much");
    refuseOnImages(
        Texts.SMALL.replace("max-pooling: 2", "group-norm: {groups: 2}"),
        "own.yaml:6:5: layer 3, group normalization, needs channels that its 2 groups divide, but"
            + " 3×32×32 reaches it");
    refuseOnImages(
        Texts.SMALL.replace("- max-pooling: 2", "- softmax"),
        "own.yaml:6:5: layer 3, softmax, needs values without rows and columns, but 3×32×32"
            + " reaches it; put it after a dense layer");
    refuseOnImages(
        Texts.SMALL.replace("- max-pooling: 2", "- dense: 4\n  - batch-norm")
            + "    batch-size: 3\n",
        "own.yaml:7:5: batch normalization needs 2 samples in each batch, but with batch size 3 the"
            + " last batch of the 10 training samples of synthetic has 1. Choose another batch"
            + " size, such as 4");
  }

  @Test
  void absurdSizesAreRefusedAtTheirLayer() {
    refuseOnImages(
        Texts.SMALL.replace(
            "- dense: classes", "- dense: 65536\n  - dense: 65536\n  - dense: classes"),
        "own.yaml:8:5: with dense2/weights the network has more than 2147483647 parameters");
    refuseOnImages(
        Texts.SMALL.replace(
            "- dense: classes", "- dense: 65536\n  - dense: 8192\n  - dense: classes"),
        "own.yaml:8:5: with layer 5 the network has more than 100000000 parameters");
    Dataset wide = images(512, 10);
    ExperimentSpec spec =
        ExperimentSpec.parse(Texts.SMALL.replace("filters: 3", "filters: 512"), "own.yaml");
    assertThatThrownBy(() -> spec.experiment(wide))
        .isInstanceOf(SpecException.class)
        .hasMessage(
            "own.yaml:4:5: layer 1 puts out 512×512×512, more than 4194304 values for one sample");
  }

  private static Dataset images(int side, int classes) {
    Shape shape = new Shape(3, side, side);
    ImageSet images = new ImageSet(shape, new byte[shape.size()], new byte[1]);
    return new Dataset("wide", "wide", Collections.nCopies(classes, "c"), images, images, "");
  }

  private static void refuse(String text, String message) {
    assertThatThrownBy(() -> ExperimentSpec.parse(text, "own.yaml"))
        .isInstanceOf(SpecException.class)
        .hasMessageStartingWith(message);
  }

  private static void refuseOnImages(String text, String message) {
    ExperimentSpec spec = ExperimentSpec.parse(text, "own.yaml");
    assertThatThrownBy(() -> spec.experiment(SyntheticImages.draw(1, 10, 10)))
        .isInstanceOf(SpecException.class)
        .hasMessageStartingWith(message);
  }
}
