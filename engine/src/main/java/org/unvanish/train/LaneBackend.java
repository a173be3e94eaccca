package org.unvanish.train;

import java.util.List;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Targets;
import org.unvanish.data.scaling.ChannelScaling;
import org.unvanish.internal.kernel.ImageKernel;
import org.unvanish.internal.kernel.LossKernel;
import org.unvanish.internal.stage.LaneNetwork;
import org.unvanish.internal.stage.LossTable;
import org.unvanish.loss.Loss;
import org.unvanish.loss.Scores;
import org.unvanish.network.Network;
import org.unvanish.optimizer.Updater;

/** The engine's own arithmetic, a block of samples at a time in the lanes of the kernels. */
public final class LaneBackend implements ComputeBackend {

  private final LaneNetwork lanes;
  private final ImageKernel images;
  private final LossKernel loss;
  private final Evaluator evaluator;
  private final PenaltyGradient penalty;
  private final Updater updater;

  private long seed;

  private final float[] parameters;
  private final float[] dataGradient;
  private final float[] penaltyGradient;
  private final float[] totalGradient;

  public LaneBackend(Network network, TrainingSettings settings, Dataset data) {
    this(network, settings, data.train(), data.test());
  }

  public LaneBackend(Network network, TrainingSettings settings, ImageSet train, ImageSet test) {
    this.parameters = new float[network.parameterCount()];
    this.dataGradient = new float[parameters.length];
    this.penalty = new PenaltyGradient(settings.penalty(), network.parameters());
    this.penaltyGradient = new float[parameters.length];
    this.totalGradient = penalty.isZero() ? dataGradient : new float[parameters.length];
    this.lanes = new LaneNetwork(network);
    List<ChannelScaling> scaling = settings.pixelScaling().fit(train);
    this.images = new ImageKernel(train, scaling);
    Targets targets = train.targets().scaled(scaling);
    Loss fitted = settings.loss().fitted(targets);
    this.loss = LossTable.kernel(fitted, network.outputs(), targets);
    this.evaluator = new Evaluator(lanes, network, fitted, test, scaling);
    this.updater =
        new Updater(
            settings.optimizer(),
            settings.schedule(),
            settings.clipping(),
            network,
            settings.stepsPerEpoch(train.count()));
  }

  @Override
  public void start(float[] initial, long ofRun) {
    seed = ofRun;
    System.arraycopy(initial, 0, parameters, 0, parameters.length);
  }

  @Override
  public void restore(Checkpoint checkpoint) {
    updater.restore(checkpoint.step(), checkpoint.firstMoments(), checkpoint.secondMoments());
    start(checkpoint.parameters(), seed);
  }

  @Override
  public BatchGradients gradients(int[] order, int from, int batch) {
    lanes.setParameters(parameters);
    loss.clear();
    lanes.seed(seed, updater.step());
    lanes.train(batch, dataGradient, new TrainingBatch(order, from, batch));
    if (!penalty.isZero()) {
      penalty.compute(parameters, penaltyGradient);
      for (int i = 0; i < totalGradient.length; i++) {
        totalGradient[i] = dataGradient[i] + penaltyGradient[i];
      }
    }
    return new BatchGradients(loss.sums(), dataGradient, penaltyGradient, totalGradient);
  }

  /** Reads the samples of a batch and computes their loss. */
  private final class TrainingBatch implements LaneNetwork.Visitor {
    private final int[] order;
    private final int first;
    private final int size;

    TrainingBatch(int[] order, int first, int size) {
      this.order = order;
      this.first = first;
      this.size = size;
    }

    @Override
    public void enter(int from, int samples) {
      lanes.read(images, order, first + from);
    }

    @Override
    public void leave(int from, int samples) {
      loss.forward(lanes.output(), order, first + from, samples);
      loss.gradient(samples, size, lanes.outputGradient());
    }
  }

  @Override
  public void update() {
    updater.update(parameters, totalGradient);
    lanes.writeStatistics(parameters);
  }

  @Override
  public float[] parameters() {
    return parameters;
  }

  @Override
  public Scores test() {
    lanes.setParameters(parameters);
    return evaluator.evaluate();
  }

  @Override
  public List<ValueSize> outputSizes() {
    return evaluator.sizes();
  }

  @Override
  public Checkpoint checkpoint(int epoch) {
    return new Checkpoint(
        epoch, updater.step(), parameters.clone(), updater.firstMoments(), updater.secondMoments());
  }
}
