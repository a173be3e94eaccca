package org.unvanish.cli.option;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unvanish.spec.ArmSpec;
import org.unvanish.spec.Overrides;
import picocli.CommandLine.Option;

/** Options that change any spec: what is trained on, and how much. */
public final class OverrideOptions extends DataOptions {

  @Option(
      names = "--seeds",
      paramLabel = "N|LIST",
      description = "Seeds of each arm: 1 to N, or a list separated by commas. One run for each.")
  private @Nullable String seeds;

  @Option(names = "--epochs", paramLabel = "N", description = "Passes over the training data.")
  private @Nullable Integer epochs;

  @Override
  public Overrides overrides() {
    OptionReader reader = reader();
    return super.overrides()
        .withRuns(
            Optional.ofNullable(seeds).map(text -> seeds(text, reader)),
            reader.number("--epochs", epochs, ArmSpec.MOST_EPOCHS));
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
