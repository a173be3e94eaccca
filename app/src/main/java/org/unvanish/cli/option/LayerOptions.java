package org.unvanish.cli.option;

import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.examination.RepeatedLayer;
import org.unvanish.spec.SpecWords;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options that describe a dense layer that is repeated, in place of a spec. */
public final class LayerOptions {

  private static final double LARGEST = 1e6;
  private static final int DEEPEST = 100_000;
  private static final int WIDEST = 1_000_000;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--activation",
      paramLabel = "NAME",
      description = "Without a spec: activation function of the repeated layer.")
  private @Nullable String activation;

  @Option(
      names = "--sigma-w",
      paramLabel = "X",
      description = "Standard deviation of its weights, times √fan-in.")
  private @Nullable Double sigmaW;

  @Option(
      names = "--sigma-b",
      paramLabel = "X",
      description = "Standard deviation of its biases. Default: 0.")
  private @Nullable Double sigmaB;

  @Option(names = "--alpha", paramLabel = "X", description = "Its scale α. Default: 1.")
  private @Nullable Double alpha;

  @Option(
      names = "--depth",
      paramLabel = "N",
      description = "Also forecast the gradient over N layers, with α = 1 and with this α.")
  private @Nullable Integer depth;

  @Option(
      names = "--width",
      paramLabel = "N",
      description = "Units per layer, for the typical gradient. Needs --depth.")
  private @Nullable Integer width;

  /** Whether one of them is given. */
  public boolean isGiven() {
    return activation != null
        || sigmaW != null
        || sigmaB != null
        || alpha != null
        || depth != null
        || width != null;
  }

  /**
   * The layer.
   *
   * @throws ParameterException if an option is missing or out of its range
   */
  public RepeatedLayer layer() {
    OptionReader reader = new OptionReader(spec);
    if (activation == null || sigmaW == null) {
      throw reader.wrong("a repeated layer needs both --activation and --sigma-w");
    }
    if (width != null && depth == null) {
      throw reader.wrong("--width needs --depth");
    }
    return new RepeatedLayer(
        function(activation, reader),
        number(reader, "--sigma-w", sigmaW, false),
        sigmaB == null ? 0 : number(reader, "--sigma-b", sigmaB, true),
        alpha == null ? 1 : number(reader, "--alpha", alpha, false),
        reader.number("--width", width, WIDEST),
        depth(reader));
  }

  private OptionalInt depth(OptionReader reader) {
    OptionalInt given = reader.number("--depth", depth, DEEPEST);
    if (given.isPresent() && given.getAsInt() < 2) {
      throw reader.wrong("--depth must be at least 2: a gradient passes from layer to layer");
    }
    return given;
  }

  private static ActivationFunction function(String label, OptionReader reader) {
    Map<String, ActivationFunction> words = SpecWords.FUNCTIONS;
    return SpecWords.meaning(label, words)
        .orElseThrow(
            () ->
                reader.wrong(
                    "there is no activation function '%s'. There are: %s"
                        .formatted(label, String.join(", ", words.keySet()))));
  }

  private static double number(OptionReader reader, String option, double given, boolean orZero) {
    if (!(given <= LARGEST && (given > 0 || (orZero && given == 0)))) {
      throw reader.wrong(
          "%s must be %s and at most %.0f, but is %s"
              .formatted(option, orZero ? "at least 0" : "above 0", LARGEST, given));
    }
    return given;
  }
}
