package org.unvanish.model.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.model.Limits;
import org.unvanish.model.ModelRefusedException;

/** Whatever cannot be read is named, with the way out. */
class KerasRefusalTest {
  @TempDir private Path folder;

  @Test
  void aFileOfKeras1IsToBeSavedByKeras2() {
    assertThat(message(KerasFixture.path("keras-1.h5")))
        .contains("keras-1.h5", "Keras 1", "load_model(\"old.h5\").save(\"new.h5\")");
  }

  @Test
  void aFileOfWeightsIsToBeSavedAsAModel() {
    assertThat(message(KerasFixture.path("weights-only.h5")))
        .contains("weights only", "model.save(\"model.keras\")", "model.load_weights");
  }

  @Test
  void weightsOfAnArchiveAloneAreToBeSavedAsAModel() throws IOException {
    byte[] weights =
        KerasFixture.entries(KerasFixture.path("recurrent.keras")).get("model.weights.h5");

    assertThat(message(written("model.weights.h5", weights))).contains("weights only");
  }

  @Test
  void aLinkToAnotherFileIsNotFollowed() {
    assertThat(message(KerasFixture.path("link.h5"))).contains("dense_1", "link to another place");
  }

  @Test
  void aLambdaIsNamed() throws IOException {
    assertThat(changed("\"class_name\": \"Reshape\"", "\"class_name\": \"Lambda\""))
        .contains("layer \"reshape\" (Lambda)", "Python code", "Rescaling or Activation", "ONNX");
  }

  @Test
  void aLayerOfOnesOwnIsNamed() throws IOException {
    assertThat(
            changed(
                "\"module\": \"keras.layers\", \"class_name\": \"Reshape\"",
                "\"module\": \"my.layers\", \"class_name\": \"Folding\""))
        .contains(
            "layer \"reshape\" (Folding)", "class of your own", "Replace it by layers of Keras");
    assertThat(changed("\"registered_name\": null}]", "\"registered_name\": \"Mine>LSTM\"}]"))
        .contains("layer \"lstm\" (LSTM)", "class of your own");
  }

  @Test
  void aLayerThatIsNotKnownIsNamed() throws IOException {
    assertThat(changed("\"class_name\": \"Reshape\"", "\"class_name\": \"Attention\""))
        .contains("layer \"reshape\" (Attention)", "does not know", "model.export(\"model.onnx\"");
  }

  @Test
  void aSubclassedModelIsNamed() throws IOException {
    assertThat(
            changed(
                "{\"module\": \"keras\", \"class_name\": \"Sequential\"",
                "{\"module\": \"mine\", \"class_name\": \"Net\""))
        .contains("\"Net\" is Python code", "keras.Sequential or keras.Model(inputs, outputs)");
  }

  @Test
  void anActivationThatIsNotKnownIsNamed() throws IOException {
    assertThat(changed("\"activation\": \"sigmoid\"", "\"activation\": \"wobble\""))
        .contains("layer \"conv2d\" (Conv2D)", "\"wobble\"", "common functions");
  }

  @Test
  void weightsThatDoNotFitAreNamed() throws IOException {
    assertThat(changed("\"filters\": 3", "\"filters\": 5"))
        .contains("layer \"conv2d\" (Conv2D)", "kernel has the shape [2, 2, 2, 3]");
    assertThat(changed("\"kernel_size\": [2, 2]", "\"kernel_size\": [2000000000, 2]"))
        .contains("kernel has the shape");
    assertThat(changed("\"name\": \"reshape\"", "\"name\": \"dense\""))
        .contains("two layers have this name");
  }

  @Test
  void aSettingOfAnotherTypeIsNamed() throws IOException {
    assertThat(changed("\"units\": 2", "\"units\": \"two\""))
        .contains("layer \"dense\" (Dense), setting units", "not a whole number");
    assertThat(changed("\"padding\": \"valid\"", "\"padding\": \"round\""))
        .contains("setting padding", "\"round\" is unknown");
  }

  @Test
  void missingInputShapesAreAskedFor() throws IOException {
    assertThat(changed("\"batch_shape\"", "\"no_shape\""))
        .contains("before it knew the shape of its input", "model.build((None, ...))");
  }

  @Test
  void callsInCirclesAreRefused() throws IOException {
    String first = "\"keras_history\": [\"normalization\", 0, 0]";
    assertThat(
            message(
                altered(
                    "functional.keras",
                    config -> config.replace(first, first.replace("normalization", "add")))))
        .contains("circles");
  }

  @Test
  void aModelThatUnfoldsWithoutEndIsRefused() throws IOException {
    StringBuilder model =
        new StringBuilder(layer("Activation", "leaf", "\"activation\": \"tanh\""));
    for (int level = 0; level < 40; level++) {
      String input =
          layer("InputLayer", "in" + level, "\"batch_shape\": [null, 2]")
              + "\"inbound_nodes\": []}";
      String inner = level == 0 ? "leaf" : "model" + (level - 1);
      String twice =
          model
              + "\"inbound_nodes\": [[[\"in"
              + level
              + "\", 0, 0]], [[\""
              + inner
              + "\", 0, 0]]]}";
      model =
          new StringBuilder(
              "{\"class_name\": \"Functional\", \"config\": {\"name\": \"model"
                  + level
                  + "\", \"layers\": ["
                  + input
                  + ", "
                  + twice
                  + "], \"input_layers\": [[\"in"
                  + level
                  + "\", 0, 0]], \"output_layers\": [[\""
                  + inner
                  + "\", 1, 0]]}, ");
    }
    Map<String, byte[]> entries = KerasFixture.entries(KerasFixture.path("activations.keras"));
    entries.put("config.json", (model + "\"x\": 0}").getBytes(StandardCharsets.UTF_8));
    Path file = KerasFixture.archive(folder.resolve("unfolds.keras"), entries);

    assertThat(message(file)).contains("called over 100000 times");
  }

  @Test
  void modelsInModelsInModelsAreRefused() throws IOException {
    String deep = "{\"class_name\": \"Sequential\", \"config\": {\"name\": \"m\", \"layers\": [";
    Map<String, byte[]> entries = KerasFixture.entries(KerasFixture.path("activations.keras"));
    entries.put(
        "config.json", (deep.repeat(90) + "]}}".repeat(90)).getBytes(StandardCharsets.UTF_8));
    assertThat(message(KerasFixture.archive(folder.resolve("deep.keras"), entries)))
        .contains("nested too deeply");
    entries.put("config.json", "[".repeat(100_000).getBytes(StandardCharsets.UTF_8));
    assertThat(message(KerasFixture.archive(folder.resolve("deeper.keras"), entries)))
        .contains("config.json");
  }

  @Test
  void anArchiveThatUnfoldsToMuchIsRefused() throws IOException {
    Map<String, byte[]> entries = KerasFixture.entries(KerasFixture.path("activations.keras"));
    entries.put("model.weights.h5", new byte[20 << 20]);
    assertThat(message(KerasFixture.archive(folder.resolve("bomb.keras"), entries)))
        .contains("model.weights.h5", "unfolds to 20971520 bytes");
  }

  @Test
  void anArchiveThatLacksAFileIsRefused() throws IOException {
    for (String name : new String[] {"config.json", "metadata.json", "model.weights.h5"}) {
      Map<String, byte[]> entries = KerasFixture.entries(KerasFixture.path("recurrent.keras"));
      entries.remove(name);
      assertThat(message(KerasFixture.archive(folder.resolve("lacks.keras"), entries)))
          .contains(name, "no such file");
    }
  }

  @Test
  void aTreeOfHdf5ThatLeadsIntoItselfIsRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(KerasFixture.path("mlp-keras-2.1.h5"));
    int tree = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("TREE");
    bytes[tree + 5] = 1; // no leaf any more
    bytes[tree + 6] = 2; // two children: itself, twice
    for (int child : new int[] {tree + 32, tree + 48}) {
      for (int i = 0; i < 8; i++) {
        bytes[child + i] = i < 4 ? (byte) (tree >> 8 * i) : 0;
      }
    }
    assertThat(message(written("circle.h5", bytes))).contains("circles");
  }

  @Test
  void aFileOfAnotherKindIsRefused() throws IOException {
    assertThat(message(written("model.h5", "no model".getBytes(StandardCharsets.UTF_8))))
        .contains("neither an HDF5 file nor a .keras archive");
    assertThat(message(written("empty.h5", new byte[0]))).contains("neither");
  }

  @Test
  void largerFilesThanAllowedAreRefused() {
    Limits small = new Limits(1000, 1 << 20, 100, 10);
    assertThatExceptionOfType(ModelRefusedException.class)
        .isThrownBy(() -> KerasReader.read(KerasFixture.path("mlp-keras-2.1.h5"), small))
        .withMessageContaining("1000 are allowed");
    Limits few = new Limits(1 << 20, 64, 100, 10);
    assertThatExceptionOfType(ModelRefusedException.class)
        .isThrownBy(() -> KerasReader.read(KerasFixture.path("mlp-keras-2.1.h5"), few))
        .withMessageContaining("too large");
  }

  private static String layer(String className, String name, String settings) {
    return "{\"class_name\": \""
        + className
        + "\", \"config\": {\"name\": \""
        + name
        + "\", "
        + settings
        + "}, ";
  }

  private String changed(String from, String to) throws IOException {
    return message(altered("cnn-keras-2.13.keras", config -> config.replace(from, to)));
  }

  private Path altered(String name, UnaryOperator<String> change) throws IOException {
    return KerasFixture.altered(folder.resolve("altered.keras"), name, change);
  }

  private Path written(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  private static String message(Path file) {
    try {
      KerasReader.read(file);
    } catch (ModelRefusedException e) {
      return e.getMessage();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("it was read");
  }
}
