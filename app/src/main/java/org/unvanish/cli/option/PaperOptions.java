package org.unvanish.cli.option;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.unvanish.spec.Overrides;
import org.unvanish.spec.SpecWords;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options for what the paper leaves open; a spec of one's own says it itself. */
public final class PaperOptions implements Checked {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(names = "--epsilon", paramLabel = "ε", description = "Adam's ε.")
  private @Nullable Double epsilon;

  @Option(
      names = "--epsilon-form",
      paramLabel = "FORM",
      description =
          "Where Adam adds ε. kingma-ba: as in algorithm 1 of Kingma & Ba; keras: "
              + "their \"epsilon hat\".")
  private @Nullable String epsilonForm;

  @Option(
      names = "--penalty-form",
      paramLabel = "FORM",
      description =
          "Form of the penalty. paper: (r/2)·Σθ² over all parameters; keras: r·Σθ² "
              + "over the weights.")
  private @Nullable String penaltyForm;

  @Option(
      names = "--convolutions",
      paramLabel = "KIND",
      description =
          "Kind of convolutions. plain, or separable: one kernel per channel, then a "
              + "1×1 convolution.")
  private @Nullable String convolutions;

  @Option(
      names = "--biases",
      paramLabel = "WHERE",
      description = "Biases of dense layers. dense: all have them; none: none has.")
  private @Nullable String biases;

  @Option(
      names = "--logsigmoid",
      paramLabel = "READING",
      description = "Function of figure 4. logistic: 1/(1 + e⁻ᶻ); log-sigmoid: its logarithm.")
  private @Nullable String logistic;

  @Option(
      names = "--initialization",
      paramLabel = "SCHEME",
      description =
          "Where weights start, in place of the paper's distribution: glorot, he, lecun,"
              + " orthogonal, lsuv or lee-choi-kim. Biases then start at 0.")
  private @Nullable String initialization;

  @Override
  public void check() {
    apply(Overrides.NONE);
  }

  /** Some changes, and those that the user asks for here. */
  public Overrides apply(Overrides others) {
    OptionReader reader = new OptionReader(spec);
    return new Overrides(
        others.data(),
        others.pixels(),
        others.trainSamples(),
        others.seeds(),
        others.epochs(),
        others.batchSize(),
        epsilon(reader),
        reader.word("--epsilon-form", epsilonForm, SpecWords.EPSILON_FORMS),
        reader.word("--penalty-form", penaltyForm, SpecWords.PENALTY_FORMS),
        reader.word("--convolutions", convolutions, SpecWords.CONVOLUTIONS),
        reader.word("--biases", biases, SpecWords.BIASES),
        reader.word("--logsigmoid", logistic, SpecWords.LOGISTIC_READINGS),
        reader.word("--initialization", initialization, SpecWords.INITIALIZATIONS));
  }

  private OptionalDouble epsilon(OptionReader reader) {
    if (epsilon == null) {
      return OptionalDouble.empty();
    }
    if (!(epsilon > 0 && epsilon < Double.POSITIVE_INFINITY)) {
      throw reader.wrong("--epsilon must be a number above 0, but is " + epsilon);
    }
    return OptionalDouble.of(epsilon);
  }
}
