package org.unvanish.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.codec.yaml.Numbers;
import org.unvanish.data.Shape;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.initialization.Initialization;
import org.unvanish.network.Activated;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.Convolutional.SeparableConvolution;
import org.unvanish.network.Dense;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.Padding;
import org.unvanish.network.Pooling.AveragePooling;
import org.unvanish.network.Pooling.GlobalAveragePooling;
import org.unvanish.network.Pooling.MaxPooling;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.optimizer.Optimizer.EpsilonForm;
import org.unvanish.penalty.Penalty;
import org.unvanish.penalty.Penalty.Scope;
import org.unvanish.train.RecordedSteps;
import org.unvanish.train.TrainingSettings;

class DefinitionTest {

  private static final Shape SHAPE = new Shape(3, 8, 8);
  private static final DataDescription DATA =
      new DataDescription("dots", "Dots", "abc", SHAPE, 2, 100, 20);
  private static final TrainingSettings SETTINGS =
      new TrainingSettings(
          Optimizer.Adam.DEFAULT,
          Penalty.l2(0.01),
          new Initialization.Normal(0.05),
          new Initialization.Zeros(),
          PixelScaling.UNIT,
          32,
          20);

  @Test
  void theTextIsWrittenToTheLetter() {
    // Stored and hashed: a change here makes every stored run one of an unknown arm.
    Definition definition =
        define(
            SETTINGS,
            new Convolution(3, 4, false),
            new Activated(Activation.learned(ActivationFunction.TANH, 1.5)),
            new MaxPooling(2),
            new SeparableConvolution(5, 2, true),
            new Activated(Activation.naive(ActivationFunction.LOG_SIGMOID, 2)),
            new AveragePooling(4),
            new Dense(2, true));
    assertThat(definition.text())
        .isEqualTo(
            """
            revision of the engine: 1
            SHA-256 of the data: abc
            training samples: 100
            test samples: 20
            pixels: UNIT
            batch size: 32
            optimiser: Adam, learning rate 0.001, beta1 0.9, beta2 0.999, epsilon 1E-8 KINGMA_BA
            penalty: L2, r = 0.01 on ALL
            initial weights: normal with deviation 0.05
            initial biases: zeros
            input: 3×8×8
            layer 1: convolution 3×3, 4 filters
            layer 2: tanh, alpha learned from 1.5
            layer 3: max pooling by 2
            layer 4: separable convolution 5×5, 2 filters with bias
            layer 5: log-sigmoid, times 2
            layer 6: average pooling by 4
            layer 7: dense, 2 units with bias
            """);
    assertThat(definition.sha256())
        .isEqualTo("9f9cae39fcface701931d9c168cf7f22ab3a6795a509feb8280e73ce5165b243");
  }

  @Test
  void theTextIsTheSameInEveryLanguage() {
    Layer[] layers = {new Convolution(3, 4, false), new Dense(2, true)};
    Definition english = define(SETTINGS, layers);
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      assertThat(define(SETTINGS, layers)).isEqualTo(english);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void whateverDecidesTheRunsIsInIt() {
    List<Definition> definitions = new ArrayList<>();
    for (Optimizer optimizer :
        List.of(
            Optimizer.Adam.DEFAULT,
            new Optimizer.Adam(0.002, 0.9, 0.999, 1e-8, EpsilonForm.KINGMA_BA),
            new Optimizer.Adam(0.001, 0.8, 0.999, 1e-8, EpsilonForm.KINGMA_BA),
            new Optimizer.Adam(0.001, 0.9, 0.99, 1e-8, EpsilonForm.KINGMA_BA),
            new Optimizer.Adam(0.001, 0.9, 0.999, 1e-7, EpsilonForm.KINGMA_BA),
            new Optimizer.Adam(0.001, 0.9, 0.999, 1e-8, EpsilonForm.EPSILON_HAT),
            new Optimizer.Sgd(0.001, 0.9),
            new Optimizer.Sgd(Math.nextUp(0.001), 0.9),
            new Optimizer.Sgd(0.001, 0.8))) {
      definitions.add(define(with(optimizer, Penalty.none(), new Initialization.He())));
    }
    for (Penalty penalty :
        List.of(
            Penalty.l2(0.01),
            Penalty.l2(0.02),
            new Penalty.L2(0.01, Scope.WEIGHTS),
            new Penalty.KerasL2(0.01, Scope.ALL),
            new Penalty.L1(0.01, Scope.ALL),
            new Penalty.ElasticNet(0.01, 0.02, Scope.ALL),
            new Penalty.ElasticNet(0.02, 0.01, Scope.ALL))) {
      definitions.add(define(with(Optimizer.Adam.DEFAULT, penalty, new Initialization.He())));
    }
    for (Initialization values :
        List.of(
            new Initialization.Glorot(),
            new Initialization.Zeros(),
            new Initialization.Uniform(1),
            new Initialization.Uniform(10),
            new Initialization.Normal(1),
            new Initialization.LeCun(1),
            new Initialization.LeCun(2),
            new Initialization.Orthogonal(1),
            new Initialization.Orthogonal(2),
            new Initialization.Lsuv(),
            new Initialization.LeeChoiKim(),
            new Initialization.FromFile("a", "abc"),
            new Initialization.FromFile("a", "abd"),
            new Initialization.Given(List.of(1f, 2f)),
            new Initialization.Given(List.of(1f, 3f)))) {
      definitions.add(define(with(Optimizer.Adam.DEFAULT, Penalty.none(), values)));
    }
    for (ActivationFunction function : ActivationFunction.values()) {
      definitions.add(define(SETTINGS, activated(Activation.of(function))));
      definitions.add(define(SETTINGS, activated(Activation.scaled(function, 2))));
      definitions.add(define(SETTINGS, activated(Activation.learned(function, 2))));
      definitions.add(define(SETTINGS, activated(Activation.learned(function, 3))));
      definitions.add(define(SETTINGS, activated(Activation.naive(function, 2))));
    }
    for (Layer layer :
        List.of(
            new Convolution(3, 4, false),
            new Convolution(3, 4, true),
            new Convolution(5, 4, false),
            new SeparableConvolution(3, 4, false),
            new Convolution(3, 4, false, 2, Padding.SAME),
            new Convolution(3, 4, false, 1, Padding.VALID),
            new SeparableConvolution(3, 4, false, 2, Padding.VALID),
            new MaxPooling(2),
            new MaxPooling(4),
            new AveragePooling(2),
            new GlobalAveragePooling(),
            new Dense(3, false),
            new Dense(3, true))) {
      definitions.add(define(SETTINGS, layer, new Dense(2, false)));
    }
    assertThat(definitions.stream().map(Definition::sha256)).doesNotHaveDuplicates();
  }

  private static Layer[] activated(Activation activation) {
    return new Layer[] {new Activated(activation), new Dense(2, false)};
  }

  @Test
  void nameSeedsEpochsAndTheNameOfTheDataAreNotInIt() {
    Network network = new Network(SHAPE, List.of(new Dense(2, false)));
    TrainingSettings longer =
        new TrainingSettings(
            SETTINGS.optimizer(),
            SETTINGS.penalty(),
            SETTINGS.weights(),
            SETTINGS.biases(),
            SETTINGS.pixelScaling(),
            SETTINGS.batchSize(),
            50);
    assertThat(
            Definition.of(
                new Arm("b", network, longer, List.of(7L, 8L)),
                new DataDescription("/moved/dots", "Moved dots", "abc", SHAPE, 2, 100, 20)))
        .isEqualTo(Definition.of(new Arm("a", network, SETTINGS, List.of(1L)), DATA));
  }

  @Test
  void differencesSayWhatWasAndWhatIs() {
    Definition before = define(SETTINGS, new Dense(2, false));
    Definition now =
        define(
            with(new Optimizer.Sgd(0.5, 0), SETTINGS.penalty(), SETTINGS.weights()),
            new MaxPooling(2),
            new Dense(2, false));
    assertThat(before.differences(now))
        .containsExactly(
            "optimiser: Adam, learning rate 0.001, beta1 0.9, beta2 0.999, epsilon 1E-8 KINGMA_BA"
                + " in the folder, SGD, learning rate 0.5, momentum 0 now",
            "layer 1: dense, 2 units in the folder, max pooling by 2 now",
            "layer 2: none in the folder, dense, 2 units now");
    assertThat(now.differences(before)).contains("layer 2: dense, 2 units in the folder, none now");
    assertThat(before.differences(before)).isEmpty();
  }

  @Test
  void anotherBackendIsAnotherDefinitionAndTheEngineIsNotNamed() {
    Network network = new Network(SHAPE, List.of(new Dense(2, false)));
    Definition engine = Definition.of(new Arm("a", network, SETTINGS, List.of(1L)), DATA);
    Definition torch =
        Definition.of(new Arm("a", network, SETTINGS, Backend.PYTORCH, List.of(1L)), DATA);
    assertThat(torch.text())
        .isEqualTo(
            engine
                .text()
                .replace(
                    "revision of the engine: 1\n",
                    "revision of the engine: 1\nbackend: PyTorch, revision 1\n"));
    assertThat(torch.sha256()).isNotEqualTo(engine.sha256());
    // As stores have it since before there were backends.
    assertThat(engine.sha256())
        .isEqualTo("0c7e03ac88281af48e5d75d70481f60eef2e66c59a4201fc791231b87572f686");
    assertThat(engine.differences(torch))
        .containsExactly("backend: engine in the folder, PyTorch, revision 1 now");
    assertThat(torch.differences(engine))
        .containsExactly("backend: PyTorch, revision 1 in the folder, engine now");
  }

  @Test
  void theRecordedStepsAreNamedWhereTheyAreNotAll() {
    Layer[] wide = {new Dense(600, false), new Dense(600, false), new Dense(2, false)};
    Definition rule = define(SETTINGS.withBatchSize(600), wide);
    Definition all = define(SETTINGS.withBatchSize(600).withRecorded(RecordedSteps.ALL), wide);
    Definition ten = define(SETTINGS.withBatchSize(600).withRecorded(new RecordedSteps(10)), wide);
    assertThat(all.text()).doesNotContain("record");
    assertThat(all.recorded()).isEqualTo(RecordedSteps.ALL);
    assertThat(rule.text()).isEqualTo(all.text().replace("input: ", "record every: 4\ninput: "));
    assertThat(rule.recorded()).isEqualTo(new RecordedSteps(4));
    assertThat(all.differences(ten)).containsExactly("record every: 1 in the folder, 10 now");
    assertThat(define(SETTINGS, new Dense(2, false)))
        .isEqualTo(define(SETTINGS.withRecorded(RecordedSteps.ALL), new Dense(2, false)));
  }

  @Test
  void numbersReadBackToTheSameBitsInTheFewestDigits() {
    assertThat(
            Arrays.stream(new double[] {0.1, 1, 1e-8, 100, 2e-323, 1.0 / 3})
                .mapToObj(Numbers::exact))
        .containsExactly("0.1", "1", "1E-8", "1E+2", "2E-323", "0.3333333333333333");
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 10_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        assertThat(Double.parseDouble(Numbers.exact(value))).isEqualTo(value);
      }
    }
  }

  private static TrainingSettings with(
      Optimizer optimizer, Penalty penalty, Initialization weights) {
    return new TrainingSettings(
        optimizer, penalty, weights, new Initialization.Zeros(), PixelScaling.UNIT, 32, 20);
  }

  private static Definition define(TrainingSettings settings, Layer... layers) {
    List<Layer> all = layers.length == 0 ? List.of(new Dense(2, false)) : List.of(layers);
    return Definition.of(new Arm("a", new Network(SHAPE, all), settings, List.of(1L)), DATA);
  }
}
