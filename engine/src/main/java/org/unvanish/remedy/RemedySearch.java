package org.unvanish.remedy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.unvanish.diagnosis.Cause;
import org.unvanish.diagnosis.Mechanism;
import org.unvanish.diagnosis.Signal;
import org.unvanish.diagnosis.SnapshotDiagnosis;
import org.unvanish.diagnosis.Thresholds;
import org.unvanish.diagnosis.Verdict;
import org.unvanish.diagnosis.evidence.LayerEvidence;
import org.unvanish.diagnosis.evidence.MeasuredBackward;
import org.unvanish.diagnosis.prescription.Change;
import org.unvanish.diagnosis.prescription.OtherRemedy;
import org.unvanish.diagnosis.prescription.PrescribedInitialization;
import org.unvanish.diagnosis.prescription.Prescription;
import org.unvanish.diagnosis.prescription.Prescription.Prediction;
import org.unvanish.probe.ProbedSnapshot;
import org.unvanish.probe.RemedyProbe;

/**
 * Tries what helps a network whose data is scaled.
 *
 * <p>Better initial weights come first: where they remove the cause, a penalty would only hold the
 * network back. Then, where α cannot bring the gradient through, factors in front of the layers, or
 * α, where f′ takes the gradient although no parameters are large; then, for large parameters that
 * no better start removes, a penalty. An illness that training brought to a healthy start is not
 * for another start to fix.
 */
final class RemedySearch {

  private static final int SHRINKINGS = 20;

  private final RemedyProbe probe;
  private final Thresholds thresholds;
  private final ScaleSearch scales;

  RemedySearch(RemedyProbe probe, Thresholds thresholds) {
    this.probe = probe;
    this.thresholds = thresholds;
    this.scales = new ScaleSearch(probe, thresholds);
  }

  /**
   * The remedy for what is wrong at a snapshot.
   *
   * @param snapshots of one training, in the order of their steps
   * @param decisive one of them
   */
  Remedy find(List<ProbedSnapshot> snapshots, SnapshotDiagnosis decisive) {
    if (decisive.verdict().cause() == Cause.LARGE_LEARNING_RATE) {
      return untried(OtherRemedy.LOWER_LEARNING_RATE);
    }
    if (decisive.verdict().cause() == Cause.STRONG_PENALTY) {
      return untried(OtherRemedy.WEAKER_PENALTY);
    }
    boolean trained = decisive.evidence().isTrained();
    boolean brought = trained && isHealthy(initial());
    Remedy ofSteps = throughTime(decisive, brought);
    if (ofSteps != null) {
      return ofSteps;
    }
    // What training has made large is left to the penalty while that can act, and what f′ takes
    // alone to α, as far as that can give it back.
    boolean scaled = throughActivation(decisive) && scales.canCure(decisive.evidence());
    boolean restart = !brought && !(trained && isLarge(decisive)) && !scaled;
    PrescribedInitialization better = restart ? betterStart(decisive) : null;
    Remedy found =
        better == null && !brought && !scales.canCure(decisive.evidence())
            ? factors(decisive)
            : null;
    if (found == null) {
      found = tried(snapshots, decisive, better);
    }
    if (found != null) {
      return found;
    }
    return brought ? gentlerTraining(decisive) : lastResort(decisive);
  }

  /**
   * What helps on the way back through time: where it is many steps that change the gradient, and
   * at the start also where the parameters are large, if the network is well with it.
   */
  private @Nullable Remedy throughTime(SnapshotDiagnosis decisive, boolean brought) {
    boolean steps = decisive.verdict().cause() == Cause.MANY_STEPS;
    boolean large =
        isLarge(decisive)
            && decisive.evidence().isWorseThroughTime()
            && !decisive.evidence().isTrained();
    TimeSearch search = new TimeSearch(probe, thresholds);
    Remedy found = !brought && (steps || large) ? search.find(decisive) : null;
    if (found != null && (steps || search.isWell(found))) {
      return found;
    }
    return steps && decisive.verdict().signal() == Signal.EXPLODING
        ? untried(OtherRemedy.CLIPPED_GRADIENTS)
        : null;
  }

  private MeasuredBackward initial() {
    began("probing the initial weights", 1);
    return probe.initial();
  }

  private void began(String purpose, int mostProbes) {
    probe.progress().began(purpose, mostProbes);
  }

  private static boolean isLarge(SnapshotDiagnosis snapshot) {
    Cause cause = snapshot.verdict().cause();
    return cause == Cause.LARGE_PARAMETERS || cause == Cause.BOTH;
  }

  private static boolean throughActivation(SnapshotDiagnosis snapshot) {
    return snapshot.verdict().cause() == Cause.MANY_LAYERS
        && snapshot.verdict().mechanism() == Mechanism.ACTIVATION;
  }

  private boolean isHealthy(MeasuredBackward evidence) {
    return SnapshotDiagnosis.of(evidence, thresholds).verdict().isHealthy();
  }

  private Signal signal(MeasuredBackward evidence) {
    return SnapshotDiagnosis.of(evidence, thresholds).verdict().signal();
  }

  /** How far a gradient is from keeping its size, in orders of magnitude. */
  private static double distance(MeasuredBackward evidence) {
    double decades = Math.abs(evidence.worstLog10());
    return Double.isNaN(decades) || !Double.isFinite(evidence.output().loss())
        ? Double.POSITIVE_INFINITY
        : decades;
  }

  /**
   * Whether a remedy does any good: the network is well with it, or its gradient was not stable and
   * comes nearer to its size; and the remedy costs nothing elsewhere. The gradient does not get
   * further from its size, but within half of what would count as vanishing; nor does the first
   * layer get less of it by as much. One that explodes is meant to get less.
   */
  private boolean isBetter(MeasuredBackward before, MeasuredBackward after) {
    boolean nearer = signal(before) != Signal.STABLE && distance(after) < distance(before);
    boolean kept =
        signal(before) == Signal.EXPLODING
            || firstGradient(after) >= firstGradient(before) - thresholds.networkLog10() / 2;
    return (nearer || isWell(after))
        && distance(after) <= Math.max(distance(before), thresholds.networkLog10() / 2)
        && kept;
  }

  /** The first layer's gradient beside what it is made of: a network that errs less has less. */
  private static double firstGradient(MeasuredBackward evidence) {
    return evidence.firstGradientLog10() - StrictMath.log10(evidence.output().outputErrorRms());
  }

  /** Healthy, or healthy but for data that are yet to be scaled. */
  private boolean isWell(MeasuredBackward evidence) {
    Verdict verdict = SnapshotDiagnosis.of(evidence, thresholds).verdict();
    return verdict.signal() == Signal.STABLE
        && (verdict.cause() == Cause.NONE || verdict.cause() == Cause.LARGE_INPUTS);
  }

  /**
   * Whether a penalty acts already: on large parameters it pushes at least a tenth as strongly as
   * the data pulls at the last layer. A stronger one would hold the network back.
   */
  private static boolean isPenalised(SnapshotDiagnosis snapshot) {
    List<LayerEvidence> layers = snapshot.evidence().layers();
    double pull = layers.get(layers.size() - 1).tensors().get(0).gradientLog10();
    return IntStream.range(0, layers.size())
        .filter(i -> snapshot.layers().get(i).cause() == Cause.LARGE_PARAMETERS)
        .anyMatch(i -> layers.get(i).tensors().get(0).penaltyLog10() >= pull - 1);
  }

  private ProbedSnapshot start(PrescribedInitialization values) {
    began("trying the initialization " + values.label(), 1);
    float[] parameters = probe.initialValues(values);
    return new ProbedSnapshot(probe.measure(parameters, 0), parameters);
  }

  /** α, r and these initial weights as far as they help; null if they do not. */
  private @Nullable Remedy tried(
      List<ProbedSnapshot> snapshots,
      SnapshotDiagnosis decisive,
      @Nullable PrescribedInitialization initial) {
    ProbedSnapshot snapshot =
        snapshots.stream()
            .filter(m -> m.evidence().equals(decisive.evidence()))
            .findFirst()
            .orElseThrow();
    ProbedSnapshot start = initial == null ? snapshot : start(initial);
    List<ProbedSnapshot> candidates = new ArrayList<>(snapshots);
    candidates.removeIf(other -> initial != null && !other.evidence().isTrained());
    candidates.add(start);
    Double alpha = scales.best(candidates);
    RemedyProbe scaled = alpha == null ? probe : probe.scaled(alpha);
    Double l2 = initial == null && !isPenalised(decisive) ? Prescription.strength(decisive) : null;
    Prediction penalised = l2 == null ? null : shrunk(scaled, snapshot);
    if (penalised != null) {
      return new Remedy(new Change(l2, alpha, null, List.of()), penalised);
    }
    if (initial == null && alpha == null) {
      return null;
    }
    began("trying what was found", 1);
    MeasuredBackward after = scaled.measure(start.parameters(), start.evidence().step());
    return isBetter(snapshot.evidence(), after)
            && (signal(after) == Signal.STABLE || tanh() == null)
        ? new Remedy(
            new Change(null, alpha, initial, List.of()),
            new Prediction(snapshot.evidence(), after, 1))
        : null;
  }

  /** Factors in front of the layers, with the weights kept, if the network is well with them. */
  private @Nullable Remedy factors(SnapshotDiagnosis decisive) {
    List<Double> factors = probe.criticalFactors();
    if (decisive.evidence().isTrained() || factors.isEmpty()) {
      return null;
    }
    began("trying factors in front of the layers", 1);
    MeasuredBackward after = probe.with(factors).measure(probe.initialValues(), 0);
    return isWell(after) && isBetter(decisive.evidence(), after)
        ? new Remedy(Change.factors(factors), new Prediction(decisive.evidence(), after, 1))
        : null;
  }

  /**
   * Initial values that make the network healthy, else those that make the gradient more stable by
   * far.
   */
  private @Nullable PrescribedInitialization betterStart(SnapshotDiagnosis decisive) {
    double least = distance(decisive.evidence()) - thresholds.networkLog10();
    PrescribedInitialization best = null;
    for (PrescribedInitialization values : probe.otherStarts()) {
      MeasuredBackward evidence = start(values).evidence();
      if (!isBetter(decisive.evidence(), evidence)) {
        continue;
      }
      if (isWell(evidence)) {
        return values;
      }
      double after = distance(evidence);
      if (after <= least && after < Double.POSITIVE_INFINITY) {
        least = after;
        best = values;
      }
    }
    return best;
  }

  /**
   * What a penalty leads to: all parameters that it covers shrunk until the network is well; null
   * if it never is. Each time by √½, because a gradient through twenty layers is stable only over a
   * factor of 1.6.
   */
  private @Nullable Prediction shrunk(RemedyProbe scaled, ProbedSnapshot snapshot) {
    began("trying smaller parameters", SHRINKINGS);
    BitSet shrinking = scaled.shrinking();
    double factor = 1;
    for (int i = 0; i < SHRINKINGS; i++) {
      factor *= Math.sqrt(0.5);
      float[] parameters = shrunk(snapshot.parameters(), shrinking, factor);
      MeasuredBackward after = scaled.measure(parameters, snapshot.evidence().step());
      if (isHealthy(after) && isBetter(snapshot.evidence(), after)) {
        return new Prediction(snapshot.evidence(), after, factor);
      }
    }
    return null;
  }

  /** Some parameters times a factor. */
  private static float[] shrunk(float[] parameters, BitSet which, double factor) {
    float[] result = parameters.clone();
    which.stream().forEach(i -> result[i] = (float) (parameters[i] * factor));
    return result;
  }

  /** For a start that was healthy. No probe can show what it does, only training can. */
  private Remedy gentlerTraining(SnapshotDiagnosis decisive) {
    boolean shrinking =
        decisive.verdict().signal() == Signal.VANISHING
            && (decisive.verdict().cause() == Cause.MANY_LAYERS
                || decisive.verdict().cause() == Cause.MANY_STEPS)
            && decisive.verdict().mechanism() != Mechanism.ACTIVATION;
    OtherRemedy gentler =
        shrinking && probe.isPenalised()
            ? OtherRemedy.WEAKER_PENALTY
            : OtherRemedy.LOWER_LEARNING_RATE;
    return untried(gentler);
  }

  private static Remedy untried(OtherRemedy remedy) {
    return new Remedy(Change.of(remedy), null);
  }

  /** tanh and Glorot's values if they pass the gradient on; else nothing. */
  private Remedy lastResort(SnapshotDiagnosis decisive) {
    MeasuredBackward after = tanh();
    return after == null || !isBetter(decisive.evidence(), after)
        ? Remedy.NONE
        : new Remedy(
            new Change(null, null, PrescribedInitialization.GLOROT, List.of(OtherRemedy.USE_TANH)),
            new Prediction(decisive.evidence(), after, 1));
  }

  /** The evidence with tanh and Glorot's values if the gradient is stable then, else null. */
  private @Nullable MeasuredBackward tanh() {
    RemedyProbe other = probe.withTanh().orElse(null);
    if (other == null) {
      return null;
    }
    began("trying tanh", 1);
    MeasuredBackward after = other.measure(other.initialValues(PrescribedInitialization.GLOROT), 0);
    return signal(after) == Signal.STABLE ? after : null;
  }
}
