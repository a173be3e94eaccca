package org.unvanish.train;

import java.util.List;
import java.util.stream.IntStream;
import org.unvanish.data.Dataset;
import org.unvanish.gradient.GradientSource;
import org.unvanish.initialization.Initializer;
import org.unvanish.initialization.RandomStream;
import org.unvanish.loss.Loss;
import org.unvanish.loss.Score;
import org.unvanish.loss.Scores;
import org.unvanish.loss.TargetKind;
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
  private final List<Score> scores;
  private final List<ParameterTensor> tensors;
  private final ComputeBackend arithmetic;
  private final boolean penalised;
  private final GradientRecorders recorders;
  private final UpdateRecorder updates;
  private final RandomStream shuffling;
  private final int[] order;
  private final int stepsPerEpoch;
  private int epochsDone;

  /**
   * A run on the engine.
   *
   * @param network what is trained
   * @param settings how
   * @param data on what
   * @param seed of initial weights and shuffling
   * @throws IllegalArgumentException if data and network do not fit each other, or the given
   *     initial weights are not as many as the network's parameters
   */
  public Trainer(Network network, TrainingSettings settings, Dataset data, long seed) {
    this(network, settings, data, seed, engine(network, settings, data));
  }

  /**
   * A run whose numbers something else computes: from the same initial weights, on the same batches
   * in the same order as on the engine.
   *
   * @param arithmetic made for the same network, settings and data
   * @throws IllegalArgumentException if data and network do not fit each other, or the given
   *     initial weights are not as many as the network's parameters
   */
  public Trainer(
      Network network,
      TrainingSettings settings,
      Dataset data,
      long seed,
      ComputeBackend arithmetic) {
    requireFit(network, settings, data);
    this.settings = settings;
    this.scores = settings.loss().scores();
    this.tensors = network.parameters();
    this.arithmetic = arithmetic;
    arithmetic.start(Initializer.draw(network, settings.weights(), settings.biases(), seed));
    this.penalised = !settings.penalty().isNone();
    this.recorders = new GradientRecorders(tensors, penalised);
    this.shuffling = new RandomStream(seed, "shuffling");
    this.order = IntStream.range(0, data.train().count()).toArray();
    this.stepsPerEpoch = settings.stepsPerEpoch(order.length);
    this.updates = new UpdateRecorder(tensors, network.parameterCount(), stepsPerEpoch);
  }

  private static ComputeBackend engine(Network network, TrainingSettings settings, Dataset data) {
    requireFit(network, settings, data);
    return new LaneBackend(network, settings, data);
  }

  private static void requireFit(Network network, TrainingSettings settings, Dataset data) {
    if (!network.input().equals(data.train().shape())) {
      throw new IllegalArgumentException(
          "the network reads "
              + network.input()
              + ", but the samples of "
              + data.name()
              + " are "
              + data.train().shape());
    }
    requireTargets(network, settings.loss(), data);
  }

  /**
   * Looks whether a loss can be computed of a network's outputs and a data set's targets.
   *
   * @throws IllegalArgumentException if it cannot
   */
  public static void requireTargets(Network network, Loss loss, Dataset data) {
    TargetKind kind = data.train().targets().kind();
    if (kind != loss.targets()) {
      throw new IllegalArgumentException(
          "the loss %s needs %s as targets, but those of %s are %s. Choose a loss for %s, or data with %s."
              .formatted(
                  loss.name(),
                  loss.targets().title(),
                  data.name(),
                  kind.title(),
                  kind.title(),
                  loss.targets().title()));
    }
    int width = data.targetWidth();
    if (kind == TargetKind.CLASSES && width < 2) {
      throw new IllegalArgumentException(
          data.name() + " has one class only, but there must be two to tell apart");
    }
    if (network.outputs() != loss.outputs(width)) {
      throw new IllegalArgumentException(
          "the network has %d outputs, but %s has %d %s"
              .formatted(
                  network.outputs(),
                  data.name(),
                  width,
                  kind == TargetKind.CLASSES ? "classes" : "numbers in each target"));
    }
  }

  /**
   * A run on the engine that goes on where it stood: the same bits as if it had never stopped.
   *
   * @param checkpoint of a run of the same network, settings, data and seed; the number of epochs
   *     may differ
   * @throws IllegalArgumentException if data and network do not fit each other, or the checkpoint
   *     comes from a run with other parameters, another kind of optimiser or other steps
   */
  public Trainer(
      Network network, TrainingSettings settings, Dataset data, long seed, Checkpoint checkpoint) {
    this(network, settings, data, seed);
    goOn(checkpoint);
  }

  /**
   * A run whose numbers something else computes, and that goes on where it stood.
   *
   * @param arithmetic made for the same network, settings and data
   * @param checkpoint of a run of the same network, settings, data and seed; the number of epochs
   *     may differ
   * @throws IllegalArgumentException if data and network do not fit each other, or the checkpoint
   *     comes from a run with other parameters, another kind of optimiser or other steps
   */
  public Trainer(
      Network network,
      TrainingSettings settings,
      Dataset data,
      long seed,
      ComputeBackend arithmetic,
      Checkpoint checkpoint) {
    this(network, settings, data, seed, arithmetic);
    goOn(checkpoint);
  }

  private void goOn(Checkpoint checkpoint) {
    if (checkpoint.step() != (long) checkpoint.epoch() * stepsPerEpoch) {
      throw new IllegalArgumentException(
          "the checkpoint stands at step %d after epoch %d, but an epoch has %d steps"
              .formatted(checkpoint.step(), checkpoint.epoch(), stepsPerEpoch));
    }
    arithmetic.restore(checkpoint);
    epochsDone = checkpoint.epoch();
    for (int epoch = 1; epoch <= epochsDone; epoch++) {
      shuffling.shuffle(order);
    }
  }

  /**
   * Trains on the calling thread until all epochs are done, the run diverges, the observer stops it
   * or the thread is interrupted.
   */
  public TrainingOutcome run(TrainingObserver observer) {
    while (epochsDone < settings.epochs()) {
      int epoch = epochsDone + 1;
      long start = System.nanoTime();
      shuffling.shuffle(order);
      double[] sums = new double[scores.size()];
      for (int step = 1; step <= stepsPerEpoch; step++) {
        if (Thread.currentThread().isInterrupted()) {
          return new TrainingOutcome.Interrupted();
        }
        int from = (step - 1) * settings.batchSize();
        int batch = Math.min(settings.batchSize(), order.length - from);
        BatchGradients gradients = arithmetic.gradients(order, from, batch);
        record(gradients);
        for (int i = 0; i < sums.length; i++) {
          sums[i] += gradients.sums()[i];
        }
        double batchLoss = gradients.loss() / batch;
        if (!Double.isFinite(batchLoss)) {
          return new TrainingOutcome.Diverged(epoch, step);
        }
        TrainingStep taken =
            new TrainingStep(
                epoch,
                step,
                stepsPerEpoch,
                batchLoss,
                tensors,
                arithmetic.parameters(),
                gradients.data(),
                gradients.total());
        if (observer.stepTaken(taken) == TrainingDecision.STOP) {
          return new TrainingOutcome.Stopped();
        }
        updates.before(step, arithmetic.parameters());
        arithmetic.update();
        updates.after(step, arithmetic.parameters());
      }
      Scores test = arithmetic.test();
      // A saturated unit can hide an infinite weight from the loss.
      if (!Double.isFinite(test.loss()) || !allFinite(arithmetic.parameters())) {
        return new TrainingOutcome.Diverged(epoch, stepsPerEpoch);
      }
      epochsDone = epoch;
      EpochRecord finished =
          new EpochRecord(
              epoch,
              Scores.means(scores, sums, order.length),
              test,
              (System.nanoTime() - start) * 1e-9,
              recorders.finishEpoch(),
              updates.finishEpoch());
      if (observer.epochFinished(finished, arithmetic.checkpoint(epoch)) == TrainingDecision.STOP
          && epoch < settings.epochs()) {
        return new TrainingOutcome.Stopped();
      }
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
    return arithmetic.parameters().clone();
  }

  private void record(BatchGradients gradients) {
    recorders.record(GradientSource.DATA, gradients.data());
    if (penalised) {
      recorders.record(GradientSource.PENALTY, gradients.penalty());
      recorders.record(GradientSource.TOTAL, gradients.total());
    }
  }
}
