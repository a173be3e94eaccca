package org.unvanish.cli.text;

import java.util.List;
import java.util.Optional;
import org.unvanish.claim.ClaimText;
import org.unvanish.claim.JudgedClaim;
import org.unvanish.comparison.RaceSummary;
import org.unvanish.comparison.WinnerText;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.sweep.SweepResult;
import org.unvanish.sweep.SweepText;
import org.unvanish.text.Style;
import org.unvanish.text.StyledText;

/**
 * What every text on a result begins and ends with: the winner first, the claims last.
 *
 * @param width of a line in characters
 * @param all whether all there is to say is told
 */
record ResultFrame(ExperimentResult result, List<JudgedClaim> claims, int width, boolean all) {

  /**
   * Title and conclusion.
   *
   * @param scored whether the arms compete by their scores
   */
  StyledText begin(boolean scored) {
    StyledText text =
        new StyledText()
            .paragraph(
                result.experiment().name() + " on " + result.experiment().data().title(), width)
            .blank();
    Optional<SweepResult> sweep = SweepResult.of(result);
    if (sweep.isPresent()) {
      text.add(new SweepText(sweep.get()).text(width, all));
    } else if (scored) {
      text.paragraph(WinnerText.of(result), width, Style.STRONG);
    }
    text.paragraph(ClaimText.summary(claims), width);
    RaceSummary.sentence(result).ifPresent(spared -> text.paragraph(spared, width));
    return text;
  }

  /** Each claim with its verdict. */
  StyledText end(StyledText text) {
    StyledText told = ClaimText.of(result.experiment().data(), claims, width, all);
    return claims.isEmpty() ? text.blank() : text.blank().add(told).blank();
  }

  /** How the row of an arm is shown: the winner's stands out. */
  static Style style(List<String> row, String winner) {
    return row.get(0).equals(winner) ? Style.STRONG : Style.PLAIN;
  }
}
