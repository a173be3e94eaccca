package org.unvanish.page;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.unvanish.sweep.Levels;
import org.unvanish.sweep.SweepResult;
import org.unvanish.sweep.SweptArm;

/**
 * All arms of a sweep, to be grouped and filtered by its settings. Whoever reads the page decides
 * by which, so this is the one place where the page computes medians itself.
 *
 * @param epochs those that courses have, from 1: evenly spaced, fewer the more arms there are
 * @param settings what is varied, what matters most first
 * @param arms in the sweep's order
 */
// Made once and written once.
@SuppressWarnings("ArrayRecordComponent")
record GroupsModel(int[] epochs, List<SettingModel> settings, List<SweptArmModel> arms) {

  /** More would make a large page larger than it may be. */
  private static final int MOST_NUMBERS = 20_000;

  private static final int FEWEST_EPOCHS = 5;

  /**
   * A setting.
   *
   * @param setting its symbol
   * @param values its values, or where there are many, ranges of them
   */
  record SettingModel(String setting, List<String> values) {}

  /**
   * An arm.
   *
   * @param name as tables name it
   * @param levels the place of its value of each setting
   * @param score mean of its runs after the last epoch
   * @param gradient of the first layer in epoch 1
   * @param mark what stands beside its score, or in place of one
   * @param course its score in each of the epochs
   */
  // Made once and written once.
  @SuppressWarnings("ArrayRecordComponent")
  record SweptArmModel(
      String name, int[] levels, double score, double gradient, String mark, double[] course) {}

  /**
   * Of a sweep.
   *
   * @param levels of its settings, in the order in which they are shown
   */
  static GroupsModel of(SweepResult sweep, List<Levels> levels) {
    int last = sweep.arms().stream().mapToInt(arm -> arm.course().size()).max().orElse(0);
    int most = MOST_NUMBERS / Math.max(1, sweep.arms().size());
    int[] epochs = Curves.shown(last, Math.max(FEWEST_EPOCHS, Math.min(most, Curves.MOST_EPOCHS)));
    List<SweptArmModel> arms = new ArrayList<>();
    for (int i = 0; i < sweep.arms().size(); i++) {
      SweptArm arm = sweep.arms().get(i);
      int place = i;
      arms.add(
          new SweptArmModel(
              arm.arm().name(),
              levels.stream().mapToInt(level -> level.of().get(place)).toArray(),
              arm.score(),
              arm.gradient(),
              arm.mark(),
              IntStream.of(epochs).mapToDouble(epoch -> at(arm, epoch)).toArray()));
    }
    return new GroupsModel(
        epochs,
        levels.stream()
            .map(level -> new SettingModel(level.axis().symbol(), level.labels()))
            .toList(),
        arms);
  }

  private static double at(SweptArm arm, int epoch) {
    return arm.course().size() < epoch ? Double.NaN : arm.course().get(epoch - 1);
  }
}
