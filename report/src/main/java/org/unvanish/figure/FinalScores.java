package org.unvanish.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jfree.chart.axis.ValueAxis;
import org.unvanish.comparison.RunMeasure;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.RunResult;
import org.unvanish.loss.Score;
import org.unvanish.statistics.Spread;

/**
 * The test scores that an experiment's arms come to, as figures show them: a marker for the mean
 * over the finished runs, a bar for their quartiles.
 *
 * @param score the headline of the experiment
 * @param last what is shown of an arm filled: the score after the last epoch
 * @param mean what is shown hollow: the score over all epochs
 */
record FinalScores(ExperimentResult result, Score score, RunMeasure last, RunMeasure mean) {

  static FinalScores of(ExperimentResult result) {
    Score score = result.experiment().headline();
    return new FinalScores(result, score, RunMeasure.last(score), RunMeasure.mean(score));
  }

  List<RunMeasure> measures() {
    return List.of(last, mean);
  }

  ValueAxis axis() {
    return ChartStyle.SCREEN.axis("Test " + score.quantity(), score);
  }

  /** As the axis has it, shares in percent; nothing for an arm without finished runs. */
  Optional<Spread> of(Arm arm, RunMeasure measure) {
    double factor = score.form() == Score.Form.SHARE ? 100 : 1;
    return Spread.of(
        result.of(arm).stream()
            .filter(RunResult::isFinished)
            .mapToDouble(run -> factor * measure.of(run))
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
