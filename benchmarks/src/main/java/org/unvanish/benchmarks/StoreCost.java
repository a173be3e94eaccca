package org.unvanish.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.unvanish.data.Dataset;
import org.unvanish.data.synthetic.SyntheticImages;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.execution.ExperimentRunner;
import org.unvanish.experiment.execution.RunEvents;
import org.unvanish.paper.PaperSpecs;
import org.unvanish.spec.Overrides;
import org.unvanish.store.Provenance;
import org.unvanish.store.RunStore;
import org.unvanish.train.Checkpoint;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.Trainer;
import org.unvanish.train.TrainingDecision;
import org.unvanish.train.TrainingObserver;

/**
 * What the store and the bookkeeping of an experiment cost: figure 2's first arm on as many images
 * as CIFAR-10 has, in turn by the trainer alone and by the runner into a store.
 *
 * <p>On a busy machine the difference of two trainings drowns in noise; so the time within the
 * store's own calls is measured, too.
 */
public final class StoreCost {

  private static final int EPOCHS = 3;

  private StoreCost() {}

  /**
   * Prints what comes on top in processor time and in wall-clock time, and the share of the
   * wall-clock time within the store's calls.
   *
   * @param arguments the number of rounds; 9 if missing
   * @throws IOException if there is no room for the store
   */
  public static void main(String[] arguments) throws IOException {
    int rounds = arguments.length == 0 ? 9 : Integer.parseInt(arguments[0]);
    Dataset data = SyntheticImages.draw(1, 50_000, 10_000);
    Path folder = Files.createTempDirectory("store-cost");
    double[] cpu = new double[rounds];
    double[] wall = new double[rounds];
    double[] calls = new double[rounds];
    try (RunStore store = RunStore.open(folder)) {
      for (int round = -1; round < rounds; round++) {
        Experiment experiment = experiment(data, round);
        Times alone = new Times();
        Times stored = new Times();
        Times inStore = new Times();
        // The one that comes first has the cooler processor.
        if (round % 2 == 0) {
          alone.add(() -> train(experiment, data));
        }
        stored.add(() -> train(experiment, data, store, inStore));
        if (round % 2 != 0) {
          alone.add(() -> train(experiment, data));
        }
        // In round −1 everything is compiled.
        if (round >= 0) {
          cpu[round] = (double) stored.cpu / alone.cpu;
          wall[round] = (double) stored.wall / alone.wall;
          calls[round] = (double) inStore.wall / stored.wall;
          System.out.printf(
              "processor time %+.2f %%, wall-clock time %+.2f %%, within the store %.3f %%: %.2f ms an"
                  + " epoch%n",
              100 * (cpu[round] - 1),
              100 * (wall[round] - 1),
              100 * calls[round],
              inStore.wall / 1e6 / EPOCHS);
        }
      }
    } finally {
      delete(folder);
    }
    System.out.printf(
        "median of %d: processor time %+.2f %%, wall-clock time %+.2f %%, within the store %.3f %%%n",
        rounds, 100 * (median(cpu) - 1), 100 * (median(wall) - 1), 100 * median(calls));
  }

  private static Experiment experiment(Dataset data, int round) {
    Experiment figure =
        PaperSpecs.spec("figure2")
            .with(Overrides.runs(List.of(round + 1L), EPOCHS))
            .experiment(data);
    return new Experiment("cost" + (round + 1), "cost", data, figure.arms().subList(0, 1));
  }

  private static void train(Experiment experiment, Dataset data) {
    Arm arm = experiment.arms().get(0);
    new Trainer(arm.network(), arm.settings(), data, arm.seeds().get(0)).run(TrainingObserver.NONE);
  }

  private static void train(Experiment experiment, Dataset data, RunStore store, Times inStore) {
    store.plan(experiment, "", "");
    RunEvents writer = store.listener(experiment, Provenance.here("benchmark"));
    new ExperimentRunner(1)
        .run(experiment, data, store.earlier(experiment), new Timed(writer, inStore));
  }

  /** Measures the store's calls. */
  private record Timed(RunEvents writer, Times times) implements RunEvents {
    @Override
    public TrainingDecision started(Run run, int epochsDone) {
      times.add(() -> writer.started(run, epochsDone));
      return TrainingDecision.CONTINUE;
    }

    @Override
    public TrainingDecision epochFinished(Run run, EpochRecord epoch, Checkpoint checkpoint) {
      times.add(() -> writer.epochFinished(run, epoch, checkpoint));
      return TrainingDecision.CONTINUE;
    }

    @Override
    public void ended(Run run, RunOutcome outcome) {
      times.add(() -> writer.ended(run, outcome));
    }
  }

  /** Processor and wall-clock nanoseconds. */
  private static final class Times {
    private final OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private long cpu;
    private long wall;

    void add(Runnable work) {
      long cpuBefore = system.getProcessCpuTime();
      long wallBefore = System.nanoTime();
      work.run();
      cpu += system.getProcessCpuTime() - cpuBefore;
      wall += System.nanoTime() - wallBefore;
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(
              file -> {
                try {
                  Files.delete(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
