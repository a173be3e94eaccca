package org.unvanish.model;

import java.util.Arrays;
import java.util.Optional;
import org.unvanish.diagnosis.evidence.DataEvidence;
import org.unvanish.model.graph.Tensor;
import org.unvanish.random.RandomStream;

/**
 * Standard normal inputs, for those who have no data at hand. Nothing is to be learnt of them, so
 * that the error signal is random as well.
 */
record DrawnInputs(InputLayout layout, int count, long seed) implements ModelData {

  @Override
  public String title() {
    return layout.categories() > 0
        ? "categories drawn at random"
        : "standard normal inputs and a random error signal";
  }

  @Override
  public Tensor inputs(int[] samples) {
    int[] shape = layout.closed();
    int size = size(shape);
    double[][] values = new double[samples.length][size];
    for (int i = 0; i < samples.length; i++) {
      RandomStream random = new RandomStream(seed, "input " + samples[i]);
      for (int k = 0; k < size; k++) {
        values[i][k] =
            layout.categories() > 0
                ? Math.floor(random.uniform() * layout.categories())
                : random.normal();
      }
    }
    return layout.joined(values, shape);
  }

  @Override
  public Optional<Learnt> learnt() {
    return Optional.empty();
  }

  /** They are standard already. */
  @Override
  public ModelData standardised() {
    return this;
  }

  @Override
  public DataEvidence evidence() {
    return new DataEvidence(count, size(layout.closed()), 0, count, count, Double.NaN);
  }

  private static int size(int... shape) {
    return Arrays.stream(shape).reduce(1, (one, other) -> one * other);
  }
}
