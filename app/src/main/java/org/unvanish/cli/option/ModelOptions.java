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
          "Of a model: softmax-cross-entropy, binary-cross-entropy, mean-squared-error or"
              + " mean-absolute-error. Default: the usual one for the targets.")
  private @Nullable String loss;

  @Option(
      names = "--targets",
      paramLabel = "FILE",
      description = "Of a model: targets in a .npy file, for inputs in one given by --data.")
  private @Nullable Path targets;

  @Option(
      names = "--as",
      paramLabel = "LANGUAGE",
      description =
          "Of a model: print the prescription as lines to paste. pytorch, keras, djl or spec.")
  private @Nullable String language;

  @Option(
      names = "--write",
      paramLabel = "FILE",
      description =
          "Of a model: write it with the remedy in it (.onnx), new initial weights by their names"
              + " (.safetensors), or the model as a spec with its weights beside it (.yaml). What a file"
              + " cannot have is printed as lines.")
  private @Nullable Path write;

  @Option(
      names = "--spec",
      paramLabel = "SPEC",
      description =
          "Of weights alone (a state_dict of PyTorch, .safetensors): the spec whose network they are of.")
  private @Nullable Path specOfWeights;

  @Override
  public void check() {
    loss();
    language();
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
        || specOfWeights != null;
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

  /** The file to write the remedy to, if the user names one. */
  public Optional<Path> write() {
    return Optional.ofNullable(write);
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
