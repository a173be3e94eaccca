package org.unvanish.model.graph;

import org.jspecify.annotations.Nullable;

/**
 * LSTM, its sums in ONNX's order: i, o, f and c. With peepholes p, which are 0 where a node has
 * none,
 *
 * <pre>
 * i = f(… + pᵢ·C), f = f(… + p_f·C), C' = f·C + i·g(…), o = f(… + pₒ·C'), h = o·h(C')
 * </pre>
 */
final class LstmCell extends RecurrentCell {
  private final Curve gate;
  private final Curve candidate;
  private final Curve output;
  private final double[] memories;

  /** The gradients with respect to the peepholes: of i, o and f. */
  private final double[] ofPeepholes;

  LstmCell(RecurrentSweep sweep) {
    super(sweep);
    gate = sweep.curve(0, "Sigmoid", "Tanh", "Tanh");
    candidate = sweep.curve(1, "Sigmoid", "Tanh", "Tanh");
    output = sweep.curve(2, "Sigmoid", "Tanh", "Tanh");
    memories = sweep.states(sweep.call().optional(6));
    ofPeepholes = new double[3 * sweep.sizes().units()];
  }

  double[] memories() {
    return memories;
  }

  @Override
  void forward(int step) {
    addRecurrent(step);
    RecurrentSizes sizes = sweep().sizes();
    int units = sizes.units();
    double[] sums = sweep().sums();
    for (int sample = 0; sample < sizes.batch(); sample++) {
      if (!sizes.has(step, sample)) {
        keep(memories, step, sample);
        keep(sweep().states(), step, sample);
        continue;
      }
      for (int u = 0; u < units; u++) {
        int at = sums(step, sample) + u;
        double before = memories[state(step, sample) + u];
        sums[at] += sweep().peephole(u) * before;
        sums[at + 2 * units] += sweep().peephole(2 * units + u) * before;
        double i = gate.value().applyAsDouble(sums[at]);
        double f = gate.value().applyAsDouble(sums[at + 2 * units]);
        double memory = f * before + i * candidate.value().applyAsDouble(sums[at + 3 * units]);
        sums[at + units] += sweep().peephole(units + u) * memory;
        double o = gate.value().applyAsDouble(sums[at + units]);
        memories[state(step + 1, sample) + u] = memory;
        sweep().states()[state(step + 1, sample) + u] = o * output.value().applyAsDouble(memory);
      }
    }
  }

  @Override
  void backward(int step, double[] state, double[] memory) {
    RecurrentSizes sizes = sweep().sizes();
    int units = sizes.units();
    double[] sums = sweep().sums();
    double[] ofSums = ofSums();
    for (int sample = 0; sample < sizes.batch(); sample++) {
      for (int u = 0; u < units && sizes.has(step, sample); u++) {
        int at = sums(step, sample) + u;
        int own = sample * units + u;
        double before = memories[state(step, sample) + u];
        double after = memories[state(step + 1, sample) + u];
        double i = gate.value().applyAsDouble(sums[at]);
        double o = gate.value().applyAsDouble(sums[at + units]);
        double f = gate.value().applyAsDouble(sums[at + 2 * units]);
        double g = candidate.value().applyAsDouble(sums[at + 3 * units]);
        double h = output.value().applyAsDouble(after);
        double ofO = state[own] * h * gate.slope().applyAsDouble(sums[at + units], o);
        double ofMemory =
            memory[own]
                + state[own] * o * output.slope().applyAsDouble(after, h)
                + ofO * sweep().peephole(units + u);
        double ofI = ofMemory * g * gate.slope().applyAsDouble(sums[at], i);
        double ofF = ofMemory * before * gate.slope().applyAsDouble(sums[at + 2 * units], f);
        ofSums[at] = ofI;
        ofSums[at + units] = ofO;
        ofSums[at + 2 * units] = ofF;
        ofSums[at + 3 * units] =
            ofMemory * i * candidate.slope().applyAsDouble(sums[at + 3 * units], g);
        memory[own] =
            ofMemory * f + ofI * sweep().peephole(u) + ofF * sweep().peephole(2 * units + u);
        state[own] = 0;
        ofPeepholes[u] += ofI * before;
        ofPeepholes[units + u] += ofO * after;
        ofPeepholes[2 * units + u] += ofF * before;
      }
    }
    sweep().addBack(0, 4, ofSums(step), state);
  }

  @Override
  void parameters(@Nullable Tensor[] results) {
    super.parameters(results);
    Tensor peepholes = RecurrentOperators.result(results, 7);
    for (int i = 0; peepholes != null && i < ofPeepholes.length; i++) {
      peepholes.values()[sweep().peepholes() + i] += ofPeepholes[i];
    }
  }
}
