package org.unvanish.claim;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.spec.ExperimentSpec;
import org.unvanish.spec.Overrides;
import org.unvanish.train.TrainingSettings;

/**
 * Experiments that are shipped with the program as specs, together with what is claimed of them.
 *
 * <p>A user's experiment is one of the series if each of its arms trains what the series' spec
 * would train with other data, seeds, epochs or backend, and with another reading of the points
 * that the spec leaves open. All arms must be read in the same way, as arms of different batch
 * sizes do not compare; and there must be enough of them for at least one claim.
 *
 * @param home its package has the specs as resources, {@code NAME.yaml}
 * @param names of the experiments, in the order in which they are told
 * @param namesakes those that train what others of the series do, and are told by their name
 * @param words in which claims and verdicts are told
 * @param claims all of them, in the order in which they are told
 * @param reading what an experiment makes of the points that the specs leave open
 */
public record ClaimedSeries(
    Class<?> home,
    List<String> names,
    Set<String> namesakes,
    ClaimWords words,
    List<Claim> claims,
    Function<Experiment, Overrides> reading) {

  /** Copies the collections. */
  public ClaimedSeries {
    names = List.copyOf(names);
    namesakes = Set.copyOf(namesakes);
    claims = List.copyOf(claims);
  }

  /**
   * The {@link #reading} of specs that leave nothing open but how much is trained, on what, and in
   * which batches.
   */
  public static Overrides nothingOpen(Experiment experiment) {
    TrainingSettings first = experiment.arms().get(0).settings();
    return Overrides.NONE.toBuilder()
        .pixels(first.pixelScaling())
        .batchSize(first.batchSize())
        .build();
  }

  /**
   * A spec as it is written, with its comments.
   *
   * @param name one of {@link #names}
   * @throws IllegalArgumentException if there is no such spec
   */
  public String text(String name) {
    if (!names.contains(name)) {
      throw new IllegalArgumentException(
          "there is no spec " + name + ", only " + String.join(", ", names));
    }
    try (@Nullable InputStream in = home.getResourceAsStream(name + ".yaml")) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A spec.
   *
   * @param name one of {@link #names}
   * @throws IllegalArgumentException if there is no such spec
   */
  public ExperimentSpec spec(String name) {
    return ExperimentSpec.parse(text(name), name + ".yaml");
  }

  /** Which of the series an experiment is, if it is one. */
  public Optional<ClaimedExperiment> find(Experiment experiment) {
    if (experiment.arms().stream().anyMatch(Arm::isWatched)
        || experiment.arms().stream().map(Arm::epochs).distinct().count() > 1) {
      return Optional.empty();
    }
    String own = experiment.name();
    boolean namesake = namesakes.contains(own);
    Overrides read = reading.apply(experiment);
    return names.stream()
        .filter(name -> namesake ? name.equals(own) : !namesakes.contains(name))
        .map(name -> ClaimedExperiment.of(spec(name), read, experiment))
        .filter(found -> claims.stream().anyMatch(found::hasArmsOf))
        .findFirst();
  }

  /**
   * The findings on all claims about an experiment whose arms are there; none for an experiment
   * that is not of the series.
   */
  public List<JudgedClaim> judge(ExperimentResult result) {
    return find(result.experiment()).stream()
        .flatMap(
            found ->
                claims.stream()
                    .filter(found::hasArmsOf)
                    .map(claim -> found.judge(claim, result, words)))
        .toList();
  }
}
