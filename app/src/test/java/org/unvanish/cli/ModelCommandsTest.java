package org.unvanish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The models of others at the command, from end to end. */
class ModelCommandsTest {

  private static final Path MODELS = Path.of("../model/src/test/resources/org/unvanish/model");

  /** Four columns, three classes. */
  private static final Path KERAS = MODELS.resolve("keras/mlp-keras-2.1.h5");

  @TempDir private Path folder;
  private Terminal terminal;

  @BeforeEach
  void write() {
    terminal = new Terminal(folder.resolve("cache"));
  }

  private int diagnose(Object file, String... options) {
    String[] args = new String[options.length + 2];
    args[0] = "diagnose";
    args[1] = file.toString();
    System.arraycopy(options, 0, args, 2, options.length);
    int code = terminal.execute(args);
    assertThat(terminal.err()).doesNotContain("\tat ");
    return code;
  }

  private String table() throws IOException {
    Random random = new Random(3);
    StringBuilder text = new StringBuilder("a,b,c,d,label\n");
    for (int i = 0; i < 90; i++) {
      for (int k = 0; k < 4; k++) {
        text.append((float) (random.nextGaussian() + i % 3)).append(',');
      }
      text.append("ABC".charAt(i % 3)).append('\n');
    }
    return Files.writeString(folder.resolve("own.csv"), text).toString();
  }

  private static List<String> words(String text) {
    return List.of(text.split("\\s+"));
  }

  @ParameterizedTest
  @CsvSource({
    "onnx/mlp_gelu.onnx, ONNX",
    "keras/mlp-keras-2.1.h5, Keras HDF5",
    "keras/cnn-keras-2.13.keras, Keras archive",
    "torch/mlp.pt, PyTorch",
  })
  void aModelOfEachFormatIsDiagnosed(String file, String format) throws IOException {
    Path path = MODELS.resolve(file);
    assertThat(diagnose(path)).isZero();
    String out = terminal.out();
    assertThat(out.replaceAll("\\s+", " "))
        .startsWith(path.getFileName() + " (" + format)
        .contains(
            "with standard normal inputs and a random error signal",
            "The gradient at the file's weights, from the last layer to the first",
            " Verdict ",
            " Found ",
            "note: There are no targets, so the error signal is random")
        .doesNotContain("initial weights");
    assertThat(out.lines()).allMatch(line -> line.length() <= 80);

    assertThat(diagnose(path, "--json")).isZero();
    JsonNode json = terminal.json("diagnosis-schema");
    assertThat(json.at("/arm").asText()).startsWith(format);
    assertThat(json.at("/sentence").asText()).startsWith("At the file's weights");
    assertThat(json.at("/decisive_step").asInt()).isEqualTo(-1);
    assertThat(json.at("/snapshots/0/step").asInt()).isEqualTo(-1);
    assertThat(terminal.err()).contains("note: ");
  }

  @Test
  void withoutDataThereIsNoLoss() throws IOException {
    assertThat(diagnose(KERAS, "--verbose")).isZero();
    String told = terminal.out();
    assertThat(words(told.lines().filter(l -> l.startsWith("snapshot ")).toList().get(0)))
        .contains("verdict", "typical");
    assertThat(words(told)).doesNotContain("accuracy");

    assertThat(diagnose(KERAS, "--data=none", "--json")).isZero();
    JsonNode snapshot = terminal.json("diagnosis-schema").at("/snapshots/0");
    assertThat(snapshot.at("/error_signal").asText()).isEqualTo("random");
    assertThat(snapshot.at("/loss").isNull()).isTrue();
    assertThat(snapshot.at("/accuracy").isNull()).isTrue();
    assertThat(snapshot.at("/output_error_rms").asDouble()).isBetween(0.9, 1.1);
  }

  @Test
  void withDataThereIsALoss() throws IOException {
    assertThat(diagnose(KERAS, "--data=" + table())).isZero();
    assertThat(terminal.out()).contains("loss", "accuracy", "own.csv").doesNotContain("random");

    assertThat(diagnose(KERAS, "--data=" + table(), "--json")).isZero();
    JsonNode snapshot = terminal.json("diagnosis-schema").at("/snapshots/0");
    assertThat(snapshot.at("/error_signal").asText()).isEqualTo("loss");
    assertThat(snapshot.at("/loss").asDouble()).isGreaterThan(0);
    assertThat(snapshot.at("/accuracy").asDouble()).isBetween(0.0, 1.0);
  }

  @Test
  void whatAKerasFileSaysOfItsTrainingIsTold() {
    assertThat(diagnose(KERAS)).isZero();
    assertThat(terminal.out().replace('\n', ' '))
        .contains(
            "loss categorical_crossentropy; optimizer SGD (learning rate 0.01); initialisers"
                + " glorot_uniform, zeros.",
            "The file's regularisers count: l2 = 0.01 on dense_1/kernel.");
    assertThat(diagnose(MODELS.resolve("keras/recurrent.keras"), "--verbose")).isZero();
    assertThat(terminal.out().replaceAll("\\s+", " "))
        .contains("A gradient below Adam's ε, 1e-07", "A new initialization means training anew");
  }

  @Test
  void thePageOnModelsShowsWhatIsPrinted() throws IOException {
    Path file = Files.copy(MODELS.resolve("keras/cnn-keras-2.11.h5"), folder.resolve("model.h5"));
    assertThat(diagnose(file, "--as=keras")).isZero();
    String page = Files.readString(Path.of("../docs/models.md"));
    int start = page.indexOf("```text\nmodel.h5 (Keras") + "```text\n".length();
    assertThat(
            page.substring(start, page.indexOf("```", start)).lines().filter(l -> !l.equals("…")))
        .isSubsetOf(terminal.out().lines().toList());
  }

  @Test
  void aVerdictMayFailTheCommand() {
    Path recurrent = MODELS.resolve("keras/recurrent.keras");
    assertThat(diagnose(recurrent, "--fail-on=vanishing")).isEqualTo(1);
    assertThat(diagnose(recurrent, "--fail-on=exploding")).isZero();
    assertThat(diagnose(recurrent, "--fail-on=vanishing", "--threshold=network-log10=9")).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "keras/weights-only.h5, it has weights only, model.save(",
    "torch/script.pt, TorchScript, export",
    "torch/attack.pt, '', ''",
    "torch/checkpoint.pt, '', ''",
  })
  void aFileThatCannotBeReadIsRefusedWithItsName(String file, String reason, String wayOut) {
    assertThat(diagnose(MODELS.resolve(file))).isEqualTo(1);
    assertThat(terminal.out()).isEmpty();
    assertThat(terminal.err())
        .startsWith("unvanish: ")
        .contains(MODELS.resolve(file).toString(), reason, wayOut);
  }

  @Test
  void aDamagedFileIsRefusedWithItsName() throws IOException {
    for (String name : List.of("model.onnx", "model.h5", "model.keras", "model.pt")) {
      Path file = Files.writeString(folder.resolve(name), "no model");
      assertThat(diagnose(file)).isEqualTo(1);
      assertThat(terminal.out()).isEmpty();
      assertThat(terminal.err()).startsWith("unvanish: ").contains(name);
    }
  }

  @Test
  void dataThatDoNotFitAreRefusedWithTheModelsName() throws IOException {
    assertThat(diagnose(MODELS.resolve("onnx/cnn.onnx"), "--data=" + table())).isEqualTo(1);
    assertThat(terminal.out()).isEmpty();
    assertThat(terminal.err()).startsWith("unvanish: ").contains("cnn.onnx");
  }

  @Test
  void whatSaysWhichTrainingIsProbedIsRefusedByName() {
    for (String option :
        List.of(
            "--arm=a",
            "--seed=3",
            "--snapshots=0,5",
            "--checkpoint=results",
            "--train-samples=5",
            "--batch-size=8")) {
      assertThat(diagnose(KERAS, option)).isEqualTo(2);
      assertThat(terminal.out()).isEmpty();
      assertThat(terminal.err())
          .contains(
              "mlp-keras-2.1.h5 is a model: leave out %s, which goes with a spec"
                  .formatted(option.substring(0, option.indexOf('='))));
    }
    assertThat(diagnose(KERAS, "--seed=3", "--arm=a")).isEqualTo(2);
    assertThat(terminal.err()).contains("leave out --arm, --seed, which go with a spec");
  }

  @Test
  void whatGoesWithModelsIsNamed() {
    assertThat(diagnose(KERAS, "--loss=hinge")).isEqualTo(2);
    assertThat(terminal.err()).contains("--loss knows no 'hinge'", "softmax-cross-entropy");
    assertThat(diagnose(KERAS, "--as=cobol")).isEqualTo(2);
    assertThat(terminal.err()).contains("--as knows no 'cobol'", "pytorch");
    assertThat(diagnose("figure1", "--loss=mean-squared-error")).isEqualTo(2);
    assertThat(terminal.err()).contains("are for models");
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "run", "forecast", "equivalent", "report", "serve"})
  void commandsThatTakeNoModelSayWhichDoes(String command) {
    assertThat(terminal.execute(command, KERAS.toString())).isEqualTo(1);
    assertThat(terminal.out()).isEmpty();
    assertThat(terminal.err()).contains(KERAS + " is a model", "unvanish diagnose " + KERAS);
  }
}
