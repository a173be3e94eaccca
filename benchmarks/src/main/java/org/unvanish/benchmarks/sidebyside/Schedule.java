package org.unvanish.benchmarks.sidebyside;

import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

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
      Entrant entrant = tried.getKey();
      for (Setting setting : pilot(tried.getValue())) {
        measure(Measurement.PILOT, network, entrant, setting);
      }
      best(network, entrant.id(), tried.getValue()).ifPresent(s -> best.put(entrant, s));
    }
    for (int round = 1; round <= rounds; round++) {
      for (Map.Entry<Entrant, Setting> contestant : best.entrySet()) {
        measure(round, network, contestant.getKey(), contestant.getValue());
      }
    }
  }

  /** How many measurements of a network the journal does not have. */
  long left(BenchNetwork network, Map<Entrant, List<Setting>> settings, int rounds) {
    return settings.entrySet().stream()
        .mapToLong(tried -> left(network, tried.getKey().id(), tried.getValue(), rounds))
        .sum();
  }

  private long left(BenchNetwork network, String contestant, List<Setting> settings, int rounds) {
    long pilots =
        pilot(settings).stream()
            .filter(s -> find(Measurement.PILOT, network, contestant, s).isEmpty())
            .count();
    if (pilots > 0) {
      return pilots + rounds;
    }
    return best(network, contestant, settings).stream()
        .flatMap(
            s ->
                IntStream.rangeClosed(1, rounds)
                    .mapToObj(round -> find(round, network, contestant, s)))
        .filter(Optional::isEmpty)
        .count();
  }

  /** What is tried before the rounds: nothing where there is no choice. */
  private static List<Setting> pilot(List<Setting> settings) {
    return settings.size() == 1 ? List.of() : settings;
  }

  /** The only setting, or the best one of the pilot; none if all failed. */
  private Optional<Setting> best(BenchNetwork network, String contestant, List<Setting> settings) {
    if (settings.size() == 1) {
      return Optional.of(settings.get(0));
    }
    return settings.stream()
        .flatMap(s -> find(Measurement.PILOT, network, contestant, s).stream())
        .filter(m -> m.reading() != null)
        .max(Comparator.comparingDouble(Measurement::rate))
        .map(Measurement::setting);
  }

  private Optional<Measurement> find(
      int round, BenchNetwork network, String contestant, Setting setting) {
    return journal.find(round, network.id(), contestant, setting);
  }

  private void measure(int round, BenchNetwork network, Entrant entrant, Setting setting)
      throws IOException, InterruptedException {
    if (find(round, network, entrant.id(), setting).isPresent()) {
      return;
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
  }
}
