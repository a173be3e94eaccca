package org.unvanish.paper;

import java.util.List;
import org.unvanish.experiment.ExperimentResult;

/**
 * Something that Ven &amp; Lederer (2021) say about one of their experiments, and how it is
 * checked.
 *
 * @param id unique: {@code figure1.gradients}
 * @param experiment the name of the experiment it is about: {@code figure1}
 * @param statement what the paper says, in its words or close to them
 * @param check how an experiment's result is held against it
 */
public record Claim(String id, String experiment, String statement, Check check) {

  /** Holds a result against a claim. */
  interface Check {
    /** The verdict with its evidence. */
    Checked apply(ExperimentResult result);
  }

  /**
   * The outcome of a check.
   *
   * @param verdict whether the statement held
   * @param evidence the numbers behind it
   */
  record Checked(ClaimVerdict verdict, String evidence) {}

  /**
   * The findings on all claims about an experiment, in the order of the paper's text; none for an
   * experiment that is not the paper's.
   *
   * @param result of an experiment of {@link PaperSpecs}, told by its name
   */
  public static List<Finding> check(ExperimentResult result) {
    return Claims.ALL.stream()
        .filter(claim -> claim.experiment().equals(result.experiment().name()))
        .map(claim -> claim.on(result))
        .toList();
  }

  /** All claims, in the order of the paper's text. */
  public static List<Claim> all() {
    return Claims.ALL;
  }

  private Finding on(ExperimentResult result) {
    Checked checked = check.apply(result);
    return new Finding(this, checked.verdict(), checked.evidence());
  }
}
