package org.unvanish.benchmarks.sidebyside;

import java.util.List;
import java.util.Map;

/**
 * Who takes part, and how its process is started.
 *
 * @param id as options and files name it
 * @param command Java with its flags, class path and main class
 * @param environment what is set beside what the driver has
 */
record Entrant(String id, List<String> command, Map<String, String> environment) {
  Entrant {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }
}
