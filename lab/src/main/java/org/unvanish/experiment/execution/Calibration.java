package org.unvanish.experiment.execution;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.unvanish.data.Dataset;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Backend;
import org.unvanish.experiment.Experiment;
import org.unvanish.network.Network;
import org.unvanish.train.Checkpoint;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.Trainer;
import org.unvanish.train.TrainingDecision;
import org.unvanish.train.TrainingObserver;
import org.unvanish.train.TrainingSettings;
import org.unvanish.train.TrainingStep;

/**
 * Estimates how long an experiment will take, by training every distinct network for a moment on
 * the calling thread.
 *
 * <p>It is an estimate. Runs that share the machine's memory and caches slow each other down, and
 * Java compiles the first steps while they run. A test sample counts as a third of a training
 * sample, as it is only sent forward. A costly network is timed on smaller batches; one whose
 * smallest batch costs too much is not tried, and reckoned by its multiply-adds.
 */
public final class Calibration {

  /**
   * Multiply-adds that a step may take forward, to be tried: with the way back, a third of a
   * second.
   */
  private static final double MOST_MULTIPLY_ADDS = 1e9;

  /** The same for a batch that cannot be smaller, as the engine takes that many at a time. */
  private static final double MOST_OF_SMALLEST = 2 * MOST_MULTIPLY_ADDS;

  private static final int SMALLEST_BATCH = 16;

  /** About what one core does, forward and back, where that cannot be tried. */
  private static final double RECKONED_SECONDS = 1e-10;

  private final Map<Arm, Double> secondsPerEpoch;
  private final boolean reckoned;

  private Calibration(Map<Arm, Double> secondsPerEpoch, boolean reckoned) {
    this.secondsPerEpoch = secondsPerEpoch;
    this.reckoned = reckoned;
  }

  /** True where a network was not tried, as that would take too long. */
  public boolean isReckoned() {
    return reckoned;
  }

  /**
   * Trains for about a given time in all, at least two steps of each distinct network, and up to
   * four times as long on a busy machine.
   *
   * @param data what the experiment describes
   * @throws IllegalArgumentException if given initial weights do not fit a network
   */
  public static Calibration measure(Experiment experiment, Dataset data, Duration budget) {
    Map<Work, Double> speeds = new LinkedHashMap<>();
    experiment.arms().stream()
        .filter(arm -> arm.backend() == Backend.ENGINE)
        .map(Work::of)
        .filter(Work::isAffordable)
        .forEach(work -> speeds.put(work, Double.NaN));
    // One share warms up what all networks use.
    long share = budget.toNanos() / (speeds.size() + 1);
    speeds.keySet().stream()
        .filter(work -> work.cost() <= MOST_MULTIPLY_ADDS)
        .findFirst()
        .ifPresent(work -> new Steps(share).train(work, data));
    speeds.replaceAll((work, none) -> new Steps(share).train(work, data));
    Map<Arm, Double> secondsPerEpoch = new LinkedHashMap<>();
    for (Arm arm : experiment.arms()) {
      double samples = data.train().count() + data.test().count() / 3.0;
      Work work = Work.of(arm);
      double sample =
          work.isAffordable()
              ? speeds.getOrDefault(work, Double.NaN) / work.settings().batchSize()
              : 3 * work.network().multiplyAdds() * RECKONED_SECONDS;
      secondsPerEpoch.put(arm, arm.backend() == Backend.ENGINE ? samples * sample : Double.NaN);
    }
    return new Calibration(
        secondsPerEpoch, experiment.arms().stream().anyMatch(arm -> !Work.of(arm).isAffordable()));
  }

  /**
   * The estimated time of all runs.
   *
   * @param workers runs that are under way at a time, each with a processor of its own
   * @return seconds; empty where a network diverged before two steps were timed, or an arm is not
   *     for the engine
   */
  public OptionalDouble seconds(int workers) {
    double total = 0;
    double longest = 0;
    for (Map.Entry<Arm, Double> entry : secondsPerEpoch.entrySet()) {
      double run = entry.getValue() * entry.getKey().settings().epochs();
      total += run * entry.getKey().seeds().size();
      longest = Math.max(longest, run);
    }
    double seconds = Math.max(longest, total / workers);
    return Double.isNaN(seconds) ? OptionalDouble.empty() : OptionalDouble.of(seconds);
  }

  /**
   * The same with fewer processors than workers, perhaps, who then have to share them.
   *
   * @param workers runs that are under way at a time
   */
  public OptionalDouble seconds(int workers, int processors) {
    return seconds(Math.min(workers, processors));
  }

  /** What decides the speed of a step; epochs that never end, so that a snapshot is always left. */
  private record Work(Network network, TrainingSettings settings) {
    static Work of(Arm arm) {
      TrainingSettings settings = arm.settings();
      double affordable = MOST_MULTIPLY_ADDS / arm.network().multiplyAdds();
      int batch = settings.batchSize();
      if (batch > affordable) {
        // Whole blocks, as the engine is slower on a part of one.
        int whole = (int) affordable / SMALLEST_BATCH * SMALLEST_BATCH;
        batch = Math.min(batch, Math.max(SMALLEST_BATCH, whole));
      }
      return new Work(arm.network(), settings.withBatchSize(batch).withEpochs(Integer.MAX_VALUE));
    }

    double cost() {
      return (double) network.multiplyAdds() * settings.batchSize();
    }

    boolean isAffordable() {
      return cost() <= MOST_OF_SMALLEST;
    }
  }

  /**
   * Times steps by their fastest few in a row: those are compiled, and disturbed by nobody. What
   * the trainer's own processor time measures is how long to go on, so that a busy machine, on
   * which Java needs longer to compile, is given longer.
   */
  private static final class Steps implements TrainingObserver {
    private static final int IN_A_ROW = 8;
    private static final int PATIENCE = 4;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final long nanos;
    private final long wallStart = System.nanoTime();
    private final long start = processorTime();
    private double best = Double.NaN;
    private long rowStart;
    private int row = -1;

    Steps(long nanos) {
      this.nanos = nanos;
    }

    private long processorTime() {
      return threads.isCurrentThreadCpuTimeSupported()
          ? threads.getCurrentThreadCpuTime()
          : System.nanoTime();
    }

    /** Seconds a step; NaN where too few were taken. */
    double train(Work work, Dataset data) {
      new Trainer(work.network(), work.settings(), data, 1).run(this);
      return best * 1e-9;
    }

    @Override
    public TrainingDecision epochFinished(EpochRecord epoch, Checkpoint checkpoint) {
      // What lies between epochs is the evaluation, not a step: begin a new row after it.
      rowStart = System.nanoTime();
      row = 0;
      return TrainingDecision.CONTINUE;
    }

    @Override
    public TrainingDecision stepTaken(TrainingStep step) {
      long now = System.nanoTime();
      row++;
      boolean enough = processorTime() - start > nanos || now - wallStart > PATIENCE * nanos;
      boolean lastOfEpoch = step.step() == step.stepsPerEpoch();
      if (row > 0 && (row == IN_A_ROW || enough || lastOfEpoch)) {
        double each = (double) (now - rowStart) / row;
        best = Double.isNaN(best) ? each : Math.min(best, each);
      }
      if (row <= 0 || row == IN_A_ROW) {
        rowStart = now;
        row = 0;
      }
      return enough && !Double.isNaN(best) ? TrainingDecision.STOP : TrainingDecision.CONTINUE;
    }
  }
}
