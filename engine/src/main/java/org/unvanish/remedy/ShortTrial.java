package org.unvanish.remedy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.unvanish.data.ImageSet;
import org.unvanish.diagnosis.Diagnosis;
import org.unvanish.diagnosis.SnapshotDiagnosis;
import org.unvanish.diagnosis.Thresholds;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.diagnosis.evidence.NumbersEvidence;
import org.unvanish.diagnosis.prescription.Change;
import org.unvanish.diagnosis.prescription.OtherRemedy;
import org.unvanish.diagnosis.prescription.PrescribedInitialization;
import org.unvanish.diagnosis.prescription.Prescription;
import org.unvanish.diagnosis.prescription.Trial;
import org.unvanish.diagnosis.prescription.TrialScore;
import org.unvanish.diagnosis.prescription.TriedChange;
import org.unvanish.internal.kernel.Lanes;
import org.unvanish.network.Network;
import org.unvanish.probe.AppliedRemedies;
import org.unvanish.probe.GradientProbe;
import org.unvanish.random.RandomStream;
import org.unvanish.train.TrainingSettings;

/**
 * Tries changes by short trainings, each from its own start and on the same samples in the same
 * order, so that a prescription has been seen to help.
 *
 * <p>How many steps are tried follows from what a step costs, never from a clock: the same network,
 * settings, data and seed give the same trial, bit for bit. A network whose steps are too costly
 * has none. So has one that is healthy and learns.
 */
public final class ShortTrial {

  /** Of one training, in multiply-adds forward: about half a second of one core. */
  private static final double BUDGET = 4e9;

  /** The possible lengths of a trial, but that few are longer than the training itself. */
  private static final List<Long> STEPS =
      List.of(10_000L, 5000L, 3000L, 2000L, 1000L, 500L, 300L, 200L, 100L);

  /** Steps in which something can be seen; a training of fewer is tried for so many. */
  private static final long FEW = 300;

  /** What a step costs beside its multiply-adds, in the same unit: some microseconds. */
  private static final double STEP_COST = 2e4;

  /** What an optimizer does to a parameter, in the same unit. */
  private static final double UPDATE_COST = 10;

  /** Samples on which all are scored, or all there are. */
  private static final int SCORED = 640;

  /** Of the constant prediction's loss: what half of a training brings if it still learns. */
  private static final double FALLING = 0.02;

  /** Of the constant prediction's loss: where a training that learns gets at least. */
  private static final double SOMEWHERE = 0.75;

  /**
   * The largest part of the present loss that counts as help where the gradient is fine and
   * something is learned, and of a wider network: most trainings can be made a little better, and
   * are none to be fixed.
   */
  private static final double HALVED = 0.5;

  /** Of the budget: what a wider network's training may cost. */
  private static final double MOST_WIDER = 4;

  /** The paper's α. */
  private static final double PAPER_SCALE = 2;

  /** The best candidates that are tried again with another seed until one helps there as well. */
  private static final int MOST_CONFIRMATIONS = 2;

  private final GradientProbe probe;
  private final Thresholds thresholds;
  private final Diagnosis diagnosis;
  private final Prescription forecast;
  private final ImageSet images;
  private final int[] scored;
  private final TrialTraining training;

  /** What a constant prediction leaves to learn; all losses here are above the least one. */
  private final double constantExcess;

  private final long planned;
  private final long steps;

  private ShortTrial(
      GradientProbe probe, Thresholds thresholds, Diagnosis diagnosis, Prescription forecast) {
    this.probe = probe;
    this.thresholds = thresholds;
    this.diagnosis = diagnosis;
    this.forecast = forecast;
    this.images = probe.images();
    int[] order = IntStream.range(0, images.count()).toArray();
    new RandomStream(probe.seed(), "probe").shuffle(order);
    this.scored = Arrays.copyOf(order, Math.min(SCORED, order.length));
    this.training = new TrialTraining(probe, scored);
    this.constantExcess = training.constantLoss() - training.leastLoss();
    this.planned = planned(probe.settings(), images.count());
    this.steps = steps(probe.network(), probe.settings(), images.count());
  }

  /**
   * Tries what may help a network.
   *
   * @param probe of the network, its settings, data and seed
   * @param diagnosis of its training from the start
   * @param forecast what probing prescribes
   * @return nothing where it is too costly, where all samples have one class, or where the
   *     snapshots show that the network is healthy and learns; the untouched training alone where
   *     that shows it
   */
  public static Optional<Trial> of(
      GradientProbe probe, Thresholds thresholds, Diagnosis diagnosis, Prescription forecast) {
    ShortTrial trial = new ShortTrial(probe, thresholds, diagnosis, forecast);
    if (trial.steps == 0 || trial.constantExcess <= 0 || trial.momentsLearn()) {
      return Optional.empty();
    }
    return Optional.of(trial.run());
  }

  /**
   * Steps of a trial.
   *
   * @return 0 where a trial is too costly
   */
  static long steps(Network network, TrainingSettings settings, int samples) {
    double affordable = BUDGET / cost(network, Math.min(settings.batchSize(), samples));
    return STEPS.stream()
        .filter(count -> count <= affordable)
        .findFirst()
        .map(count -> Math.min(count, Math.max(FEW, planned(settings, samples))))
        .orElse(0L);
  }

  /** Steps of the whole training. */
  private static long planned(TrainingSettings settings, int samples) {
    return (long) settings.epochs() * settings.stepsPerEpoch(samples);
  }

  /** Of a step: an incomplete block of lanes costs as much as a full one. */
  private static double cost(Network network, int batch) {
    int lanes = (batch + Lanes.COUNT - 1) / Lanes.COUNT * Lanes.COUNT;
    return STEP_COST
        + UPDATE_COST * network.parameterCount()
        + (double) lanes * network.multiplyAdds();
  }

  /** Whether the snapshots, which go further than a trial would, show a healthy network learn. */
  private boolean momentsLearn() {
    List<SnapshotDiagnosis> snapshots = diagnosis.snapshots();
    MeasuredBackward last = snapshots.get(snapshots.size() - 1).evidence();
    double end = last.output().excessLoss();
    double half =
        snapshots.stream()
            .map(SnapshotDiagnosis::evidence)
            .filter(snapshot -> snapshot.step() < last.step())
            .min(Comparator.comparingDouble(m -> Math.abs(m.step() - last.step() / 2.0)))
            .map(snapshot -> snapshot.output().excessLoss())
            .orElse(end);
    return diagnosis.verdict().isHealthy()
        && last.step() >= steps
        && last.step() > 0
        && (Trial.hasFitted(end, constantExcess) || isOnItsWay(half, end, last.step()));
  }

  private Trial run() {
    List<TrialScore> untouched = training.scores(Change.NONE, probe.seed(), steps / 2, steps);
    TrialScore score = untouched.get(1);
    double half = untouched.get(0).loss() - training.leastLoss();
    double end = score.loss() - training.leastLoss();
    // One that has not learned in all of its steps does not, although it may still be at it.
    boolean learns =
        Trial.hasFitted(end, constantExcess) || (steps != planned && isOnItsWay(half, end, steps));
    List<TriedChange> tried = new ArrayList<>(List.of(new TriedChange(Change.NONE, score, null)));
    Trial trial = trial(learns, tried, null);
    if (learns && diagnosis.verdict().isHealthy()) {
      return trial;
    }
    tried.addAll(tried(changes(), probe.seed()));
    tried.addAll(tried(further(tried), probe.seed()));
    trial = trial(learns, tried, null);
    List<Change> best = trial.hasLearned() ? List.of() : best(trial);
    for (Change change : best.subList(0, Math.min(MOST_CONFIRMATIONS, best.size()))) {
      List<TriedChange> again = tried(List.of(Change.NONE, change), probe.seed() + 1);
      for (TriedChange one : again) {
        tried.replaceAll(
            t ->
                t.change().equals(one.change())
                    ? new TriedChange(t.change(), t.score(), one.score())
                    : t);
      }
      trial = trial(learns, tried, null);
      if (helps(trial, Objects.requireNonNull(trial.of(change)))) {
        return trial(learns, tried, change);
      }
    }
    return trial;
  }

  /**
   * Whether a loss, if it goes on to fall as it did, gets somewhere by the end of the training; of
   * one too short to be judged, if that went on for as long again.
   */
  private boolean isOnItsWay(double half, double end, long done) {
    long left = planned < done ? done : planned - done;
    double ahead = (half - end) * left / (done / 2.0);
    return half - end >= FALLING * constantExcess && end - ahead <= SOMEWHERE * constantExcess;
  }

  private Trial trial(boolean learns, List<TriedChange> tried, @Nullable Change chosen) {
    return new Trial(
        steps,
        scored.length,
        probe.seed(),
        probe.seed() + 1,
        training.constantLoss(),
        training.leastLoss(),
        learns,
        tried,
        chosen);
  }

  /** All that is tried at first, the forecast before all, then the simplest first. */
  private List<Change> changes() {
    SnapshotDiagnosis decisive = diagnosis.decisive();
    Set<Change> changes = new LinkedHashSet<>(List.of(forecast.change()));
    for (PrescribedInitialization values : probe.otherStarts()) {
      changes.add(Change.start(values));
    }
    List<Double> factors = probe.criticalFactors();
    if (!decisive.verdict().isHealthy() && !factors.isEmpty()) {
      changes.add(Change.factors(factors));
    }
    if (!decisive.verdict().isHealthy() && probe.withOrthogonalRecurrent().isPresent()) {
      changes.add(Change.of(OtherRemedy.ORTHOGONAL_RECURRENT));
    }
    // What vanishes through many steps at first may explode in training, whatever it is now.
    if (!decisive.evidence().time().isEmpty()) {
      changes.add(Change.of(OtherRemedy.CLIPPED_GRADIENTS));
    }
    changes.add(Change.of(OtherRemedy.LOWER_LEARNING_RATE));
    changes.add(Change.of(OtherRemedy.HIGHER_LEARNING_RATE));
    if (probe.isPenalised()) {
      changes.add(Change.of(OtherRemedy.WEAKER_PENALTY));
    }
    if (decisive.evidence().inputRms() >= thresholds.largeInput()) {
      changes.add(Change.of(OtherRemedy.SCALE_INPUTS));
    }
    for (OtherRemedy remedy : probe.outputRemedies()) {
      if (remedy != OtherRemedy.SCALE_TARGETS || hasLargeTargets(decisive.evidence())) {
        changes.add(Change.of(remedy));
      }
    }
    if (decisive.verdict().isHealthy()) {
      changes.add(Change.of(OtherRemedy.WIDER_LAYERS));
    } else {
      changes.add(Change.scale(PAPER_SCALE));
      Double r = Prescription.strength(decisive);
      if (r != null) {
        changes.add(Change.penalty(r));
      }
    }
    changes.removeIf(change -> isSame(change) || isCostly(change));
    return List.copyOf(changes);
  }

  private boolean hasLargeTargets(MeasuredBackward evidence) {
    NumbersEvidence numbers = evidence.output().numbers();
    return numbers != null && numbers.targetRms() >= thresholds.largeTarget();
  }

  private boolean isSame(Change change) {
    return !change.other().contains(OtherRemedy.SCALE_TARGETS)
        && AppliedRemedies.network(probe.network(), change).equals(probe.network())
        && AppliedRemedies.settings(probe.settings(), change).equals(probe.settings());
  }

  private boolean isCostly(Change change) {
    int batch = Math.min(probe.settings().batchSize(), images.count());
    return steps * cost(AppliedRemedies.network(probe.network(), change), batch)
        > MOST_WIDER * BUDGET;
  }

  /** Where a learning rate is no worse, the next one in its direction. */
  private List<Change> further(List<TriedChange> tried) {
    List<Change> further = new ArrayList<>();
    for (TriedChange one : tried) {
      if (!(one.score().loss() > tried.get(0).score().loss())) {
        if (one.change().equals(Change.of(OtherRemedy.LOWER_LEARNING_RATE))) {
          further.add(Change.of(OtherRemedy.MUCH_LOWER_LEARNING_RATE));
        } else if (one.change().equals(Change.of(OtherRemedy.HIGHER_LEARNING_RATE))) {
          further.add(Change.of(OtherRemedy.MUCH_HIGHER_LEARNING_RATE));
        }
      }
    }
    return further;
  }

  private boolean helps(Trial trial, TriedChange candidate) {
    double loss = trial.excess(trial.tried().get(0).score()).loss();
    boolean fine = diagnosis.verdict().isHealthy() && Trial.hasMoved(loss, constantExcess);
    boolean wider = candidate.change().other().contains(OtherRemedy.WIDER_LAYERS);
    return trial.helps(candidate)
        && (!(fine || wider) || trial.excess(candidate.score()).loss() <= HALVED * loss);
  }

  /**
   * What helped with the first seed, the best first: of those that are as good as the best, the one
   * that stands first among the changes. Few steps favour large ones, so where the gradient is
   * unhealthy a higher learning rate comes after all that fixes it.
   */
  private List<Change> best(Trial trial) {
    List<TriedChange> left = new ArrayList<>(trial.tried());
    left.removeIf(candidate -> !helps(trial, candidate));
    List<Change> best = new ArrayList<>();
    while (!left.isEmpty()) {
      List<TriedChange> gentle = new ArrayList<>(left);
      gentle.removeIf(this::isHasty);
      List<TriedChange> rivals = gentle.isEmpty() ? left : gentle;
      double least = rivals.stream().mapToDouble(one -> one.score().loss()).min().orElseThrow();
      TriedChange first =
          rivals.stream()
              .filter(one -> one.score().loss() <= least + Trial.MARGIN * constantExcess)
              .findFirst()
              .orElseThrow();
      best.add(first.change());
      left.remove(first);
    }
    return best;
  }

  private boolean isHasty(TriedChange one) {
    List<OtherRemedy> other = one.change().other();
    return !diagnosis.verdict().isHealthy()
        && (other.contains(OtherRemedy.HIGHER_LEARNING_RATE)
            || other.contains(OtherRemedy.MUCH_HIGHER_LEARNING_RATE));
  }

  /** Each training has a thread of its own, and shares nothing but the samples. */
  private List<TriedChange> tried(List<Change> changes, long seed) {
    AtomicInteger done = new AtomicInteger();
    return changes.parallelStream()
        .map(
            change -> {
              TrialScore score = training.scores(change, seed, steps).get(0);
              synchronized (done) {
                probe.progress().trained(done.incrementAndGet(), changes.size());
              }
              return new TriedChange(change, score, null);
            })
        .toList();
  }
}
