package org.unvanish.beyond;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.unvanish.claim.ClaimWords;
import org.unvanish.claim.ClaimedSeries;
import org.unvanish.experiment.Experiment;
import org.unvanish.spec.Overrides;
import org.unvanish.train.TrainingSettings;

/**
 * The experiments beyond Ven &amp; Lederer (2021) as specs, which are resources of this package.
 */
public final class BeyondSpecs {

  /** Sweeps α. */
  static final String ALPHA_CURVE = "alpha-curve";

  /** Sweeps the factor r of the penalty. */
  static final String PENALTY_WINDOW = "penalty-window";

  private static final List<String> NAMES =
      List.of(
          "what-acts-figure2",
          "what-acts-figure2-biases",
          "what-acts-figure3",
          "what-acts-figure3-biases",
          "what-acts-figure4",
          "what-acts-figure4-biases",
          ALPHA_CURVE,
          PENALTY_WINDOW,
          "functions",
          "competitors",
          "competitors-large",
          "depth",
          "data-synthetic",
          "data-idx",
          "data-table");

  /** All of them, with what is expected of them. */
  public static final ClaimedSeries SERIES =
      new ClaimedSeries(
          BeyondSpecs.class,
          NAMES,
          Set.of("data-synthetic"),
          new ClaimWords("Hypotheses", "confirmed", "refuted"),
          BeyondClaims.ALL,
          BeyondSpecs::reading);

  private BeyondSpecs() {}

  /** These specs leave nothing open but how much is trained, on what, and in which batches. */
  private static Overrides reading(Experiment experiment) {
    TrainingSettings first = experiment.arms().get(0).settings();
    Overrides none = Overrides.NONE;
    return new Overrides(
        none.data(),
        Optional.of(first.pixelScaling()),
        none.trainSamples(),
        none.seeds(),
        none.epochs(),
        OptionalInt.of(first.batchSize()),
        none.epsilon(),
        none.epsilonForm(),
        none.penaltyForm(),
        none.convolutions(),
        none.biases(),
        none.logistic());
  }
}
