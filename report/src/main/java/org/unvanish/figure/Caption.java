package org.unvanish.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.unvanish.experiment.DataDescription;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.RunResult;

/** The text under a figure. */
final class Caption {

  private Caption() {}

  /** On what data, and how often. */
  static String data(Experiment experiment) {
    DataDescription data = experiment.data();
    return data.title() + ": " + counts(experiment, data.samplesWord());
  }

  /**
   * On how much, and how often.
   *
   * @param samples several of the data's, in words
   */
  static String counts(Experiment experiment, String samples) {
    int seeds = experiment.seeds().size();
    return String.format(
        Locale.ROOT,
        "%d training and %d test %s; %d %s for each arm",
        experiment.data().trainSamples(),
        experiment.data().testSamples(),
        samples,
        seeds,
        seeds == 1 ? "seed" : "seeds");
  }

  /** Its paragraphs: what is seen, which runs are missing, then the notes as they are. */
  static List<String> of(ExperimentResult result, Panels panels, List<String> notes) {
    List<String> paragraphs = new ArrayList<>();
    paragraphs.add(seen(panels, "Top", "Bottom"));
    missing(result).ifPresent(paragraphs::add);
    paragraphs.addAll(notes);
    return paragraphs;
  }

  /**
   * What is seen.
   *
   * @param scores where that panel is: {@code Top}
   * @param gradients where that panel is
   */
  static String seen(Panels panels, String scores, String gradients) {
    return ((panels.hasMarkers()
                ? "Markers: means over the seeds. Bars: interquartile ranges over the seeds. %s:"
                    + " %s on the test data (filled) and on the training data (hollow)."
                : "Lines: means over the seeds. Bands: interquartile ranges over the seeds. %s:"
                    + " %s on the test data (solid, with bands) and on the training data"
                    + " (dashed).")
            + " %s: mean of the absolute coordinate values of the total gradient over all"
            + " parameters and all steps of an epoch."
            + (panels.hasZeros()
                ? " Values of 0 have no place on a logarithmic axis and are cut off."
                : ""))
        .formatted(scores, panels.score().quantity(), gradients);
  }

  /** Which runs are missing, if some are. */
  static Optional<String> missing(ExperimentResult result) {
    List<RunResult> unfinished = result.runs().stream().filter(r -> !r.isFinished()).toList();
    return unfinished.isEmpty()
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%d of %d runs did not finish (%d diverged, %d failed, %d interrupted%s);"
                    + " each counts for the epochs that it completed.",
                unfinished.size(),
                result.runs().size(),
                result.with(RunOutcome.Diverged.class).size(),
                result.with(RunOutcome.Failed.class).size(),
                result.with(RunOutcome.Interrupted.class).size(),
                result.with(RunOutcome.Dropped.class).isEmpty()
                    ? ""
                    : ", %d dropped from the race"
                        .formatted(result.with(RunOutcome.Dropped.class).size())));
  }
}
