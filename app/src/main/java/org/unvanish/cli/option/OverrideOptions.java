package org.unvanish.cli.option;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.unvanish.spec.ArmSpec;
import org.unvanish.spec.Overrides;
import org.unvanish.spec.SpecWords;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options that change a spec: the points that the paper leaves open, and how much is trained. */
public final class OverrideOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--data",
      paramLabel = "DATA",
      description =
          "What to train on: cifar10, synthetic, or a path to CIFAR-10, CIFAR-100, IDX files, a"
              + " folder of images or a CSV file.")
  private @Nullable String data;

  @Option(
      names = "--seeds",
      paramLabel = "N|LIST",
      description = "Runs of each arm: seeds 1 to N, or seeds separated by commas.")
  private @Nullable String seeds;

  @Option(names = "--epochs", paramLabel = "N", description = "Passes over the training data.")
  private @Nullable Integer epochs;

  @Option(names = "--batch-size", paramLabel = "N", description = "Samples a step.")
  private @Nullable Integer batchSize;

  @Option(
      names = "--train-samples",
      paramLabel = "N",
      description = "Train on that many of the training samples.")
  private @Nullable Integer trainSamples;

  @Option(
      names = "--pixels",
      paramLabel = "HOW",
      description =
          "How inputs are scaled. unit: to [0, 1]; standardised: mean 0 and variance 1 by channel or"
              + " column; raw: not at all.")
  private @Nullable String pixels;

  @Option(names = "--epsilon", paramLabel = "ε", description = "Adam's ε.")
  private @Nullable Double epsilon;

  @Option(
      names = "--epsilon-form",
      paramLabel = "FORM",
      description = "kingma-ba: as in their algorithm 1; keras: their \"epsilon hat\".")
  private @Nullable String epsilonForm;

  @Option(
      names = "--penalty-form",
      paramLabel = "FORM",
      description = "paper: (r/2)·Σθ² over all parameters; keras: r·Σθ² over the weights.")
  private @Nullable String penaltyForm;

  @Option(
      names = "--convolutions",
      paramLabel = "KIND",
      description = "plain, or separable: a kernel a channel, then a 1×1 convolution.")
  private @Nullable String convolutions;

  @Option(
      names = "--biases",
      paramLabel = "WHERE",
      description = "dense: all dense layers have biases; none: no dense layer has.")
  private @Nullable String biases;

  @Option(
      names = "--logsigmoid",
      paramLabel = "READING",
      description = "How figure 4's function is read: logistic, 1/(1 + e⁻ᶻ); log-sigmoid, its log.")
  private @Nullable String logistic;

  /** Seeds and epochs where the user names none. */
  public void otherwise(int seedCount, int epochCount) {
    seeds = seeds == null ? Integer.toString(seedCount) : seeds;
    epochs = epochs == null ? Integer.valueOf(epochCount) : epochs;
  }

  /** True where the user says what to train on. */
  public boolean namesData() {
    return data != null;
  }

  /** True where the user says how many runs there are, or how long they last. */
  public boolean namesRuns() {
    return seeds != null || epochs != null;
  }

  /** True where the user says how long runs last. */
  public boolean namesEpochs() {
    return epochs != null;
  }

  /** What to train on: as the user says, else as given here from now on. */
  public String dataOr(String otherwise) {
    data = data == null ? otherwise : data;
    return data;
  }

  private Optional<String> data() {
    if (data != null && data.isBlank()) {
      throw wrong("--data is empty");
    }
    return Optional.ofNullable(data);
  }

  /** What the user changes. */
  public Overrides overrides() {
    return overrides(number("--epochs", epochs, ArmSpec.MOST_EPOCHS));
  }

  /** The same, but for the number of epochs. */
  public Overrides butEpochs() {
    return overrides(OptionalInt.empty());
  }

  /** The same, but for the number of epochs and the seeds. */
  public Overrides butRuns() {
    return overrides(OptionalInt.empty(), Optional.empty());
  }

  private Overrides overrides(OptionalInt epochCount) {
    return overrides(epochCount, seeds == null ? Optional.empty() : Optional.of(seeds(seeds)));
  }

  private Overrides overrides(OptionalInt epochCount, Optional<List<Long>> seedList) {
    return new Overrides(
        data(),
        word("--pixels", pixels, SpecWords.PIXELS),
        number("--train-samples", trainSamples, Integer.MAX_VALUE),
        seedList,
        epochCount,
        number("--batch-size", batchSize, ArmSpec.MOST_BATCH),
        epsilon(),
        word("--epsilon-form", epsilonForm, SpecWords.EPSILON_FORMS),
        word("--penalty-form", penaltyForm, SpecWords.PENALTY_FORMS),
        word("--convolutions", convolutions, SpecWords.CONVOLUTIONS),
        word("--biases", biases, SpecWords.BIASES),
        word("--logsigmoid", logistic, SpecWords.LOGISTIC_READINGS));
  }

  private List<Long> seeds(String text) {
    try {
      if (!text.contains(",")) {
        int count = Integer.parseInt(text.strip());
        if (count >= 1 && count <= ArmSpec.MOST_SEEDS) {
          return ArmSpec.seeds(count);
        }
      } else {
        List<Long> list =
            Arrays.stream(text.split(",", -1)).map(part -> Long.valueOf(part.strip())).toList();
        Set<Long> distinct = new LinkedHashSet<>(list);
        if (distinct.size() == list.size()
            && list.stream().allMatch(seed -> seed >= 0 && seed <= ArmSpec.LARGEST_SEED)) {
          return list;
        }
      }
    } catch (NumberFormatException e) {
      // Told below, with what is wanted instead.
    }
    throw wrong(
        "--seeds must be a number from 1 to %d, or different seeds separated by commas, but is '%s'"
            .formatted(ArmSpec.MOST_SEEDS, text));
  }

  private OptionalDouble epsilon() {
    if (epsilon == null) {
      return OptionalDouble.empty();
    }
    if (!(epsilon > 0 && epsilon < Double.POSITIVE_INFINITY)) {
      throw wrong("--epsilon must be a number above 0, but is " + epsilon);
    }
    return OptionalDouble.of(epsilon);
  }

  private OptionalInt number(String option, @Nullable Integer given, int most) {
    if (given == null) {
      return OptionalInt.empty();
    }
    if (given < 1 || given > most) {
      throw wrong("%s must be from 1 to %d, but is %d".formatted(option, most, given));
    }
    return OptionalInt.of(given);
  }

  private <T> Optional<T> word(String option, @Nullable String given, Map<String, T> words) {
    if (given == null) {
      return Optional.empty();
    }
    Optional<T> meant = SpecWords.meaning(given, words);
    if (meant.isEmpty()) {
      throw wrong(
          "%s must be %s, but is '%s'"
              .formatted(option, String.join(" or ", words.keySet()), given));
    }
    return meant;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
