package org.unvanish.page;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.unvanish.comparison.BestArms;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Experiment;
import org.unvanish.store.RunState;
import org.unvanish.store.StoredRun;

/**
 * What an {@link ExperimentModel} tells of the arms that it does not show one by one.
 *
 * @param arms how many they are
 * @param runs how many runs they have in each state, by its word
 * @param done how many epochs these have of those that they are asked for
 * @param asked how many they are asked for
 * @param faults how the first of them diverged or why they failed
 * @param note which arms are shown
 */
public record OthersModel(
    int arms, Map<String, Integer> runs, long done, long asked, List<String> faults, String note) {

  private static final int MOST_FAULTS = 10;

  /**
   * Of all arms but some.
   *
   * @param shown with the arms that are shown
   * @param runs of all arms
   */
  static Optional<OthersModel> of(Experiment experiment, Experiment shown, List<StoredRun> runs) {
    return BestArms.note(experiment).map(note -> of(note, shown, runs));
  }

  private static OthersModel of(String note, Experiment shown, List<StoredRun> runs) {
    Set<String> names = shown.arms().stream().map(Arm::name).collect(Collectors.toSet());
    List<StoredRun> others = runs.stream().filter(run -> !names.contains(run.arm())).toList();
    Map<String, Integer> states = new TreeMap<>();
    Set<String> arms = new HashSet<>();
    long done = 0;
    long asked = 0;
    for (StoredRun run : others) {
      arms.add(run.arm());
      states.merge(run.state().label(), 1, Integer::sum);
      int completed = Math.min(run.epochsDone(), run.epochsAsked());
      done += completed;
      // Nobody goes on with a run whose arm was dropped from a race.
      asked += run.state() == RunState.DROPPED ? completed : run.epochsAsked();
    }
    List<String> faults =
        others.stream()
            .filter(run -> run.ended().isPresent())
            .limit(MOST_FAULTS)
            .map(
                run ->
                    "“%s” with seed %d %s: %s"
                        .formatted(
                            run.arm(), run.seed(), run.state().label(), run.ended().get().detail()))
            .toList();
    return new OthersModel(arms.size(), states, done, asked, faults, note);
  }
}
