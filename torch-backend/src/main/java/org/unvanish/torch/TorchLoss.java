package org.unvanish.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.Map;
import org.unvanish.data.Targets;
import org.unvanish.djl.Constant;
import org.unvanish.loss.BinaryCrossEntropy;
import org.unvanish.loss.Huber;
import org.unvanish.loss.Loss;
import org.unvanish.loss.MeanAbsoluteError;
import org.unvanish.loss.MeanSquaredError;
import org.unvanish.loss.OneHot;
import org.unvanish.loss.SoftmaxCrossEntropy;
import org.unvanish.loss.TargetTable;

/**
 * A loss by PyTorch's operations, over samples whose targets it knows. What else the loss reports
 * is computed of PyTorch's outputs as the loss itself says.
 */
final class TorchLoss {

  /**
   * The loss of each sample of a batch.
   *
   * @param <L> the kind of the loss
   */
  private interface Formula<L extends Loss> {
    /**
     * @param outputs (sample, output)
     * @param targets of a loss on numbers shaped like the outputs, of one on classes (sample, 1)
     */
    NDArray each(L loss, NDArray outputs, NDArray targets);
  }

  /** The table of losses. */
  private static final Map<Class<? extends Loss>, Formula<Loss>> FORMULAS = new HashMap<>();

  static {
    formula(SoftmaxCrossEntropy.class, TorchLoss::crossEntropy);
    formula(BinaryCrossEntropy.class, (loss, z, y) -> mean(softPlus(z).sub(z.mul(y))));
    formula(MeanSquaredError.class, (loss, outputs, y) -> mean(outputs.sub(y).square()));
    formula(MeanAbsoluteError.class, (loss, outputs, y) -> mean(outputs.sub(y).abs()));
    formula(Huber.class, (loss, outputs, y) -> mean(huber(outputs.sub(y).abs(), loss.delta())));
    formula(OneHot.class, (loss, outputs, y) -> known(loss.of()).each(loss.of(), outputs, y));
  }

  private final Loss loss;
  private final int outputs;
  private final Targets targets;

  /** Of a loss on numbers what the outputs are to come near; else of no use. */
  private final TargetTable numbers;

  /**
   * @param loss fitted to training data
   * @param outputs of the network
   * @param targets of the samples
   * @throws IllegalArgumentException if PyTorch is not told how to compute it
   */
  TorchLoss(Loss loss, int outputs, Targets targets) {
    known(loss);
    this.loss = loss;
    this.outputs = outputs;
    this.targets = targets;
    this.numbers = loss instanceof OneHot ? OneHot.numbers(targets, outputs) : targets;
  }

  @SuppressWarnings("unchecked") // Each class stands beside its own formula.
  private static <L extends Loss> void formula(Class<L> loss, Formula<L> formula) {
    FORMULAS.put(loss, (Formula<Loss>) formula);
  }

  private static Formula<Loss> known(Loss loss) {
    Formula<Loss> formula = FORMULAS.get(loss.getClass());
    if (formula == null) {
      throw new IllegalArgumentException(
          "the PyTorch backend does not compute the loss %s. Use the engine instead"
              .formatted(loss.name()));
    }
    return formula;
  }

  private static NDArray crossEntropy(SoftmaxCrossEntropy loss, NDArray outputs, NDArray labels) {
    NDArray logarithms = outputs.logSoftmax(1);
    if (!loss.isWeighted()) {
      return logarithms.gather(labels, 1).neg();
    }
    float[] weights = new float[(int) outputs.size(1)];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) loss.weights().of(i);
    }
    return logarithms.mul(outputs.getManager().create(weights)).gather(labels, 1).neg();
  }

  private static NDArray softPlus(NDArray z) {
    return z.getNDArrayInternal().softPlus();
  }

  private static NDArray huber(NDArray size, double delta) {
    NDArray limit = Constant.of(delta, size);
    NDArray near = size.minimum(limit);
    return near.square().div(Constant.of(2, size)).add(size.sub(near).mul(limit));
  }

  private static NDArray mean(NDArray ofOutputs) {
    return ofOutputs.mean(new int[] {1});
  }

  /** The targets of a batch, as {@link #each} takes them. */
  NDArray targets(NDManager manager, int[] order, int from, int batch) {
    if (loss instanceof SoftmaxCrossEntropy) {
      long[] labels = new long[batch];
      for (int i = 0; i < batch; i++) {
        labels[i] = (long) targets.value(order[from + i], 0);
      }
      return manager.create(labels, new Shape(batch, 1));
    }
    float[] values = new float[batch * outputs];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) numbers.value(order[from + i / outputs], i % outputs);
    }
    return manager.create(values, new Shape(batch, outputs));
  }

  /** The loss of each sample of a batch. */
  NDArray each(NDArray ofNetwork, NDArray ofTargets) {
    return known(loss).each(loss, ofNetwork, ofTargets);
  }

  /**
   * The sums over a batch, from which the loss's scores come.
   *
   * @param losses of each sample
   * @param ofNetwork one row of outputs a sample
   */
  double[] sums(float[] losses, float[] ofNetwork, int[] order, int from, int batch) {
    double[] sums = new double[loss.sums(outputs)];
    double[] row = new double[outputs];
    for (int i = 0; i < batch; i++) {
      for (int k = 0; k < outputs; k++) {
        row[k] = ofNetwork[i * outputs + k];
      }
      loss.add(row, targets.of(order[from + i]), sums);
    }
    sums[0] = 0;
    for (float one : losses) {
      sums[0] += one;
    }
    return sums;
  }
}
