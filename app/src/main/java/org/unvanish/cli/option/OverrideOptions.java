package org.unvanish.cli.option;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unvanish.spec.ArmSpec;
import org.unvanish.spec.Overrides;
import org.unvanish.spec.SpecWords;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options that change any spec: what is trained on, and how much. */
public final class OverrideOptions implements Checked {

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
      names = "--input-scaling",
      paramLabel = "HOW",
      description =
          "How inputs are scaled. unit: to [0, 1]; standardised: mean 0 and variance 1 by channel or"
              + " column; raw: not at all.")
  private @Nullable String inputScaling;

  @Override
  public void check() {
    overrides();
  }

  /** What the user changes. */
  public Overrides overrides() {
    OptionReader reader = new OptionReader(spec);
    Overrides none = Overrides.NONE;
    return new Overrides(
        data(reader),
        reader.word("--input-scaling", inputScaling, SpecWords.INPUT_SCALINGS),
        reader.number("--train-samples", trainSamples, Integer.MAX_VALUE),
        Optional.ofNullable(seeds).map(text -> seeds(text, reader)),
        reader.number("--epochs", epochs, ArmSpec.MOST_EPOCHS),
        reader.number("--batch-size", batchSize, ArmSpec.MOST_BATCH),
        none.epsilon(),
        none.epsilonForm(),
        none.penaltyForm(),
        none.convolutions(),
        none.biases(),
        none.logistic());
  }

  private Optional<String> data(OptionReader reader) {
    if (data != null && data.isBlank()) {
      throw reader.wrong("--data is empty");
    }
    return Optional.ofNullable(data);
  }

  private static List<Long> seeds(String text, OptionReader reader) {
    try {
      if (!text.contains(",")) {
        int count = Integer.parseInt(text.strip());
        if (count >= 1 && count <= ArmSpec.MOST_SEEDS) {
          return ArmSpec.seeds(count);
        }
      } else {
        List<Long> list =
            Arrays.stream(text.split(",", -1)).map(part -> Long.valueOf(part.strip())).toList();
        if (new HashSet<>(list).size() == list.size()
            && list.stream().allMatch(seed -> seed >= 0 && seed <= ArmSpec.LARGEST_SEED)) {
          return list;
        }
      }
    } catch (NumberFormatException e) {
      // Told below, with what is wanted instead.
    }
    throw reader.wrong(
        "--seeds must be a number from 1 to %d, or different seeds separated by commas, but is '%s'"
            .formatted(ArmSpec.MOST_SEEDS, text));
  }
}
