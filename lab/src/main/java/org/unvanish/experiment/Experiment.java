package org.unvanish.experiment;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.unvanish.data.Dataset;
import org.unvanish.loss.Loss;
import org.unvanish.loss.Score;
import org.unvanish.network.Network;

/**
 * Arms that are compared on one data set.
 *
 * @param name as users write it and as files are named: {@code figure2}
 * @param title as a figure's heading names it
 * @param data what all arms are trained on
 * @param arms at least one, no two with the same name
 * @param sweep what the arms vary, where they are points of a sweep
 */
public record Experiment(
    String name, String title, DataDescription data, List<Arm> arms, Optional<Sweep> sweep) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  /**
   * True for letters, digits, dots, dashes and underscores: what files and folders are named by.
   */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /**
   * @throws IllegalArgumentException if there are no arms, two have the same name, or an arm's
   *     network does not fit the data
   */
  public Experiment {
    arms = List.copyOf(arms);
    if (arms.isEmpty()) {
      throw new IllegalArgumentException("experiment " + name + " needs at least one arm");
    }
    Set<String> names = new HashSet<>();
    for (Arm arm : arms) {
      if (!names.add(arm.name())) {
        throw new IllegalArgumentException("two arms are named " + arm.name());
      }
      requireFit(arm, data);
    }
  }

  /**
   * Arms that somebody chose.
   *
   * @throws IllegalArgumentException if there are no arms, two have the same name, or an arm's
   *     network does not fit the data
   */
  public Experiment(String name, String title, DataDescription data, List<Arm> arms) {
    this(name, title, data, arms, Optional.empty());
  }

  /**
   * The same on a data set that is in memory.
   *
   * @throws IllegalArgumentException if there are no arms, two have the same name, or an arm's
   *     network does not fit the data
   */
  public Experiment(String name, String title, Dataset data, List<Arm> arms) {
    this(name, title, DataDescription.of(data), arms);
  }

  private static void requireFit(Arm arm, DataDescription data) {
    if (arm.isWatched()) {
      return;
    }
    Network network = arm.network();
    Loss loss = arm.settings().loss();
    if (!loss.on(data.targets(), data.classes(), data.name()).equals(loss)) {
      throw new IllegalArgumentException(
          "arm %s has the loss %s for numbers, but the targets of %s are classes: see Loss.on"
              .formatted(arm.name(), loss.name(), data.name()));
    }
    if (!network.input().equals(data.shape()) || !loss.fits(network.outputs(), data.classes())) {
      throw new IllegalArgumentException(
          "arm %s takes samples of %s and has %d outputs, but %s has samples of %s and %s"
              .formatted(
                  arm.name(),
                  network.input(),
                  network.outputs(),
                  data.name(),
                  data.shape(),
                  data.targetsText()));
    }
  }

  /**
   * What the runs report, the loss first: each score once, by its key, in the order in which the
   * arms first name it.
   */
  public List<Score> scores() {
    Map<String, Score> scores = new LinkedHashMap<>();
    for (Arm arm : arms) {
      arm.recipe().scores().forEach(score -> scores.putIfAbsent(score.key(), score));
    }
    return List.copyOf(scores.values());
  }

  /** The score by which arms are compared first: that of all of them, or else the loss. */
  public Score headline() {
    List<Score> headlines = arms.stream().map(arm -> arm.recipe().headline()).distinct().toList();
    return headlines.size() == 1 ? headlines.get(0) : scores().get(0);
  }

  /** The seeds that any arm has, in the order in which the arms first name them. */
  public List<Long> seeds() {
    return arms.stream().flatMap(arm -> arm.seeds().stream()).distinct().toList();
  }

  /**
   * All runs in the order in which they start: every arm with its first seed, then every arm with
   * its second, so that arms can be compared early on.
   */
  public List<Run> runs() {
    int rounds = arms.stream().mapToInt(arm -> arm.seeds().size()).max().orElseThrow();
    return IntStream.range(0, rounds)
        .boxed()
        .flatMap(
            round ->
                arms.stream()
                    .filter(arm -> round < arm.seeds().size())
                    .map(arm -> new Run(arm, arm.seeds().get(round))))
        .toList();
  }
}
