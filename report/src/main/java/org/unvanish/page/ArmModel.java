package org.unvanish.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.unvanish.comparison.RunMeasure;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.RunResult;
import org.unvanish.store.StoredRun;
import org.unvanish.train.ValueSize;

/**
 * One arm of an {@link ExperimentModel}.
 *
 * @param name as legends name it
 * @param runs in the order of the seeds
 * @param completed how many runs completed each of the shown epochs
 * @param curves each metric over the seeds, by its label
 * @param lines each metric of single runs, by its label: of the first {@value #MOST_LINES} runs,
 *     [run][epoch]
 * @param recordEvery gradients are those of one step in so many
 * @param flow gradients of each parameter tensor
 * @param updates by how much the steps of an epoch moved each parameter tensor
 * @param weights how large each trained parameter tensor is, in root mean square
 * @param activations how large what each layer puts out is, in root mean square
 * @param stack its network, layer by layer
 * @param signal the way of the signal, where a run was probed
 */
// Made once and written once.
@SuppressWarnings("ArrayRecordComponent")
public record ArmModel(
    String name,
    List<RunModel> runs,
    int[] completed,
    Map<String, Curves.Curve> curves,
    Map<String, double[][]> lines,
    int recordEvery,
    GradientFlow flow,
    NamedCurves updates,
    NamedCurves weights,
    NamedCurves activations,
    List<StackedLayer> stack,
    Optional<SignalModel> signal) {

  static final int MOST_LINES = 100;

  /**
   * How far a run is.
   *
   * @param seed its seed
   * @param state where it stands
   * @param done how many of the epochs that it is asked for it has
   * @param asked how many it is asked for
   * @param detail how it diverged, or why it was dropped or failed; empty for others
   * @param secondsPerEpoch mean over its epochs; NaN if it has none
   */
  record RunModel(
      long seed, String state, int done, int asked, String detail, double secondsPerEpoch) {}

  /**
   * Of an arm.
   *
   * @param read its results, of which each is read once
   */
  static ArmModel of(
      Arm arm,
      List<RunResult> read,
      List<StoredRun> stored,
      Curves curves,
      Optional<SignalModel> signal) {
    List<RunResult> results =
        read.stream()
            .map(run -> new RunResult(run.run(), run.outcome(), new ArrayList<>(run.epochs())))
            .toList();
    List<RunModel> runs = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      StoredRun run = stored.get(i);
      runs.add(
          new RunModel(
              run.seed(),
              run.state().label(),
              Math.min(run.epochsDone(), run.epochsAsked()),
              run.epochsAsked(),
              run.ended().map(RunOutcome::detail).orElse(""),
              RunMeasure.SECONDS.of(results.get(i))));
    }
    return new ArmModel(
        arm.name(),
        List.copyOf(runs),
        curves.completed(results),
        curves.of(arm, results),
        curves.lines(results.subList(0, Math.min(MOST_LINES, results.size()))),
        arm.recorded().every(),
        GradientFlow.of(arm, results, curves.epochs()),
        NamedCurves.updates(results, curves.epochs()),
        NamedCurves.sizes(results, curves.epochs(), ValueSize.Kind.PARAMETER),
        NamedCurves.sizes(results, curves.epochs(), ValueSize.Kind.ACTIVATION),
        StackedLayer.of(arm),
        signal);
  }
}
