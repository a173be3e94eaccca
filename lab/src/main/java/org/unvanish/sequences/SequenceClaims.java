package org.unvanish.sequences;

import static org.unvanish.claim.Checks.larger;
import static org.unvanish.claim.Checks.notBelow;
import static org.unvanish.claim.Checks.similar;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.unvanish.claim.Claim;
import org.unvanish.claim.Claim.Check;
import org.unvanish.comparison.RunMeasure;
import org.unvanish.loss.Score;

/**
 * What is expected of recurrent networks: by propositions 7 to 10 of docs/theory.md, or by those
 * who advocate a method.
 */
final class SequenceClaims {

  private static final String TANH = "tanh";
  private static final String PENALTY = "tanh, r = 0.0001";
  private static final String ALPHA = "tanh, α = 2";
  private static final String BOTH = "tanh, r = 0.0001, α = 2";
  private static final String LEARNED = "tanh, α learned from 2";
  private static final String ORTHOGONAL = "tanh, orthogonal";
  private static final String ISOMETRY = "tanh, orthogonal, α = 2";

  /** How often what matters lies between arms that are alike. */
  private static final int ALIKE = 2;

  static final List<Claim> ALL =
      Stream.concat(
              SequenceSpecs.ADDING.stream()
                  .map(name -> new SequenceClaims(name, RunMeasure.lastError(Score.RMSE))),
              Stream.of(new SequenceClaims(SequenceSpecs.ROWS, RunMeasure.FINAL_ACCURACY)))
          .flatMap(claims -> claims.all().stream())
          .toList();

  private final String experiment;
  private final RunMeasure measure;

  /** Whether less of the measure is better. */
  private final boolean isError;

  private SequenceClaims(String experiment, RunMeasure measure) {
    this.experiment = experiment;
    this.measure = measure;
    this.isError = measure.unit() == RunMeasure.Unit.MAGNITUDE;
  }

  private List<Claim> all() {
    List<Claim> claims = new ArrayList<>();
    claims.add(better("alpha", "α = 2 does more than tanh alone", TANH, ALPHA));
    claims.add(
        claim(
            "penalty",
            "the penalty does no more than tanh alone",
            List.of(TANH, PENALTY),
            isError ? notBelow(0, 1, measure, ALIKE) : notBelow(1, 0, measure, ALIKE)));
    claims.add(better("both", "both remedies do more than tanh alone", TANH, BOTH));
    claims.add(better("learned", "a learned α does more than α = 2", ALPHA, LEARNED));
    claims.add(
        better(
            "critical",
            "the critical α of wide layers with gain 1.2 does more than α = 2",
            ALPHA,
            "tanh, critical α"));
    claims.add(
        claim(
            "clipping",
            "clipping does nothing for gradients that vanish",
            List.of(TANH, "tanh, clipping"),
            similar(0, 1, measure, ALIKE)));
    claims.add(better("orthogonal", "an orthogonal start does more than α = 2", ALPHA, ORTHOGONAL));
    claims.add(better("isometry", "α = 2 adds to an orthogonal start", ORTHOGONAL, ISOMETRY));
    claims.add(better("lstm", "an LSTM does more than α = 2", ALPHA, "lstm"));
    claims.add(better("gru", "a GRU does more than α = 2", ALPHA, "gru"));
    return claims;
  }

  private Claim better(String name, String statement, String worse, String better) {
    return claim(
        name,
        statement,
        List.of(worse, better),
        isError ? larger(1, 0, measure) : larger(0, 1, measure));
  }

  private Claim claim(String name, String statement, List<String> arms, Check check) {
    return new Claim(experiment, name, statement, arms, check);
  }
}
