package org.unvanish.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The lines of Java in docs/models.md: they do what they say. */
class ModelsPageTest {

  private static final Path HERE = Path.of("src/test/java/org/unvanish/model/ModelsPageTest.java");

  @Test
  void theLinesDoWhatTheySay() {
    Path file = Path.of("src/test/resources/org/unvanish/model/keras/cnn-keras-2.11.h5");
    // The page has all from here,
    ImportedModel model = ModelReader.read(file); // ONNX, Keras or PyTorch
    var found = ModelDiagnosis.of(model, stack -> UserData.none(stack, 1000, 1));
    var verdict = found.diagnosis().verdict();
    var prescription = found.conclusion().prescription();
    System.out.println(prescription.why());
    var lines = RemedyCode.of(found.stack(), prescription.change(), RemedyCode.Target.KERAS);
    // to here.
    assertThat(verdict).hasToString("stable, large-parameters");
    assertThat(prescription.why()).startsWith("At the file's weights");
    assertThat(lines).anyMatch(line -> line.contains("keras.regularizers.L2("));
  }

  @Test
  void thePageShowsThem() throws IOException {
    String lines =
        Files.readString(HERE)
            .lines()
            .dropWhile(line -> !line.endsWith("// The page has all from here,"))
            .skip(1)
            .takeWhile(line -> !line.endsWith("// to here."))
            .map(line -> line.replaceFirst("^ {4}", "") + "\n")
            .collect(Collectors.joining());
    assertThat(Files.readString(Path.of("../docs/models.md")))
        .contains("```java\n" + lines + "```\n");
  }
}
