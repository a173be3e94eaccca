package org.unvanish.explanation;

import java.util.ArrayList;
import java.util.List;
import org.unvanish.diagnosis.prescription.MagnitudeText;
import org.unvanish.diagnosis.prescription.Trial;
import org.unvanish.diagnosis.prescription.TrialScore;
import org.unvanish.diagnosis.prescription.TriedChange;
import org.unvanish.text.Style;
import org.unvanish.text.StyledText;
import org.unvanish.text.TextTable;

/** What was tried by short trainings, as a table: the untouched training first. */
final class TrialTable {

  private final Trial trial;

  TrialTable(Trial trial) {
    this.trial = trial;
  }

  StyledText text(int width) {
    boolean classifies =
        trial.tried().stream().anyMatch(one -> !Double.isNaN(one.score().accuracy()));
    List<List<String>> rows = new ArrayList<>();
    rows.add(row(classifies, "tried", "loss", "accuracy", "seed " + trial.secondSeed(), ""));
    for (TriedChange one : trial.tried()) {
      TrialScore again = one.again();
      rows.add(
          row(
              classifies,
              one.change().toString(),
              loss(one.score()),
              MagnitudeText.share(one.score().accuracy()),
              again == null ? "" : loss(again) + accuracy(again),
              isChosen(one) ? "prescribed" : trial.helps(one) ? "helps" : ""));
    }
    return new StyledText()
        .paragraph(
            "Tried by training for %d steps, on %d training samples at the end:"
                .formatted(trial.steps(), trial.samples()),
            width)
        .add(
            TextTable.of(
                rows,
                width,
                row -> isChosen(trial.tried().get(row - 1)) ? Style.STRONG : Style.PLAIN));
  }

  private boolean isChosen(TriedChange one) {
    return one.change().equals(trial.chosen());
  }

  private static List<String> row(
      boolean classifies, String what, String loss, String accuracy, String again, String mark) {
    return classifies
        ? List.of(what, loss, accuracy, again, mark)
        : List.of(what, loss, again, mark);
  }

  private static String accuracy(TrialScore score) {
    return Double.isNaN(score.accuracy()) ? "" : ", " + MagnitudeText.share(score.accuracy());
  }

  private static String loss(TrialScore score) {
    return Double.isFinite(score.loss()) ? MagnitudeText.number(score.loss()) : "diverged";
  }
}
