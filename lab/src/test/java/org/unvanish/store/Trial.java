package org.unvanish.store;

import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.comparison.Summary;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Shape;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.DataDescription;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.RunResult;
import org.unvanish.experiment.execution.ExperimentRunner;
import org.unvanish.experiment.execution.RunEvents;
import org.unvanish.initialization.Initialization;
import org.unvanish.network.Activated;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.Dense;
import org.unvanish.network.Network;
import org.unvanish.network.Pooling.MaxPooling;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.penalty.Penalty;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.TrainingDecision;
import org.unvanish.train.TrainingSettings;

/** A small experiment that is really trained, for the tests of this package. */
final class Trial {

  static final int STEPS_PER_EPOCH = 4;
  static final Dataset DATA = data(1);
  static final Provenance PROVENANCE = Provenance.here("test");

  private Trial() {}

  static Dataset data(long seed) {
    return new Dataset(
        "noise",
        "noise (seed " + seed + ")",
        List.of("a", "b", "c"),
        images(2 * seed, 100),
        images(2 * seed + 1, 20),
        "sha" + seed);
  }

  private static ImageSet images(long seed, int count) {
    Random random = new Random(seed);
    Shape shape = new Shape(2, 8, 8);
    byte[] pixels = new byte[count * shape.size()];
    random.nextBytes(pixels);
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) random.nextInt(3);
    }
    return new ImageSet(shape, pixels, labels);
  }

  /** Arms "tanh", "learned" and "wild", of which the last diverges. */
  static Experiment experiment(int epochs, int seeds) {
    return experiment("trial", tanh(epochs, seeds), learned(epochs, seeds), wild(epochs, seeds));
  }

  static Experiment experiment(String name, Arm... arms) {
    return new Experiment(name, "A trial", DATA, List.of(arms));
  }

  static Arm tanh(int epochs, int seeds) {
    return arm(
        "tanh", Activation.of(ActivationFunction.TANH), Optimizer.Adam.DEFAULT, 25, epochs, seeds);
  }

  static Arm learned(int epochs, int seeds) {
    return arm(
        "learned",
        Activation.learned(ActivationFunction.LOGISTIC, 1.5),
        new Optimizer.Sgd(0.1, 0.9),
        25,
        epochs,
        seeds);
  }

  /** Its penalty multiplies the parameters by −999 in each step, so that they overflow. */
  static Arm wild(int epochs, int seeds) {
    return arm(
        "wild",
        Activation.of(ActivationFunction.TANH),
        new Optimizer.Sgd(1e6, 0),
        25,
        epochs,
        seeds);
  }

  static Arm arm(
      String name,
      Activation activation,
      Optimizer optimizer,
      int batchSize,
      int epochs,
      int seeds) {
    Network network =
        new Network(
            DATA.train().shape(),
            List.of(
                new Convolution(3, 3, true),
                new Activated(activation),
                new MaxPooling(2),
                new Dense(8, true),
                new Activated(activation),
                new Dense(3, true)));
    return new Arm(
        name,
        network,
        new TrainingSettings(
            optimizer,
            Penalty.l2(0.001),
            new Initialization.Glorot(),
            new Initialization.Zeros(),
            PixelScaling.UNIT,
            batchSize,
            epochs),
        LongStream.rangeClosed(1, seeds).boxed().toList());
  }

  /** Trained in one go, without a store. */
  static ExperimentResult uninterrupted(Experiment experiment) {
    return new ExperimentRunner(1).run(experiment, DATA);
  }

  /** Trains what is missing in the store. */
  static ExperimentResult train(RunStore store, Experiment experiment, int workers) {
    return train(store, experiment, workers, () -> {});
  }

  /**
   * Trains what is missing in the store.
   *
   * @param beforeStep called before each step is written or counted; may throw or interrupt
   */
  static ExperimentResult train(
      RunStore store, Experiment experiment, int workers, Runnable beforeStep) {
    return train(store, experiment, new ExperimentRunner(workers), beforeStep);
  }

  /** The same with a runner of one's own. */
  static ExperimentResult train(
      RunStore store, Experiment experiment, ExperimentRunner runner, Runnable beforeStep) {
    return runner.run(
        experiment,
        DATA,
        store.earlier(experiment),
        store.listener(experiment, PROVENANCE),
        new RunEvents() {
          @Override
          public TrainingDecision stepTaken(Run run, int epoch, int step, int stepsPerEpoch) {
            beforeStep.run();
            return TrainingDecision.CONTINUE;
          }
        });
  }

  /** What must not depend on how the runs came about: every number but times, and the means. */
  static String numbers(ExperimentResult result) {
    ExperimentResult timeless = new ExperimentResult(result.experiment(), withoutTimes(result));
    return timeless.runs() + "\n" + Summary.of(timeless);
  }

  /** All numbers of a result but the times, which nothing decides. */
  static List<RunResult> withoutTimes(ExperimentResult result) {
    return result.runs().stream()
        .map(
            run ->
                new RunResult(
                    run.run(),
                    run.outcome(),
                    run.epochs().stream().map(e -> e.withSeconds(0)).toList()))
        .toList();
  }

  /** The same, as a layout has it that knows updates and sizes of no epochs up to one. */
  static List<RunResult> withoutUpdates(ExperimentResult result, int upTo) {
    return changed(
        result,
        upTo,
        e -> new EpochRecord(e.epoch(), e.train(), e.test(), 0, e.gradients(), List.of()));
  }

  /** The same, as a layout has it that knows sizes of no epochs up to one. */
  static List<RunResult> withoutSizes(ExperimentResult result, int upTo) {
    return changed(
        result,
        upTo,
        e -> new EpochRecord(e.epoch(), e.train(), e.test(), 0, e.gradients(), e.updates()));
  }

  private static List<RunResult> changed(
      ExperimentResult result, int upTo, UnaryOperator<EpochRecord> change) {
    return withoutTimes(result).stream()
        .map(
            run ->
                new RunResult(
                    run.run(),
                    run.outcome(),
                    run.epochs().stream()
                        .map(e -> e.epoch() <= upTo ? change.apply(e) : e)
                        .toList()))
        .toList();
  }

  static DataDescription description() {
    return DataDescription.of(DATA);
  }
}
