package org.unvanish.claim;

import java.util.Optional;
import org.unvanish.comparison.Comparison;

/**
 * What an experiment says of a claim.
 *
 * @param claim what is claimed
 * @param verdict on it
 * @param evidence the numbers behind the verdict, in a sentence or two
 * @param comparison that decides it; none where the verdict rests on something else
 * @param data what the claim's experiment is about, as its spec names the data
 * @param words in which claims of this kind are told
 */
public record JudgedClaim(
    Claim claim,
    ClaimVerdict verdict,
    String evidence,
    Optional<Comparison> comparison,
    String data,
    ClaimWords words) {

  /** The verdict in a word or two: {@code reproduced}. */
  public String label() {
    return words.of(verdict);
  }
}
