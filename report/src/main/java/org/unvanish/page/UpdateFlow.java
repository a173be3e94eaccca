package org.unvanish.page;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.statistics.descriptive.Median;
import org.apache.commons.statistics.descriptive.NaNPolicy;
import org.unvanish.experiment.RunResult;
import org.unvanish.train.UpdateRatio;

/**
 * The update-to-weight ratios of one arm, tensor by tensor and epoch by epoch: each number is the
 * median over the seeds.
 *
 * @param parameters the trained parameter tensors in the network's order; none where no update was
 *     measured
 * @param ratios [parameter][epoch]; NaN where no run has one
 */
// Made once and written once.
@SuppressWarnings("ArrayRecordComponent")
record UpdateFlow(List<String> parameters, double[][] ratios) {

  private static final Median MEDIAN = Median.withDefaults().with(NaNPolicy.EXCLUDE);

  /**
   * Of an arm's runs.
   *
   * @param epochs which to show, from 1
   */
  static UpdateFlow of(List<RunResult> runs, int[] epochs) {
    List<String> parameters =
        runs.stream()
            .flatMap(run -> run.epochs().stream())
            .map(epoch -> epoch.updates().stream().map(UpdateRatio::parameter).toList())
            .filter(names -> !names.isEmpty())
            .findFirst()
            .orElse(List.of());
    double[][] ratios =
        IntStream.range(0, parameters.size())
            .mapToObj(p -> Arrays.stream(epochs).mapToDouble(e -> median(runs, e, p)).toArray())
            .toArray(double[][]::new);
    return new UpdateFlow(parameters, ratios);
  }

  /** Epochs of an older layout have none. */
  private static double median(List<RunResult> runs, int epoch, int place) {
    return MEDIAN.evaluate(
        runs.stream()
            .filter(run -> run.epochs().size() >= epoch)
            .map(run -> run.epochs().get(epoch - 1).updates())
            .filter(updates -> !updates.isEmpty())
            .mapToDouble(updates -> updates.get(place).value())
            .toArray());
  }
}
