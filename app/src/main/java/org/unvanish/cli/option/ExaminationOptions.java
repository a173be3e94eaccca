package org.unvanish.cli.option;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unvanish.spec.ArmSpec;
import picocli.CommandLine.Option;

/** Options that say which run of a spec is diagnosed, and when. */
public final class ExaminationOptions extends ArmOption implements Checked {

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of the run to probe. Default: the arm's first.")
  private @Nullable Long seed;

  @Option(
      names = "--snapshots",
      paramLabel = "LIST",
      description =
          "When to probe, besides the initial weights: numbers of steps, or of epochs as in "
              + "2e. Default: "
              + SnapshotOption.DEFAULT
              + "; earlier where a step is costly, and none after the end of the spec's own training.")
  private @Nullable String snapshots;

  @Option(
      names = "--checkpoint",
      paramLabel = "FOLDER",
      description = "Probe the stored weights of the run in this folder, without training.")
  private @Nullable Path checkpoint;

  @Override
  public void check() {
    if (checkpoint != null && snapshots != null) {
      throw wrong(
          "--snapshots need a training, but --checkpoint does not train. Leave one of "
              + "them out");
    }
    if (seed != null && (seed < 0 || seed > ArmSpec.LARGEST_SEED)) {
      throw wrong("--seed must be from 0 to %d, but is %d".formatted(ArmSpec.LARGEST_SEED, seed));
    }
    try {
      snapshots();
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  /** Whether any of them is given. */
  public boolean isNamed() {
    return isGiven() || seed != null || snapshots != null || checkpoint != null;
  }

  /** The seed of the run, of this arm. */
  public long seed(ArmSpec chosen) {
    return seed == null ? chosen.seeds().get(0) : seed;
  }

  /** When the training is probed, if the user says so. */
  public Optional<SnapshotOption> snapshots() {
    return Optional.ofNullable(snapshots).map(SnapshotOption::new);
  }

  /** The folder of the run that is probed as it stands, if none is trained. */
  public Optional<Path> checkpoint() {
    return Optional.ofNullable(checkpoint);
  }
}
