package org.unvanish.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.unvanish.comparison.ComparisonTable;
import org.unvanish.data.Dataset;
import org.unvanish.data.LoadProgress;
import org.unvanish.data.catalog.DataCatalog;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.execution.ExperimentRunner;
import org.unvanish.experiment.execution.RunEvents;
import org.unvanish.experiment.execution.RunExecutor;
import org.unvanish.experiment.execution.RunTask;
import org.unvanish.loss.Scores;
import org.unvanish.page.PageModel;
import org.unvanish.report.Report;
import org.unvanish.spec.ExperimentSpec;
import org.unvanish.store.Provenance;
import org.unvanish.store.RunStore;
import org.unvanish.train.Checkpoint;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.Trainer;
import org.unvanish.train.TrainingDecision;
import org.unvanish.train.TrainingObserver;

/**
 * What it costs to schedule, store and compare very many runs: all is real but the training. An
 * executor answers at once with the epochs of one run that was trained, under the name of every
 * other run; only their scores on the test data differ.
 *
 * <p>Start it with little memory ({@code -Xmx256m}) to see that the memory is bounded.
 */
public final class SchedulingCost {

  private static final int SEEDS = 10;

  /** As many as a spec may have; more runs are more seeds. */
  private static final int MOST_ARMS = 1000;

  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final long MIB = 1 << 20;

  /** The executor tells the heap at these shares of the runs. */
  private static final List<Integer> PERCENT = List.of(10, 50, 100);

  private SchedulingCost() {}

  /**
   * Prints what each part takes.
   *
   * @param arguments the number of runs: thousands; epochs a run, 3 if missing; the folder for the
   *     store, a temporary one if missing
   * @throws IOException if there is no room for the store
   */
  public static void main(String[] arguments) throws IOException {
    int runs = Integer.parseInt(arguments[0]);
    int epochs = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
    Path folder =
        arguments.length > 2 ? Path.of(arguments[2]) : Files.createTempDirectory("scheduling");
    System.out.printf(
        "%d runs of %d epochs; Java may use %d MiB%n",
        runs, epochs, Runtime.getRuntime().maxMemory() / MIB);
    ExperimentSpec spec =
        timed("reading the spec", () -> ExperimentSpec.parse(text(runs, epochs), "spec"));
    Dataset data = spec.load(DataCatalog.standard(), LoadProgress.SILENT);
    Experiment experiment = spec.experiment(data);
    try (RunStore store = RunStore.open(folder)) {
      timed("planning", () -> plan(store, experiment, spec));
      timed(
          "executing",
          () -> execute(store, experiment, data, new Replay(experiment, data, folder)));
    }
    timed("opening the store", () -> open(folder));
    try (RunStore store = RunStore.open(folder)) {
      timed("resuming when all is done", () -> execute(store, experiment, data, Refusing.INSTANCE));
    }
    try (RunStore store = RunStore.read(folder)) {
      timed("how far the runs are", () -> store.runs(experiment).size());
      ExperimentResult result = timed("results, without epochs", () -> store.result(experiment));
      timed("comparing", () -> compare(result));
      timed("writing the files", () -> report(result, folder));
      int size = timed("making the page", () -> page(store));
      System.out.printf("the page's model: %.1f MiB%n", (double) size / MIB);
    }
    System.out.printf("heap at the end: %d MiB%n", heap() / MIB);
  }

  /** A sweep as arms: the network of exclusive or, each arm with an α of its own. */
  private static String text(int runs, int epochs) {
    int arms = Math.min(MOST_ARMS, runs / SEEDS);
    StringBuilder text = new StringBuilder();
    text.append("name: scheduling\ntitle: Scheduling\ndata: {source: xor, samples: 200}\n")
        .append("network:\n  - dense: {units: 4, bias: true}\n  - activation\n")
        .append("  - dense: {units: targets, bias: true}\n  - activation: sigmoid\n")
        .append(
            "defaults: {loss: mean-squared-error, epochs: %d, seeds: %d}\n"
                .formatted(epochs, runs / arms))
        .append("arms:\n");
    for (int i = 1; i <= arms; i++) {
      double alpha = 0.5 + i / 1024.0;
      text.append(
          "  - {name: \"α = %s\", activation: {function: sigmoid, alpha: %s}}\n"
              .formatted(alpha, alpha));
    }
    return text.toString();
  }

  private static int plan(RunStore store, Experiment experiment, ExperimentSpec spec) {
    store.plan(experiment, spec.toYaml(), "");
    return experiment.arms().size();
  }

  private static int execute(
      RunStore store, Experiment experiment, Dataset data, RunExecutor executor) {
    return new ExperimentRunner(executor)
        .execute(
            experiment,
            data,
            store.earlier(experiment),
            store.listener(experiment, Provenance.here("benchmark")))
        .size();
  }

  private static int open(Path folder) {
    try (RunStore store = RunStore.read(folder)) {
      return store.experiments().size();
    }
  }

  private static int compare(ExperimentResult result) {
    return ComparisonTable.arms(result, List.of()).text().length()
        + ComparisonTable.pairs(result).text().length();
  }

  private static int report(ExperimentResult result, Path folder) {
    try {
      return Report.write(result, Map.of(), List.of(), folder).size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int page(RunStore store) {
    return PageModel.of(store, "benchmark", Instant.now())
        .toJson()
        .getBytes(StandardCharsets.UTF_8)
        .length;
  }

  /** Prints how long some work took. */
  private static <T> T timed(String what, Supplier<T> work) {
    long start = System.nanoTime();
    long processor = SYSTEM.getProcessCpuTime();
    T result = work.get();
    System.out.printf(
        "%s: %.2f s, of processor time %.2f s%n",
        what, (System.nanoTime() - start) / 1e9, (SYSTEM.getProcessCpuTime() - processor) / 1e9);
    return result;
  }

  /** Bytes in use after a collection. */
  private static long heap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** Answers with the epochs of one run that it has trained. */
  private static final class Replay implements RunExecutor {

    private record Trained(EpochRecord epoch, Checkpoint checkpoint) {}

    private final List<Trained> trained = new ArrayList<>();
    private final Path folder;

    Replay(Experiment experiment, Dataset data, Path folder) {
      this.folder = folder;
      Arm arm = experiment.arms().get(0);
      new Trainer(arm.network(), arm.settings(), data, 1)
          .run(
              new TrainingObserver() {
                @Override
                public TrainingDecision epochFinished(EpochRecord epoch, Checkpoint checkpoint) {
                  trained.add(new Trained(epoch, checkpoint));
                  return TrainingDecision.CONTINUE;
                }
              });
    }

    @Override
    public void execute(List<RunTask> tasks, Dataset data, RunEvents events) {
      SplittableRandom random = new SplittableRandom(1);
      long start = System.nanoTime();
      long processor = SYSTEM.getProcessCpuTime();
      for (int i = 0; i < tasks.size(); i++) {
        Run run = tasks.get(i).run();
        events.started(run, 0);
        for (Trained each : trained) {
          events.epochFinished(run, made(each.epoch(), random), each.checkpoint());
        }
        events.ended(run, new RunOutcome.Finished());
        int done = i + 1;
        if (PERCENT.stream().anyMatch(percent -> (long) percent * tasks.size() == 100L * done)) {
          double seconds = (System.nanoTime() - start) / 1e9;
          double busy = (SYSTEM.getProcessCpuTime() - processor) / 1e9;
          System.out.printf(
              "  %d runs: %.0f runs/s, %.0f epochs/s, %.2f ms of processor time an epoch; heap %d MiB;"
                  + " store %.1f MiB%n",
              done,
              done / seconds,
              done * trained.size() / seconds,
              1000 * busy / done / trained.size(),
              heap() / MIB,
              (double) size(folder) / MIB);
        }
      }
    }

    /** With other scores on the test data. */
    private static EpochRecord made(EpochRecord epoch, SplittableRandom random) {
      Map<String, Double> test = new LinkedHashMap<>();
      epoch.test().values().forEach((score, value) -> test.put(score, value * random.nextDouble()));
      return new EpochRecord(
          epoch.epoch(),
          epoch.train(),
          new Scores(test),
          epoch.seconds(),
          epoch.gradients(),
          epoch.updates(),
          epoch.scales(),
          epoch.sizes());
    }

    private static long size(Path folder) {
      long size = 0;
      for (String suffix : List.of("", "-wal")) {
        Path file = folder.resolve(RunStore.FILE + suffix);
        size += Files.exists(file) ? file.toFile().length() : 0;
      }
      return size;
    }
  }

  /** Has nothing to do. */
  private enum Refusing implements RunExecutor {
    INSTANCE;

    @Override
    public void execute(List<RunTask> tasks, Dataset data, RunEvents events) {
      if (!tasks.isEmpty()) {
        throw new IllegalStateException(tasks.size() + " runs are not done");
      }
    }
  }
}
