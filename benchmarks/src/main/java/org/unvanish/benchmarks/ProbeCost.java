package org.unvanish.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.unvanish.data.Dataset;
import org.unvanish.data.synthetic.SyntheticImages;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Experiment;
import org.unvanish.paper.PaperSpecs;
import org.unvanish.probe.GradientProbe;
import org.unvanish.probe.TrainingProbe;
import org.unvanish.spec.Overrides;
import org.unvanish.train.Checkpoint;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.Trainer;
import org.unvanish.train.TrainingDecision;
import org.unvanish.train.TrainingObserver;
import org.unvanish.train.TrainingStep;

/**
 * What a probe costs that is attached to training, once an epoch: figure 2's first arm on as many
 * images as CIFAR-10 has, in turn without and with a probe at the start of every epoch.
 *
 * <p>On a busy machine the difference of two trainings drowns in noise; so the processor time
 * within the probe's own calls is measured, too.
 */
public final class ProbeCost {

  private static final int EPOCHS = 3;

  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final Dataset data = SyntheticImages.draw(1, 50_000, 10_000);

  /** Processor time within the probe's calls, in nanoseconds. */
  private long probing;

  private ProbeCost() {}

  /**
   * Prints what comes on top in processor time, and the share of it within the probe's calls.
   *
   * @param arguments the number of rounds; 9 if missing
   */
  public static void main(String[] arguments) {
    new ProbeCost().measure(arguments.length == 0 ? 9 : Integer.parseInt(arguments[0]));
  }

  private void measure(int rounds) {
    double[] whole = new double[rounds];
    double[] calls = new double[rounds];
    // In round −1 everything is compiled.
    for (int round = -1; round < rounds; round++) {
      Arm arm = arm(round);
      // The one that comes first has the cooler processor.
      long before = round % 2 == 0 ? 0 : alone(arm);
      probing = 0;
      long probed = probed(arm);
      long alone = round % 2 == 0 ? alone(arm) : before;
      if (round >= 0) {
        whole[round] = (double) probed / alone;
        calls[round] = (double) probing / (probed - probing);
        System.out.printf(
            "processor time %+.2f %%, within the probe %.2f %%: %.1f ms an epoch of %.0f ms%n",
            100 * (whole[round] - 1),
            100 * calls[round],
            probing / 1e6 / EPOCHS,
            (probed - probing) / 1e6 / EPOCHS);
      }
    }
    System.out.printf(
        "median of %d: processor time %+.2f %%, within the probe %.2f %%%n",
        rounds, 100 * (median(whole) - 1), 100 * median(calls));
  }

  private Arm arm(int round) {
    Experiment figure =
        PaperSpecs.spec("figure2")
            .with(Overrides.runs(List.of((long) round + 1), EPOCHS))
            .experiment(data);
    return figure.arms().get(0);
  }

  private long alone(Arm arm) {
    long before = system.getProcessCpuTime();
    trainer(arm).run(TrainingObserver.NONE);
    return system.getProcessCpuTime() - before;
  }

  private long probed(Arm arm) {
    int batchSize = arm.settings().batchSize();
    long stepsPerEpoch = (data.train().count() + batchSize - 1L) / batchSize;
    List<Long> starts = LongStream.range(0, EPOCHS).map(e -> e * stepsPerEpoch).boxed().toList();
    GradientProbe probe =
        new GradientProbe(arm.network(), arm.settings(), data, arm.seeds().get(0));
    long before = system.getProcessCpuTime();
    trainer(arm).run(new Timed(new TrainingProbe(probe, starts)));
    return system.getProcessCpuTime() - before;
  }

  private Trainer trainer(Arm arm) {
    return new Trainer(arm.network(), arm.settings(), data, arm.seeds().get(0));
  }

  /** Measures the probe's calls. */
  private final class Timed implements TrainingObserver {
    private final TrainingProbe probe;

    Timed(TrainingProbe probe) {
      this.probe = probe;
    }

    @Override
    public TrainingDecision stepTaken(TrainingStep step) {
      if (step.step() != 1) {
        return probe.stepTaken(step);
      }
      long before = threads.getCurrentThreadCpuTime();
      TrainingDecision decision = probe.stepTaken(step);
      probing += threads.getCurrentThreadCpuTime() - before;
      return decision;
    }

    @Override
    public TrainingDecision epochFinished(EpochRecord epoch, Checkpoint checkpoint) {
      return TrainingDecision.CONTINUE;
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
