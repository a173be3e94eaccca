package org.unvanish.sequences;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.unvanish.claim.ClaimWords;
import org.unvanish.claim.ClaimedSeries;

/** The experiments on sequences as specs, which are resources of this package. */
public final class SequenceSpecs {

  /** Those of the adding problem, from few steps to many. */
  public static final List<String> ADDING =
      List.of("adding-10", "adding-50", "adding-100", "adding-200", "adding-400");

  /** Images row by row. */
  static final String ROWS = "image-rows";

  /** All of them, with what is expected of them. */
  public static final ClaimedSeries SERIES =
      new ClaimedSeries(
          SequenceSpecs.class,
          Stream.concat(ADDING.stream(), Stream.of(ROWS)).toList(),
          Set.copyOf(ADDING),
          new ClaimWords("Hypotheses", "confirmed", "refuted"),
          SequenceClaims.ALL,
          ClaimedSeries::nothingOpen);

  private SequenceSpecs() {}
}
