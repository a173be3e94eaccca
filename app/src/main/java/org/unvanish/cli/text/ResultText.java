package org.unvanish.cli.text;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.unvanish.beyond.EscapeTable;
import org.unvanish.claim.ClaimText;
import org.unvanish.claim.JudgedClaim;
import org.unvanish.comparison.BestArms;
import org.unvanish.comparison.ExperimentVerdict;
import org.unvanish.comparison.RaceSummary;
import org.unvanish.comparison.ResultTable;
import org.unvanish.comparison.Table;
import org.unvanish.comparison.WinnerText;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.paper.RuntimeTable;
import org.unvanish.sweep.SweepResult;
import org.unvanish.sweep.SweepText;
import org.unvanish.text.Style;
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
    StyledText text =
        new StyledText()
            .paragraph(
                result.experiment().name() + " on " + result.experiment().data().title(), width)
            .blank();
    Optional<SweepResult> sweep = SweepResult.of(result);
    Optional<Table> times = RuntimeTable.of(result);
    if (sweep.isPresent()) {
      text.add(new SweepText(sweep.get()).text(width, all));
    } else if (times.isEmpty()) {
      text.paragraph(WinnerText.of(result), width, Style.STRONG);
    }
    text.paragraph(ClaimText.summary(claims), width);
    RaceSummary.sentence(result).ifPresent(spared -> text.paragraph(spared, width));
    if (times.isEmpty()) {
      (all ? ExperimentVerdict.of(result) : ExperimentVerdict.unfinished(result))
          .forEach(sentence -> text.paragraph(sentence, width));
    }
    text.blank().add(ResultTable.of(BestArms.of(result)).text(width, winner()));
    times.ifPresent(table -> text.blank().add(table.text(width)));
    if (all) {
      EscapeTable.of(result).ifPresent(table -> text.blank().add(table.text(width)));
    }
    StyledText told = ClaimText.of(result.experiment().data(), claims, width, all);
    return claims.isEmpty() ? text.blank() : text.blank().add(told).blank();
  }

  private Function<List<String>, Style> winner() {
    String name = WinnerText.name(result).orElse("");
    return row -> row.get(0).equals(name) ? Style.STRONG : Style.PLAIN;
  }
}
