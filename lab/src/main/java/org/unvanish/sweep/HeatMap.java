package org.unvanish.sweep;

import java.util.ArrayList;
import java.util.List;
import org.unvanish.experiment.Sweep;

/**
 * Two settings against each other. Of the arms that differ in other settings, the best has its
 * score in the map, and its gradient.
 *
 * @param across the axis whose values are columns
 * @param down the axis whose values are rows
 * @param cells [row][column]
 */
public record HeatMap(Levels across, Levels down, List<List<Cell>> cells) {

  /**
   * The arms at two values.
   *
   * @param arms how many there are; 0 where the design has none
   * @param score mean score of the best of them; NaN where none has one
   * @param gradient mean |g| of the first layer's weights in epoch 1, of the same arm; without a
   *     score, of the first that has it
   * @param mark what stands where there is no score: {@link SweptArm#DIVERGED}, {@code unfinished}
   */
  public record Cell(int arms, double score, double gradient, String mark) {
    private static final Cell NONE = new Cell(0, Double.NaN, Double.NaN, "");

    private Cell with(SweptArm arm, SweepResult result) {
      boolean better = arm.isScored() && result.better(score, arm.score()) != score;
      boolean first = Double.isNaN(score) && Double.isNaN(gradient);
      return new Cell(
          arms + 1,
          better ? arm.score() : score,
          better || first ? arm.gradient() : gradient,
          mark.isEmpty() ? arm.mark() : mark);
    }
  }

  /** Copies the cells. */
  public HeatMap {
    cells = cells.stream().map(List::copyOf).toList();
  }

  /** The map of two axes. */
  public static HeatMap of(SweepResult result, Sweep.Axis across, Sweep.Axis down) {
    Levels columns = Levels.of(result, across);
    Levels rows = Levels.of(result, down);
    List<List<Cell>> cells = new ArrayList<>();
    for (int row = 0; row < rows.labels().size(); row++) {
      cells.add(new ArrayList<>(columns.labels().stream().map(label -> Cell.NONE).toList()));
    }
    for (int i = 0; i < result.arms().size(); i++) {
      List<Cell> row = cells.get(rows.of().get(i));
      int column = columns.of().get(i);
      row.set(column, row.get(column).with(result.arms().get(i), result));
    }
    return new HeatMap(columns, rows, cells);
  }
}
