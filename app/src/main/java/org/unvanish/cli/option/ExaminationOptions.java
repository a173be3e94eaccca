package org.unvanish.cli.option;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.unvanish.spec.ArmSpec;
import org.unvanish.spec.ExperimentSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options that say which run of a spec is diagnosed, and when. */
public final class ExaminationOptions implements Checked {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--arm",
      paramLabel = "NAME",
      description = "Which arm of the spec. Default: the first.")
  private @Nullable String arm;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of the run that is probed. Default: the arm's first.")
  private @Nullable Long seed;

  @Option(
      names = "--snapshots",
      paramLabel = "LIST",
      description =
          "When to probe, beside the initial weights: numbers of steps, or of epochs as in 2e."
              + " Default: "
              + SnapshotOption.DEFAULT
              + "; earlier where a step is costly, and none after the end of the spec's own training.")
  private @Nullable String snapshots;

  @Option(
      names = "--checkpoint",
      paramLabel = "FOLDER",
      description = "Probe where the run stands that this folder holds, and train nothing.")
  private @Nullable Path checkpoint;

  @Override
  public void check() {
    if (checkpoint != null && snapshots != null) {
      throw wrong("--snapshots are of a training, but --checkpoint trains nothing; leave one out");
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

  /**
   * The arm that is meant.
   *
   * @param file where the spec was read, as the user named it
   * @throws ParameterException if the spec has no such arm
   */
  public ArmSpec arm(ExperimentSpec experiment, Path file) {
    List<ArmSpec> arms = experiment.arms();
    if (arm == null) {
      return arms.get(0);
    }
    return arms.stream()
        .filter(candidate -> candidate.name().equals(arm))
        .findFirst()
        .orElseThrow(
            () ->
                wrong(
                    "%s has no arm '%s', only %s"
                        .formatted(
                            file,
                            arm,
                            arms.stream()
                                .map(a -> "'" + a.name() + "'")
                                .collect(Collectors.joining(", ")))));
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

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
