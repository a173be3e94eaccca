package org.unvanish.benchmarks.sidebyside;

/**
 * What was measured of one setting, once.
 *
 * @param samplesPerSecond of all its processes together
 * @param firstStepSeconds from a process's start to its first finished step; of the slowest one
 * @param peakMegabytes of all its processes together
 * @param lossDifference the largest relative difference of a loss from the engine's
 * @param ownShare the share of the machine's processor time that its processes took during the
 *     window
 * @param otherShare the share of the machine's processor time that went to somebody else during the
 *     window
 * @param framework name and versions
 */
record Reading(
    double samplesPerSecond,
    double firstStepSeconds,
    double peakMegabytes,
    double lossDifference,
    double ownShare,
    double otherShare,
    String framework) {

  /** Samples a second of the processors' time that it took, times the number of processors. */
  double samplesPerOwnSecond() {
    return samplesPerSecond / ownShare;
  }
}
