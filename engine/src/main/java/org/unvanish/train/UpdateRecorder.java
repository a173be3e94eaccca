package org.unvanish.train;

import java.util.List;
import org.unvanish.network.ParameterTensor;

/**
 * Measures by how much an epoch's steps move each trained tensor: at most one step in eight and 32
 * in all, evenly spaced, the last one included. Which they are follows from their numbers alone.
 */
final class UpdateRecorder {

  private static final int MOST_STEPS = 32;

  /** More often it would be felt in epochs of few steps. */
  private static final int EVERY = 8;

  private final List<ParameterTensor> tensors;
  private final int stepsPerEpoch;
  private final float[] before;
  private final double[] sums;
  private final int[] counts;

  /**
   * @param tensors of the network
   * @param parameters how many it has
   */
  UpdateRecorder(List<ParameterTensor> tensors, int parameters, int stepsPerEpoch) {
    this.tensors = tensors.stream().filter(tensor -> tensor.kind().isTrained()).toList();
    this.stepsPerEpoch = stepsPerEpoch;
    this.before = new float[parameters];
    this.sums = new double[this.tensors.size()];
    this.counts = new int[this.tensors.size()];
  }

  private boolean measures(int step) {
    long most = Math.min(MOST_STEPS, (stepsPerEpoch - 1) / EVERY + 1);
    return step * most / stepsPerEpoch != (step - 1) * most / stepsPerEpoch;
  }

  /**
   * Called before the parameters move.
   *
   * @param step within the epoch, from 1
   */
  void before(int step, float[] parameters) {
    if (measures(step)) {
      System.arraycopy(parameters, 0, before, 0, before.length);
    }
  }

  /** Called after the parameters have moved. */
  void after(int step, float[] parameters) {
    if (!measures(step)) {
      return;
    }
    for (int i = 0; i < sums.length; i++) {
      double ratio = UpdateRatio.of(before, parameters, tensors.get(i));
      if (!Double.isNaN(ratio)) {
        sums[i] += ratio;
        counts[i]++;
      }
    }
  }

  /** The epoch's means, in the network's order; what was measured is forgotten. */
  List<UpdateRatio> finishEpoch() {
    UpdateRatio[] ratios = new UpdateRatio[sums.length];
    for (int i = 0; i < sums.length; i++) {
      // 0/0 where a tensor was always zero.
      ratios[i] = new UpdateRatio(tensors.get(i).name(), sums[i] / counts[i]);
      sums[i] = 0;
      counts[i] = 0;
    }
    return List.of(ratios);
  }
}
