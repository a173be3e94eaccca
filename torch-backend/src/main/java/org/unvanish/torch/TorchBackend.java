package org.unvanish.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.unvanish.data.Dataset;
import org.unvanish.data.Lengths;
import org.unvanish.data.Targets;
import org.unvanish.data.scaling.ChannelScaling;
import org.unvanish.loss.Loss;
import org.unvanish.loss.Scores;
import org.unvanish.network.Network;
import org.unvanish.train.BatchGradients;
import org.unvanish.train.Checkpoint;
import org.unvanish.train.ComputeBackend;
import org.unvanish.train.OutputSizes;
import org.unvanish.train.TrainingSettings;
import org.unvanish.train.ValueSize;

/**
 * A run's numbers by PyTorch: its kernels, its autograd for the loss and for the penalty, and its
 * arrays for the optimizer.
 *
 * <p>Its arrays lie outside of Java's memory, and are gone when its manager is closed.
 */
final class TorchBackend implements ComputeBackend {

  private final NDManager manager;
  private final Network description;
  private final TorchNetwork network;
  private final boolean hasStatistics;
  private final TorchSamples train;
  private final TorchSamples test;
  private final TorchLoss trainLoss;
  private final TorchLoss testLoss;
  private final Loss loss;
  private final int sums;
  private final TorchPenalty penalty;
  private final TorchOptimizer optimizer;
  private final int batchSize;
  private final OutputSizes sizes;

  /** All parameters. */
  private NDArray theta;

  /** The same, for Java. */
  private float[] parameters;

  /** Of the last batch, with the manager of all that was made for it. */
  private @Nullable NDArray total;

  private long seed;

  /** Of the last batch. */
  private TorchPass pass = TorchPass.testing(Lengths.FULL);

  private final float[] noPenalty;

  /**
   * @param manager of all arrays, on the device that computes
   */
  TorchBackend(Network network, TrainingSettings settings, Dataset data, NDManager manager) {
    Autograd.off();
    this.manager = manager;
    this.description = network;
    this.network = new TorchNetwork(network);
    this.hasStatistics = network.trainedCount() < network.parameterCount();
    this.batchSize = settings.batchSize();
    this.sizes = new OutputSizes(network);
    List<ChannelScaling> scaling = settings.pixelScaling().fit(data.train());
    this.train = new TorchSamples(data.train(), scaling, batchSize);
    this.test = new TorchSamples(data.test(), scaling, batchSize);
    Targets targets = data.train().targets().scaled(scaling);
    this.loss = settings.loss().fitted(targets);
    this.sums = loss.sums(network.outputs());
    this.trainLoss = new TorchLoss(loss, network.outputs(), targets);
    this.testLoss = new TorchLoss(loss, network.outputs(), data.test().targets().scaled(scaling));
    this.penalty = new TorchPenalty(settings.penalty(), network.parameters());
    int count = network.parameterCount();
    this.optimizer = new TorchOptimizer(network, settings, data.train().count(), manager);
    this.theta = manager.zeros(new Shape(count));
    this.parameters = new float[count];
    this.noPenalty = new float[count];
  }

  @Override
  public void start(float[] initial, long ofRun) {
    seed = ofRun;
    parameters = initial.clone();
    theta.close();
    theta = manager.create(initial);
  }

  @Override
  public void restore(Checkpoint checkpoint) {
    optimizer.restore(checkpoint);
    start(checkpoint.parameters(), seed);
  }

  @Override
  public BatchGradients gradients(int[] order, int from, int batch) {
    forgetBatch();
    NDManager step = manager.newSubManager();
    NDArray here = near(step);
    Losses losses = new Losses(trainLoss);
    pass = TorchPass.training(train.lengths(order, from, batch), seed, optimizer.step());
    NDArray values = train.values(step, order, from, batch);
    NDArray targets = trainLoss.targets(step, order, from, batch);
    NDArray data =
        Autograd.gradient(
            here,
            p -> {
              losses.forward(network.logits(values, p, pass), targets);
              return losses.each().mean();
            });
    float[] dataGradient = data.toFloatArray();
    double[] ofBatch = losses.sums(order, from, batch);
    if (penalty.isZero()) {
      total = data;
      return new BatchGradients(ofBatch, dataGradient, noPenalty, dataGradient);
    }
    NDArray ofPenalty = Autograd.gradient(here, penalty::value);
    total = data.add(ofPenalty);
    return new BatchGradients(
        ofBatch, dataGradient, ofPenalty.toFloatArray(), total.toFloatArray());
  }

  /** A copy of the parameters that is gone when a step is done. */
  private NDArray near(NDManager step) {
    NDArray copy = theta.duplicate();
    copy.attach(step);
    return copy;
  }

  /** The losses of a batch. */
  private static final class Losses {
    private final TorchLoss loss;
    private @Nullable NDArray outputs;
    private @Nullable NDArray each;

    Losses(TorchLoss loss) {
      this.loss = loss;
    }

    void forward(NDArray ofNetwork, NDArray targets) {
      outputs = ofNetwork;
      each = loss.each(ofNetwork, targets);
    }

    NDArray each() {
      return Objects.requireNonNull(each);
    }

    double[] sums(int[] order, int from, int batch) {
      return loss.sums(
          each().toFloatArray(),
          Objects.requireNonNull(outputs).toFloatArray(),
          order,
          from,
          batch);
    }
  }

  @Override
  public void update() {
    optimizer.update(theta, Objects.requireNonNull(total));
    parameters = theta.toFloatArray();
    if (hasStatistics) {
      pass.writeStatistics(description, parameters);
      start(parameters, seed);
    }
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
  public Scores test() {
    int[] order = IntStream.range(0, test.count()).toArray();
    double[] all = new double[sums];
    for (int from = 0; from < order.length; from += batchSize) {
      int batch = Math.min(batchSize, order.length - from);
      try (NDManager step = manager.newSubManager()) {
        Losses losses = new Losses(testLoss);
        losses.forward(
            network.logits(
                test.values(step, order, from, batch),
                near(step),
                TorchPass.testing(test.lengths(order, from, batch), sizes, from)),
            testLoss.targets(step, order, from, batch));
        loss.merge(all, losses.sums(order, from, batch));
      }
    }
    return loss.scores(all, order.length);
  }

  @Override
  public List<ValueSize> outputSizes() {
    return sizes.finish();
  }

  @Override
  public Checkpoint checkpoint(int epoch) {
    return optimizer.checkpoint(epoch, parameters);
  }
}
