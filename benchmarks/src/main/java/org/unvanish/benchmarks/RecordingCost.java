package org.unvanish.benchmarks;

import java.util.Arrays;
import java.util.Locale;
import org.unvanish.gradient.GradientSource;
import org.unvanish.penalty.Penalty;
import org.unvanish.train.Checkpoint;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.GradientRecorders;
import org.unvanish.train.RecordedSteps;
import org.unvanish.train.Trainer;
import org.unvanish.train.TrainingDecision;
import org.unvanish.train.TrainingObserver;
import org.unvanish.train.TrainingSettings;
import org.unvanish.train.TrainingStep;

/**
 * What it costs to record gradients: trainings that record next to nothing, with a recording of
 * each step beside them that is timed. Medians over the steps, one worker; of the share, too, so
 * that it is of times that were taken together.
 */
public final class RecordingCost {

  /** In nanoseconds: steps of small networks are over before Java has compiled them. */
  private static final long WARM_UP = 2_000_000_000;

  private static final int STEPS = 400;

  private RecordingCost() {}

  /** Prints a row for each network, as the documents have them. */
  public static void main(String[] arguments) {
    System.out.println(
        "| network, batches of 32 | parameters | a step without | recording every step |"
            + " by default |");
    System.out.println("| --- | --- | --- | --- | --- |");
    for (RecordedNetwork one : RecordedNetwork.all()) {
      print(one, Penalty.none(), "");
      print(one, Penalty.l2(0.01), ", with a penalty");
    }
  }

  private static void print(RecordedNetwork one, Penalty penalty, String what) {
    TrainingSettings settings = one.settings().withPenalty(penalty);
    Stopwatch times = new Stopwatch(one, !penalty.isNone());
    TrainingSettings bare =
        settings.withRecorded(new RecordedSteps(RecordedSteps.MOST)).withEpochs(Integer.MAX_VALUE);
    new Trainer(one.network(), bare, one.data(), 1).run(times);
    double share = 100 * median(times.shares);
    int every = settings.recorded().on(one.network(), settings).every();
    System.out.printf(
        Locale.ROOT,
        "| %s%s | %,d | %.3f ms | %.1f %% | %.1f %%%s |%n",
        one.name(),
        what,
        one.network().trainedCount(),
        1e-6 * median(times.steps),
        share,
        share / every,
        every == 1 ? "" : ", one step in " + every);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** Times steps, in nanoseconds, and what share of that their recordings take. */
  private static final class Stopwatch implements TrainingObserver {
    private final GradientRecorders recorders;
    private final boolean penalised;
    final double[] steps = new double[STEPS];
    final double[] shares = new double[STEPS];
    private int done;
    private long last = System.nanoTime();
    private final long begin = last + WARM_UP;

    Stopwatch(RecordedNetwork one, boolean penalised) {
      this.recorders = new GradientRecorders(one.network().trainedParameters(), penalised);
      this.penalised = penalised;
    }

    @Override
    public TrainingDecision stepTaken(TrainingStep step) {
      long before = System.nanoTime();
      recorders.record(GradientSource.DATA, step.dataGradient());
      if (penalised) {
        // Another array of the same size stands for the penalty's gradient.
        recorders.record(GradientSource.PENALTY, step.parameters());
        recorders.record(GradientSource.TOTAL, step.totalGradient());
      }
      long after = System.nanoTime();
      if (before > begin) {
        steps[done] = before - last;
        shares[done] = (after - before) / steps[done];
        done++;
      }
      last = System.nanoTime();
      return done == steps.length ? TrainingDecision.STOP : TrainingDecision.CONTINUE;
    }

    @Override
    public TrainingDecision epochFinished(EpochRecord epoch, Checkpoint checkpoint) {
      return TrainingDecision.CONTINUE;
    }
  }
}
