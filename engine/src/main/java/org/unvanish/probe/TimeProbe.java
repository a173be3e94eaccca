package org.unvanish.probe;

import org.jspecify.annotations.Nullable;
import org.unvanish.data.Shape;
import org.unvanish.diagnosis.evidence.Saturation;
import org.unvanish.diagnosis.measurement.BackwardPass;
import org.unvanish.internal.kernel.LaneTensor;
import org.unvanish.internal.kernel.LaneValues;
import org.unvanish.internal.kernel.Lanes;
import org.unvanish.internal.stage.StepSizes;
import org.unvanish.internal.stage.StepVisitor;

/** Looks at the steps of a recurrent layer, on both ways. */
final class TimeProbe implements StepVisitor {

  private final int index;
  private final PreActivationCounter counter;

  /** Those of the lanes that have a step, side by side. */
  private final LaneTensor preActivations;

  private final int[] lanes = new int[Lanes.COUNT];
  private @Nullable BackwardPass pass;
  private boolean counts;

  /** Samples of the block that is read, and of the one whose gradient goes back. */
  private int entering;

  private int leaving;

  /** Number of the first of the latter in its mini-batch. */
  private int firstLeaving;

  /**
   * @param index of the layer in the measurement
   * @param units of one direction
   */
  TimeProbe(int index, int units, PreActivationCounter counter) {
    this.index = index;
    this.counter = counter;
    this.preActivations = new LaneTensor(Shape.flat(units), 0);
  }

  /**
   * Begins a mini-batch.
   *
   * @param through the layers that this one is among
   * @param counting whether pre-activations are counted
   */
  void begin(BackwardPass through, boolean counting) {
    pass = through;
    counts = counting;
    leaving = 0;
    firstLeaving = 0;
  }

  /** A block is about to be read. */
  void enter(int samples) {
    entering = samples;
  }

  /** The gradient of the next block is there. */
  void leave(int samples) {
    firstLeaving += leaving;
    leaving = samples;
  }

  @Override
  public void forward(int direction, int[] back, LaneTensor sums, int first) {
    int count = 0;
    for (int lane = 0; lane < entering && counts; lane++) {
      if (back[lane] >= 0) {
        lanes[count++] = lane;
      }
    }
    if (count > 0) {
      LaneValues.gather(sums, first, lanes, count, preActivations);
      counter.add(preActivations, count);
    }
  }

  @Override
  public void backward(int direction, int[] back, StepSizes sizes) {
    if (pass == null) {
      return;
    }
    for (int lane = 0; lane < leaving; lane++) {
      if (back[lane] >= 0) {
        pass.time(index, direction, sizes.values())
            .add(firstLeaving + lane, back[lane], sizes.of(lane));
      }
    }
  }

  Saturation saturation() {
    return counter.result();
  }
}
