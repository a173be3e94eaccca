package org.unvanish.report;

import java.util.ArrayList;
import java.util.List;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.RunResult;

/** The text under a figure. */
final class Caption {

  private Caption() {}

  /** Its paragraphs: what is seen, which runs are missing, then the notes as they are. */
  static List<String> of(ExperimentResult result, Panels panels, List<String> notes) {
    List<String> paragraphs = new ArrayList<>();
    paragraphs.add(
        (panels.hasMarkers()
                ? "Markers: means over the seeds. Bars: interquartile ranges over the seeds. Top:"
                    + " accuracy on the test data (filled) and on the training data (hollow)."
                : "Lines: means over the seeds. Bands: interquartile ranges over the seeds. Top:"
                    + " accuracy on the test data (solid, with bands) and on the training data"
                    + " (dashed).")
            + " Bottom: mean of the absolute coordinate values of the total gradient over all"
            + " parameters and all steps of an epoch."
            + (panels.hasZeros()
                ? " Values of 0 have no place on a logarithmic axis and are cut off."
                : ""));
    List<RunResult> unfinished = result.runs().stream().filter(r -> !r.isFinished()).toList();
    if (!unfinished.isEmpty()) {
      paragraphs.add(
          ("%d of %d runs did not finish (%d diverged, %d failed, %d interrupted);"
                  + " each counts for the epochs that it completed.")
              .formatted(
                  unfinished.size(),
                  result.runs().size(),
                  result.with(RunOutcome.Diverged.class).size(),
                  result.with(RunOutcome.Failed.class).size(),
                  result.with(RunOutcome.Interrupted.class).size()));
    }
    paragraphs.addAll(notes);
    return paragraphs;
  }
}
