package org.unvanish.benchmarks.sidebyside;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A network's result.
 *
 * @param network its id
 * @param flopsOfSample as {@link Flops#ofSample} counts them
 * @param standings of all that were measured in every round, the fastest first
 * @param pilot every setting that was tried
 * @param failures messages of whoever failed
 */
record Comparison(
    String network,
    long flopsOfSample,
    List<Standing> standings,
    List<Measurement> pilot,
    List<String> failures) {

  /**
   * From a journal.
   *
   * @param flopsOfSample of this network
   */
  static Comparison of(BenchNetwork network, long flopsOfSample, List<Measurement> all) {
    List<Measurement> own = all.stream().filter(m -> m.network().equals(network.id())).toList();
    Map<String, List<Measurement>> rounds =
        own.stream()
            .filter(m -> m.round() != Measurement.PILOT)
            .collect(groupingBy(Measurement::contestant, LinkedHashMap::new, toList()));
    // Who was stopped in a round has some without it: only whole rounds make pairs.
    int whole = rounds.values().stream().mapToInt(List::size).min().orElse(0);
    List<Standing> standings = new ArrayList<>();
    rounds.forEach(
        (contestant, measurements) -> {
          List<Reading> readings = readings(measurements.subList(0, whole));
          // Who failed in a round has no fair median.
          if (readings.size() == whole) {
            standings.add(Standing.of(contestant, measurements.get(0).setting(), readings));
          }
        });
    standings.sort(Comparator.comparingDouble((Standing s) -> -s.rate().median()));
    return new Comparison(
        network.id(),
        flopsOfSample,
        standings,
        own.stream().filter(m -> m.round() == Measurement.PILOT).toList(),
        own.stream()
            .filter(m -> m.failure() != null)
            .map(m -> "%s, %s: %s".formatted(m.contestant(), m.setting().describe(), m.failure()))
            .toList());
  }

  private static List<Reading> readings(List<Measurement> measurements) {
    List<Reading> readings = new ArrayList<>();
    for (Measurement measurement : measurements) {
      @Nullable Reading reading = measurement.reading();
      if (reading != null) {
        readings.add(reading);
      }
    }
    return readings;
  }

  /** Unvanish's standings, that on the newest Java first. */
  List<Standing> engines() {
    return standings.stream()
        .filter(s -> Entrants.isEngine(s.contestant()))
        .sorted(Comparator.comparing(Standing::contestant).reversed())
        .toList();
  }

  /** Unvanish's standing on some Java. */
  Optional<Standing> engine(String contestant) {
    return engines().stream().filter(s -> s.contestant().equals(contestant)).findFirst();
  }

  /** How many times as fast Unvanish is on the newest Java as on the oldest. */
  Optional<Middle> newestToOldest() {
    List<Standing> engines = engines();
    return engines.size() < 2
        ? Optional.empty()
        : Optional.of(engines.get(0).timesAsFastAs(engines.get(engines.size() - 1)));
  }

  /** The fastest of the others. */
  Optional<Standing> fastestOther() {
    return standings.stream().filter(s -> !Entrants.isEngine(s.contestant())).findFirst();
  }

  /**
   * How many times as fast as the fastest of the others Unvanish is on the newest Java, round by
   * round.
   */
  Optional<Middle> advantage() {
    return engines().stream()
        .findFirst()
        .flatMap(engine -> fastestOther().map(engine::timesAsFastAs));
  }
}
