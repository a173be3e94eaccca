package org.unvanish.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Map;
import java.util.function.Function;
import org.unvanish.loss.Loss;
import org.unvanish.loss.SoftmaxCrossEntropy;

/** A loss by PyTorch's operations, over samples whose targets it knows. */
interface TorchLoss {

  /** The table of losses. */
  Map<Class<? extends Loss>, Function<TorchSamples, TorchLoss>> LOSSES =
      Map.of(SoftmaxCrossEntropy.class, TorchCrossEntropy::new);

  /**
   * The loss over some samples.
   *
   * @throws IllegalArgumentException if PyTorch is not told how to compute it
   */
  static TorchLoss of(Loss loss, TorchSamples samples) {
    Function<TorchSamples, TorchLoss> entry = LOSSES.get(loss.getClass());
    if (entry == null) {
      throw new IllegalArgumentException(
          "the PyTorch backend does not compute the loss %s; the engine does: take that"
              .formatted(loss.name()));
    }
    return entry.apply(samples);
  }

  /** The targets of a batch, as {@link #each} takes them. */
  NDArray targets(NDManager manager, int[] order, int from, int batch);

  /** The loss of each sample of a batch. */
  NDArray each(NDArray outputs, NDArray targets);

  /**
   * The scores of a batch, each summed over the samples.
   *
   * @param losses of each sample
   * @param outputs of the network, one row a sample
   */
  double[] sums(float[] losses, float[] outputs, int[] order, int from, int batch);

  /** The sum of some losses, in double precision. */
  static double sum(float[] losses) {
    double sum = 0;
    for (float loss : losses) {
      sum += loss;
    }
    return sum;
  }
}
