package org.unvanish.paper;

/** What an experiment says of a {@link Claim}. */
public enum ClaimVerdict {
  /** The experiment shows what the paper says. */
  REPRODUCED("reproduced"),
  /** The experiment shows that it is not so, or not to an extent that matters. */
  NOT_REPRODUCED("not reproduced"),
  /** Too few seeds or epochs, or too wide a scatter, to say either. */
  UNDECIDED("undecided");

  private final String label;

  ClaimVerdict(String label) {
    this.label = label;
  }

  /** As in tables and CSV files. */
  public String label() {
    return label;
  }
}
