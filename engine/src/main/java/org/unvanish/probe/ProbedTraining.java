package org.unvanish.probe;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.unvanish.data.Dataset;
import org.unvanish.network.Network;
import org.unvanish.train.Checkpoint;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.Trainer;
import org.unvanish.train.TrainingDecision;
import org.unvanish.train.TrainingObserver;
import org.unvanish.train.TrainingOutcome;
import org.unvanish.train.TrainingSettings;
import org.unvanish.train.TrainingStep;

/**
 * What was seen of a training that was probed at chosen snapshots.
 *
 * @param snapshots in the order of their steps, at least one; where the training has ended too
 *     soon, the last one is where it ended
 * @param divergence where the training ended before the last snapshot, if it did
 */
public record ProbedTraining(
    List<ProbedSnapshot> snapshots, Optional<TrainingOutcome.Diverged> divergence) {

  /** Copies the list. */
  public ProbedTraining {
    snapshots = List.copyOf(snapshots);
  }

  /**
   * Multiply-adds that a training may take forward, where nobody says how long it is to be: with
   * the way back three times as many, a minute of one core.
   */
  private static final long MOST_MULTIPLY_ADDS = 250_000_000_000L;

  /** Steps that take a training well away from its initial weights, before many epochs end. */
  private static final long EARLY_STEPS = 300;

  /** Steps after which something can have changed at all. */
  private static final long FEWEST_STEPS = 20;

  /**
   * How long a training for a diagnosis may be, where nobody says how long: a rule of what a step
   * costs, and of nothing that is timed. The paper's networks may train for more than ten epochs.
   *
   * @return steps
   */
  public static long affordableSteps(Network network, int batchSize) {
    double steps = MOST_MULTIPLY_ADDS / ((double) network.multiplyAdds() * batchSize);
    return Math.max(FEWEST_STEPS, (long) steps);
  }

  /**
   * When a training is probed where nobody says when: at the initial weights, some hundred steps
   * later, and an epoch later. None is later than the end of the training, or than is {@linkplain
   * #affordableSteps affordable}.
   *
   * @param samples that the network is trained on
   * @return numbers of steps, ascending
   */
  public static List<Long> usualSteps(Network network, TrainingSettings settings, int samples) {
    long epoch = settings.stepsPerEpoch(samples);
    long most = Math.min(epoch * settings.epochs(), affordableSteps(network, settings.batchSize()));
    return Stream.of(0L, EARLY_STEPS, epoch)
        .map(step -> Math.min(step, most))
        .distinct()
        .sorted()
        .toList();
  }

  /**
   * Trains as far as the last snapshot, whatever the settings say of epochs.
   *
   * @param probe of the same network, settings, data and seed
   * @param steps how many steps are done at the snapshots to probe, not negative; 0, the initial
   *     values, is always among them
   * @param observer is told what the training does; if it stops that, the snapshots so far are all
   * @throws IllegalStateException if the calling thread is interrupted
   */
  public static ProbedTraining run(
      GradientProbe probe,
      Network network,
      TrainingSettings settings,
      Dataset data,
      long seed,
      Collection<Long> steps,
      TrainingObserver observer) {
    List<ProbedSnapshot> snapshots = new ArrayList<>();
    probe.progress().began("probing the initial weights", 1);
    // Here and not in training: a loss that is not finite ends that before its first step.
    snapshots.add(new ProbedSnapshot(probe.initial(), probe.initialValues()));
    long last = steps.isEmpty() ? 0 : Collections.max(steps);
    if (last == 0) {
      return new ProbedTraining(snapshots, Optional.empty());
    }
    TrainingProbe later =
        TrainingProbe.watching(probe, steps.stream().filter(step -> step > 0).toList());
    Until until = new Until(last, later, observer);
    TrainingSettings longer = until.settings(settings, data.train().count());
    Trainer trainer = new Trainer(network, longer, data, seed);
    TrainingOutcome outcome = trainer.run(until);
    snapshots.addAll(later.snapshots());
    if (outcome instanceof TrainingOutcome.Diverged diverged) {
      if (snapshots.get(snapshots.size() - 1).evidence().step() < until.begun) {
        float[] parameters = trainer.parameters().clone();
        snapshots.add(new ProbedSnapshot(probe.measure(parameters, until.begun), parameters));
      }
      return new ProbedTraining(snapshots, Optional.of(diverged));
    }
    if (outcome instanceof TrainingOutcome.Interrupted) {
      throw new IllegalStateException("interrupted");
    }
    return new ProbedTraining(snapshots, Optional.empty());
  }

  /** Stops the training at a snapshot. */
  private static final class Until implements TrainingObserver {
    private final long last;
    private final TrainingProbe probe;
    private final TrainingObserver observer;
    private long begun;

    Until(long last, TrainingProbe probe, TrainingObserver observer) {
      this.last = last;
      this.probe = probe;
      this.observer = observer;
    }

    /** One step more than asked for: a step is told when it is about to be done. */
    TrainingSettings settings(TrainingSettings s, int samples) {
      long full = last / s.stepsPerEpoch(samples);
      return s.withEpochs((int) Math.min(full, Integer.MAX_VALUE - 1) + 1);
    }

    @Override
    public TrainingDecision stepTaken(TrainingStep step) {
      begun = (long) (step.epoch() - 1) * step.stepsPerEpoch() + step.step();
      TrainingDecision reached = begun > last ? TrainingDecision.STOP : TrainingDecision.CONTINUE;
      return probe.stepTaken(step).and(observer.stepTaken(step)).and(reached);
    }

    @Override
    public TrainingDecision epochFinished(EpochRecord epoch, Checkpoint checkpoint) {
      return observer.epochFinished(epoch, checkpoint);
    }
  }
}
