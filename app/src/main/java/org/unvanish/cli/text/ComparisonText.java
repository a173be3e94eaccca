package org.unvanish.cli.text;

import java.util.List;
import org.unvanish.comparison.BestArms;
import org.unvanish.comparison.ComparisonTable;
import org.unvanish.comparison.PairwiseComparison;
import org.unvanish.comparison.RunMeasure;
import org.unvanish.comparison.Table;
import org.unvanish.comparison.WinnerText;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.shipped.ShippedExperiments;
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
    ResultFrame frame = new ResultFrame(result, ShippedExperiments.judge(result), width, all);
    StyledText text = frame.begin(true);
    text.blank().add(arms(all).text(width, row -> ResultFrame.style(row, winner)));
    if (result.experiment().arms().size() > 1) {
      text.blank().add(all ? ComparisonTable.text(result, width) : pairsOfWinner(width));
    }
    return frame.end(text);
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
