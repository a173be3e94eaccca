package org.unvanish.text;

/** How a part of a text stands out. */
public enum Style {
  /** It does not. */
  PLAIN,
  /** What is to be read first. */
  STRONG,
  /** What is as it should be. */
  GOOD,
  /** What is not. */
  BAD
}
