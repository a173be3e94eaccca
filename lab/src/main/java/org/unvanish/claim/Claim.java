package org.unvanish.claim;

import java.util.List;
import java.util.Optional;
import org.unvanish.comparison.Comparison;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.ExperimentResult;

/**
 * Something that is said of an experiment, and how it is checked.
 *
 * @param experiment the name of the experiment it is about: {@code figure1}
 * @param name unique among the claims about it: {@code gradients}
 * @param statement what is said; of a paper in its words or close to them
 * @param arms which arms of the experiment's spec it is about, by their names there: at least two,
 *     first those that it compares others with
 * @param check how an experiment's result is held against it
 */
public record Claim(
    String experiment, String name, String statement, List<String> arms, Check check) {

  /** Copies the list. */
  public Claim {
    arms = List.copyOf(arms);
  }

  /** Unique among all claims: {@code figure1.gradients}. */
  public String id() {
    return experiment + "." + name;
  }

  /** Holds a result against a claim. */
  public interface Check {
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
   * @param comparison that decides it; of several the weakest one with this verdict, none where the
   *     verdict rests on something else
   */
  public record Checked(ClaimVerdict verdict, String evidence, Optional<Comparison> comparison) {

    /** An outcome that rests on no comparison of arms. */
    public Checked(ClaimVerdict verdict, String evidence) {
      this(verdict, evidence, Optional.empty());
    }
  }
}
