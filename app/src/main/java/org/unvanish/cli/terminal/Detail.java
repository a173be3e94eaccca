package org.unvanish.cli.terminal;

/** How much of a result is told. */
public enum Detail {
  /** Nothing: another text tells it. */
  NOTHING,
  /** What decides, on about a screen. */
  SCREEN,
  /** All numbers. */
  ALL
}
