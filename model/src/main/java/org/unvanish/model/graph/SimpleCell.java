package org.unvanish.model.graph;

/** RNN: h = f(W·x + R·h + b). */
final class SimpleCell extends RecurrentCell {
  private final Curve f;

  SimpleCell(RecurrentSweep sweep) {
    super(sweep);
    f = sweep.curve(0, "Tanh");
  }

  @Override
  void forward(int step) {
    addRecurrent(step);
    RecurrentSizes sizes = sweep().sizes();
    double[] states = sweep().states();
    for (int sample = 0; sample < sizes.batch(); sample++) {
      if (!sizes.has(step, sample)) {
        keep(states, step, sample);
        continue;
      }
      for (int i = 0; i < sizes.units(); i++) {
        double sum = sweep().sums()[sums(step, sample) + i];
        states[state(step + 1, sample) + i] = f.value().applyAsDouble(sum);
      }
    }
  }

  @Override
  void backward(int step, double[] state, double[] memory) {
    RecurrentSizes sizes = sweep().sizes();
    for (int sample = 0; sample < sizes.batch(); sample++) {
      for (int i = 0; i < sizes.units() && sizes.has(step, sample); i++) {
        int at = sums(step, sample) + i;
        double y = sweep().states()[state(step + 1, sample) + i];
        ofSums()[at] =
            state[sample * sizes.units() + i] * f.slope().applyAsDouble(sweep().sums()[at], y);
        state[sample * sizes.units() + i] = 0;
      }
    }
    sweep().addBack(0, 1, ofSums(step), state);
  }
}
