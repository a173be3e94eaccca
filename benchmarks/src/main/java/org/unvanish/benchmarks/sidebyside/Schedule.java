package org.unvanish.benchmarks.sidebyside;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who is measured when: with each network first every framework in every setting, the pilot; then
 * all contestants in turn, round by round, each in its best setting.
 */
final class Schedule {

  /** Measures once. */
  interface Meter {
    /**
     * Measures a contestant in a setting.
     *
     * @param share of the usual window
     * @throws ContestFailure if it cannot be measured, or does not do the same work
     */
    Reading measure(Entrant entrant, BenchNetwork network, Setting setting, double share)
        throws ContestFailure, IOException, InterruptedException;
  }

  /** Is told of each measurement as it is made. */
  interface Watcher {
    void measured(Measurement measurement);
  }

  private static final double PILOT_SHARE = 0.5;

  private final Journal journal;
  private final Meter meter;
  private final Watcher watcher;

  Schedule(Journal journal, Meter meter, Watcher watcher) {
    this.journal = journal;
    this.meter = meter;
    this.watcher = watcher;
  }

  /**
   * Makes all measurements of a network that the journal does not have.
   *
   * @param settings what each contestant is tried with; without a pilot where it is only one
   */
  void run(BenchNetwork network, Map<Entrant, List<Setting>> settings, int rounds)
      throws IOException, InterruptedException {
    Map<Entrant, Setting> best = new LinkedHashMap<>();
    for (Map.Entry<Entrant, List<Setting>> tried : settings.entrySet()) {
      best(network, tried.getKey(), tried.getValue()).ifPresent(s -> best.put(tried.getKey(), s));
    }
    for (int round = 1; round <= rounds; round++) {
      for (Map.Entry<Entrant, Setting> contestant : best.entrySet()) {
        measure(round, network, contestant.getKey(), contestant.getValue());
      }
    }
  }

  private Optional<Setting> best(BenchNetwork network, Entrant entrant, List<Setting> settings)
      throws IOException, InterruptedException {
    if (settings.size() == 1) {
      return Optional.of(settings.get(0));
    }
    List<Measurement> pilots = new ArrayList<>();
    for (Setting setting : settings) {
      pilots.add(measure(Measurement.PILOT, network, entrant, setting));
    }
    return pilots.stream()
        .filter(m -> m.reading() != null)
        .max(Comparator.comparingDouble(Measurement::rate))
        .map(Measurement::setting);
  }

  private Measurement measure(int round, BenchNetwork network, Entrant entrant, Setting setting)
      throws IOException, InterruptedException {
    Optional<Measurement> done = journal.find(round, network.id(), entrant.id(), setting);
    if (done.isPresent()) {
      return done.get();
    }
    Measurement measurement;
    try {
      double share = round == Measurement.PILOT ? PILOT_SHARE : 1;
      Reading reading = meter.measure(entrant, network, setting, share);
      measurement = new Measurement(round, network.id(), entrant.id(), setting, reading, null);
    } catch (ContestFailure e) {
      measurement =
          new Measurement(round, network.id(), entrant.id(), setting, null, e.getMessage());
    }
    journal.add(measurement);
    watcher.measured(measurement);
    return measurement;
  }
}
