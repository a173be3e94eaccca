package org.unvanish.cli.execution;

import java.nio.file.Path;
import org.unvanish.cli.terminal.CommandFailure;
import org.unvanish.cli.terminal.CommandName;
import org.unvanish.cli.terminal.ShellWords;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.Shard;
import org.unvanish.paper.RuntimeTable;
import org.unvanish.race.Race;

/** Experiments that are trained in shards: which may be, and how their parts become one. */
final class ShardedExperiment {

  private ShardedExperiment() {}

  /**
   * What a shard trains.
   *
   * @throws CommandFailure if the experiment cannot be trained in shards, or has too few runs
   */
  static Experiment part(Experiment whole, Shard shard) {
    if (RuntimeTable.isOf(whole)) {
      throw new CommandFailure(
          whole.name()
              + " compares times, which only makes sense on one machine. Run it without --shard");
    }
    if (Race.mayDrop(whole)) {
      throw new CommandFailure(
          "add --no-racing: a shard cannot race, because racing compares all runs of %s"
              .formatted(whole.name()));
    }
    try {
      return shard.of(whole);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
  }

  /** The command for all shards, whose folders are beside that of one. */
  static String mergeCommand(Path folder, Shard shard) {
    String name = folder.toString();
    if (!name.endsWith(shard.suffix())) {
      return CommandName.called() + " merge FOLDERS --out DIR";
    }
    String base = ShellWords.quoted(name.substring(0, name.length() - shard.suffix().length()));
    return "%s merge %s-*-of-%d --out %s"
        .formatted(CommandName.called(), base, shard.count(), base);
  }
}
