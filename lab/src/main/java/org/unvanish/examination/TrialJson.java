package org.unvanish.examination;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.unvanish.diagnosis.prescription.Change;
import org.unvanish.diagnosis.prescription.OtherRemedy;
import org.unvanish.diagnosis.prescription.PrescribedInitialization;
import org.unvanish.diagnosis.prescription.Trial;
import org.unvanish.diagnosis.prescription.TrialScore;
import org.unvanish.diagnosis.prescription.TriedChange;

/**
 * The {@code trial} of {@code diagnosis.schema.json}. A loss is null where a training diverged.
 *
 * @param tried the untouched training first
 */
@JsonNaming(SnakeCaseStrategy.class)
public record TrialJson(
    long steps,
    int samples,
    long seed,
    long secondSeed,
    double constantLoss,
    boolean learns,
    List<Tried> tried) {

  /** One training. */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Tried(
      String name,
      @Nullable Double l2,
      @Nullable Double alpha,
      @Nullable String initial,
      List<String> other,
      List<Double> factors,
      @Nullable Double loss,
      @Nullable Double accuracy,
      @Nullable Double secondLoss,
      @Nullable Double secondAccuracy,
      boolean helps,
      boolean prescribed) {

    /** Copies the list. */
    public Tried {
      other = List.copyOf(other);
      factors = List.copyOf(factors);
    }
  }

  /** Copies the list. */
  public TrialJson {
    tried = List.copyOf(tried);
  }

  static TrialJson of(Trial trial) {
    return new TrialJson(
        trial.steps(),
        trial.samples(),
        trial.seed(),
        trial.secondSeed(),
        trial.constantLoss(),
        trial.learns(),
        trial.tried().stream().map(one -> tried(trial, one)).toList());
  }

  private static Tried tried(Trial trial, TriedChange one) {
    Change change = one.change();
    PrescribedInitialization initial = change.initial();
    TrialScore again = one.again();
    return new Tried(
        change.toString(),
        change.l2(),
        change.alpha(),
        initial == null ? null : initial.label(),
        change.other().stream().map(OtherRemedy::label).toList(),
        change.factors(),
        SnapshotJson.number(one.score().loss()),
        SnapshotJson.number(one.score().accuracy()),
        again == null ? null : SnapshotJson.number(again.loss()),
        again == null ? null : SnapshotJson.number(again.accuracy()),
        trial.helps(one),
        change.equals(trial.chosen()));
  }
}
