package org.unvanish.cli.option;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unvanish.experiment.Shard;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that says which part of an experiment's runs this machine trains. */
public final class ShardOption implements Checked {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--shard",
      paramLabel = "i/n",
      description =
          "Train shard i of n: every nth run, from the ith on (docs/cluster.md). unvanish "
              + "merge puts the shards together.")
  private @Nullable String shard;

  @Override
  public void check() {
    shard();
  }

  /**
   * What the user says, if anything.
   *
   * @throws ParameterException if it is no shard
   */
  public Optional<Shard> shard() {
    try {
      return Optional.ofNullable(shard).map(Shard::parse);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), "--shard cannot be '%s': %s".formatted(shard, e.getMessage()), e);
    }
  }

  /** A folder of its own for each shard. */
  public String folder(String otherwise) {
    return shard().map(part -> otherwise + part.suffix()).orElse(otherwise);
  }
}
