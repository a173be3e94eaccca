package org.unvanish.theory;

/** What an audit says about a statement. */
public enum AuditVerdict {
  /** No counterexample was found; the finding's reason says why there is none. */
  HOLDS("holds"),
  /** There are counterexamples, and a condition that excludes every one that was found. */
  HOLDS_UNDER_CONDITION("holds under an extra condition"),
  /** A step of a proof that does not follow as it is written. */
  GAP_IN_PROOF("gap in the proof"),
  /** There are counterexamples that no condition given here excludes. */
  FALSE_AS_STATED("false as stated");

  private final String label;

  AuditVerdict(String label) {
    this.label = label;
  }

  /** The verdict in words. */
  public String label() {
    return label;
  }
}
