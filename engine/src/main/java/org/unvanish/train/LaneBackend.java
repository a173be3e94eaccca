package org.unvanish.train;

import java.util.List;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.scaling.ChannelScaling;
import org.unvanish.internal.kernel.ImageKernel;
import org.unvanish.internal.kernel.Lanes;
import org.unvanish.internal.kernel.LossKernel;
import org.unvanish.internal.stage.LaneNetwork;
import org.unvanish.internal.stage.LossTable;
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
    this.loss =
        LossTable.kernel(settings.loss(), network.outputs(), train.targets().scaled(scaling));
    this.evaluator = new Evaluator(lanes, settings.loss(), test, scaling);
    this.updater =
        new Updater(
            settings.optimizer(),
            settings.schedule(),
            settings.clipping(),
            network,
            settings.stepsPerEpoch(train.count()));
  }

  @Override
  public void start(float[] initial) {
    System.arraycopy(initial, 0, parameters, 0, parameters.length);
  }

  @Override
  public void restore(Checkpoint checkpoint) {
    updater.restore(checkpoint.step(), checkpoint.firstMoments(), checkpoint.secondMoments());
    start(checkpoint.parameters());
  }

  @Override
  public BatchGradients gradients(int[] order, int from, int batch) {
    lanes.setParameters(parameters);
    loss.clear();
    for (int done = 0; done < batch; done += Lanes.COUNT) {
      int samples = Math.min(Lanes.COUNT, batch - done);
      images.gather(order, from + done, samples, lanes.input());
      lanes.forward();
      loss.forward(lanes.output(), order, from + done, samples);
      loss.gradient(samples, batch, lanes.outputGradient());
      lanes.backward();
    }
    lanes.collect(dataGradient);
    if (!penalty.isZero()) {
      penalty.compute(parameters, penaltyGradient);
      for (int i = 0; i < totalGradient.length; i++) {
        totalGradient[i] = dataGradient[i] + penaltyGradient[i];
      }
    }
    return new BatchGradients(loss.sums(), dataGradient, penaltyGradient, totalGradient);
  }

  @Override
  public void update() {
    updater.update(parameters, totalGradient);
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
  public Checkpoint checkpoint(int epoch) {
    return new Checkpoint(
        epoch, updater.step(), parameters.clone(), updater.firstMoments(), updater.secondMoments());
  }
}
