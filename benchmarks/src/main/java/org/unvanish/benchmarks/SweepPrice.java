package org.unvanish.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.unvanish.data.Dataset;
import org.unvanish.data.LoadProgress;
import org.unvanish.data.catalog.DataCatalog;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Experiment;
import org.unvanish.paper.PaperSpecs;
import org.unvanish.spec.ExperimentSpec;
import org.unvanish.train.Checkpoint;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.Trainer;
import org.unvanish.train.TrainingDecision;
import org.unvanish.train.TrainingObserver;

/**
 * What a sweep of one of the paper's networks would cost: core-hours from the processor time of
 * real epochs on this machine, money from a price that is given.
 */
public final class SweepPrice {

  /** The first one compiles. */
  private static final int EPOCHS = 3;

  private SweepPrice() {}

  /**
   * Prints the processor time of an epoch of each arm, and what the runs would cost.
   *
   * @param arguments the paper's experiment, such as {@code figure3}; the number of runs; the price
   *     of a core for an hour, in any currency; the share of the epochs that is trained, such as
   *     0.4 with racing, 1 if missing
   */
  public static void main(String[] arguments) {
    ExperimentSpec spec = PaperSpecs.spec(arguments[0]);
    int runs = Integer.parseInt(arguments[1]);
    double price = Double.parseDouble(arguments[2]);
    double share = arguments.length > 3 ? Double.parseDouble(arguments[3]) : 1;
    Dataset data = spec.load(DataCatalog.standard(), LoadProgress.SILENT);
    Experiment experiment = spec.experiment(data);
    double sum = 0;
    for (Arm arm : experiment.arms()) {
      double seconds = seconds(arm, data);
      System.out.printf(
          Locale.ROOT, "%s: %.2f s of processor time an epoch%n", arm.name(), seconds);
      sum += seconds * arm.epochs();
    }
    double aRun = sum / experiment.arms().size();
    double hours = runs * aRun * share / 3600;
    System.out.printf(
        Locale.ROOT,
        "a run, mean over the arms: %.0f s. %d runs, of whose epochs %.0f %% are trained: %.0f"
            + " core-hours; at the given price of %s an hour of a core: %.0f%n",
        aRun,
        runs,
        100 * share,
        hours,
        arguments[2],
        hours * price);
  }

  /** Of the last epoch; what other programs do at the same time hardly counts in it. */
  private static double seconds(Arm arm, Dataset data) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    List<Long> ends = new ArrayList<>();
    new Trainer(arm.network(), arm.settings(), data, 1)
        .run(
            new TrainingObserver() {
              @Override
              public TrainingDecision epochFinished(EpochRecord epoch, Checkpoint checkpoint) {
                ends.add(threads.getCurrentThreadCpuTime());
                return ends.size() < EPOCHS ? TrainingDecision.CONTINUE : TrainingDecision.STOP;
              }
            });
    return (ends.get(ends.size() - 1) - ends.get(ends.size() - 2)) / 1e9;
  }
}
