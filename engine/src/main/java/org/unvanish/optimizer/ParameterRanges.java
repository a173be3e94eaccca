package org.unvanish.optimizer;

import java.util.List;
import org.unvanish.network.ParameterTensor;

/**
 * Where the trained parameters lie in the array of all: ranges in ascending order that do not
 * touch.
 *
 * @since 0.1
 */
public final class ParameterRanges {

  /** Start and end of each range, one after the other. */
  private final int[] limits;

  private final int count;

  private ParameterRanges(List<ParameterTensor> trained) {
    limits = new int[2 * trained.size()];
    int ranges = 0;
    for (ParameterTensor tensor : trained) {
      boolean touches = ranges > 0 && limits[2 * ranges - 1] == tensor.offset();
      ranges += touches ? 0 : 1;
      if (!touches) {
        limits[2 * ranges - 2] = tensor.offset();
      }
      limits[2 * ranges - 1] = tensor.end();
    }
    count = ranges;
  }

  /**
   * Those of the tensors that are trained.
   *
   * @param tensors of a network, in its order
   */
  public static ParameterRanges of(List<ParameterTensor> tensors) {
    return new ParameterRanges(tensors.stream().filter(t -> t.kind().isTrained()).toList());
  }

  /** How many ranges there are. */
  public int count() {
    return count;
  }

  /** The place of a range's first parameter. */
  public int from(int range) {
    return limits[2 * range];
  }

  /** The place behind a range's last parameter. */
  public int to(int range) {
    return limits[2 * range + 1];
  }
}
