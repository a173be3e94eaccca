package org.unvanish.store;

import java.util.List;
import java.util.Optional;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.DataDescription;
import org.unvanish.experiment.Definition;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.Recipe;
import org.unvanish.experiment.Shard;

/**
 * An experiment as it was last planned, from which it can be rebuilt without its data set.
 *
 * @param name unique in its store
 * @param title as a figure's heading names it
 * @param spec the text that it was read from; empty for one that was {@link #isWatched watched}
 * @param files the sub-folder of the store's folder that its files go to; empty for the folder
 *     itself
 * @param data what it is trained on
 * @param arms in its order
 * @param shard the part of its runs that is trained here; empty for all of them
 */
public record StoredExperiment(
    String name,
    String title,
    String spec,
    String files,
    DataDescription data,
    List<StoredArm> arms,
    Optional<Shard> shard) {
  /** Copies the list. */
  public StoredExperiment {
    arms = List.copyOf(arms);
  }

  /**
   * What is trained here of the experiment as its spec has it: all of it, or its shard.
   *
   * @throws IllegalArgumentException if no run of it is in the shard
   */
  public Experiment part(Experiment whole) {
    return shard.map(own -> own.of(whole)).orElse(whole);
  }

  /** The definitions of its arms. */
  public List<Definition> definitions() {
    return arms.stream().map(StoredArm::definition).toList();
  }

  /** True where another program trained and Unvanish only watched: then there is no spec. */
  public boolean isWatched() {
    return spec.isEmpty();
  }

  /**
   * The experiment of a watched training.
   *
   * @throws IllegalStateException if it has a spec, from which it is to be read
   */
  public Experiment watched() {
    if (!isWatched()) {
      throw new IllegalStateException(name + " has a spec");
    }
    return new Experiment(
        name,
        title,
        data,
        arms.stream()
            .map(
                arm ->
                    new Arm(
                        arm.name(),
                        new Recipe.Watched(arm.definition(), arm.epochs()),
                        arm.seeds()))
            .toList());
  }
}
