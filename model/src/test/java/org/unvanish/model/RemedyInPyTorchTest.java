package org.unvanish.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unvanish.diagnosis.prescription.Change;
import org.unvanish.diagnosis.prescription.OtherRemedy;
import org.unvanish.diagnosis.prescription.PrescribedInitialization;
import org.unvanish.model.graph.Graph;
import org.unvanish.model.graph.Interpreter;
import org.unvanish.model.graph.Tensor;
import org.unvanish.model.torch.Fixture;

/** Lines that users paste, in a real PyTorch, where Debian's python3-torch is installed. */
class RemedyInPyTorchTest {

  private static final String PYTHON = "/usr/bin/python3";

  /** What a training program has at hand; then the lines; then what there is afterwards. */
  private static final String PROGRAM =
      """
      import json, sys, torch
      torch.manual_seed(1)
      model = torch.load(sys.argv[1])
      fixture = json.load(open(sys.argv[2]))["input"]
      x = torch.tensor(fixture["values"], dtype=torch.float64).reshape(fixture["shape"])
      x_train = x
      y = y_train = torch.tensor([[1.0], [2.0]])
      loss = torch.tensor(0.5)
      optimizer = torch.optim.SGD(model.parameters(), 0.5)
      before = x.clone()
      exec(open(sys.argv[3]).read())
      print("rate", optimizer.param_groups[0]["lr"])
      print("loss", float(loss))
      print("x", *x.flatten().tolist())
      for name, parameter in model.named_parameters():
          print(name, *parameter.flatten().tolist())
      output = model(before)
      print("output", *output.flatten().tolist())
      """;

  @TempDir private Path folder;

  @BeforeAll
  static void needsPyTorch() throws Exception {
    assumeTrue(
        Files.isExecutable(Path.of(PYTHON))
            && run(Path.of("import"), PYTHON, "-c", "import torch") != null,
        "python3-torch is not installed");
  }

  private record Model(String name, ImportedModel model, GraphStack stack) {
    static Model of(String name) {
      ImportedModel model = ModelReader.read(Fixture.file(name + ".pt"));
      return new Model(name, model, ModelDiagnosis.stack(model));
    }

    double[] output(Change change) throws IOException {
      Graph graph = new RemediedModel(model, stack, change, 1).graph();
      Tensor input = Fixture.expected(name).get("input");
      return new Interpreter(graph)
          .run(Map.of(stack.input(), input))
          .outputs()
          .get(0)
          .values();
    }
  }

  private Map<String, double[]> pasted(Model model, Change change) throws Exception {
    Path program = Files.writeString(folder.resolve("program.py"), PROGRAM);
    Path lines =
        Files.write(
            folder.resolve("lines.py"),
            RemedyCode.of(model.stack(), change, RemedyCode.Target.PYTORCH));
    String output =
        run(
            lines,
            PYTHON,
            program.toString(),
            Fixture.file(model.name() + ".pt").toString(),
            Fixture.file(model.name() + ".json").toString(),
            lines.toString());
    Map<String, double[]> values = new HashMap<>();
    assertThat(output).isNotNull();
    for (String line : output.split("\n")) {
      String[] words = line.split(" ");
      values.put(
          words[0],
          Arrays.stream(words, 1, words.length).mapToDouble(Double::parseDouble).toArray());
    }
    return values;
  }

  /** What a program prints, or null if it fails. */
  private static String run(Path what, String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    if (process.exitValue() != 0) {
      System.err.println(what + ":\n" + output);
      return null;
    }
    return output;
  }

  @ParameterizedTest
  @ValueSource(strings = {"mlp", "activations", "cnn", "norms", "tied"})
  void activationsBecomeWhatIsWritten(String name) throws Exception {
    Model model = Model.of(name);
    for (Change change :
        List.of(
            Change.scale(2),
            Change.of(OtherRemedy.USE_TANH),
            new Change(null, 3.0, null, List.of(OtherRemedy.USE_TANH)))) {
      double[] expected = model.output(change);
      double[] output = pasted(model, change).get("output");
      assertThat(output).hasSameSizeAs(expected);
      for (int i = 0; i < output.length; i++) {
        assertThat(output[i]).isCloseTo(expected[i], within(1e-9));
      }
      assertThat(expected).isNotEqualTo(model.output(Change.NONE));
    }
  }

  @ParameterizedTest
  @EnumSource(PrescribedInitialization.class)
  void weightsHaveThePrescribedSpread(PrescribedInitialization values) throws Exception {
    for (String name : List.of("mlp", "cnn", "lstm")) {
      Model model = Model.of(name);
      Map<String, double[]> pasted = pasted(model, Change.start(values));
      new RemediedModel(model.model(), model.stack(), Change.NONE, 1)
          .weights()
          .forEach(
              (parameter, tensor) -> {
                double[] weights = pasted.get(parameter);
                if (tensor.rank() == 1) {
                  assertThat(weights).containsOnly(0);
                  return;
                }
                double in = (double) tensor.size() / tensor.extent(0);
                double out = (double) tensor.size() / tensor.extent(1);
                double variance =
                    values == PrescribedInitialization.HE ? 2 / in : 2 / (in + out);
                double found = Arrays.stream(weights).map(w -> w * w).average().orElseThrow();
                assertThat(found / variance).as(parameter).isBetween(0.4, 2.0);
              });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rnn", "lstm", "gru"})
  void recurrentWeightsAreOrthogonalGateByGate(String name) throws Exception {
    Model model = Model.of(name);
    Map<String, double[]> pasted = pasted(model, Change.of(OtherRemedy.ORTHOGONAL_RECURRENT));
    Map<String, Tensor> weights =
        new RemediedModel(model.model(), model.stack(), Change.NONE, 1).weights();
    List<String> names = weights.keySet().stream().filter(n -> n.contains("weight_hh")).toList();
    assertThat(names).isNotEmpty();
    for (String parameter : names) {
      int units = weights.get(parameter).extent(1);
      double[] values = pasted.get(parameter);
      for (int gate = 0; gate < values.length; gate += units * units) {
        for (int row = 0; row < units; row++) {
          for (int other = 0; other < units; other++) {
            double product = 0;
            for (int k = 0; k < units; k++) {
              product += values[gate + row * units + k] * values[gate + other * units + k];
            }
            assertThat(product).isCloseTo(row == other ? 1 : 0, within(1e-6));
          }
        }
      }
    }
  }

  @Test
  void factorsMultiplyWhatLayersRead() throws Exception {
    Model model = Model.of("mlp");
    Change change = Change.factors(List.of(2.0, 0.5, 3.0));
    double[] expected = model.output(change);
    double[] output = pasted(model, change).get("output");
    for (int i = 0; i < output.length; i++) {
      assertThat(output[i]).isCloseTo(expected[i], within(1e-9));
    }
  }

  @Test
  void penaltyIsThatOfTheEngine() throws Exception {
    Model model = Model.of("mlp");
    Map<String, double[]> pasted = pasted(model, Change.penalty(0.2));
    double squares =
        new RemediedModel(model.model(), model.stack(), Change.NONE, 1)
            .weights().values().stream()
                .flatMapToDouble(tensor -> Arrays.stream(tensor.values()))
                .map(value -> value * value)
                .sum();
    assertThat(pasted.get("loss")[0]).isCloseTo(0.5 + 0.1 * squares, within(1e-6));
  }

  @Test
  void theRateOfLearningChanges() throws Exception {
    Model model = Model.of("mlp");
    Map<String, double[]> pasted = pasted(model, Change.of(OtherRemedy.LOWER_LEARNING_RATE));
    assertThat(pasted.get("rate")[0]).isCloseTo(0.05, within(1e-12));
  }

  @Test
  void inputsAreStandardised() throws Exception {
    Map<String, double[]> pasted =
        pasted(Model.of("mlp"), Change.of(OtherRemedy.SCALE_INPUTS));
    assertThat(Arrays.stream(pasted.get("x")).average().orElseThrow()).isCloseTo(0, within(1e-9));
  }

  @ParameterizedTest
  @EnumSource(OtherRemedy.class)
  void everyRemedyIsAProgram(OtherRemedy remedy) throws Exception {
    assertThat(pasted(Model.of("lstm"), Change.of(remedy))).containsKey("output");
  }

  /** TensorFlow is in no Debian. */
  @Test
  void linesOfKerasArePython() throws Exception {
    Path models = Path.of("src/test/resources/org/unvanish/model/keras");
    for (String name : List.of("mlp-keras-3.h5", "recurrent.keras", "functional.keras")) {
      GraphStack stack = ModelDiagnosis.stack(ModelReader.read(models.resolve(name)));
      for (Change change : changes()) {
        Path lines =
            Files.write(
                folder.resolve("keras.py"), RemedyCode.of(stack, change, RemedyCode.Target.KERAS));
        assertThat(run(lines, PYTHON, "-m", "py_compile", lines.toString())).isNotNull();
      }
    }
  }

  private static List<Change> changes() {
    return List.of(
        Change.scale(2),
        Change.penalty(0.5),
        Change.start(PrescribedInitialization.HE),
        Change.factors(List.of(2.0)),
        new Change(
            null,
            3.0,
            PrescribedInitialization.GLOROT,
            Arrays.asList(OtherRemedy.values())));
  }
}
