package org.unvanish.benchmarks.sidebyside;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A network's result.
 *
 * @param network its id
 * @param standings of all that were measured in every round, the fastest first
 * @param pilot every setting that was tried
 * @param failures messages of whoever failed
 */
record Comparison(
    String network, List<Standing> standings, List<Measurement> pilot, List<String> failures) {

  /** From a journal. */
  static Comparison of(BenchNetwork network, List<Measurement> all) {
    List<Measurement> own = all.stream().filter(m -> m.network().equals(network.id())).toList();
    List<Standing> standings = new ArrayList<>();
    for (String contestant : own.stream().map(Measurement::contestant).distinct().toList()) {
      List<Measurement> rounds =
          own.stream()
              .filter(m -> m.contestant().equals(contestant) && m.round() != Measurement.PILOT)
              .toList();
      List<Reading> readings = new ArrayList<>();
      for (Measurement round : rounds) {
        @Nullable Reading reading = round.reading();
        if (reading != null) {
          readings.add(reading);
        }
      }
      // Who failed in a round has no fair median.
      if (!rounds.isEmpty() && readings.size() == rounds.size()) {
        standings.add(Standing.of(contestant, rounds.get(0).setting(), readings));
      }
    }
    standings.sort(Comparator.comparingDouble((Standing s) -> -s.rate().median()));
    return new Comparison(
        network.id(),
        standings,
        own.stream().filter(m -> m.round() == Measurement.PILOT).toList(),
        own.stream()
            .filter(m -> m.failure() != null)
            .map(m -> "%s, %s: %s".formatted(m.contestant(), m.setting().describe(), m.failure()))
            .toList());
  }

  /** Unvanish's standing. */
  Optional<Standing> engine() {
    return standings.stream().filter(s -> s.contestant().equals(Entrants.UNVANISH)).findFirst();
  }

  /** The fastest of the others. */
  Optional<Standing> fastestOther() {
    return standings.stream().filter(s -> !s.contestant().equals(Entrants.UNVANISH)).findFirst();
  }

  /** How many times as fast as the fastest of the others Unvanish is, round by round. */
  Optional<Middle> advantage() {
    return engine()
        .flatMap(e -> fastestOther().map(other -> Middle.ofRatios(e.rates(), other.rates())));
  }

  /** The same by processor time, which tells more where others use the machine. */
  Optional<Middle> advantageByProcessorTime() {
    return engine()
        .flatMap(e -> fastestOther().map(other -> Middle.ofRatios(e.ownRates(), other.ownRates())));
  }
}
