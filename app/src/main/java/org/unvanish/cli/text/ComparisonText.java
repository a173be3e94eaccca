package org.unvanish.cli.text;

import java.util.List;
import java.util.Optional;
import org.unvanish.claim.ClaimText;
import org.unvanish.claim.JudgedClaim;
import org.unvanish.comparison.BestArms;
import org.unvanish.comparison.ComparisonTable;
import org.unvanish.comparison.PairwiseComparison;
import org.unvanish.comparison.RaceSummary;
import org.unvanish.comparison.RunMeasure;
import org.unvanish.comparison.Table;
import org.unvanish.comparison.WinnerText;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.shipped.ShippedExperiments;
import org.unvanish.sweep.SweepResult;
import org.unvanish.sweep.SweepText;
import org.unvanish.text.Style;
import org.unvanish.text.StyledText;

/** How the arms of an experiment compare: the winner first. */
public final class ComparisonText {

  private final ExperimentResult result;
  private final List<Double> shares;
  private final String winner;

  /**
   * @param shares in [0, 1] of the headline score: after how many epochs arms reach them
   */
  public ComparisonText(ExperimentResult result, List<Double> shares) {
    this.result = result;
    this.shares = shares;
    this.winner = WinnerText.name(result).orElse("");
  }

  /**
   * All arms, and pairs of them.
   *
   * @param width of a line in characters
   * @param all whether every measure and every pair is shown, or the final score and the pairs with
   *     the winner
   */
  public StyledText text(int width, boolean all) {
    StyledText text =
        new StyledText()
            .paragraph(
                result.experiment().name() + " on " + result.experiment().data().title(), width)
            .blank();
    Optional<SweepResult> sweep = SweepResult.of(result);
    List<JudgedClaim> claims = ShippedExperiments.judge(result);
    if (sweep.isPresent()) {
      text.add(new SweepText(sweep.get()).text(width, all));
    } else {
      text.paragraph(WinnerText.of(result), width, Style.STRONG);
    }
    text.paragraph(ClaimText.summary(claims), width);
    RaceSummary.sentence(result).ifPresent(spared -> text.paragraph(spared, width));
    text.blank().add(arms(all).text(width, this::style));
    if (result.experiment().arms().size() > 1) {
      text.blank().add(all ? ComparisonTable.text(result, width) : pairsOfWinner(width));
    }
    StyledText told = ClaimText.of(result.experiment().data(), claims, width, all);
    return claims.isEmpty() ? text.blank() : text.blank().add(told).blank();
  }

  private Style style(List<String> row) {
    return row.get(0).equals(winner) ? Style.STRONG : Style.PLAIN;
  }

  private Table arms(boolean all) {
    ExperimentResult shown = BestArms.of(BestArms.ranking(result));
    List<RunMeasure> measures = PairwiseComparison.measures(result);
    return all
        ? ComparisonTable.arms(shown, shares)
        : ComparisonTable.arms(
            shown, measures.subList(0, 1), ComparisonTable.reachable(result, shares));
  }

  /** By the measure that decides. */
  private StyledText pairsOfWinner(int width) {
    RunMeasure end = PairwiseComparison.measures(result).get(0);
    return ComparisonTable.text(
        PairwiseComparison.all(result).stream()
            .filter(pair -> pair.comparison().measure().key().equals(end.key()))
            .filter(
                pair ->
                    pair.comparison().firstArm().equals(winner)
                        || pair.comparison().secondArm().equals(winner))
            .toList(),
        width);
  }
}
