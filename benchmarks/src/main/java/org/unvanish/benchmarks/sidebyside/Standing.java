package org.unvanish.benchmarks.sidebyside;

import java.util.List;

/**
 * How a contestant did with a network, over all rounds.
 *
 * @param contestant its id
 * @param framework name and versions
 * @param setting its best one
 * @param rate samples a second
 * @param rates of each round
 * @param ownRates of each round, samples a second if all processors had worked for it alone
 * @param ownShare the share of the machine that it took
 * @param peakMegabytes memory
 * @param firstStepSeconds from start to first step
 * @param largestLossDifference from the engine's losses, relative
 * @param largestOtherShare the largest share of the machine that somebody else took meanwhile
 */
record Standing(
    String contestant,
    String framework,
    Setting setting,
    Middle rate,
    List<Double> rates,
    List<Double> ownRates,
    Middle ownShare,
    Middle peakMegabytes,
    Middle firstStepSeconds,
    double largestLossDifference,
    double largestOtherShare) {

  /**
   * Of the rounds of one contestant with one network.
   *
   * @param readings at least one, of the same setting
   */
  static Standing of(String contestant, Setting setting, List<Reading> readings) {
    List<Double> rates = readings.stream().map(Reading::samplesPerSecond).toList();
    return new Standing(
        contestant,
        readings.get(0).framework(),
        setting,
        Middle.of(rates),
        rates,
        readings.stream().map(Reading::samplesPerOwnSecond).toList(),
        Middle.of(readings.stream().map(Reading::ownShare).toList()),
        Middle.of(readings.stream().map(Reading::peakMegabytes).toList()),
        Middle.of(readings.stream().map(Reading::firstStepSeconds).toList()),
        readings.stream().mapToDouble(Reading::lossDifference).max().orElseThrow(),
        readings.stream().mapToDouble(Reading::otherShare).max().orElseThrow());
  }

  /** How many times as fast as another one with the same network, round by round. */
  Middle timesAsFastAs(Standing other) {
    return Middle.ofRatios(rates, other.rates);
  }

  /** The same by processor time, which tells more where others use the machine. */
  Middle timesAsFastByProcessorTime(Standing other) {
    return Middle.ofRatios(ownRates, other.ownRates);
  }
}
