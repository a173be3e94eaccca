package org.unvanish.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.unvanish.comparison.Table;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.Sweep;
import org.unvanish.loss.Score;
import org.unvanish.sweep.HeatMap;
import org.unvanish.sweep.Marginal;
import org.unvanish.sweep.SweepResult;
import org.unvanish.sweep.SweepText;

/**
 * What a sweep came to. The arms of its {@link ExperimentModel} are only the best few of it.
 *
 * @param arms how many it has
 * @param score what maps and marginals show
 * @param share whether that is a share, shown in per cent
 * @param higher whether more of it is better
 * @param best the best arms
 * @param settings what each setting matters, in numbers
 * @param marginals the same to be drawn, what matters most first
 * @param maps of each pair of settings, those first that matter most; at most {@value #MOST_MAPS}
 * @param note how a map is read
 * @param groups all arms, to be grouped by the settings
 */
public record SweepModel(
    int arms,
    String score,
    boolean share,
    boolean higher,
    Table best,
    Table settings,
    List<MarginalModel> marginals,
    List<MapModel> maps,
    String note,
    GroupsModel groups) {

  static final int MOST_MAPS = 15;

  /**
   * What one setting matters.
   *
   * @param setting its symbol
   * @param explains the share of the variance that it explains
   * @param values of it
   * @param mean score of the arms with each value
   * @param q25 25 % quantile over these arms
   * @param q75 75 % quantile over these arms
   * @param best of these arms
   */
  // Made once and written once.
  @SuppressWarnings("ArrayRecordComponent")
  public record MarginalModel(
      String setting,
      double explains,
      List<String> values,
      double[] mean,
      double[] q25,
      double[] q75,
      double[] best) {}

  /**
   * Two settings against each other, [row][column].
   *
   * @param across the setting whose values are columns
   * @param down the setting whose values are rows
   * @param score of the best arm at both values
   * @param gradient of the first layer in epoch 1, of that arm
   * @param marks what stands where there is no score, or beside one
   */
  // Made once and written once.
  @SuppressWarnings("ArrayRecordComponent")
  public record MapModel(
      String across,
      String down,
      List<String> columns,
      List<String> rows,
      double[][] score,
      double[][] gradient,
      List<List<String>> marks) {}

  static Optional<SweepModel> of(ExperimentResult result) {
    return SweepResult.of(result).map(SweepModel::of);
  }

  private static SweepModel of(SweepResult sweep) {
    List<Marginal> marginals = sweep.marginals();
    List<Sweep.Axis> axes = marginals.stream().map(m -> m.levels().axis()).toList();
    List<HeatMap> maps = new ArrayList<>();
    for (int i = 0; i < axes.size(); i++) {
      for (int j = i + 1; j < axes.size() && maps.size() < MOST_MAPS; j++) {
        maps.add(HeatMap.of(sweep, axes.get(i), axes.get(j)));
      }
    }
    SweepText text = new SweepText(sweep);
    return new SweepModel(
        sweep.arms().size(),
        sweep.measure().label(),
        sweep.score().form() == Score.Form.SHARE,
        sweep.score().higherIsBetter(),
        text.best(),
        text.settings(),
        marginals.stream().map(SweepModel::marginal).toList(),
        maps.stream().map(SweepModel::map).toList(),
        text.mapNote(maps),
        GroupsModel.of(sweep, marginals.stream().map(Marginal::levels).toList()));
  }

  private static MarginalModel marginal(Marginal marginal) {
    int count = marginal.levels().labels().size();
    double[][] numbers = new double[4][count];
    for (int i = 0; i < count; i++) {
      int level = i;
      numbers[0][i] = marginal.scores().get(level).map(s -> s.mean()).orElse(Double.NaN);
      numbers[1][i] = marginal.scores().get(level).map(s -> s.q25()).orElse(Double.NaN);
      numbers[2][i] = marginal.scores().get(level).map(s -> s.q75()).orElse(Double.NaN);
      numbers[3][i] = marginal.best().get(i);
    }
    return new MarginalModel(
        marginal.levels().axis().symbol(),
        marginal.share(),
        marginal.levels().labels(),
        numbers[0],
        numbers[1],
        numbers[2],
        numbers[3]);
  }

  private static MapModel map(HeatMap map) {
    return new MapModel(
        map.across().axis().symbol(),
        map.down().axis().symbol(),
        map.across().labels(),
        map.down().labels(),
        numbers(map, HeatMap.Cell::score),
        numbers(map, HeatMap.Cell::gradient),
        map.cells().stream().map(row -> row.stream().map(HeatMap.Cell::mark).toList()).toList());
  }

  private static double[][] numbers(HeatMap map, ToDoubleFunction<HeatMap.Cell> number) {
    return map.cells().stream()
        .map(row -> row.stream().mapToDouble(number).toArray())
        .toArray(double[][]::new);
  }
}
