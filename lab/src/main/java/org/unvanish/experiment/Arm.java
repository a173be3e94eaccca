package org.unvanish.experiment;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.unvanish.network.Network;
import org.unvanish.train.RecordedSteps;
import org.unvanish.train.TrainingSettings;

/**
 * One configuration that is compared with others.
 *
 * @param name as legends and CSV files name it, unique in its experiment and not blank
 * @param recipe what is trained and how
 * @param seeds one run each: at least one, no two the same
 */
public record Arm(String name, Recipe recipe, List<Long> seeds) {
  /**
   * @throws IllegalArgumentException if the name is blank, there are no seeds, or two are the same
   */
  public Arm {
    seeds = List.copyOf(seeds);
    if (name.isBlank()) {
      throw new IllegalArgumentException("an arm needs a name");
    }
    if (seeds.isEmpty()) {
      throw new IllegalArgumentException("arm " + name + " needs at least one seed");
    }
    Set<Long> distinct = new HashSet<>();
    for (Long seed : seeds) {
      if (!distinct.add(seed)) {
        throw new IllegalArgumentException("arm " + name + " has seed " + seed + " twice");
      }
    }
  }

  /**
   * An arm that Unvanish's engine trains.
   *
   * @throws IllegalArgumentException if the name is blank, there are no seeds, or two are the same
   */
  public Arm(String name, Network network, TrainingSettings settings, List<Long> seeds) {
    this(name, network, settings, Backend.ENGINE, seeds);
  }

  /**
   * An arm that Unvanish trains.
   *
   * @throws IllegalArgumentException if the name is blank, there are no seeds, or two are the same
   */
  public Arm(
      String name, Network network, TrainingSettings settings, Backend backend, List<Long> seeds) {
    this(name, new Recipe.Trained(network, settings, backend), seeds);
  }

  /** What computes its runs. */
  public Backend backend() {
    return recipe instanceof Recipe.Trained trained ? trained.backend() : Backend.OTHER;
  }

  /** True where another program trains and Unvanish only looks on. */
  public boolean isWatched() {
    return recipe instanceof Recipe.Watched;
  }

  /**
   * What is trained.
   *
   * @throws IllegalStateException if the arm is {@link #isWatched watched}
   */
  public Network network() {
    return trained().network();
  }

  /**
   * How it is trained.
   *
   * @throws IllegalStateException if the arm is {@link #isWatched watched}
   */
  public TrainingSettings settings() {
    return trained().settings();
  }

  private Recipe.Trained trained() {
    if (recipe instanceof Recipe.Trained trained) {
      return trained;
    }
    throw new IllegalStateException(
        "arm " + name + " was trained by another program; Unvanish only watched it");
  }

  /** The epochs that each run is asked for. */
  public int epochs() {
    return recipe instanceof Recipe.Watched watched ? watched.epochs() : settings().epochs();
  }

  /**
   * The same with other epochs and seeds.
   *
   * @throws IllegalStateException if the arm is {@link #isWatched watched}
   */
  public Arm with(int otherEpochs, List<Long> otherSeeds) {
    return new Arm(name, network(), settings().withEpochs(otherEpochs), backend(), otherSeeds);
  }

  /** Whether a penalty is added to the loss. */
  public boolean isPenalised() {
    return recipe instanceof Recipe.Watched watched
        ? !watched.definition().values().getOrDefault(Recipe.Watched.PENALTY, "none").equals("none")
        : !settings().penalty().isNone();
  }

  /** In which steps gradients are recorded; never those of a rule that is yet to be applied. */
  public RecordedSteps recorded() {
    return recipe instanceof Recipe.Watched watched
        ? watched.definition().recorded()
        : settings().recorded().on(network(), settings());
  }

  /** Its runs, in the order of the seeds. */
  public List<Run> runs() {
    return seeds.stream().map(seed -> new Run(this, seed)).toList();
  }
}
