package org.unvanish.forecast;

import java.util.Arrays;
import org.unvanish.network.Embedding;

/** An embedding: learnt values take the place of a category's number, all other values pass. */
final class EmbeddingStep extends Step {

  private final double passed;

  private EmbeddingStep(Values output, double passed) {
    super(output);
    this.passed = passed;
  }

  static EmbeddingStep of(Values input, Embedding layer, InitialTensor weights) {
    double numbers = input.shape().size() - input.names();
    double all = numbers + layer.size();
    double learnt = layer.size() * weights.values().meanSquare() / all;
    double share = numbers / all;
    // Samples of one category are the same there; as if all categories were equally frequent.
    double alike = learnt / layer.categories();
    Values output =
        new Values(
            layer.output(input.shape()),
            Arrays.stream(input.squares()).map(s -> s * share + learnt).toArray(),
            Double.NaN,
            MeanProducts.flat(input.products().samePlace() * share + alike),
            null,
            input.names() - 1);
    return new EmbeddingStep(output, share);
  }

  /** The learnt values keep their part, which ends here. */
  @Override
  double[] back(double[] energies) {
    return Arrays.stream(energies).map(e -> e * passed).toArray();
  }
}
