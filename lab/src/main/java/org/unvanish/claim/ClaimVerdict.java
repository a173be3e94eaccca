package org.unvanish.claim;

/** What an experiment says of a {@link Claim}. {@link ClaimWords} have the word for it. */
public enum ClaimVerdict {
  /** The experiment shows what is claimed. */
  HOLDS,
  /** The experiment shows that it is not so, or not to an extent that matters. */
  FAILS,
  /** Too few seeds or epochs, or too wide a scatter, to say either. */
  UNDECIDED
}
