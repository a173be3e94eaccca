package org.unvanish.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
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
      def train(model, fixture, lines):
          torch.manual_seed(1)
          x = torch.tensor(fixture["values"], dtype=torch.float64).reshape(fixture["shape"])
          y = torch.tensor([[1.0], [2.0]])
          program = dict(torch=torch, model=model, x=x, x_train=x, y=y, y_train=y)
          program.update(loss=torch.tensor(0.5), optimizer=torch.optim.SGD(model.parameters(), 0.5))
          exec(lines, program)
          print("rate", program["optimizer"].param_groups[0]["lr"])
          print("loss", float(program["loss"]))
          print("x", *program["x"].flatten().tolist())
          for name, parameter in model.named_parameters():
              print(name, *parameter.flatten().tolist())
          output = model(x)
          output = output[0] if isinstance(output, tuple) else output
          print("output", *output.flatten().tolist())
      print("ready", flush=True)
      for job in sys.stdin:
          fixture, lines = job.strip().split("=")
          model = torch.load(fixture + ".pt").double()
          train(model, json.load(open(fixture + ".json"))["input"], open(lines).read())
          print("done", flush=True)
      """;

  @TempDir private Path folder;

  /** One for all tests, as PyTorch takes seconds to start: what it writes, and what is to do. */
  private static BufferedReader answers;

  private static BufferedWriter orders;

  @BeforeAll
  static void needsPyTorch() throws IOException {
    assumeTrue(Files.isExecutable(Path.of(PYTHON)), "python3 is not installed");
    Process process =
        new ProcessBuilder(PYTHON, "-W", "ignore", "-c", PROGRAM).redirectErrorStream(true).start();
    answers = process.inputReader(UTF_8);
    orders = process.outputWriter(UTF_8);
    String first = answers.readLine();
    assumeTrue("ready".equals(first), "python3-torch is not installed: " + first);
  }

  @AfterAll
  static void end() throws IOException {
    if (orders != null) {
      orders.close();
    }
  }

  private record Model(String name, ImportedModel model, GraphStack stack) {
    static Model of(String name) {
      ImportedModel model = ModelReader.read(Fixture.file(name + ".pt"));
      return new Model(name, model, ModelDiagnosis.stack(model));
    }

    Map<String, Tensor> parameters() {
      return new RemediedModel(model, stack, Change.NONE, 1).weights();
    }

    double[] output(Change change) throws IOException {
      Graph graph = new RemediedModel(model, stack, change, 1).graph();
      Tensor input = Fixture.expected(name).get("input");
      return new Interpreter(graph).run(Map.of(stack.input(), input)).outputs().get(0).values();
    }
  }

  /** A model, into whose program the lines for a change are pasted. */
  private record Job(Model model, Change change) {}

  /** What there is afterwards, of each. */
  private List<Map<String, double[]>> pasted(List<Job> jobs) throws IOException {
    List<Map<String, double[]>> all = new ArrayList<>();
    for (Job job : jobs) {
      all.add(pasted(job.model, job.change));
    }
    return all;
  }

  private Map<String, double[]> pasted(Model model, Change change) throws IOException {
    Path lines = folder.resolve("lines.py");
    Files.write(lines, RemedyCode.of(model.stack(), change, RemedyCode.Target.PYTORCH));
    String fixture = Fixture.file(model.name() + ".pt").toString().replace(".pt", "");
    orders.write(fixture + "=" + lines + "\n");
    orders.flush();
    List<String> output = new ArrayList<>();
    for (String line = answers.readLine(); !"done".equals(line); line = answers.readLine()) {
      assertThat(line).as(String.join("\n", output)).isNotNull();
      output.add(line);
    }
    Map<String, double[]> numbers = new HashMap<>();
    for (String line : output) {
      String[] words = line.split(" ");
      numbers.put(
          words[0],
          Arrays.stream(words, 1, words.length).mapToDouble(Double::parseDouble).toArray());
    }
    return numbers;
  }

  @Test
  void activationsBecomeWhatIsWritten() throws Exception {
    List<Job> jobs = new ArrayList<>();
    for (String name : List.of("mlp", "activations", "cnn", "norms", "tied")) {
      jobs.add(new Job(Model.of(name), Change.scale(2)));
      jobs.add(new Job(Model.of(name), Change.of(OtherRemedy.USE_TANH)));
      jobs.add(new Job(Model.of(name), new Change(null, 3.0, null, List.of(OtherRemedy.USE_TANH))));
    }
    List<Map<String, double[]>> pasted = pasted(jobs);
    for (int i = 0; i < jobs.size(); i++) {
      assertOutput(pasted.get(i), jobs.get(i));
    }
  }

  private static void assertOutput(Map<String, double[]> pasted, Job job) throws IOException {
    double[] expected = job.model.output(job.change);
    double[] output = pasted.get("output");
    assertThat(output).hasSameSizeAs(expected);
    for (int i = 0; i < output.length; i++) {
      assertThat(output[i]).as("%s", job).isCloseTo(expected[i], within(1e-9));
    }
  }

  @ParameterizedTest
  @EnumSource(PrescribedInitialization.class)
  void weightsHaveThePrescribedSpread(PrescribedInitialization values) throws Exception {
    List<Job> jobs =
        Stream.of("mlp", "cnn", "lstm")
            .map(name -> new Job(Model.of(name), Change.start(values)))
            .toList();
    List<Map<String, double[]>> pasted = pasted(jobs);
    List<Double> relative = new ArrayList<>();
    for (int i = 0; i < jobs.size(); i++) {
      Map<String, double[]> found = pasted.get(i);
      jobs.get(i)
          .model
          .parameters()
          .forEach((name, tensor) -> addSquares(values, tensor, found.get(name), relative));
    }
    assertThat(relative.stream().mapToDouble(s -> s).average().orElseThrow()).isBetween(0.7, 1.3);
  }

  /** Of weights, their squares as multiples of the prescribed variance. */
  private static void addSquares(
      PrescribedInitialization values, Tensor tensor, double[] weights, List<Double> squares) {
    if (tensor.rank() == 1) {
      assertThat(weights).containsOnly(0);
      return;
    }
    double in = (double) tensor.size() / tensor.extent(0);
    double out = (double) tensor.size() / tensor.extent(1);
    double variance = values == PrescribedInitialization.HE ? 2 / in : 2 / (in + out);
    for (double weight : weights) {
      squares.add(weight * weight / variance);
      if (values == PrescribedInitialization.GLOROT) {
        assertThat(Math.abs(weight)).isLessThan(1.000001 * Math.sqrt(3 * variance));
      }
    }
  }

  @Test
  void recurrentWeightsAreOrthogonalGateByGate() throws Exception {
    List<Job> jobs =
        Stream.of("rnn", "lstm")
            .map(name -> new Job(Model.of(name), Change.of(OtherRemedy.ORTHOGONAL_RECURRENT)))
            .toList();
    List<Map<String, double[]>> pasted = pasted(jobs);
    for (int i = 0; i < jobs.size(); i++) {
      Map<String, Tensor> weights = jobs.get(i).model.parameters();
      List<String> names = weights.keySet().stream().filter(n -> n.contains("weight_hh")).toList();
      assertThat(names).as("%s", weights.keySet()).isNotEmpty();
      for (String name : names) {
        assertOrthogonal(pasted.get(i).get(name), weights.get(name).extent(1));
      }
    }
  }

  private static void assertOrthogonal(double[] values, int units) {
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

  @Test
  void factorsMultiplyWhatLayersRead() throws Exception {
    Job job = new Job(Model.of("mlp"), Change.factors(List.of(2.0, 0.5, 3.0)));
    assertOutput(pasted(List.of(job)).get(0), job);
  }

  @Test
  void penaltyIsThatOfTheEngine() throws Exception {
    Model model = Model.of("mlp");
    double squares =
        model.parameters().values().stream()
            .flatMapToDouble(tensor -> Arrays.stream(tensor.values()))
            .map(value -> value * value)
            .sum();
    assertThat(pasted(model, Change.penalty(0.2)).get("loss")[0])
        .isCloseTo(0.5 + 0.1 * squares, within(1e-6));
  }

  @Test
  void everyOtherRemedyIsAProgram() throws Exception {
    List<Job> jobs =
        Arrays.stream(OtherRemedy.values())
            .map(remedy -> new Job(Model.of("mlp"), Change.of(remedy)))
            .toList();
    List<Map<String, double[]>> pasted = pasted(jobs);
    Map<String, double[]> rate = pasted.get(OtherRemedy.LOWER_LEARNING_RATE.ordinal());
    assertThat(rate.get("rate")[0]).isCloseTo(0.05, within(1e-12));
    Map<String, double[]> inputs = pasted.get(OtherRemedy.SCALE_INPUTS.ordinal());
    assertThat(Arrays.stream(inputs.get("x")).average().orElseThrow()).isCloseTo(0, within(1e-9));
  }

  /** TensorFlow is in no Debian. */
  @Test
  void linesOfKerasArePython() throws Exception {
    Path models = Path.of("src/test/resources/org/unvanish/model/keras");
    List<String> command = new ArrayList<>();
    String compiles = "import sys; [compile(open(f).read(), f, 'exec') for f in sys.argv[1:]]";
    command.addAll(List.of(PYTHON, "-c", compiles));
    for (String name : List.of("mlp-keras-3.h5", "recurrent.keras", "functional.keras")) {
      GraphStack stack = ModelDiagnosis.stack(ModelReader.read(models.resolve(name)));
      for (Change change : changes()) {
        Path lines = folder.resolve("keras%d.py".formatted(command.size()));
        Files.write(lines, RemedyCode.of(stack, change, RemedyCode.Target.KERAS));
        command.add(lines.toString());
      }
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
  }

  private static List<Change> changes() {
    return List.of(
        Change.scale(2),
        Change.penalty(0.5),
        Change.start(PrescribedInitialization.HE),
        Change.factors(List.of(2.0)),
        new Change(
            null, 3.0, PrescribedInitialization.GLOROT, Arrays.asList(OtherRemedy.values())));
  }
}
