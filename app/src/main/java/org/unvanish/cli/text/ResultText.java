package org.unvanish.cli.text;

import java.util.List;
import java.util.Optional;
import org.unvanish.beyond.EscapeTable;
import org.unvanish.claim.JudgedClaim;
import org.unvanish.comparison.BestArms;
import org.unvanish.comparison.ExperimentVerdict;
import org.unvanish.comparison.ResultTable;
import org.unvanish.comparison.Table;
import org.unvanish.comparison.WinnerText;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.paper.RuntimeTable;
import org.unvanish.text.StyledText;

/** What an experiment came to, when its runs have ended: the winner first. */
public final class ResultText {

  private final ExperimentResult result;
  private final List<JudgedClaim> claims;

  /**
   * @param claims that were judged by it
   */
  public ResultText(ExperimentResult result, List<JudgedClaim> claims) {
    this.result = result;
    this.claims = claims;
  }

  /**
   * About a screen, or all there is to say.
   *
   * @param width of a line in characters
   * @param all whether each arm is told against the first one, measure by measure
   */
  public StyledText text(int width, boolean all) {
    Optional<Table> times = RuntimeTable.of(result);
    ResultFrame frame = new ResultFrame(result, claims, width, all);
    StyledText text = frame.begin(times.isEmpty());
    if (times.isEmpty()) {
      (all ? ExperimentVerdict.of(result) : ExperimentVerdict.unfinished(result))
          .forEach(sentence -> text.paragraph(sentence, width));
    }
    String winner = WinnerText.name(result).orElse("");
    text.blank()
        .add(
            ResultTable.of(BestArms.of(result)).text(width, row -> ResultFrame.style(row, winner)));
    times.ifPresent(table -> text.blank().add(table.text(width)));
    if (all) {
      EscapeTable.of(result).ifPresent(table -> text.blank().add(table.text(width)));
    }
    return frame.end(text);
  }
}
