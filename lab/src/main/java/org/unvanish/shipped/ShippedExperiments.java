package org.unvanish.shipped;

import java.util.List;
import java.util.Optional;
import org.unvanish.beyond.BeyondSpecs;
import org.unvanish.beyond.SweepSpecs;
import org.unvanish.claim.ClaimedSeries;
import org.unvanish.claim.JudgedClaim;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.paper.PaperSpecs;
import org.unvanish.sequences.SequenceSpecs;

/** All experiments that the program brings along, whose names stand wherever a spec's file may. */
public final class ShippedExperiments {

  /** An experiment may belong to several; the first one decides. */
  private static final List<ClaimedSeries> ALL =
      List.of(PaperSpecs.SERIES, BeyondSpecs.SERIES, SequenceSpecs.SERIES, SweepSpecs.SERIES);

  private ShippedExperiments() {}

  /** Their names, the paper's first. */
  public static List<String> names() {
    return ALL.stream().flatMap(series -> series.names().stream()).toList();
  }

  /** The series that has an experiment of this name. */
  public static Optional<ClaimedSeries> series(String name) {
    return ALL.stream().filter(series -> series.names().contains(name)).findFirst();
  }

  /**
   * The findings on all claims about an experiment whose arms are there, in the order in which they
   * are told; none for an experiment of somebody's own.
   *
   * @param result of an experiment, told by what its arms train
   */
  public static List<JudgedClaim> judge(ExperimentResult result) {
    return ALL.stream()
        .map(series -> series.judge(result))
        .filter(claims -> !claims.isEmpty())
        .findFirst()
        .orElse(List.of());
  }
}
