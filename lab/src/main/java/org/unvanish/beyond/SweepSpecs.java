package org.unvanish.beyond;

import java.util.List;
import java.util.Set;
import org.unvanish.claim.ClaimWords;
import org.unvanish.claim.ClaimedSeries;

/** Sweeps beyond Ven &amp; Lederer (2021) as specs; they ask, and nothing was claimed before. */
public final class SweepSpecs {

  /** Figure 3 with α from 0.5 to 16, with and without its penalty. */
  public static final String ALPHA = "alpha";

  /** All of them. */
  public static final ClaimedSeries SERIES =
      new ClaimedSeries(
          SweepSpecs.class,
          List.of(ALPHA),
          Set.of(),
          new ClaimWords("Hypotheses", "confirmed", "refuted"),
          List.of(),
          ClaimedSeries::nothingOpen);

  private SweepSpecs() {}
}
