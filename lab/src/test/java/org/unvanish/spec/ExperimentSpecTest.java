package org.unvanish.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.codec.PenaltyForm;
import org.unvanish.codec.yaml.SpecException;
import org.unvanish.codec.yaml.YamlReader;
import org.unvanish.data.ColumnRoles;
import org.unvanish.data.DataFormat;
import org.unvanish.data.DataSource;
import org.unvanish.data.Drawing;
import org.unvanish.data.ImageSteps;
import org.unvanish.data.TargetChoice;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.data.synthetic.SyntheticImages;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Backend;
import org.unvanish.experiment.DataDescription;
import org.unvanish.experiment.Definition;
import org.unvanish.experiment.Experiment;
import org.unvanish.initialization.Initialization;
import org.unvanish.network.Activated;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.Convolutional.SeparableConvolution;
import org.unvanish.network.Dense;
import org.unvanish.network.Network;
import org.unvanish.network.Pooling.AveragePooling;
import org.unvanish.network.Pooling.MaxPooling;
import org.unvanish.optimizer.Clipping;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.optimizer.Schedule;
import org.unvanish.paper.PaperSpecs;
import org.unvanish.penalty.Penalty;
import org.unvanish.spec.Overrides.ConvolutionKind;
import org.unvanish.spec.Overrides.LogisticReading;
import org.unvanish.train.RecordedSteps;

class ExperimentSpecTest {

  private static final Initialization ZEROS = new Initialization.Zeros();

  static List<String> valid() {
    return Texts.all();
  }

  @ParameterizedTest
  @MethodSource("valid")
  void whatIsWrittenReadsBackToTheSameSpec(String text) {
    ExperimentSpec spec = ExperimentSpec.parse(text, "own.yaml");
    String written = spec.toYaml();
    assertThat(ExperimentSpec.parse(written, "written.yaml")).isEqualTo(spec);
    assertThat(ExperimentSpec.parse(written, "written.yaml").toYaml()).isEqualTo(written);
  }

  @Test
  void aGainIsANumberOrThatOfAFunction() {
    assertThat(weights("{orthogonal: {gain: Tanh}}"))
        .isEqualTo(new Initialization.Orthogonal(5.0 / 3));
    assertThat(weights("{orthogonal: {gain: 3}}")).isEqualTo(new Initialization.Orthogonal(3));
    assertThat(weights("{weights: {lecun: {gain: relu}}, biases: {uniform: 0.1}}"))
        .isEqualTo(new Initialization.LeCun(Math.sqrt(2)));
    assertThat(weights("lecun_normal")).isEqualTo(new Initialization.LeCun(1));
    assertThat(weights("orthogonal_")).isEqualTo(new Initialization.Orthogonal(1));
  }

  private static Initialization weights(String initialValues) {
    String text =
        Texts.SMALL.replace(
            "activation: tanh", "activation: tanh\n    initial-values: " + initialValues);
    return ExperimentSpec.parse(text, "own.yaml").arms().get(0).weights();
  }

  @ParameterizedTest
  @EnumSource
  void imagesCanBeReadAsSequences(ImageSteps steps) {
    String text =
        Texts.SMALL.replace(
            "data: synthetic", "data: {source: synthetic, steps: " + steps.label() + "}");
    ExperimentSpec spec = ExperimentSpec.parse(text, "own.yaml");
    assertThat(spec.dataSource()).isEqualTo(DataSource.of("synthetic").withSteps(steps));
    assertThat(ExperimentSpec.parse(spec.toYaml(), "own.yaml")).isEqualTo(spec);
    assertThat(Json.problems(YamlReader.read(spec.toYaml(), "own.yaml"))).isEqualTo("[]");
    assertThat(spec.with(Overrides.NONE.withData("own.csv")).dataSource())
        .as("the network reads sequences, so other data are images, too")
        .isEqualTo(DataSource.of("own.csv").withSteps(steps));
  }

  @Test
  void everyKeyMeansWhatItSays() {
    ExperimentSpec spec = ExperimentSpec.parse(Texts.EVERYTHING, "everything.yaml");
    assertThat(spec.title()).isEqualTo("Every key: a test");
    assertThat(spec.pixels()).isEqualTo(PixelScaling.STANDARDISED);
    assertThat(spec.dataSource())
        .isEqualTo(
            DataSource.of("synthetic")
                .withFormat(DataFormat.CIFAR10)
                .withColumns(
                    new ColumnRoles(
                            Optional.of("label"), true, List.of(), List.of("kind"), Set.of())
                        .withSequence("walk")
                        .withTime("second")
                        .withIgnored("note", "id"))
                .withTargets(TargetChoice.INPUTS)
                .withDrawing(
                    new Drawing(OptionalInt.of(500), OptionalDouble.of(0.5), OptionalInt.of(4))
                        .withSteps(30))
                .withTestShare(0.25)
                .withTrainSamples(64)
                .withSeed(7));
    Experiment experiment = spec.experiment(SyntheticImages.draw(1, 20, 10));
    Activation softsign = Activation.of(ActivationFunction.SOFTSIGN);
    assertThat(experiment.arms().get(0).network())
        .isEqualTo(network(softsign, softsign, softsign, softsign, softsign));
    assertThat(experiment.arms().get(1).network())
        .isEqualTo(
            network(
                Activation.of(ActivationFunction.TANH),
                Activation.scaled(ActivationFunction.TANH, 2),
                Activation.learned(ActivationFunction.ARCTAN, 1.5),
                Activation.naive(ActivationFunction.LOG_SIGMOID, 2),
                Activation.of(ActivationFunction.IDENTITY)));
    assertThat(spec.arms())
        .extracting(ArmSpec::penalty)
        .containsExactly(
            new Penalty.ElasticNet(0.001, 0.001, Penalty.Scope.WEIGHTS),
            Penalty.none(),
            new Penalty.KerasL2(0.01, Penalty.Scope.WEIGHTS),
            new Penalty.KerasL2(0.01, Penalty.Scope.ALL),
            new Penalty.L1(0, Penalty.Scope.ALL),
            new Penalty.ElasticNet(0.001, 0.001, Penalty.Scope.WEIGHTS),
            new Penalty.ElasticNet(0.001, 0.001, Penalty.Scope.WEIGHTS));
    assertThat(spec.arms())
        .extracting(ArmSpec::weights)
        .containsExactly(
            new Initialization.He(),
            new Initialization.He(),
            new Initialization.Glorot(),
            new Initialization.Uniform(10),
            new Initialization.Normal(1),
            new Initialization.He(),
            new Initialization.He());
    Initialization half = new Initialization.Normal(0.5);
    assertThat(spec.arms())
        .extracting(ArmSpec::biases)
        .containsExactly(half, half, ZEROS, new Initialization.Uniform(10), ZEROS, half, half);
    Optimizer sgd = new Optimizer.Sgd(0.01, 0.9);
    assertThat(spec.arms())
        .extracting(ArmSpec::optimizer)
        .containsExactly(
            sgd,
            new Optimizer.AdamW(0.001, 0.9, 0.999, 1e-8, 0.1),
            Optimizer.Adam.DEFAULT,
            new Optimizer.Adam(0.002, 0, 0.99, 1e-7, Optimizer.EpsilonForm.EPSILON_HAT),
            new Optimizer.RmsProp(0.002, 0.9, 1e-8, 0.5),
            new Optimizer.Adagrad(0.05, 1e-10),
            new Optimizer.Sgd(0.1, 0.9, true));
    assertThat(spec.arms())
        .extracting(ArmSpec::schedule)
        .containsExactly(
            Schedule.CONSTANT,
            new Schedule(
                new Schedule.WarmUp(100, Schedule.Unit.STEPS), new Schedule.Decay.Cosine(2, 0.01)),
            Schedule.CONSTANT,
            new Schedule(Schedule.WarmUp.NONE, new Schedule.Decay.Cosine(5, 0)),
            new Schedule(
                new Schedule.WarmUp(1, Schedule.Unit.EPOCHS), new Schedule.Decay.Step(3, 0.5)),
            new Schedule(new Schedule.WarmUp(1, Schedule.Unit.EPOCHS), new Schedule.Decay.None()),
            Schedule.CONSTANT);
    assertThat(spec.arms())
        .extracting(ArmSpec::clipping)
        .containsExactly(
            Clipping.none(),
            new Clipping.Norm(1),
            new Clipping.Value(0.5),
            Clipping.none(),
            Clipping.none(),
            Clipping.none(),
            Clipping.none());
    assertThat(spec.arms())
        .extracting(arm -> arm.recorded().every())
        .containsExactly(2, 8, RecordedSteps.AUTOMATIC.every(), 2, 2, 2, 2);
    assertThat(spec.arms())
        .extracting(ArmSpec::batchSize)
        .containsExactly(16, 16, 16, 16, 1, 16, 16);
    assertThat(spec.arms()).extracting(ArmSpec::epochs).containsExactly(2, 2, 2, 2, 10_000, 2, 2);
    assertThat(experiment.arms().get(0).seeds()).containsExactly(5L, 3L, 4L);
    assertThat(experiment.arms().get(2).seeds()).containsExactly(1L, 2L);
  }

  private static Network network(Activation... activations) {
    return new Network(
        new org.unvanish.data.Shape(3, 32, 32),
        List.of(
            new SeparableConvolution(5, 4, true),
            new Activated(activations[0]),
            new AveragePooling(2),
            new Convolution(3, 2, false),
            new Activated(activations[1]),
            new Convolution(3, 2, false),
            new Activated(activations[2]),
            new Convolution(1, 3, true),
            new MaxPooling(4),
            new Dense(6, false),
            new Activated(activations[3]),
            new Dense(5, true),
            new Activated(activations[4]),
            new Dense(10, true)));
  }

  @Test
  void rawPixelsAreReadAndWritten() {
    ExperimentSpec spec = ExperimentSpec.parse("pixels: raw\n" + Texts.SMALL, "raw.yaml");
    assertThat(spec.pixels()).isEqualTo(PixelScaling.RAW);
    assertThat(ExperimentSpec.parse(spec.toYaml(), "again.yaml")).isEqualTo(spec);
  }

  @Test
  void whatIsLeftOutIsTheDefault() {
    ExperimentSpec spec = ExperimentSpec.parse(Texts.SMALL, "small.yaml");
    assertThat(spec.title()).isEqualTo("small");
    assertThat(spec.pixels()).isEqualTo(PixelScaling.UNIT);
    assertThat(spec.dataSource()).isEqualTo(DataSource.of("synthetic"));
    assertThat(spec.arms())
        .containsExactly(
            new ArmSpec(
                "tanh",
                spec.arms().get(0).network(),
                List.of(Activation.of(ActivationFunction.TANH)),
                Optional.empty(),
                Penalty.none(),
                new Initialization.Glorot(),
                new Initialization.Glorot(),
                ZEROS,
                Optimizer.Adam.DEFAULT,
                Schedule.CONSTANT,
                Clipping.none(),
                Backend.ENGINE,
                32,
                50,
                RecordedSteps.AUTOMATIC,
                ArmSpec.seeds(25)));
  }

  /** A rule that leaves out steps is younger than stores. */
  @Test
  void aStoredExperimentGoesOnRecordingTheStepsThatItRecorded() {
    String text =
        """
        name: wide
        data: synthetic
        network: [{dense: 40}, {dense: classes}]
        defaults: {seeds: 1%s}
        arms: [{name: one}]
        sweep: {settings: {width: [10, 50]}}
        """;
    DataDescription data = DataDescription.of(SyntheticImages.draw(1, 10, 10));
    List<Definition> rule = definitions(text.formatted(""), data);
    List<Definition> every = definitions(text.formatted(", record-every: 1"), data);
    assertThat(rule).extracting(arm -> arm.recorded().every()).containsExactly(27, 1, 27);
    assertThat(every).extracting(arm -> arm.recorded().every()).containsOnly(1);
    for (List<Definition> stored : List.of(rule, every)) {
      ExperimentSpec again = ExperimentSpec.parseStored(text.formatted(""), "a", data, stored);
      assertThat(definitions(again, data)).isEqualTo(stored);
    }
  }

  private static List<Definition> definitions(String text, DataDescription data) {
    return definitions(ExperimentSpec.parse(text, "own.yaml"), data);
  }

  private static List<Definition> definitions(ExperimentSpec spec, DataDescription data) {
    return spec.experiment(data).arms().stream().map(arm -> Definition.of(arm, data)).toList();
  }

  @Test
  void theBackendIsReadAndWrittenAndTheEngineIsNotNamed() {
    ExperimentSpec spec = ExperimentSpec.parse(Texts.SMALL, "small.yaml");
    ExperimentSpec moved =
        ExperimentSpec.parse("defaults: {backend: pytorch}\n" + Texts.SMALL, "moved.yaml");
    assertThat(moved).isEqualTo(spec.on(Backend.PYTORCH)).isNotEqualTo(spec);
    assertThat(moved.on(Backend.ENGINE)).isEqualTo(spec);
    assertThat(ExperimentSpec.parse(moved.toYaml(), "again.yaml")).isEqualTo(moved);
    assertThat(spec.toYaml()).doesNotContain("backend");
    ExperimentSpec both =
        ExperimentSpec.parse(
            Texts.SMALL + "  - {name: torch, activation: tanh, backend: pytorch}\n", "both.yaml");
    assertThat(both.arms())
        .extracting(ArmSpec::backend)
        .containsExactly(Backend.ENGINE, Backend.PYTORCH);
  }

  @Test
  void anActivationInTheNetworkIsThatOfEveryArmAndTheirListsHaveNone() {
    String text =
        Texts.SMALL.replace(
                "  - max-pooling: 2\n",
                "  - dense: 4\n  - activation: {function: arctan, alpha: {learned: 2}}\n"
                    + "  - activation: sigmoid\n  - dense: 5\n  - activation\n")
            + "  - {name: both, activation: [relu, {function: softsign, naive: 3}]}\n";
    ExperimentSpec spec = ExperimentSpec.parse(text, "fixed.yaml");
    String written = spec.toYaml();
    assertThat(written).contains("- {activation: logistic}\n", "- activation\n");
    assertThat(ExperimentSpec.parse(written, "again.yaml")).isEqualTo(spec);
    assertThat(Json.problems(YamlReader.read(text, "fixed.yaml"))).isEqualTo("[]");
    assertThat(Json.problems(YamlReader.read(written, "again.yaml"))).isEqualTo("[]");
    Activation arctan = Activation.learned(ActivationFunction.ARCTAN, 2);
    Activation logistic = Activation.of(ActivationFunction.LOGISTIC);
    Activation tanh = Activation.of(ActivationFunction.TANH);
    assertThat(spec.experiment(SyntheticImages.draw(1, 10, 10)).arms())
        .extracting(arm -> arm.network().activations())
        .containsExactly(
            List.of(tanh, arctan, logistic, tanh),
            List.of(
                Activation.of(ActivationFunction.RELU),
                arctan,
                logistic,
                Activation.naive(ActivationFunction.SOFTSIGN, 3)));
    assertThatThrownBy(
            () ->
                ExperimentSpec.parse(
                    text + "  - {name: three, activation: [relu, relu, relu]}\n", "own.yaml"))
        .hasMessageContaining("activation must have from 1 to 2 items, but has 3");
  }

  @Test
  void aNetworkWithFixedActivationsAloneNeedsNoneOfItsArms() {
    String text =
        Texts.SMALL
            .replace("  - activation\n", "  - activation: relu\n")
            .replace("    activation: tanh\n", "");
    ExperimentSpec spec = ExperimentSpec.parse(text, "fixed.yaml");
    assertThat(spec.arms().get(0).activations()).isEmpty();
    assertThat(ExperimentSpec.parse(spec.toYaml(), "again.yaml")).isEqualTo(spec);
    assertThat(spec.experiment(SyntheticImages.draw(1, 10, 10)).arms().get(0).network())
        .extracting(Network::activations)
        .isEqualTo(List.of(Activation.of(ActivationFunction.RELU)));
  }

  @Test
  void anOtherReadingOfTheLogisticFunctionHoldsForFixedActivationsToo() {
    String text =
        Texts.SMALL.replace(
            "  - max-pooling: 2\n",
            "  - {repeat: 2, layers: [activation: {function: logistic, alpha: 2}, activation:"
                + " tanh]}\n");
    Overrides logSigmoid = Overrides.NONE.toBuilder().logistic(LogisticReading.LOG_SIGMOID).build();
    assertThat(ExperimentSpec.parse(text, "own.yaml").with(logSigmoid))
        .isEqualTo(ExperimentSpec.parse(text.replace("logistic", "log-sigmoid"), "own.yaml"));
  }

  @Test
  void specsThatSayTheSameAreEqualHoweverTheyAreWritten() {
    ExperimentSpec spec = ExperimentSpec.parse(Texts.SMALL, "small.yaml");
    String other =
        "# A comment\n"
            + Texts.SMALL.replace(
                "{conv: {kernel: 3, filters: 3}}", "conv: {filters: 3, kernel: 3, bias: false}")
            + "    epochs: 50\n";
    assertThat(ExperimentSpec.parse(other, "other.yaml")).isEqualTo(spec).hasSameHashCodeAs(spec);
    assertThat(ExperimentSpec.parse(other.replace("50", "51"), "x")).isNotEqualTo(spec);
    assertThat(ExperimentSpec.parse(other.replace("filters: 3", "filters: 4"), "x"))
        .isNotEqualTo(spec);
  }

  @Test
  void overridesChangeWhatTheySayAndNothingElse() {
    ExperimentSpec spec = PaperSpecs.spec("figure4");
    assertThat(spec.with(Overrides.NONE)).isEqualTo(spec);
    ExperimentSpec changed =
        spec.with(
            new Overrides(
                Optional.of("synthetic"),
                Optional.of(PixelScaling.STANDARDISED),
                OptionalInt.of(100),
                Optional.of(List.of(7L, 3L)),
                OptionalInt.of(3),
                OptionalInt.of(16),
                OptionalDouble.of(1e-7),
                Optional.of(Optimizer.EpsilonForm.EPSILON_HAT),
                Optional.of(PenaltyForm.KERAS),
                Optional.of(ConvolutionKind.SEPARABLE),
                Optional.of(true),
                Optional.of(LogisticReading.LOG_SIGMOID),
                Optional.of(new Initialization.Glorot())));
    String expected =
        PaperSpecs.text("figure4")
            .replace("data: cifar10", "data: {source: synthetic, train-samples: 100}")
            .replace("input-scaling: unit", "input-scaling: standardised")
            .replace("seeds: 25", "seeds: [7, 3]")
            .replace("epochs: 50", "epochs: 3")
            .replace("batch-size: 32", "batch-size: 16")
            .replace("1e-8, epsilon-form: kingma-ba", "1e-7, epsilon-form: keras")
            .replace("{l2: 0.01}", "{l2: 0.01, form: keras}")
            .replace("{conv:", "{separable-conv:")
            .replace("dense: 8", "dense: {units: 8, bias: true}")
            .replace("dense: classes", "dense: {units: classes, bias: true}")
            .replace("initial-values: {uniform: 10}", "initial-values: glorot")
            .replace("activation: logistic", "activation: log-sigmoid")
            .replace("function: logistic", "function: log-sigmoid");
    assertThat(changed).isEqualTo(ExperimentSpec.parse(expected, "expected.yaml"));
    assertThat(ExperimentSpec.parse(changed.toYaml(), "changed.yaml")).isEqualTo(changed);
  }

  @Test
  void anOverrideOutOfRangeIsRefused() {
    ExperimentSpec spec = PaperSpecs.spec("figure2");
    assertThatThrownBy(() -> spec.with(Overrides.runs(List.of(1L), 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("epochs");
    assertThatThrownBy(() -> spec.with(Overrides.runs(List.of(1L, 1L), 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("different");
  }

  @Test
  void armsBecomeRunsWithTheirOwnSeedsAndEpochs() {
    Experiment experiment =
        ExperimentSpec.parse(Texts.EVERYTHING, "e").experiment(SyntheticImages.draw(1, 20, 10));
    assertThat(experiment.arms())
        .extracting(Arm::name)
        .containsExactly(
            "plain", "by layer: α", "Keras", "Keras #2", "Lasso", "Adagrad", "Nesterov");
    assertThat(experiment.runs()).hasSize(3 * 6 + 2);
    assertThat(experiment.arms().get(6).network().layers())
        .containsExactly(
            new MaxPooling(4),
            new Dense(6, false),
            new Activated(Activation.of(ActivationFunction.RELU)),
            new Dense(10, false));
    assertThat(experiment.arms().get(4).settings().epochs()).isEqualTo(10_000);
  }

  @Test
  void theExampleOfTheDocumentationIsASpec() throws IOException {
    String page = Files.readString(Path.of("../docs/experiments.md"));
    String start = "```yaml\n";
    String example = page.substring(page.indexOf(start) + start.length());
    example = example.substring(0, example.indexOf("```"));
    ExperimentSpec spec = ExperimentSpec.parse(example, "own.yaml");
    assertThat(spec.experiment(SyntheticImages.draw(1, 10, 10)).runs()).hasSize(18);
    String broken =
        example
            .replace("  - dense: {", "  - flatten\n  - dense: {")
            .replace("dense: classes", "dense: clases")
            .replace("epochs:", "epoch:");
    assertThatThrownBy(() -> ExperimentSpec.parse(broken, "own.yaml"))
        .hasMessageContainingAll("own.yaml:10:", "own.yaml:13:", "own.yaml:16:")
        .satisfies(e -> assertThat(page).contains(e.getMessage().indent(4)));
  }

  @Test
  void aFileIsReadAsText(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("own.yaml"), "\uFEFF" + Texts.EVERYTHING);
    assertThat(ExperimentSpec.read(file))
        .isEqualTo(ExperimentSpec.parse(Texts.EVERYTHING, "own.yaml"));
  }

  @Test
  void aFileThatCannotBeReadIsNamed(@TempDir Path folder) throws IOException {
    Path missing = folder.resolve("none.yaml");
    assertThatThrownBy(() -> ExperimentSpec.read(missing))
        .isInstanceOf(SpecException.class)
        .hasMessage(missing + ":1:1: the file does not exist");
    assertThatThrownBy(() -> ExperimentSpec.read(folder))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining("folder");
    Path latin1 =
        Files.write(folder.resolve("latin1.yaml"), new byte[] {'a', '\n', 'b', (byte) 0xE4, 'c'});
    assertThatThrownBy(() -> ExperimentSpec.read(latin1))
        .isInstanceOf(SpecException.class)
        .hasMessage(latin1 + ":2:2: the file is not UTF-8 text from here on");
    Path large = Files.write(folder.resolve("large.yaml"), new byte[2_000_000]);
    assertThatThrownBy(() -> ExperimentSpec.read(large))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining("too large");
  }
}
