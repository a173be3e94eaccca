package org.unvanish.experiment;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.unvanish.data.Dataset;
import org.unvanish.network.Network;

/**
 * Arms that are compared on one data set, each with the same seeds.
 *
 * @param name as users write it and as files are named: {@code figure2}
 * @param title as a figure's heading names it
 * @param data what all arms are trained on
 * @param arms at least one, no two with the same name
 * @param seeds at least one, no two the same
 */
public record Experiment(
    String name, String title, Dataset data, List<Arm> arms, List<Long> seeds) {
  /**
   * @throws IllegalArgumentException if there are no arms or seeds, two are the same, or an arm's
   *     network does not fit the data
   */
  public Experiment {
    arms = List.copyOf(arms);
    seeds = List.copyOf(seeds);
    if (arms.isEmpty() || seeds.isEmpty()) {
      throw new IllegalArgumentException(
          "experiment " + name + " needs at least one " + (arms.isEmpty() ? "arm" : "seed"));
    }
    Set<String> names = new HashSet<>();
    for (Arm arm : arms) {
      if (!names.add(arm.name())) {
        throw new IllegalArgumentException("two arms are named " + arm.name());
      }
      requireFit(arm, data);
    }
    Set<Long> distinct = new HashSet<>();
    for (Long seed : seeds) {
      if (!distinct.add(seed)) {
        throw new IllegalArgumentException("seed " + seed + " is given twice");
      }
    }
  }

  private static void requireFit(Arm arm, Dataset data) {
    Network network = arm.network();
    if (!network.input().equals(data.train().shape())
        || network.classes() != data.classes().size()) {
      throw new IllegalArgumentException(
          "arm %s takes images of %s in %d classes, but %s has images of %s in %d classes"
              .formatted(
                  arm.name(),
                  network.input(),
                  network.classes(),
                  data.name(),
                  data.train().shape(),
                  data.classes().size()));
    }
  }

  /**
   * All runs in the order in which they start: every arm with the first seed, then every arm with
   * the second, so that arms can be compared early on.
   */
  public List<Run> runs() {
    return seeds.stream().flatMap(seed -> arms.stream().map(arm -> new Run(arm, seed))).toList();
  }
}
