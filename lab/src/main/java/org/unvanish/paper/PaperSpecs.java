package org.unvanish.paper;

import java.util.List;
import java.util.Set;
import org.unvanish.claim.ClaimWords;
import org.unvanish.claim.ClaimedSeries;
import org.unvanish.spec.ExperimentSpec;

/** The experiments of Ven &amp; Lederer (2021) as specs, which are resources of this package. */
public final class PaperSpecs {

  /** The number of seeds in the paper. */
  public static final int SEEDS = 25;

  /** Their names, in the paper's order. */
  public static final List<String> NAMES =
      List.of("figure1", "figure2", "figure3", "figure4", RuntimeTable.EXPERIMENT);

  /**
   * All of them, with what the paper says of them.
   *
   * <p>Figure 3 and table 4 train the same. Which of them is meant decides whether runs have the
   * machine to themselves, and is the one thing that the name {@code table4} says.
   */
  public static final ClaimedSeries SERIES =
      new ClaimedSeries(
          PaperSpecs.class,
          NAMES,
          Set.of(RuntimeTable.EXPERIMENT),
          new ClaimWords("The paper's claims", "reproduced", "not reproduced"),
          PaperClaims.ALL,
          PaperReading::of);

  private PaperSpecs() {}

  /**
   * A spec as it is written, with its comments.
   *
   * @param name one of {@link #NAMES}
   * @throws IllegalArgumentException if there is no such spec
   */
  public static String text(String name) {
    return SERIES.text(name);
  }

  /**
   * A spec.
   *
   * @param name one of {@link #NAMES}
   * @throws IllegalArgumentException if there is no such spec
   */
  public static ExperimentSpec spec(String name) {
    return SERIES.spec(name);
  }
}
