package org.unvanish.djl.monitor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.unvanish.data.Shape;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.DataDescription;
import org.unvanish.experiment.Definition;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.Recipe;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.store.Provenance;
import org.unvanish.store.RunStore;
import org.unvanish.store.StoreException;
import org.unvanish.store.StoredArm;
import org.unvanish.store.StoredExperiment;
import org.unvanish.store.WatchedRun;
import org.unvanish.train.EpochRecord;

/**
 * One training as a run in a store: the next one of its arm, beside all that the experiment has.
 */
final class StoredTraining {

  private final RunStore store;
  private final String experiment;
  private final String arm;
  private final SeenModel model;
  private final List<StoredArm> before;
  private final WatchedRun run;
  private int epochs;
  private int trainSamples;
  private int testSamples;

  /**
   * Begins the run.
   *
   * @throws StoreException if the arm was another network, or the experiment is one with a spec
   */
  StoredTraining(RunStore store, String experiment, String arm, SeenModel model) {
    this.store = store;
    this.experiment = experiment;
    this.arm = arm;
    this.model = model;
    Optional<StoredExperiment> stored =
        store.experiments().stream().filter(e -> e.name().equals(experiment)).findFirst();
    if (stored.isPresent() && !stored.get().isWatched()) {
      throw new StoreException(
          "the folder has an experiment %s that Unvanish trains itself. Choose another folder, or"
                  .formatted(experiment)
              + " give the model another name");
    }
    this.before = stored.map(StoredExperiment::arms).orElse(List.of());
    Experiment planned = plan(1);
    Arm own = planned.arms().stream().filter(a -> a.name().equals(arm)).findFirst().orElseThrow();
    Run last = own.runs().get(own.runs().size() - 1);
    this.run = store.watch(planned, last, Provenance.here(version()));
  }

  private static String version() {
    return Optional.ofNullable(StoredTraining.class.getPackage().getImplementationVersion())
        .orElse("unknown");
  }

  void epoch(EpochRecord epoch, int train, int test) {
    run.epoch(epoch);
    epochs = epoch.epoch();
    trainSamples = train;
    testSamples = test;
    plan(epochs + 1);
  }

  void end(RunOutcome outcome) {
    run.ended(outcome);
    plan(Math.max(1, epochs));
  }

  /**
   * Writes the experiment as it stands.
   *
   * @param asked epochs of this run, with the one under way
   */
  private Experiment plan(int asked) {
    List<Arm> arms = new ArrayList<>();
    boolean isNew = true;
    for (StoredArm other : before) {
      boolean same = other.name().equals(arm);
      isNew &= !same;
      arms.add(same ? own(other.seeds(), Math.max(asked, other.epochs())) : arm(other));
    }
    if (isNew) {
      arms.add(own(List.of(), asked));
    }
    Experiment planned =
        new Experiment(experiment, experiment + ", trained by Deep Java Library", data(), arms);
    store.plan(planned, "", "");
    return planned;
  }

  private static Arm arm(StoredArm other) {
    return new Arm(
        other.name(), new Recipe.Watched(other.definition(), other.epochs()), other.seeds());
  }

  private Arm own(List<Long> earlier, int asked) {
    List<Long> numbers = new ArrayList<>(earlier);
    numbers.add(earlier.isEmpty() ? 1 : Collections.max(earlier) + 1);
    return new Arm(arm, new Recipe.Watched(definition(), asked), numbers);
  }

  /** With the names, as arms that look alike may differ in what cannot be seen. */
  private Definition definition() {
    return new Definition(
        "experiment: "
            + experiment
            + "\narm: "
            + arm
            + "\n"
            + model.lines().entrySet().stream()
                .map(line -> line.getKey() + ": " + line.getValue() + "\n")
                .collect(Collectors.joining()));
  }

  private DataDescription data() {
    return new DataDescription(
        "unknown",
        "the program\u2019s own data",
        "unknown",
        shape(model.sample()),
        (int) model.classes(),
        trainSamples,
        testSamples);
  }

  /** Images as they are, all else as a row of values. */
  private static Shape shape(ai.djl.ndarray.types.Shape sample) {
    int[] sizes = Arrays.stream(sample.getShape()).mapToInt(Math::toIntExact).toArray();
    return sizes.length == 3
        ? new Shape(sizes[0], sizes[1], sizes[2])
        : Shape.flat(Math.toIntExact(sample.size()));
  }
}
