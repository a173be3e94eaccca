package org.unvanish.beyond;

import java.util.List;
import java.util.Set;
import org.unvanish.claim.ClaimWords;
import org.unvanish.claim.ClaimedSeries;

/**
 * The experiments beyond Ven &amp; Lederer (2021) as specs, which are resources of this package.
 */
public final class BeyondSpecs {

  /** Sweeps α. */
  static final String ALPHA_CURVE = "alpha-curve";

  /** Sweeps the factor r of the penalty. */
  static final String PENALTY_WINDOW = "penalty-window";

  /** Sweeps α with and without the penalty. */
  public static final String ALPHA = "alpha";

  private static final List<String> NAMES =
      List.of(
          "what-acts-figure2",
          "what-acts-figure2-biases",
          "what-acts-figure3",
          "what-acts-figure3-biases",
          "what-acts-figure4",
          "what-acts-figure4-biases",
          ALPHA_CURVE,
          ALPHA,
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
          ClaimedSeries::nothingOpen);

  private BeyondSpecs() {}
}
