package org.unvanish.benchmarks.sidebyside;

/** A contestant could not be measured, or does not do the same work. The message is for users. */
final class ContestFailure extends Exception {
  ContestFailure(String message) {
    super(message);
  }
}
