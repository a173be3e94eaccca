package org.unvanish.benchmarks.sidebyside;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.unvanish.contest.Task;
import org.unvanish.contest.TaskFile;
import org.unvanish.data.Dataset;

/** Measures a contestant in a setting: all its processes together, over the same window. */
final class Measurer {

  private final Path folder;
  private final Dataset data;
  private final Map<Path, List<Double>> expected = new HashMap<>();

  /**
   * @param folder where task files and logs go
   * @param data what is trained on
   */
  Measurer(Path folder, Dataset data) {
    this.folder = folder;
    this.data = data;
  }

  /**
   * Measures once.
   *
   * @param warmUp seconds that each process trains before
   * @param seconds of the window
   * @throws ContestFailure if a process fails or trains something else
   */
  Reading measure(
      Entrant entrant, BenchNetwork network, Setting setting, double warmUp, double seconds)
      throws ContestFailure, IOException, InterruptedException {
    Path task = task(network, setting.batch());
    List<ContestProcess> processes = new ArrayList<>();
    try {
      for (int i = 0; i < setting.processes(); i++) {
        Path log = folder.resolve("%s-%d.log".formatted(entrant.id(), i + 1));
        processes.add(new ContestProcess(entrant, task, setting.threads(), warmUp, log));
      }
      StringBuilder framework = new StringBuilder();
      double firstStep = 0;
      double lossDifference = 0;
      for (ContestProcess process : processes) {
        firstStep = Math.max(firstStep, process.awaitFirstStep(framework));
        List<Double> losses = losses(process.await("losses"));
        lossDifference =
            Math.max(
                lossDifference,
                LossCheck.compare(
                    entrant.id(), losses, List.copyOf(expected.getOrDefault(task, List.of()))));
      }
      for (ContestProcess process : processes) {
        process.await("warm");
      }
      Machine.Ticks before = Machine.ticks();
      long ownBefore = processes.stream().mapToLong(ContestProcess::ticks).sum();
      for (ContestProcess process : processes) {
        process.measure(seconds);
      }
      double rate = 0;
      double peak = 0;
      for (ContestProcess process : processes) {
        JsonNode result = process.await("result");
        rate += result.path("samples").asDouble() / result.path("seconds").asDouble();
        peak += process.peakMegabytes();
      }
      long own = processes.stream().mapToLong(ContestProcess::ticks).sum() - ownBefore;
      Machine.Ticks after = Machine.ticks();
      return new Reading(
          rate,
          firstStep,
          peak,
          lossDifference,
          (double) own / (after.total() - before.total()),
          others(before, after, own),
          framework.toString());
    } finally {
      processes.forEach(ContestProcess::close);
    }
  }

  /** The share of the machine that went to somebody else, but for what rounding makes of ticks. */
  static double others(Machine.Ticks before, Machine.Ticks after, long own) {
    double total = after.total() - before.total();
    double busy = after.busy() - before.busy();
    return total > 0 ? Math.max(0, (busy - own) / total) : Double.NaN;
  }

  private Path task(BenchNetwork network, int batch) throws IOException {
    Path file = folder.resolve("%s-batch%d.task".formatted(network.id(), batch));
    if (!expected.containsKey(file)) {
      Task task = Tasks.of(network, data, batch);
      Files.createDirectories(folder);
      TaskFile.write(task, file);
      expected.put(file, LossCheck.expected(task));
    }
    return file;
  }

  private static List<Double> losses(JsonNode event) {
    List<Double> losses = new ArrayList<>();
    // NaN and infinity come as texts.
    event.path("losses").forEach(loss -> losses.add(Double.parseDouble(loss.asText())));
    return losses;
  }
}
