package org.unvanish.cli.option;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.unvanish.loss.BinaryCrossEntropy;
import org.unvanish.loss.Loss;
import org.unvanish.loss.MeanAbsoluteError;
import org.unvanish.loss.MeanSquaredError;
import org.unvanish.loss.SoftmaxCrossEntropy;
import org.unvanish.model.ImportedModel;
import org.unvanish.model.ModelRefusedException;
import org.unvanish.model.RemedyCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options that go with the models of others, and with no spec. */
public final class ModelOptions implements Checked {

  private static final Map<String, Loss> LOSSES =
      Map.of(
          "softmax-cross-entropy", new SoftmaxCrossEntropy(),
          "binary-cross-entropy", new BinaryCrossEntropy(),
          "mean-squared-error", new MeanSquaredError(),
          "mean-absolute-error", new MeanAbsoluteError());

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--loss",
      paramLabel = "LOSS",
      description =
          "For models: softmax-cross-entropy, binary-cross-entropy, mean-squared-error or "
              + "mean-absolute-error. Default: the loss in a Keras file, else the usual one for the "
              + "targets.")
  private @Nullable String loss;

  @Option(
      names = "--targets",
      paramLabel = "FILE",
      description =
          "For models: a .npy file with the targets, if --data names one with the inputs.")
  private @Nullable Path targets;

  @Option(
      names = "--as",
      paramLabel = "LANGUAGE",
      description =
          "For models: print the prescription as code to paste, in pytorch, keras, djl or spec.")
  private @Nullable String language;

  @Option(
      names = "--write",
      paramLabel = "FILE",
      description =
          "For models: write the model with the remedy (.onnx), new initial weights by name "
              + "(.safetensors), or a spec with the weights in a second file (.yaml). What the file "
              + "cannot hold is printed as code.")
  private @Nullable Path write;

  @Option(
      names = "--spec",
      paramLabel = "SPEC",
      description =
          "For a file with weights only (PyTorch's state_dict, .safetensors): the spec of "
              + "their network.")
  private @Nullable Path specOfWeights;

  @Option(
      names = "--input-shape",
      paramLabel = "SHAPE",
      description =
          "For models: the shape of one sample, such as 3x32x32, if the file leaves it open.")
  private @Nullable String inputShape;

  @Override
  public void check() {
    loss();
    language();
    inputShape();
    if (write != null && !isSpec(write) && RemedyFormat.of(write).isEmpty()) {
      throw wrong(
          "--write %s: it writes %s or .yaml files".formatted(write, RemedyFormat.endings()));
    }
  }

  private static boolean isSpec(Path file) {
    return file.toString().matches(".*\\.ya?ml");
  }

  /** The file for the model with the remedy in it, if the user names one. */
  public Optional<Path> remedy() {
    return Optional.ofNullable(write).filter(file -> !isSpec(file));
  }

  /** The file for the model as a spec, if the user names one. */
  public Optional<Path> spec() {
    return Optional.ofNullable(write).filter(file -> isSpec(file));
  }

  /** The spec that says what is computed with weights, if the user names one. */
  public Optional<Path> specOfWeights() {
    return Optional.ofNullable(specOfWeights);
  }

  /** Whether any of them is given. */
  public boolean isAny() {
    return loss != null
        || targets != null
        || language != null
        || write != null
        || specOfWeights != null
        || inputShape != null;
  }

  /** The loss, if the user names one. */
  public Optional<Loss> loss() {
    if (loss != null && !LOSSES.containsKey(loss)) {
      throw wrong(
          "--loss knows no '%s', only %s"
              .formatted(
                  loss, LOSSES.keySet().stream().sorted().collect(Collectors.joining(", "))));
    }
    return Optional.ofNullable(loss).map(LOSSES::get);
  }

  /**
   * A model with the shape that the user says its input has, if one is said.
   *
   * @throws ModelRefusedException if the file says another one
   */
  public ImportedModel shaped(ImportedModel model) {
    return inputShape().map(model::withInputShape).orElse(model);
  }

  private Optional<long[]> inputShape() {
    if (inputShape != null && !inputShape.matches("[1-9]\\d{0,6}([x×,][1-9]\\d{0,6})*")) {
      throw wrong(
          "--input-shape is the shape of one sample, without the batch, such as 3x32x32, but is '%s'"
              .formatted(inputShape));
    }
    return Optional.ofNullable(inputShape)
        .map(text -> Arrays.stream(text.split("[x×,]", -1)).mapToLong(Long::parseLong).toArray());
  }

  /** The file of targets, if the user names one. */
  public Optional<Path> targets() {
    return Optional.ofNullable(targets);
  }

  /** In which language the prescription is to be printed, if it is. */
  public Optional<RemedyCode.Target> language() {
    if (language == null) {
      return Optional.empty();
    }
    String asked = language.toLowerCase(Locale.ROOT);
    return Optional.of(
        Arrays.stream(RemedyCode.Target.values())
            .filter(target -> target.label().equals(asked))
            .findFirst()
            .orElseThrow(
                () ->
                    wrong(
                        "--as knows no '%s', only pytorch, keras, djl and spec"
                            .formatted(language))));
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
