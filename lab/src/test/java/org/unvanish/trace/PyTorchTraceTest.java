package org.unvanish.trace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Shape;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.data.synthetic.SyntheticImages;
import org.unvanish.diagnosis.Diagnosis;
import org.unvanish.diagnosis.SnapshotDiagnosis;
import org.unvanish.diagnosis.Thresholds;
import org.unvanish.diagnosis.evidence.LayerEvidence;
import org.unvanish.initialization.Initialization;
import org.unvanish.network.Activated;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.Dense;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.Pooling.MaxPooling;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.penalty.Penalty;
import org.unvanish.probe.GradientProbe;
import org.unvanish.train.TrainingSettings;

/**
 * The hook in a real PyTorch, where Debian's python3-torch is installed: the same network with the
 * same parameters and samples has the same numbers as the engine's.
 */
class PyTorchTraceTest {

  private static final String PYTHON = "/usr/bin/python3";
  private static final int BATCH = 64;

  /** The exit code by which a script tells it. */
  private static final int WITHOUT_PYTORCH = 3;

  /** A network, and how near its numbers are to the engine's. */
  private record Twin(String name, Network network, Initialization start, double tolerance) {
    GradientProbe probe() {
      // All samples are one batch, so that the window has it again and again.
      return new GradientProbe(network, settings(start), DATA, 3);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static final Dataset DATA = SyntheticImages.draw(1, BATCH, 10);

  /** The traces of the twins: one PyTorch writes all of them, as it takes seconds to start. */
  @TempDir private static Path traces;

  @TempDir private Path folder;

  @BeforeAll
  static void theTwinsAreTraced() throws Exception {
    assumeTrue(Files.isExecutable(Path.of(PYTHON)), "python3 is not installed");
    List<String> command = new ArrayList<>(List.of(PYTHON, script("twin.py", traces).toString()));
    Files.writeString(traces.resolve("unvanish_hook.py"), Trace.pytorchHook());
    for (Twin twin : twins()) {
      Path own = Files.createDirectory(traces.resolve(twin.name()));
      plan(own, twin.network(), twin.probe().initialValues(), DATA.train());
      command.add(own.toString());
    }
    int code = run(command.toArray(String[]::new));
    assumeTrue(code != WITHOUT_PYTORCH, "python3-torch is not installed");
    assertThat(code).isZero();
  }

  static List<Twin> twins() {
    Activation tanh = Activation.of(ActivationFunction.TANH);
    Initialization glorot = new Initialization.Glorot();
    return List.of(
        new Twin("tanh", deep(tanh, 5), glorot, 1e-4),
        new Twin("large weights", deep(tanh, 5), new Initialization.Normal(0.3), 2e-4),
        new Twin("scaled", deep(tanh.times(3), 5), new Initialization.Uniform(1), 2e-4),
        new Twin("beyond single precision", deep(tanh, 30), new Initialization.Normal(0.002), 2e-4),
        new Twin("logistic", deep(Activation.of(ActivationFunction.LOGISTIC), 5), glorot, 1e-4),
        new Twin(
            "log-sigmoid", table3(Activation.of(ActivationFunction.LOG_SIGMOID)), glorot, 2e-4),
        new Twin("convolutions", table3(tanh), new Initialization.Normal(0.05), 2e-4),
        new Twin(
            "relu", table3(Activation.of(ActivationFunction.RELU)), new Initialization.He(), 2e-4));
  }

  @ParameterizedTest
  @MethodSource("twins")
  void numbersAndVerdictsAreTheEngines(Twin twin) {
    SnapshotDiagnosis expected =
        Diagnosis.of(List.of(twin.probe().initial()), Thresholds.DEFAULT).decisive();
    SnapshotDiagnosis actual =
        Trace.read(traces.resolve(twin.name()).resolve("trace.jsonl"))
            .examination(Thresholds.DEFAULT)
            .diagnosis()
            .decisive();
    assertThat(actual.verdict()).isEqualTo(expected.verdict());
    assertThat(actual.layers()).isEqualTo(expected.layers());
    agree(actual, expected, twin.tolerance());
  }

  /**
   * Recurrent, shared, frozen and in-place layers, branches, tuples, wrappers, mixed precision,
   * accumulated gradients, evaluation in between, hooks of the program's own, checkpoints and
   * compiled parts; and a layer that nothing comes to.
   */
  @Test
  void aRecordedTrainingIsTheSameBitForBit() throws Exception {
    Files.writeString(folder.resolve("unvanish_hook.py"), Trace.pytorchHook());
    assertThat(run(PYTHON, script("untouched.py", folder).toString(), folder.toString())).isZero();
    for (String model :
        List.of(
            "Branches",
            "Dead",
            "Wrapped",
            "InPlace",
            "Outputs",
            "StepsFirst",
            "Mixed",
            "Accumulated",
            "Evaluated",
            "Hooked",
            "Checkpointed",
            "Scripted")) {
      Trace trace = Trace.read(folder.resolve(model + ".jsonl"));
      assertThat(trace.snapshots()).as(model).hasSize(4);
      assertThat(trace.examination(Thresholds.DEFAULT).sentence()).isNotBlank();
    }
    // Another layer is frozen on the way: from there on it is another training.
    Trace frozen = Trace.read(folder.resolve("Frozen.jsonl"));
    assertThat(frozen.snapshots()).hasSize(2);
    assertThat(frozen.earlier()).isEqualTo(1);
    // Half precision and a scaled loss leave the sizes as they are.
    double plain = error("Wrapped");
    assertThat(error("Mixed")).isCloseTo(plain, within(0.05 * plain));
    assertThat(error("Evaluated")).isCloseTo(plain, within(0.2 * plain));
  }

  /** Units are where the layer before has them, and decay that is decoupled is no penalty. */
  @Test
  void deadUnitsAndDecayAreThoseOfTheModelAndItsOptimizer() throws Exception {
    Files.writeString(folder.resolve("unvanish_hook.py"), Trace.pytorchHook());
    assertThat(run(PYTHON, script("sizes.py", folder).toString(), folder.toString())).isZero();
  }

  /** Root mean square of the output error at the first snapshot. */
  private double error(String model) {
    return Trace.read(folder.resolve(model + ".jsonl"))
        .snapshots()
        .get(0)
        .output()
        .outputErrorRms();
  }

  /**
   * TensorFlow is in no Debian. A stand-in for the calls that the hook makes shows what the hook
   * itself does: the same numbers as the hook for PyTorch, and a training that is left alone.
   */
  @Test
  void theHookForKerasAgreesOnAStandIn() throws Exception {
    Files.writeString(folder.resolve("unvanish_hook.py"), Trace.pytorchHook());
    Files.writeString(folder.resolve("keras_hook.py"), Trace.kerasHook());
    script("tensorflow.py", folder);
    assertThat(run(PYTHON, script("keras.py", folder).toString(), folder.toString())).isZero();
    for (String name : List.of("sigmoid", "tanh", "relu", "tiny")) {
      SnapshotDiagnosis keras = decisive("keras-" + name);
      SnapshotDiagnosis torch = decisive("torch-" + name);
      assertThat(keras.verdict()).as(name).isEqualTo(torch.verdict());
      agree(keras, torch, 1e-4);
    }
    Trace whole = Trace.read(folder.resolve("keras-whole.jsonl"));
    assertThat(whole.snapshots().stream().map(one -> one.step())).containsExactly(0L, 3L, 6L);
    assertThat(whole.snapshots().get(0).output().last()).isNotNull();
    assertThat(whole.examination(Thresholds.DEFAULT).prescription().why())
        .contains("A trace does not show the steps of lstm", "unvanish diagnose model.onnx");
  }

  private SnapshotDiagnosis decisive(String trace) {
    return Trace.read(folder.resolve(trace + ".jsonl"))
        .examination(Thresholds.DEFAULT)
        .diagnosis()
        .decisive();
  }

  private static void agree(
      SnapshotDiagnosis actual, SnapshotDiagnosis expected, double tolerance) {
    var a = actual.evidence();
    var e = expected.evidence();
    close(a.inputRms(), e.inputRms(), 1e-6, "input");
    close(a.output().loss(), e.output().loss(), tolerance * e.output().loss(), "loss");
    assertThat(a.output().accuracy()).isEqualTo(e.output().accuracy());
    close(a.output().constantLoss(), e.output().constantLoss(), 1e-9, "constant loss");
    assertThat(a.output().predictedShare()).isEqualTo(e.output().predictedShare());
    double error = e.output().outputErrorRms();
    close(a.output().outputErrorRms(), error, tolerance * error, "output error");
    close(a.typicalLog10(), e.typicalLog10(), 4 * tolerance, "typical");
    assertThat(a.layers()).hasSameSizeAs(e.layers());
    for (int i = 0; i < e.layers().size(); i++) {
      LayerEvidence found = a.layers().get(i);
      LayerEvidence wanted = e.layers().get(i);
      String what = wanted.name();
      assertThat(found.testGradient()).isEqualTo(wanted.testGradient());
      close(found.enteringLog10(), wanted.enteringLog10(), tolerance, what);
      close(found.leavingLog10(), wanted.leavingLog10(), tolerance, what);
      close(found.activationLog10(), wanted.activationLog10(), tolerance, what);
      close(found.linearLog10(), wanted.linearLog10(), tolerance, what);
      close(found.shapeLog10(), wanted.shapeLog10(), 1e-9, what);
      close(found.typicalLog10(), wanted.typicalLog10(), 4 * tolerance, what);
      close(found.weightGain(), wanted.weightGain(), 1e-6 * wanted.weightGain(), what);
      close(found.saturation().saturatedShare(), wanted.saturation().saturatedShare(), 1e-3, what);
      close(found.saturation().deadShare(), wanted.saturation().deadShare(), 1e-9, what);
      double distance = wanted.saturation().relativeRms();
      close(found.saturation().relativeRms(), distance, tolerance * (1 + distance), what);
      for (int t = 0; t < wanted.tensors().size(); t++) {
        var tensor = wanted.tensors().get(t);
        close(found.tensors().get(t).rms(), tensor.rms(), 1e-6 * tensor.rms(), tensor.name());
        double gradient = found.tensors().get(t).gradientLog10();
        close(gradient, tensor.gradientLog10(), tolerance, tensor.name());
      }
    }
  }

  private static void close(double actual, double wanted, double tolerance, String what) {
    assertThat(actual).as(what).isCloseTo(wanted, within(tolerance));
  }

  private static void plan(Path folder, Network network, float[] parameters, ImageSet images)
      throws IOException {
    float[] inputs = new float[images.bytes().length];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = Byte.toUnsignedInt(images.bytes()[i]) / 255f;
    }
    write(folder.resolve("inputs"), inputs);
    write(folder.resolve("parameters"), parameters);
    List<Integer> labels = new ArrayList<>();
    for (int i = 0; i < images.count(); i++) {
      labels.add(images.label(i));
    }
    Shape shape = images.shape();
    new ObjectMapper()
        .writeValue(
            folder.resolve("plan.json").toFile(),
            Map.of(
                "shape",
                List.of(images.count(), shape.channels(), shape.rows(), shape.columns()),
                "labels",
                labels,
                "layers",
                network.layers().stream().map(PyTorchTraceTest::layer).toList()));
  }

  private static Path script(String name, Path folder) throws IOException {
    Path script = folder.resolve(name);
    try (InputStream in = PyTorchTraceTest.class.getResourceAsStream(name)) {
      Files.copy(Objects.requireNonNull(in), script);
    }
    return script;
  }

  private static Map<String, Object> layer(Layer layer) {
    if (layer instanceof Convolution c) {
      return Map.of("kind", "conv", "units", c.filters(), "bias", c.bias());
    }
    if (layer instanceof MaxPooling) {
      return Map.of("kind", "pool");
    }
    if (layer instanceof Dense d) {
      return Map.of("kind", "dense", "units", d.units(), "bias", d.bias());
    }
    Activation activation = ((Activated) layer).activation();
    return Map.of("kind", activation.function().label(), "alpha", activation.outer());
  }

  private static void write(Path file, float[] values) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      for (float value : values) {
        out.writeFloat(value);
      }
    }
  }

  private static int run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    if (process.exitValue() != 0) {
      System.err.println(output);
    }
    return process.exitValue();
  }

  private static Network deep(Activation activation, int layers) {
    List<Layer> list = new ArrayList<>();
    for (int i = 0; i < layers; i++) {
      list.add(new Dense(12, true));
      list.add(new Activated(activation));
    }
    list.add(new Dense(10, true));
    return new Network(new Shape(3, 32, 32), list);
  }

  /** Table 3 of the paper: six convolutions and four dense layers. */
  private static Network table3(Activation activation) {
    List<Layer> list = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      list.add(new Convolution(3, 3, false));
      list.add(new Activated(activation));
      if (i % 2 == 1) {
        list.add(new MaxPooling(2));
      }
    }
    for (int i = 0; i < 3; i++) {
      list.add(new Dense(8, false));
      list.add(new Activated(activation));
    }
    list.add(new Dense(10, false));
    return new Network(new Shape(3, 32, 32), list);
  }

  private static TrainingSettings settings(Initialization start) {
    return new TrainingSettings(
        new Optimizer.Sgd(0.1, 0),
        Penalty.none(),
        start,
        new Initialization.Normal(0.001),
        PixelScaling.UNIT,
        BATCH,
        1);
  }
}
