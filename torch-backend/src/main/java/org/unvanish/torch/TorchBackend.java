package org.unvanish.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.unvanish.data.Dataset;
import org.unvanish.data.scaling.ChannelScaling;
import org.unvanish.network.Network;
import org.unvanish.train.BatchGradients;
import org.unvanish.train.Checkpoint;
import org.unvanish.train.ComputeBackend;
import org.unvanish.train.TestScore;
import org.unvanish.train.TrainingSettings;

/**
 * A run's numbers by PyTorch: its kernels, its autograd for the loss and for the penalty, and its
 * arrays for the optimiser.
 *
 * <p>Its arrays lie outside of Java's memory, and are gone when its manager is closed.
 */
final class TorchBackend implements ComputeBackend {

  private final NDManager manager;
  private final TorchNetwork network;
  private final TorchSamples train;
  private final TorchSamples test;
  private final TorchPenalty penalty;
  private final TorchOptimizer optimizer;
  private final int batchSize;

  /** All parameters. */
  private NDArray theta;

  /** The same, for Java. */
  private float[] parameters;

  /** Of the last batch, with the manager of all that was made for it. */
  private @Nullable NDArray total;

  private final float[] noPenalty;

  /**
   * @param manager of all arrays, on the device that computes
   */
  TorchBackend(Network network, TrainingSettings settings, Dataset data, NDManager manager) {
    Autograd.off();
    this.manager = manager;
    this.network = new TorchNetwork(network);
    this.batchSize = settings.batchSize();
    List<ChannelScaling> scaling = settings.pixelScaling().fit(data.train());
    this.train = new TorchSamples(data.train(), scaling, batchSize);
    this.test = new TorchSamples(data.test(), scaling, batchSize);
    this.penalty = new TorchPenalty(settings.penalty(), network.parameters());
    int count = network.parameterCount();
    this.optimizer = new TorchOptimizer(settings.optimizer(), manager, count);
    this.theta = manager.zeros(new Shape(count));
    this.parameters = new float[count];
    this.noPenalty = new float[count];
  }

  @Override
  public void start(float[] initial) {
    parameters = initial.clone();
    theta.close();
    theta = manager.create(initial);
  }

  @Override
  public void restore(Checkpoint checkpoint) {
    optimizer.restore(checkpoint);
    start(checkpoint.parameters());
  }

  @Override
  public BatchGradients gradients(int[] order, int from, int batch) {
    forgetBatch();
    NDManager step = manager.newSubManager();
    NDArray here = near(step);
    Losses losses = new Losses();
    NDArray values = train.values(step, order, from, batch);
    NDArray labels = train.labels(step, order, from, batch);
    NDArray data =
        Autograd.gradient(
            here,
            p -> {
              losses.forward(network.logits(values, p), labels);
              return losses.each().mean();
            });
    float[] dataGradient = data.toFloatArray();
    double loss = losses.sum();
    int hits = train.hits(losses.logits(), order, from, batch);
    if (penalty.isZero()) {
      total = data;
      return new BatchGradients(loss, hits, dataGradient, noPenalty, dataGradient);
    }
    NDArray ofPenalty = Autograd.gradient(here, penalty::value);
    total = data.add(ofPenalty);
    return new BatchGradients(
        loss, hits, dataGradient, ofPenalty.toFloatArray(), total.toFloatArray());
  }

  /** A copy of the parameters that is gone when a step is done. */
  private NDArray near(NDManager step) {
    NDArray copy = theta.duplicate();
    copy.attach(step);
    return copy;
  }

  /** The cross-entropies of a batch. */
  private static final class Losses {
    private @Nullable NDArray logits;
    private @Nullable NDArray each;

    void forward(NDArray outputs, NDArray labels) {
      logits = outputs;
      each = outputs.logSoftmax(1).gather(labels, 1).neg();
    }

    NDArray each() {
      return Objects.requireNonNull(each);
    }

    float[] logits() {
      return Objects.requireNonNull(logits).toFloatArray();
    }

    double sum() {
      double sum = 0;
      for (float loss : each().toFloatArray()) {
        sum += loss;
      }
      return sum;
    }
  }

  @Override
  public void update() {
    optimizer.update(theta, Objects.requireNonNull(total));
    parameters = theta.toFloatArray();
    forgetBatch();
  }

  private void forgetBatch() {
    if (total != null) {
      total.getManager().close();
      total = null;
    }
  }

  @Override
  public float[] parameters() {
    return parameters;
  }

  @Override
  public TestScore test() {
    int[] order = IntStream.range(0, test.count()).toArray();
    double loss = 0;
    int hits = 0;
    for (int from = 0; from < order.length; from += batchSize) {
      int batch = Math.min(batchSize, order.length - from);
      try (NDManager step = manager.newSubManager()) {
        Losses losses = new Losses();
        losses.forward(
            network.logits(test.values(step, order, from, batch), near(step)),
            test.labels(step, order, from, batch));
        loss += losses.sum();
        hits += test.hits(losses.logits(), order, from, batch);
      }
    }
    return new TestScore(loss / order.length, (double) hits / order.length);
  }

  @Override
  public Checkpoint checkpoint(int epoch) {
    return optimizer.checkpoint(epoch, parameters);
  }
}
