package org.unvanish.cli.option;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.unvanish.diagnosis.prescription.Change;
import org.unvanish.model.ImportedModel;
import org.unvanish.model.RemediedModel;
import org.unvanish.model.onnx.OnnxWriter;
import org.unvanish.model.safetensors.SafetensorsFile;

/** What a prescription for somebody's model is written as, by the ending of a file's name. */
public enum RemedyFormat {
  /** The whole model. */
  ONNX(".onnx") {
    @Override
    public Change part(Change change) {
      return RemediedModel.ofGraph(change);
    }

    @Override
    public Map<Path, byte[]> files(Path file, RemediedModel model) {
      return Map.of(file, OnnxWriter.bytes(model.graph()));
    }

    @Override
    public String content(ImportedModel model) {
      return model.format().equals("ONNX") ? "the model" : "the model in ONNX format";
    }
  },

  /** Initial weights for the user's own program. */
  SAFETENSORS(".safetensors") {
    @Override
    public Change part(Change change) {
      return RemediedModel.ofWeights(change);
    }

    @Override
    public Map<Path, byte[]> files(Path file, RemediedModel model) {
      return Map.of(file, SafetensorsFile.bytes(Map.of("format", "pt"), model.weights()));
    }

    @Override
    public String content(ImportedModel model) {
      return "initial weights by their names in the model";
    }
  };

  private final String ending;

  RemedyFormat(String ending) {
    this.ending = ending;
  }

  /** That of a file by its name, if it is one. */
  public static Optional<RemedyFormat> of(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(format -> name.endsWith(format.ending)).findFirst();
  }

  /** All endings, as a sentence lists them. */
  static String endings() {
    return Arrays.stream(values()).map(f -> f.ending).collect(Collectors.joining(" or "));
  }

  /** What of a change such a file can have. */
  public abstract Change part(Change change);

  /**
   * All that is written, by place.
   *
   * @param file as the user names it
   * @throws org.unvanish.model.ModelRefusedException if the model cannot be written so
   */
  public abstract Map<Path, byte[]> files(Path file, RemediedModel model);

  /** What is in the file, as a sentence says it. */
  public abstract String content(ImportedModel model);
}
