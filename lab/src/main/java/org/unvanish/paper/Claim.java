package org.unvanish.paper;

import java.util.List;
import java.util.Objects;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.ExperimentResult;

/**
 * Something that Ven &amp; Lederer (2021) say about one of their experiments, and how it is
 * checked.
 *
 * @param id unique: {@code figure1.gradients}
 * @param experiment the name of the experiment it is about: {@code figure1}
 * @param statement what the paper says, in its words or close to them
 * @param arms which arms of the paper's spec it is about, by their names there: at least two, first
 *     those that it compares others with
 * @param check how an experiment's result is held against it
 */
public record Claim(
    String id, String experiment, String statement, List<String> arms, Check check) {

  /** Copies the list. */
  public Claim {
    arms = List.copyOf(arms);
  }

  /** Holds a result against a claim. */
  interface Check {
    /**
     * The verdict with its evidence.
     *
     * @param arms of the result, in the order of {@link Claim#arms}
     */
    Checked apply(ExperimentResult result, List<Arm> arms);
  }

  /**
   * The outcome of a check.
   *
   * @param verdict whether the statement held
   * @param evidence the numbers behind it
   */
  record Checked(ClaimVerdict verdict, String evidence) {}

  /**
   * The findings on all claims about an experiment whose arms are there, in the order of the
   * paper's text; none for an experiment that is not the paper's.
   *
   * @param result of an experiment of {@link PaperSpecs}, told by what its arms train
   */
  public static List<JudgedClaim> check(ExperimentResult result) {
    return PaperExperiment.of(result.experiment()).stream()
        .flatMap(
            paper -> Claims.ALL.stream().filter(paper::hasArmsOf).map(c -> c.on(result, paper)))
        .toList();
  }

  /** All claims, in the order of the paper's text. */
  public static List<Claim> all() {
    return Claims.ALL;
  }

  private JudgedClaim on(ExperimentResult result, PaperExperiment paper) {
    Checked checked =
        check.apply(
            result,
            arms.stream().map(arm -> Objects.requireNonNull(paper.arms().get(arm))).toList());
    return new JudgedClaim(this, checked.verdict(), checked.evidence());
  }
}
