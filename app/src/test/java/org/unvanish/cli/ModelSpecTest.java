package org.unvanish.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unvanish.spec.ExperimentSpec;

/** Models of others become specs with their weights, and are diagnosed, trained and proved so. */
class ModelSpecTest {

  private static final Path MODELS = Path.of("../model/src/test/resources/org/unvanish/model");

  @TempDir Path folder;
  private Terminal terminal;
  private Path own;

  @BeforeEach
  void begin() {
    terminal = new Terminal(folder.resolve("cache"));
    own = folder.resolve("own.yaml");
  }

  /** Four columns, and a class that follows from three of them. */
  private String table(int classes) throws IOException {
    Random random = new Random(1);
    StringBuilder text = new StringBuilder("a,b,c,d,label\n");
    for (int i = 0; i < 300; i++) {
      double[] x = random.doubles(4, -2, 2).toArray();
      int label = Math.floorMod((int) Math.floor(x[0] + x[1] * x[2]), classes);
      text.append("%s,%s,%s,%s,%d%n".formatted(x[0], x[1], x[2], x[3], label));
    }
    return Files.writeString(folder.resolve("own.csv"), text).toString();
  }

  private void diagnose(int code, Object... args) {
    String[] all = new String[args.length + 1];
    all[0] = "diagnose";
    for (int i = 0; i < args.length; i++) {
      all[i + 1] = args[i].toString();
    }
    assertThat(terminal.execute(all)).as(terminal.err()).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({
    "onnx/mlp_scaledtanh.onnx, 2",
    "onnx/mlp_gelu.onnx, 2",
    "onnx/skl2onnx_three.onnx, 3",
    "keras/mlp-keras-3.h5, 2",
    "torch/mlp.pt, 3",
  })
  void aModelIsWrittenAsASpecWithTheSameDiagnosis(String model, int classes) throws IOException {
    String data = table(classes);
    diagnose(0, MODELS.resolve(model), "--data=" + data, "--write=" + own, "--json");
    JsonNode expected = terminal.json("diagnosis-schema").at("/snapshots/0");
    assertThat(terminal.err())
        .contains("wrote " + own, "wrote " + folder.resolve("own.safetensors"));
    diagnose(0, own, "--snapshots=0", "--json");
    JsonNode measured = terminal.json("diagnosis-schema").at("/snapshots/0");
    for (String key : new String[] {"net_log10", "typical_log10", "activation_log10", "loss"}) {
      assertThat(expected.at("/" + key).isNumber()).as(key).isTrue();
      assertThat(measured.at("/" + key).asDouble())
          .as(key)
          .isCloseTo(expected.at("/" + key).asDouble(), within(1e-6));
    }
    JsonNode layers = expected.at("/layers");
    assertThat(measured.at("/layers")).hasSameSizeAs(layers).isNotEmpty();
    for (int i = 0; i < layers.size(); i++) {
      String key = "/layers/" + i + "/net_log10";
      assertThat(measured.at(key).asDouble()).isCloseTo(expected.at(key).asDouble(), within(1e-6));
    }
  }

  @Test
  void whatWasWrittenIsTrained() throws IOException {
    diagnose(0, MODELS.resolve("onnx/mlp_gelu.onnx"), "--data=" + table(2), "--write=" + own);
    String out = "--out=" + folder.resolve("runs");
    assertThat(terminal.execute("run", own.toString(), "--seeds=2", "--epochs=1", out)).isZero();
    assertThat(terminal.out()).contains("2 finished");
    assertThat(ExperimentSpec.read(own).arms().get(0).weights().isWhole()).isTrue();
  }

  @Test
  void onlyWhatUnvanishWroteIsReplaced() throws IOException {
    Object[] args = {MODELS.resolve("onnx/mlp_gelu.onnx"), "--data=" + table(2), "--write=" + own};
    diagnose(0, args);
    diagnose(0, args);
    Files.writeString(own, "mine");
    diagnose(1, args);
    assertThat(terminal.err()).contains("own.yaml exists already");
    assertThat(own).hasContent("mine");
    Files.delete(own);
    Path weights = Files.writeString(folder.resolve("own.safetensors"), "mine");
    diagnose(1, args);
    assertThat(terminal.err()).contains("own.safetensors exists already");
    assertThat(weights).hasContent("mine");
    assertThat(own).doesNotExist();
  }

  @Test
  void aModelIsProvedAsASpec() throws IOException {
    Path runs = folder.resolve("proof");
    diagnose(
        0,
        MODELS.resolve("onnx/mlp_gelu.onnx"),
        "--data=" + table(2),
        "--apply",
        "--seeds=1",
        "--epochs=1",
        "--snapshots=0",
        "--json",
        "--out=" + runs);
    JsonNode json = terminal.json("diagnosis-schema");
    assertThat(json.at("/arm").asText()).isEqualTo("model");
    assertThat(json.at("/proof/notes/0").asText())
        .contains("All seeds start at the weights of the file,");
    assertThat(runs.resolve("mlp_gelu.safetensors")).exists();
    ExperimentSpec proof = ExperimentSpec.read(runs.resolve("mlp_gelu-proof.yaml"));
    assertThat(proof.arms().get(0).name()).isEqualTo("untouched");
    assertThat(proof.arms().get(0).weights().isWhole()).isTrue();
  }

  @Test
  void whatCannotBecomeASpecIsStillDiagnosed() throws IOException {
    String data = table(2);
    diagnose(1, MODELS.resolve("onnx/mlp_mish.onnx"), "--data=" + data, "--write=" + own);
    assertThat(terminal.out()).contains("At the file's weights");
    assertThat(terminal.err())
        .contains(
            "mlp_mish.onnx cannot become a spec: layer \"mul\": the engine has no layer that"
                + " computes Softplus, Tanh, Mul.",
            "Leave out --write and --apply to diagnose it without a spec.");
    assertThat(own).doesNotExist();
    diagnose(1, MODELS.resolve("onnx/mlp_gelu.onnx"), "--apply");
    assertThat(terminal.err())
        .contains("cannot become a spec without data", "Name them with --data");
    diagnose(
        1,
        MODELS.resolve("onnx/mlp_gelu.onnx"),
        "--data=x.npy",
        "--targets=y.npy",
        "--write=" + own);
    assertThat(terminal.err()).contains("cannot become a spec with data of two .npy files");
    assertThat(terminal.out()).isEmpty();
    diagnose(2, MODELS.resolve("onnx/mlp_gelu.onnx"), "--write=own.txt");
    assertThat(terminal.err()).contains("--write own.txt");
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "check", "forecast", "equivalent"})
  void aModelThatIsTakenForASpecIsTold(String command) {
    String model = MODELS.resolve("onnx/mlp_gelu.onnx").toString();
    assertThat(terminal.execute(command, model)).isEqualTo(1);
    assertThat(terminal.err())
        .contains(
            "is a model. Write it as a spec first: unvanish diagnose", "--write mlp_gelu.yaml");
  }

  /** A network of a class that is not in the file: a convolution, a normalization, dense layers. */
  private Path spec() throws IOException {
    Path images = Files.createDirectories(folder.resolve("images"));
    Random random = new Random(3);
    for (String part : new String[] {"train", "t10k"}) {
      ByteArrayOutputStream pixels = new ByteArrayOutputStream();
      ByteArrayOutputStream labels = new ByteArrayOutputStream();
      int count = 60;
      for (int number : new int[] {0x803, count, 4, 4}) {
        new DataOutputStream(pixels).writeInt(number);
      }
      for (int number : new int[] {0x801, count}) {
        new DataOutputStream(labels).writeInt(number);
      }
      for (int i = 0; i < count; i++) {
        byte[] image = new byte[16];
        random.nextBytes(image);
        pixels.write(image);
        labels.write(i % 3);
      }
      Files.write(images.resolve(part + "-images-idx3-ubyte"), pixels.toByteArray());
      Files.write(images.resolve(part + "-labels-idx1-ubyte"), labels.toByteArray());
    }
    return Files.writeString(
        folder.resolve("net.yaml"),
        """
        name: net
        data: %s
        network:
          - conv: {kernel: 3, filters: 2, bias: true}
          - batch-norm
          - activation
          - dense: {units: 6, bias: true}
          - activation
          - dense: {units: 6, bias: true}
          - activation
          - dense: {units: classes, bias: true}
        defaults: {activation: tanh, epochs: 2, seeds: 2}
        arms: [{name: mine}]
        """
            .formatted(images));
  }

  @ParameterizedTest
  @ValueSource(strings = {"net.safetensors", "net-weights.pt"})
  void weightsAloneAreDiagnosedWithASpec(String weights) throws IOException {
    Path file = MODELS.resolve("torch").resolve(weights);
    Path spec = spec();
    diagnose(0, file, "--spec=" + spec, "--snapshots=0", "--json", "--write=" + own);
    JsonNode found = terminal.json("diagnosis-schema");
    assertThat(found.at("/experiment").asText()).isEqualTo("net");
    diagnose(0, own, "--snapshots=0", "--json");
    assertThat(terminal.json("diagnosis-schema").at("/snapshots"))
        .isEqualTo(found.at("/snapshots"));
    diagnose(0, spec, "--snapshots=0", "--json");
    assertThat(terminal.json("diagnosis-schema").at("/snapshots/0/loss"))
        .isNotEqualTo(found.at("/snapshots/0/loss"));
    diagnose(1, file);
    assertThat(terminal.err()).contains("Give the spec of the network beside it: --spec own.yaml.");
  }

  @Test
  void weightsThatDoNotFitTheSpecAreRefusedByTheirLayer() throws IOException {
    Path spec = spec();
    Files.writeString(spec, Files.readString(spec).replace("units: 6", "units: 7"));
    diagnose(1, MODELS.resolve("torch/net.safetensors"), "--spec=" + spec);
    assertThat(terminal.err()).contains("net.safetensors", "no module fits the layer dense1");
  }
}
