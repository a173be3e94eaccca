package org.unvanish.benchmarks.sidebyside;

import java.util.ArrayList;
import java.util.List;

/**
 * How a contestant uses the machine.
 *
 * @param processes started and measured together
 * @param threads of each
 * @param batch images a step
 */
record Setting(int processes, int threads, int batch) {

  /** The paper's batch size leaves it open; this is the project's assumption. */
  static final int USUAL_BATCH = 32;

  private static final List<Integer> BATCHES = List.of(USUAL_BATCH, 64, 128, 256);

  /** The engine's usual one: a run is a thread. */
  static Setting usual(int cores) {
    return new Setting(1, cores, USUAL_BATCH);
  }

  /** What the engine is tried with: what a batch costs, be it small or large, is between these. */
  static List<Setting> ofEngine(int cores) {
    return List.of(usual(cores), new Setting(1, cores, BATCHES.get(BATCHES.size() - 1)));
  }

  /** What a framework is tried with: a process for each core or a thread for each, any batch. */
  static List<Setting> ofFrameworks(int cores) {
    List<Setting> settings = new ArrayList<>();
    for (int batch : BATCHES) {
      settings.add(new Setting(cores, 1, batch));
      if (cores > 1) {
        settings.add(new Setting(1, cores, batch));
      }
    }
    return settings;
  }

  /** For readers. */
  String describe() {
    String workers =
        processes > 1
            ? "%d processes of %s".formatted(processes, count(threads, "thread"))
            : count(threads, "thread");
    return workers + ", batch " + batch;
  }

  private static String count(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }
}
