package org.unvanish.page;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.commons.statistics.descriptive.Median;
import org.apache.commons.statistics.descriptive.NaNPolicy;
import org.unvanish.experiment.RunResult;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.UpdateRatio;
import org.unvanish.train.ValueSize;

/**
 * A number of each parameter tensor or layer of one arm, epoch by epoch: the median over the seeds.
 *
 * @param names of the tensors or layers, in the network's order; none where nothing was measured
 * @param values [name][epoch]; NaN where no run has one
 */
// Made once and written once.
@SuppressWarnings("ArrayRecordComponent")
record NamedCurves(List<String> names, double[][] values) {

  private static final Median MEDIAN = Median.withDefaults().with(NaNPolicy.EXCLUDE);

  /**
   * The update-to-weight ratios of an arm's runs.
   *
   * @param epochs which to show, from 1
   */
  static NamedCurves updates(List<RunResult> runs, int[] epochs) {
    return of(
        runs,
        epochs,
        epoch -> {
          Map<String, Double> values = new LinkedHashMap<>();
          for (UpdateRatio update : epoch.updates()) {
            values.put(update.parameter(), update.value());
          }
          return values;
        });
  }

  /**
   * The sizes of one kind in an arm's runs.
   *
   * @param epochs which to show, from 1
   */
  static NamedCurves sizes(List<RunResult> runs, int[] epochs, ValueSize.Kind kind) {
    return of(
        runs,
        epochs,
        epoch -> {
          Map<String, Double> values = new LinkedHashMap<>();
          for (ValueSize size : epoch.sizes()) {
            if (size.kind() == kind) {
              values.put(size.name(), size.rms());
            }
          }
          return values;
        });
  }

  /** Epochs of an older layout have none. */
  private static NamedCurves of(
      List<RunResult> runs, int[] epochs, Function<EpochRecord, Map<String, Double>> measured) {
    List<List<Map<String, Double>>> all =
        IntStream.of(epochs)
            .mapToObj(
                epoch ->
                    runs.stream()
                        .filter(run -> run.epochs().size() >= epoch)
                        .map(run -> measured.apply(run.epochs().get(epoch - 1)))
                        .toList())
            .toList();
    List<String> names =
        all.stream()
            .flatMap(List::stream)
            .filter(values -> !values.isEmpty())
            .findFirst()
            .map(values -> List.copyOf(values.keySet()))
            .orElse(List.of());
    double[][] medians =
        names.stream()
            .map(name -> all.stream().mapToDouble(epoch -> median(epoch, name)).toArray())
            .toArray(double[][]::new);
    return new NamedCurves(names, medians);
  }

  private static double median(List<Map<String, Double>> runs, String name) {
    return MEDIAN.evaluate(
        runs.stream().mapToDouble(values -> values.getOrDefault(name, Double.NaN)).toArray());
  }
}
