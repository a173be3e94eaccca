package org.unvanish.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.unvanish.comparison.RunMeasure;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.RunResult;
import org.unvanish.statistics.Spread;

/**
 * The test accuracies that an experiment's arms come to, as figures show them: a marker for the
 * mean over the finished runs, a bar for their quartiles.
 */
record Accuracies(ExperimentResult result) {

  static final RunMeasure FINAL = RunMeasure.FINAL_ACCURACY;

  /** What is shown of an arm: the final accuracy filled, the one over all epochs hollow. */
  static final List<RunMeasure> MEASURES = List.of(FINAL, RunMeasure.MEAN_ACCURACY);

  static ValueAxis axis() {
    NumberAxis axis = new NumberAxis("Test accuracy (%)");
    axis.setStandardTickUnits(NumberAxis.createIntegerTickUnits(Locale.ROOT));
    axis.setAutoRangeIncludesZero(false);
    axis.setAutoRangeMinimumSize(4);
    return ChartStyle.SCREEN.styled(axis);
  }

  /** In percent; nothing for an arm without finished runs. */
  Optional<Spread> of(Arm arm, RunMeasure measure) {
    return Spread.of(
        result.of(arm).stream()
            .filter(RunResult::isFinished)
            .mapToDouble(run -> 100 * measure.of(run))
            .toArray());
  }

  /**
   * The paragraphs of a figure's caption.
   *
   * @param lines what dashed lines are, a sentence; maybe none
   */
  List<String> caption(Optional<String> lines) {
    List<String> paragraphs = new ArrayList<>();
    paragraphs.add(
        "Markers: means over the seeds. Bars: interquartile ranges over the seeds."
            + lines.map(sentence -> " " + sentence).orElse(""));
    Caption.missing(result).ifPresent(paragraphs::add);
    return paragraphs;
  }
}
