package org.unvanish.claim;

import java.util.Locale;

/**
 * The words in which the claims of a {@link ClaimedSeries} and the verdicts on them are told.
 *
 * @param title whose claims they are, as a heading without a full stop: {@code The paper's claims}
 * @param holds of {@link ClaimVerdict#HOLDS}
 * @param fails of {@link ClaimVerdict#FAILS}
 */
public record ClaimWords(String title, String holds, String fails) {

  /** The word for a verdict, as in tables, CSV files and on pages. */
  public String of(ClaimVerdict verdict) {
    return switch (verdict) {
      case HOLDS -> holds;
      case FAILS -> fails;
      case UNDECIDED -> verdict.name().toLowerCase(Locale.ROOT);
    };
  }
}
