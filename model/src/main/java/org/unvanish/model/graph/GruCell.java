package org.unvanish.model.graph;

import org.jspecify.annotations.Nullable;

/**
 * GRU, its sums in ONNX's order: z, r and h. With h' = (1 − z)·ĥ + z·h,
 *
 * <pre>
 * ĥ = g(W·x + b + r·(R·h + b')) where linear_before_reset is set, else g(W·x + b + R·(r·h) + b')
 * </pre>
 */
final class GruCell extends RecurrentCell {
  private final Curve gate;
  private final Curve candidate;
  private final boolean linearFirst;

  /** What r is multiplied with at each step: R·h + b', or h. */
  private final double[] reset;

  /** Otherwise r·h of each step. */
  private final double[] read;

  /** The gradients with respect to the recurrent parts of the sums. */
  private final double[] ofRecurrent;

  GruCell(RecurrentSweep sweep) {
    super(sweep);
    gate = sweep.curve(0, "Sigmoid", "Tanh");
    candidate = sweep.curve(1, "Sigmoid", "Tanh");
    linearFirst = sweep.call().attributes().flag("linear_before_reset", false);
    int size = sweep.sizes().steps() * sweep.sizes().batch() * sweep.sizes().units();
    reset = new double[linearFirst ? size : 0];
    read = new double[linearFirst ? 0 : size];
    ofRecurrent = new double[sweep.sums().length];
  }

  @Override
  void forward(int step) {
    RecurrentSizes sizes = sweep().sizes();
    int units = sizes.units();
    double[] sums = sweep().sums();
    double[] states = sweep().states();
    double[] recurrent = new double[sizes.batch() * 2 * units];
    sweep().addRecurrent(0, 2, states, state(step, 0), recurrent);
    for (int sample = 0; sample < sizes.batch(); sample++) {
      for (int i = 0; i < 2 * units; i++) {
        sums[sums(step, sample) + i] +=
            recurrent[sample * 2 * units + i] + sweep().recurrentBias(i);
      }
    }
    double[] ofState = new double[sizes.batch() * units];
    if (linearFirst) {
      sweep().addRecurrent(2, 1, states, state(step, 0), ofState);
    } else {
      for (int sample = 0; sample < sizes.batch(); sample++) {
        for (int u = 0; u < units; u++) {
          double r = gate.value().applyAsDouble(sums[sums(step, sample) + units + u]);
          read[state(step, sample) + u] = r * states[state(step, sample) + u];
        }
      }
      sweep().addRecurrent(2, 1, read, state(step, 0), ofState);
    }
    for (int sample = 0; sample < sizes.batch(); sample++) {
      if (!sizes.has(step, sample)) {
        keep(states, step, sample);
        continue;
      }
      for (int u = 0; u < units; u++) {
        int at = sums(step, sample) + u;
        double inner = ofState[sample * units + u] + sweep().recurrentBias(2 * units + u);
        if (linearFirst) {
          reset[state(step, sample) + u] = inner;
          inner *= gate.value().applyAsDouble(sums[at + units]);
        }
        sums[at + 2 * units] += inner;
        double z = gate.value().applyAsDouble(sums[at]);
        double own = candidate.value().applyAsDouble(sums[at + 2 * units]);
        states[state(step + 1, sample) + u] = (1 - z) * own + z * states[state(step, sample) + u];
      }
    }
  }

  @Override
  void backward(int step, double[] state, double[] memory) {
    RecurrentSizes sizes = sweep().sizes();
    int units = sizes.units();
    double[] sums = sweep().sums();
    double[] states = sweep().states();
    double[] ofCandidate = new double[sizes.batch() * units];
    for (int sample = 0; sample < sizes.batch(); sample++) {
      for (int u = 0; u < units && sizes.has(step, sample); u++) {
        int at = sums(step, sample) + u;
        int own = sample * units + u;
        double before = states[state(step, sample) + u];
        double z = gate.value().applyAsDouble(sums[at]);
        double r = gate.value().applyAsDouble(sums[at + units]);
        double c = candidate.value().applyAsDouble(sums[at + 2 * units]);
        double ofC =
            state[own] * (1 - z) * candidate.slope().applyAsDouble(sums[at + 2 * units], c);
        ofSums()[at] = state[own] * (before - c) * gate.slope().applyAsDouble(sums[at], z);
        ofSums()[at + 2 * units] = ofC;
        ofRecurrent[at] = ofSums()[at];
        ofRecurrent[at + 2 * units] = linearFirst ? ofC * r : ofC;
        ofCandidate[own] = ofRecurrent[at + 2 * units];
        state[own] *= z;
      }
    }
    double[] back = new double[sizes.batch() * units];
    sweep().addBack(2, 1, ofCandidate, back);
    double[] ofGates = new double[sizes.batch() * 2 * units];
    for (int sample = 0; sample < sizes.batch(); sample++) {
      for (int u = 0; u < units && sizes.has(step, sample); u++) {
        int at = sums(step, sample) + u;
        int own = sample * units + u;
        double r = gate.value().applyAsDouble(sums[at + units]);
        double ofR =
            linearFirst
                ? ofSums()[at + 2 * units] * reset[state(step, sample) + u]
                : back[own] * states[state(step, sample) + u];
        state[own] += linearFirst ? back[own] : back[own] * r;
        ofSums()[at + units] = ofR * gate.slope().applyAsDouble(sums[at + units], r);
        ofRecurrent[at + units] = ofSums()[at + units];
        ofGates[sample * 2 * units + u] = ofSums()[at];
        ofGates[sample * 2 * units + units + u] = ofSums()[at + units];
      }
    }
    sweep().addBack(0, 2, ofGates, state);
  }

  @Override
  void parameters(@Nullable Tensor[] results) {
    sweep().addInput(ofSums(), results);
    sweep().addRecurrentWeights(0, 2, ofRecurrent, sweep().states(), results);
    sweep().addRecurrentWeights(2, 1, ofRecurrent, linearFirst ? sweep().states() : read, results);
    sweep().addRecurrentBias(ofRecurrent, results);
  }
}
