package org.unvanish.page;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.unvanish.comparison.Table;
import org.unvanish.store.Provenance;
import org.unvanish.store.Session;
import org.unvanish.store.StoredRun;

/** Which programs ran an experiment, where and when. */
final class ProvenanceTable {

  private ProvenanceTable() {}

  /** A row for each program and machine, in the order in which they first took part. */
  static Table of(List<StoredRun> runs) {
    Map<Provenance, List<Session>> sessions = new LinkedHashMap<>();
    runs.stream()
        .flatMap(run -> run.sessions().stream())
        .sorted(Comparator.comparing(Session::start))
        .forEach(
            session ->
                sessions
                    .computeIfAbsent(session.provenance(), key -> new ArrayList<>())
                    .add(session));
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("Unvanish", "Java", "processor", "sessions", "first start", "last end"));
    sessions.forEach((provenance, own) -> rows.add(row(provenance, own)));
    return new Table(
        rows, "A session is one stretch of training a run; a run that was resumed has several.");
  }

  private static List<String> row(Provenance provenance, List<Session> sessions) {
    Optional<Instant> end =
        sessions.stream().flatMap(s -> s.end().stream()).max(Comparator.naturalOrder());
    return List.of(
        provenance.version(),
        provenance.jvm(),
        provenance.cpu(),
        "" + sessions.size(),
        time(sessions.get(0).start()),
        end.map(ProvenanceTable::time).orElse("–"));
  }

  /** {@code 2026-11-23 14:06 UTC}. */
  private static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MINUTES).toString().replace('T', ' ').replace(":00Z", "")
        + " UTC";
  }
}
