package org.unvanish.probe;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.unvanish.train.Checkpoint;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.Trainer;
import org.unvanish.train.TrainingDecision;
import org.unvanish.train.TrainingObserver;
import org.unvanish.train.TrainingStep;

/** Probes a training at chosen snapshots while it runs, without changing the run. */
public final class TrainingProbe implements TrainingObserver {

  private final GradientProbe probe;
  private final Set<Long> steps;
  private final boolean watches;
  private final List<ProbedSnapshot> snapshots = new ArrayList<>();
  private UpdateSizes updates = UpdateSizes.UNSEEN;

  /**
   * @param probe of the same network, settings and data
   * @param steps how many steps are done at the snapshots to probe: 0 for the initial weights, the
   *     steps of an epoch for its end. The end of the last epoch is not among them: probe {@link
   *     Trainer#parameters()} when the run is done
   */
  public TrainingProbe(GradientProbe probe, Collection<Long> steps) {
    this(probe, steps, false);
  }

  private TrainingProbe(GradientProbe probe, Collection<Long> steps, boolean watches) {
    this.probe = probe;
    this.steps = Set.copyOf(steps);
    this.watches = watches;
  }

  /**
   * A probe that looks at the steps before each snapshot as well. A run that goes on from a
   * checkpoint cannot have seen them, so that its snapshots do without.
   */
  static TrainingProbe watching(GradientProbe probe, Collection<Long> steps) {
    return new TrainingProbe(probe, steps, true);
  }

  @Override
  public TrainingDecision stepTaken(TrainingStep step) {
    long done = (long) (step.epoch() - 1) * step.stepsPerEpoch() + step.step() - 1;
    watch(done, step.parameters());
    if (steps.contains(done)) {
      probe.progress().began("probing after step " + done, 1);
      float[] parameters = step.parameters().clone();
      snapshots.add(new ProbedSnapshot(probe.measure(parameters, done, updates), parameters));
    }
    return TrainingDecision.CONTINUE;
  }

  /** Looks at the last steps before a snapshot, and at no others. */
  private void watch(long done, float[] parameters) {
    boolean ahead =
        watches && steps.stream().anyMatch(s -> s >= done && s - done <= UpdateSizes.STEPS);
    if (!ahead) {
      updates = UpdateSizes.UNSEEN;
      return;
    }
    if (updates == UpdateSizes.UNSEEN) {
      updates = new UpdateSizes(parameters.length);
    }
    updates.next(parameters);
  }

  @Override
  public TrainingDecision epochFinished(EpochRecord epoch, Checkpoint checkpoint) {
    return TrainingDecision.CONTINUE;
  }

  /** The snapshots so far. */
  public List<ProbedSnapshot> snapshots() {
    return List.copyOf(snapshots);
  }
}
