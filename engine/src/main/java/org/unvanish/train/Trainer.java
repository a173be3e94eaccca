package org.unvanish.train;

import java.util.List;
import java.util.stream.IntStream;
import org.unvanish.data.ChannelScaling;
import org.unvanish.data.Dataset;
import org.unvanish.gradient.GradientSource;
import org.unvanish.kernel.ImageKernel;
import org.unvanish.kernel.Lanes;
import org.unvanish.kernel.SoftmaxKernel;
import org.unvanish.network.Network;
import org.unvanish.network.ParameterTensor;

/**
 * One run: a network trained on a data set from one seed.
 *
 * <p>A run is a pure function of network, settings, data and seed. It uses one thread and shares
 * nothing but the images, which it only reads; many runs fill the cores.
 */
public final class Trainer {

  /**
   * Stands for the bits that training computes: raised whenever the same network, settings, data
   * and seed come to other ones, so that no run is begun by one version and ended by another.
   */
  public static final int REVISION = 1;

  private final TrainingSettings settings;
  private final List<ParameterTensor> tensors;

  private final LaneNetwork lanes;
  private final ImageKernel images;
  private final SoftmaxKernel softmax;
  private final Evaluator evaluator;
  private final PenaltyGradient penalty;
  private final Updater updater;
  private final GradientRecorders recorders;
  private final RandomStream shuffling;

  private final float[] parameters;
  private final float[] dataGradient;
  private final float[] penaltyGradient;
  private final float[] totalGradient;
  private final int[] order;
  private final int[] labels = new int[Lanes.COUNT];
  private final int stepsPerEpoch;
  private int epochsDone;

  /**
   * @param network what is trained
   * @param settings how
   * @param data on what
   * @param seed of initial values and shuffling
   * @throws IllegalArgumentException if data and network do not fit each other, or the given
   *     initial values are not as many as the network's parameters
   */
  public Trainer(Network network, TrainingSettings settings, Dataset data, long seed) {
    if (!network.input().equals(data.train().shape())) {
      throw new IllegalArgumentException(
          "the network reads "
              + network.input()
              + ", but the images of "
              + data.name()
              + " are "
              + data.train().shape());
    }
    requireClasses(network, data);
    this.settings = settings;
    this.tensors = network.parameters();
    this.parameters = Initializer.draw(network, settings.weights(), settings.biases(), seed);
    this.dataGradient = new float[parameters.length];
    this.penalty = new PenaltyGradient(settings.penalty(), tensors);
    this.penaltyGradient = new float[parameters.length];
    this.totalGradient = penalty.isZero() ? dataGradient : new float[parameters.length];
    this.lanes = new LaneNetwork(network);
    List<ChannelScaling> scaling = settings.pixelScaling().fit(data.train());
    this.images = new ImageKernel(data.train(), scaling);
    this.softmax = new SoftmaxKernel(network.classes());
    this.evaluator = new Evaluator(lanes, data.test(), scaling);
    this.updater = new Updater(settings.optimizer(), parameters.length);
    this.recorders = new GradientRecorders(tensors);
    this.shuffling = new RandomStream(seed, "shuffling");
    this.order = IntStream.range(0, data.train().count()).toArray();
    this.stepsPerEpoch = (order.length + settings.batchSize() - 1) / settings.batchSize();
  }

  static void requireClasses(Network network, Dataset data) {
    if (network.classes() != data.classes().size()) {
      throw new IllegalArgumentException(
          "the network has "
              + network.classes()
              + " outputs, but "
              + data.name()
              + " has "
              + data.classes().size()
              + " classes");
    }
  }

  /**
   * A run that goes on where it stood: the same bits as if it had never stopped.
   *
   * @param checkpoint of a run of the same network, settings, data and seed; the number of epochs
   *     may differ
   * @throws IllegalArgumentException if data and network do not fit each other, or the checkpoint
   *     comes from a run with other parameters, another kind of optimiser or other steps
   */
  public Trainer(
      Network network, TrainingSettings settings, Dataset data, long seed, Checkpoint checkpoint) {
    this(network, settings, data, seed);
    if (checkpoint.step() != (long) checkpoint.epoch() * stepsPerEpoch) {
      throw new IllegalArgumentException(
          "the checkpoint stands at step %d after epoch %d, but an epoch has %d steps"
              .formatted(checkpoint.step(), checkpoint.epoch(), stepsPerEpoch));
    }
    updater.restore(checkpoint);
    System.arraycopy(checkpoint.parameters(), 0, parameters, 0, parameters.length);
    epochsDone = checkpoint.epoch();
    for (int epoch = 1; epoch <= epochsDone; epoch++) {
      shuffling.shuffle(order);
    }
  }

  /**
   * Trains on the calling thread until all epochs are done, the run diverges or it is interrupted.
   */
  public TrainingOutcome run(TrainingObserver observer) {
    while (epochsDone < settings.epochs()) {
      int epoch = epochsDone + 1;
      long start = System.nanoTime();
      shuffling.shuffle(order);
      double loss = 0;
      int hits = 0;
      for (int step = 1; step <= stepsPerEpoch; step++) {
        if (Thread.currentThread().isInterrupted()) {
          return new TrainingOutcome.Interrupted();
        }
        int from = (step - 1) * settings.batchSize();
        int batch = Math.min(settings.batchSize(), order.length - from);
        computeGradients(from, batch);
        loss += softmax.loss();
        hits += softmax.hits();
        double batchLoss = softmax.loss() / batch;
        if (!Double.isFinite(batchLoss)) {
          return new TrainingOutcome.Diverged(epoch, step);
        }
        observer.stepTaken(
            new TrainingStep(
                epoch,
                step,
                stepsPerEpoch,
                batchLoss,
                tensors,
                parameters,
                dataGradient,
                totalGradient));
        updater.update(parameters, totalGradient);
      }
      lanes.setParameters(parameters);
      evaluator.evaluate();
      // A saturated unit can hide an infinite weight from the loss.
      if (!Double.isFinite(evaluator.loss()) || !allFinite(parameters)) {
        return new TrainingOutcome.Diverged(epoch, stepsPerEpoch);
      }
      epochsDone = epoch;
      observer.epochFinished(
          new EpochRecord(
              epoch,
              loss / order.length,
              (double) hits / order.length,
              evaluator.loss(),
              evaluator.accuracy(),
              (System.nanoTime() - start) * 1e-9,
              recorders.finishEpoch()),
          updater.checkpoint(epoch, parameters));
    }
    return new TrainingOutcome.Finished();
  }

  private static boolean allFinite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  /**
   * The order in which a run's first epoch takes its samples: for those who train the same
   * elsewhere.
   *
   * @param seed of the run
   * @param samples how many training samples there are
   */
  public static int[] firstOrder(long seed, int samples) {
    int[] order = IntStream.range(0, samples).toArray();
    new RandomStream(seed, "shuffling").shuffle(order);
    return order;
  }

  /** A copy of the parameters as they stand, in the network's order. */
  public float[] parameters() {
    return parameters.clone();
  }

  private void computeGradients(int from, int batch) {
    lanes.setParameters(parameters);
    softmax.clear();
    for (int done = 0; done < batch; done += Lanes.COUNT) {
      int samples = Math.min(Lanes.COUNT, batch - done);
      images.gather(order, from + done, samples, lanes.input(), labels);
      lanes.forward();
      softmax.forward(lanes.output(), labels, samples);
      softmax.gradient(labels, samples, batch, lanes.outputGradient());
      lanes.backward();
    }
    lanes.collect(dataGradient);
    recorders.record(GradientSource.DATA, dataGradient);
    if (!penalty.isZero()) {
      penalty.compute(parameters, penaltyGradient);
      for (int i = 0; i < totalGradient.length; i++) {
        totalGradient[i] = dataGradient[i] + penaltyGradient[i];
      }
    }
    recorders.record(GradientSource.PENALTY, penaltyGradient);
    recorders.record(GradientSource.TOTAL, totalGradient);
  }
}
