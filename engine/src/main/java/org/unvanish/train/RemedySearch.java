package org.unvanish.train;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.unvanish.diagnosis.Cause;
import org.unvanish.diagnosis.Mechanism;
import org.unvanish.diagnosis.MomentDiagnosis;
import org.unvanish.diagnosis.MomentEvidence;
import org.unvanish.diagnosis.OtherRemedy;
import org.unvanish.diagnosis.Prediction;
import org.unvanish.diagnosis.Signal;
import org.unvanish.diagnosis.StartingValues;
import org.unvanish.diagnosis.Thresholds;
import org.unvanish.diagnosis.TuningParameter;

/**
 * Tries what helps a network whose data is scaled.
 *
 * <p>Better initial values come first: where they remove the cause, a penalty would only hold the
 * network back. Then α, where f′ takes the signal although no parameters are large; then, for large
 * parameters that no better start removes, a penalty.
 */
final class RemedySearch {

  private static final int HALVINGS = 10;

  private final SignalProbe probe;
  private final Thresholds thresholds;

  RemedySearch(SignalProbe probe, Thresholds thresholds) {
    this.probe = probe;
    this.thresholds = thresholds;
  }

  /**
   * The remedy for what is wrong at a moment.
   *
   * @param moments of one training, in the order of their steps
   * @param decisive one of them
   */
  Remedy find(List<ProbedMoment> moments, MomentDiagnosis decisive) {
    ProbedMoment moment =
        moments.stream().filter(m -> m.evidence() == decisive.evidence()).findFirst().orElseThrow();
    StartingValues initial = betterStart(decisive);
    ProbedMoment start = initial == null ? moment : start(initial);
    List<ProbedMoment> candidates = new ArrayList<>(moments);
    candidates.removeIf(other -> initial != null && other.evidence().step() == 0);
    candidates.add(start);
    Double alpha = new ScaleSearch(probe, thresholds).best(candidates);
    Double l2 = initial == null ? TuningParameter.of(decisive) : null;
    if (initial == null && alpha == null) {
      return l2 == null ? lastResort(decisive) : penaltyAlone(moment, l2);
    }
    SignalProbe remedied =
        alpha == null ? probe : probe.of(Remedies.scaled(probe.network(), alpha));
    MomentEvidence after = remedied.measure(start.parameters(), start.evidence().step());
    if (l2 == null && signal(after) != Signal.STEADY && tanh() != null) {
      return lastResort(decisive);
    }
    return new Remedy(l2, alpha, initial, List.of(), new Prediction(decisive.evidence(), after, 1));
  }

  private Signal signal(MomentEvidence evidence) {
    return MomentDiagnosis.of(evidence, thresholds).verdict().signal();
  }

  private ProbedMoment start(StartingValues values) {
    float[] parameters = probe.initialValues(values);
    return new ProbedMoment(probe.measure(parameters, 0), parameters);
  }

  /**
   * Initial values that make the network healthy, else those that make the signal steadier by far;
   * null if there are none, if the network has them already, if large parameters have grown, or if
   * only f′ takes the signal, which is for α to mend.
   */
  private @Nullable StartingValues betterStart(MomentDiagnosis decisive) {
    Cause cause = decisive.verdict().cause();
    boolean large = cause == Cause.LARGE_PARAMETERS || cause == Cause.BOTH;
    boolean throughActivation =
        cause == Cause.MANY_LAYERS && decisive.verdict().mechanism() == Mechanism.ACTIVATION;
    if ((large && decisive.evidence().step() > 0) || throughActivation) {
      return null;
    }
    double least = Math.abs(decisive.evidence().endToEndLog10()) - thresholds.networkDecades();
    StartingValues best = null;
    for (StartingValues values : probe.otherStarts()) {
      MomentEvidence evidence = start(values).evidence();
      if (MomentDiagnosis.of(evidence, thresholds).verdict().isHealthy()) {
        return values;
      }
      double after = Math.abs(evidence.endToEndLog10());
      if (after <= least) {
        least = after;
        best = values;
      }
    }
    return best;
  }

  /** Parameters halved until they are not large, as the penalty leads them there. */
  private Remedy penaltyAlone(ProbedMoment moment, double l2) {
    MomentEvidence before = moment.evidence();
    Prediction prediction = null;
    for (int i = 1; i <= HALVINGS && prediction == null; i++) {
      double factor = Math.scalb(1.0, -i);
      MomentEvidence after =
          probe.measure(Remedies.shrunk(moment.parameters(), factor), before.step());
      Cause cause = MomentDiagnosis.of(after, thresholds).verdict().cause();
      if (cause != Cause.LARGE_PARAMETERS && cause != Cause.BOTH) {
        prediction = new Prediction(before, after, factor);
      }
    }
    return new Remedy(l2, null, null, List.of(), prediction);
  }

  /** tanh and Glorot's values if they pass the signal on; else nothing. */
  private Remedy lastResort(MomentDiagnosis decisive) {
    MomentEvidence after = tanh();
    return after == null
        ? Remedy.NONE
        : new Remedy(
            null,
            null,
            StartingValues.GLOROT,
            List.of(OtherRemedy.USE_TANH),
            new Prediction(decisive.evidence(), after, 1));
  }

  /** The evidence with tanh and Glorot's values if the signal is steady then, else null. */
  private @Nullable MomentEvidence tanh() {
    SignalProbe other = probe.of(Remedies.withTanh(probe.network()));
    if (other.network().equals(probe.network())) {
      return null;
    }
    MomentEvidence after = other.measure(other.initialValues(StartingValues.GLOROT), 0);
    return signal(after) == Signal.STEADY ? after : null;
  }
}
