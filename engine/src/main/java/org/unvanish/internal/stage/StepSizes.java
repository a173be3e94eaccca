package org.unvanish.internal.stage;

import org.unvanish.diagnosis.measurement.StepSquares;
import org.unvanish.internal.kernel.Lanes;

/** What a step of a recurrent layer does to the gradient, as sums of squares in each lane. */
public final class StepSizes {

  private final int values;
  final double[] state = new double[Lanes.COUNT];
  final double[] sums = new double[Lanes.COUNT];
  final double[] recurrent = new double[Lanes.COUNT];
  final double[] before = new double[Lanes.COUNT];
  final double[] past = new double[Lanes.COUNT];
  final double[] kept = new double[Lanes.COUNT];

  /**
   * @param values of a state
   */
  StepSizes(int values) {
    this.values = values;
  }

  /** How many values a state has. */
  public int values() {
    return values;
  }

  /** Those of a sample. */
  public StepSquares of(int lane) {
    return new StepSquares(
        state[lane], sums[lane], recurrent[lane], before[lane], past[lane], kept[lane]);
  }
}
