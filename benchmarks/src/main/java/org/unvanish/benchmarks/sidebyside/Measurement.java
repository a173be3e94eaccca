package org.unvanish.benchmarks.sidebyside;

import org.jspecify.annotations.Nullable;

/**
 * One finished measurement: a line of the journal.
 *
 * @param round from 1; 0 for the pilot that finds the best setting
 * @param network its id
 * @param contestant its id
 * @param setting how it used the machine
 * @param reading what was measured; null if it failed
 * @param failure why it failed; null if it did not
 */
record Measurement(
    int round,
    String network,
    String contestant,
    Setting setting,
    @Nullable Reading reading,
    @Nullable String failure) {

  /** The pilot's round. */
  static final int PILOT = 0;

  /** Whether it answers the same question. */
  boolean isOf(int otherRound, String otherNetwork, String otherContestant, Setting otherSetting) {
    return round == otherRound
        && network.equals(otherNetwork)
        && contestant.equals(otherContestant)
        && setting.equals(otherSetting);
  }

  /** Samples a second; 0 if it failed. */
  double rate() {
    return reading == null ? 0 : reading.samplesPerSecond();
  }
}
