package org.unvanish.train;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.scaling.ChannelScaling;
import org.unvanish.gradient.GradientSource;
import org.unvanish.loss.Loss;
import org.unvanish.loss.Scores;
import org.unvanish.loss.TargetKind;
import org.unvanish.network.Network;
import org.unvanish.network.ParameterTensor;
import org.unvanish.random.RandomStream;

/**
 * One run: a network trained on a data set from one seed.
 *
 * <p>A run is a pure function of network, settings, data and seed. It uses one thread and shares
 * nothing but the images, which it only reads; many runs fill the cores.
 */
public final class Trainer {

  /**
   * Stands for the bits that training computes: raised where the same network, settings, data and
   * seed come to other ones, so that no run is begun by one version and ended by another. It stays
   * where that concerns few networks, which the changelog then names: another one would refuse
   * every stored run.
   */
  public static final int REVISION = 1;

  private final TrainingSettings settings;
  private final int sums;
  private final List<ParameterTensor> tensors;
  private final ComputeBackend arithmetic;
  private final boolean penalised;
  private final GradientRecorders recorders;
  private final RecordedSteps recorded;
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
   * @param seed of initial weights, shuffling and dropout
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
    this.sums = settings.loss().sums(network.outputs());
    this.tensors = network.parameters();
    this.arithmetic = arithmetic;
    arithmetic.start(InitialValues.of(network, settings, data.train(), seed), seed);
    this.penalised = !settings.penalty().isNone();
    this.recorders = new GradientRecorders(network.trainedParameters(), penalised);
    this.recorded = settings.recorded().on(network, settings);
    this.shuffling = new RandomStream(seed, "shuffling");
    this.order = IntStream.range(0, data.train().count()).toArray();
    this.stepsPerEpoch = settings.stepsPerEpoch(order.length);
    this.updates = new UpdateRecorder(tensors, network.parameterCount(), stepsPerEpoch);
  }

  private static ComputeBackend engine(Network network, TrainingSettings settings, Dataset data) {
    requireFit(network, settings, data);
    return new LaneBackend(network, settings, data);
  }

  /**
   * Looks whether a network can be trained on a data set.
   *
   * @param settings with the loss as it is computed on the data
   * @throws IllegalArgumentException if it cannot; the message says what can be done
   */
  public static void requireFit(Network network, TrainingSettings settings, Dataset data) {
    requireInputs(network, settings, data);
    requireTargets(network, settings, data);
    requireBatches(network, settings.batchSize(), data.train().count(), data.name());
  }

  /**
   * Looks whether a network can read the inputs of a data set: their shape, their columns, their
   * lengths and the numbers of categories.
   *
   * @throws IllegalArgumentException if it cannot; the message says what can be done
   */
  public static void requireInputs(Network network, TrainingSettings settings, Dataset data) {
    if (!network.input().equals(data.train().shape())) {
      throw new IllegalArgumentException(
          "the network reads "
              + network.input()
              + ", but the samples of "
              + data.name()
              + " are "
              + data.train().shape());
    }
    network
        .problem(data.train().columns())
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException(data.name() + ": " + problem);
            });
    for (ImageSet samples : List.of(data.train(), data.test())) {
      network
          .problem(samples.lengths())
          .or(() -> network.trainingProblem(samples.lengths()))
          .ifPresent(
              problem -> {
                throw new IllegalArgumentException(data.name() + ": " + problem);
              });
    }
    if (network.embeddedInputs().isEmpty()) {
      return;
    }
    List<ChannelScaling> scaling = settings.pixelScaling().fit(data.train());
    for (ImageSet samples : List.of(data.train(), data.test())) {
      CategoryNumbers.problem(network, samples, scaling)
          .ifPresent(
              problem -> {
                throw new IllegalArgumentException("the samples of " + data.name() + " " + problem);
              });
    }
  }

  /**
   * Looks whether all batches of an epoch, the last one too, have as many samples as a network
   * needs.
   *
   * @param samples how many there are for training
   * @param data what they are called
   * @throws IllegalArgumentException if one has not
   */
  public static void requireBatches(Network network, int batchSize, int samples, String data) {
    int last = samples % batchSize;
    int fewest = last == 0 ? Math.min(batchSize, samples) : last;
    if (fewest < network.leastBatch()) {
      throw new IllegalArgumentException(
          ("batch normalization needs %d samples in each batch, but with batch size %d the last"
                  + " batch of the %d training samples of %s has %d. Choose another batch size,"
                  + " such as %d")
              .formatted(
                  network.leastBatch(),
                  batchSize,
                  samples,
                  data,
                  fewest,
                  otherSize(network.leastBatch(), batchSize, samples)));
    }
  }

  /** The next larger batch size whose last batch is large enough. */
  private static int otherSize(int least, int batchSize, int samples) {
    int size = batchSize + 1;
    while (size < samples && samples % size != 0 && samples % size < least) {
      size++;
    }
    return size;
  }

  /**
   * Looks whether a loss can be computed of a network's outputs and a data set's targets.
   *
   * @throws IllegalArgumentException if it cannot; the message says what can be done
   */
  public static void requireTargets(Network network, TrainingSettings settings, Dataset data) {
    Loss loss = settings.loss();
    TargetKind kind = data.train().targets().kind();
    int width = data.targetWidth();
    if (!loss.on(kind, width, data.name()).equals(loss)) {
      throw new IllegalArgumentException(
          "the loss %s is for numbers, but the targets of %s are classes: see Loss.on"
              .formatted(loss.name(), data.name()));
    }
    if (kind == TargetKind.CLASSES && width < 2) {
      throw new IllegalArgumentException(
          data.name() + " has one class only, but there must be two to tell apart");
    }
    if (!loss.fits(network.outputs(), width)) {
      throw new IllegalArgumentException(
          "the network has %d %s, but %s has %d %s"
              .formatted(
                  network.outputs(),
                  network.outputs() == 1 ? "output" : "outputs",
                  data.name(),
                  width,
                  kind == TargetKind.CLASSES ? "classes" : "numbers in each target"));
    }
    network
        .problem(loss)
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException(problem);
            });
    requireUsable(settings, "training", data, data.train());
    requireUsable(settings, "test", data, data.test());
  }

  private static void requireUsable(
      TrainingSettings settings, String what, Dataset data, ImageSet samples) {
    settings
        .loss()
        .problem(settings.targets(samples, data.train()))
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException(
                  "the %s samples of %s %s".formatted(what, data.name(), problem));
            });
  }

  /**
   * A run on the engine that goes on where it stood: the same bits as if it had never stopped.
   *
   * @param checkpoint of a run of the same network, settings, data and seed; the number of epochs
   *     may differ
   * @throws IllegalArgumentException if data and network do not fit each other, or the checkpoint
   *     comes from a run with other parameters, another kind of optimizer or other steps
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
   *     comes from a run with other parameters, another kind of optimizer or other steps
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
      double[] all = new double[sums];
      for (int step = 1; step <= stepsPerEpoch; step++) {
        if (Thread.currentThread().isInterrupted()) {
          return new TrainingOutcome.Interrupted();
        }
        int from = (step - 1) * settings.batchSize();
        int batch = Math.min(settings.batchSize(), order.length - from);
        BatchGradients gradients = arithmetic.gradients(order, from, batch);
        if (recorded.includes(step, stepsPerEpoch)) {
          record(gradients);
        }
        settings.loss().merge(all, gradients.sums());
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
              settings.loss().scores(all, order.length),
              test,
              (System.nanoTime() - start) * 1e-9,
              recorders.finishEpoch(),
              updates.finishEpoch(),
              LearnedScale.of(tensors, arithmetic.parameters()),
              sizes());
      if (observer.epochFinished(finished, arithmetic.checkpoint(epoch)) == TrainingDecision.STOP
          && epoch < settings.epochs()) {
        return new TrainingOutcome.Stopped();
      }
    }
    return new TrainingOutcome.Finished();
  }

  private List<ValueSize> sizes() {
    List<ValueSize> sizes = new ArrayList<>(ValueSize.of(tensors, arithmetic.parameters()));
    sizes.addAll(arithmetic.outputSizes());
    return sizes;
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
