package org.unvanish.sweep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.unvanish.comparison.ShownNumber;
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

  private static final String DROPPED = "dropped";

  /**
   * The arms at two values.
   *
   * @param arms how many there are; 0 where the design has none
   * @param score mean score of the best of them, of those whose runs are all finished where there
   *     are any; NaN where none has one
   * @param gradient mean |g| of the first layer's weights in epoch 1, of the same arm; without a
   *     score, of the first that has it
   * @param mark the worst that became of one of them: {@link SweptArm#DIVERGED}, {@code failed},
   *     {@code unfinished}, {@code dropped}, or empty. That a race dropped some is no flaw beside
   *     one that it did not
   */
  public record Cell(int arms, double score, double gradient, String mark) {

    /** What stands beside a number of a cell with an unfinished run. */
    public static final String UNFINISHED = "*";

    private static final List<String> WORSE =
        List.of("", DROPPED, "unfinished", "failed", SweptArm.DIVERGED);

    private static Cell of(List<SweptArm> arms, SweepResult result) {
      Optional<SweptArm> best = result.ranked(arms).findFirst();
      boolean complete = best.filter(SweptArm::isComplete).isPresent();
      return new Cell(
          arms.size(),
          best.map(SweptArm::score).orElse(Double.NaN),
          best.map(SweptArm::gradient)
              .orElse(
                  arms.stream()
                      .map(SweptArm::gradient)
                      .filter(gradient -> !gradient.isNaN())
                      .findFirst()
                      .orElse(Double.NaN)),
          arms.stream()
              .map(SweptArm::mark)
              .filter(mark -> !complete || !mark.equals(DROPPED))
              .max(Comparator.comparingInt(WORSE::indexOf))
              .orElse(""));
    }

    /** The mark, in place of a number or short beside it. */
    public String marked(String number) {
      if (number.equals(ShownNumber.MISSING)) {
        return mark.isEmpty() ? number : mark;
      }
      return number + (isUnfinished() ? UNFINISHED : mark);
    }

    /** Whether the mark is another than that a run diverged. */
    boolean isUnfinished() {
      return !mark.isEmpty() && !mark.equals(SweptArm.DIVERGED);
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
    List<List<List<SweptArm>>> arms = new ArrayList<>();
    for (int row = 0; row < rows.labels().size(); row++) {
      arms.add(columns.labels().stream().<List<SweptArm>>map(label -> new ArrayList<>()).toList());
    }
    for (int i = 0; i < result.arms().size(); i++) {
      arms.get(rows.of().get(i)).get(columns.of().get(i)).add(result.arms().get(i));
    }
    List<List<Cell>> cells =
        arms.stream().map(row -> row.stream().map(here -> Cell.of(here, result)).toList()).toList();
    return new HeatMap(columns, rows, cells);
  }
}
