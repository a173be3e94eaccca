package org.unvanish.djl.probe;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.dataset.Batch;
import ai.djl.translate.StackBatchifier;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Batches that can be looked at again and again: a data set closes its own after one pass. */
public final class KeptBatches {

  private KeptBatches() {}

  /**
   * The first batches, each of which is closed once it is copied.
   *
   * @param most how many
   * @param manager of the copies
   */
  public static List<Batch> first(int most, Iterable<Batch> batches, NDManager manager) {
    List<Batch> kept = new ArrayList<>();
    for (Batch batch : batches) {
      try (batch) {
        kept.add(batch(batch, batch.getData().singletonOrThrow().duplicate(), manager));
      }
      if (kept.size() == most) {
        break;
      }
    }
    return kept;
  }

  /**
   * Batches whose channels, columns or features have mean 0 and standard deviation 1 over all.
   *
   * @param batches each with one array of data
   * @param axis of the channels: 1 of [sample, channel, …] and [sample, column], 2 of sequences,
   *     [sample, step, feature]
   */
  public static List<Batch> standardised(List<Batch> batches, int axis, NDManager manager) {
    NDManager own = manager.newSubManager();
    NDList data = new NDList();
    for (Batch batch : batches) {
      NDArray values = batch.getData().singletonOrThrow().toType(DataType.FLOAT32, true);
      values.attach(own);
      data.add(values);
    }
    NDArray all = NDArrays.concat(data);
    NDArray mean = mean(all, axis);
    NDArray deviation = mean(all.sub(mean).square(), axis).sqrt();
    // What is constant but for roundings of its mean becomes 0.
    NDArray constant = deviation.lte(mean.abs().mul(1e-6f)).toType(DataType.FLOAT32, false);
    NDArray divisor = deviation.add(constant);
    return IntStream.range(0, batches.size())
        .mapToObj(i -> batch(batches.get(i), data.get(i).sub(mean).div(divisor), own))
        .toList();
  }

  /** Over all axes but one, which PyTorch's engine takes one at a time. */
  private static NDArray mean(NDArray values, int kept) {
    NDArray mean = values;
    for (int axis = 0; axis < values.getShape().dimension(); axis++) {
      mean = axis == kept ? mean : mean.mean(new int[] {axis}, true);
    }
    return mean;
  }

  private static Batch batch(Batch from, NDArray values, NDManager manager) {
    NDList labels = new NDList(from.getLabels().stream().map(NDArray::duplicate).toList());
    return new Batch(
        manager.newSubManager(),
        new NDList(values),
        labels,
        from.getSize(),
        new StackBatchifier(),
        new StackBatchifier(),
        0,
        0);
  }
}
