package org.unvanish.page;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.unvanish.gradient.GradientRecorder;
import org.unvanish.store.RunStore;
import org.unvanish.store.StoredExperiment;

/**
 * Everything that the page shows, aggregated: the page computes no statistics of its own.
 *
 * @param generated when, in ISO 8601
 * @param version of Unvanish
 * @param training whether a process was training in the folder
 * @param vanishedBelow a coordinate counts as vanished where its |g| is below it
 * @param experiments in the order in which they were first planned
 */
public record PageModel(
    String generated,
    String version,
    boolean training,
    double vanishedBelow,
    List<ExperimentModel> experiments) {

  /** Copies the list. */
  public PageModel {
    experiments = List.copyOf(experiments);
  }

  /**
   * What a store holds, also while a process trains there.
   *
   * @param store open for reading
   * @param version of Unvanish
   * @param now when it is read
   * @throws org.unvanish.store.StoreException if the store cannot be read
   * @throws org.unvanish.codec.yaml.SpecException if an experiment in it is none of this version's
   */
  public static PageModel of(RunStore store, String version, Instant now) {
    List<ExperimentModel> experiments = new ArrayList<>();
    for (StoredExperiment stored : store.experiments()) {
      experiments.add(ExperimentModel.of(stored, store, now));
    }
    return new PageModel(
        now.truncatedTo(ChronoUnit.SECONDS).toString(),
        version,
        store.trainingProcess().isPresent(),
        GradientRecorder.DEFAULT_THRESHOLD,
        experiments);
  }

  /**
   * As JSON: numbers that are only drawn with four significant digits, null for what is not a
   * finite number.
   */
  public String toJson() {
    return PageJson.text(this);
  }
}
