package org.unvanish.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.unvanish.gradient.GradientSource;
import org.unvanish.gradient.GradientStatistics;
import org.unvanish.train.Checkpoint;
import org.unvanish.train.EpochRecord;
import org.unvanish.train.GradientRecorders;
import org.unvanish.train.ParameterGradient;
import org.unvanish.train.RecordedSteps;
import org.unvanish.train.Trainer;
import org.unvanish.train.TrainingDecision;
import org.unvanish.train.TrainingObserver;
import org.unvanish.train.TrainingSettings;
import org.unvanish.train.TrainingStep;

/**
 * How far the statistics of one step in n are from those of every step: of the same trainings, by
 * parameter tensor and epoch. The same numbers on every machine.
 */
public final class RecordingError {

  private static final int[] EVERY = {2, 4, 8, 16, 32, 64};

  private static final Map<String, ToDoubleFunction<GradientStatistics>> STATISTICS =
      new LinkedHashMap<>();

  static {
    STATISTICS.put("mean", GradientStatistics::meanAbs);
    STATISTICS.put("root mean square", GradientStatistics::rms);
    STATISTICS.put("5 % quantile", GradientStatistics::q05);
    STATISTICS.put("25 % quantile", GradientStatistics::q25);
    STATISTICS.put("median", GradientStatistics::q50);
    STATISTICS.put("75 % quantile", GradientStatistics::q75);
    STATISTICS.put("95 % quantile", GradientStatistics::q95);
    STATISTICS.put("largest", GradientStatistics::maxAbs);
  }

  /** Of the share alone differences are told, in percentage points: it may be 0. */
  private static final String SHARE = "vanished share, percentage points";

  // By statistic and n, in per cent.
  private final Map<String, Map<Integer, List<Double>>> errors = new LinkedHashMap<>();

  private RecordingError() {}

  /** Prints the error of each statistic, in per cent: its median and its largest. */
  public static void main(String[] arguments) {
    RecordingError first = new RecordingError();
    RecordingError later = new RecordingError();
    for (RecordedNetwork one : RecordedNetwork.all()) {
      train(one, first, later);
    }
    System.out.println("The first epoch:");
    first.print();
    System.out.println("Later ones:");
    later.print();
  }

  private static void train(RecordedNetwork one, RecordingError first, RecordingError later) {
    TrainingSettings settings = one.settings().withRecorded(RecordedSteps.ALL);
    Map<Integer, GradientRecorders> some = new TreeMap<>();
    for (int every : EVERY) {
      some.put(every, new GradientRecorders(one.network().trainedParameters(), false));
    }
    new Trainer(one.network(), settings, one.data(), 1)
        .run(
            new TrainingObserver() {
              @Override
              public TrainingDecision stepTaken(TrainingStep step) {
                some.forEach(
                    (every, recorders) -> {
                      if (new RecordedSteps(every).includes(step.step(), step.stepsPerEpoch())) {
                        recorders.record(GradientSource.DATA, step.dataGradient());
                      }
                    });
                return TrainingDecision.CONTINUE;
              }

              @Override
              public TrainingDecision epochFinished(EpochRecord epoch, Checkpoint checkpoint) {
                RecordingError of = epoch.epoch() == 1 ? first : later;
                some.forEach(
                    (every, recorders) ->
                        of.compare(every, epoch.gradients(), recorders.finishEpoch()));
                return TrainingDecision.CONTINUE;
              }
            });
  }

  private void compare(int every, List<ParameterGradient> all, List<ParameterGradient> some) {
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).source() != GradientSource.DATA) {
        continue;
      }
      GradientStatistics exact = all.get(i).statistics();
      GradientStatistics estimate = some.get(i).statistics();
      STATISTICS.forEach(
          (name, statistic) -> {
            double of = statistic.applyAsDouble(exact);
            if (of != 0) {
              add(name, every, 100 * Math.abs(statistic.applyAsDouble(estimate) / of - 1));
            }
          });
      add(SHARE, every, 100 * Math.abs(estimate.vanishedShare() - exact.vanishedShare()));
    }
  }

  private void add(String statistic, int every, double error) {
    errors
        .computeIfAbsent(statistic, name -> new TreeMap<>())
        .computeIfAbsent(every, n -> new ArrayList<>())
        .add(error);
  }

  private void print() {
    StringBuilder text = new StringBuilder("| of \\|g\\| ");
    for (int every : EVERY) {
      text.append("| one in ").append(every).append(' ');
    }
    text.append("|\n").append("| --- ".repeat(EVERY.length + 1)).append("|\n");
    errors.forEach(
        (statistic, byEvery) -> {
          text.append("| ").append(statistic);
          byEvery
              .values()
              .forEach(
                  values -> {
                    Collections.sort(values);
                    text.append(
                        String.format(
                            Locale.ROOT,
                            " | %.2g (%.2g)",
                            values.get(values.size() / 2),
                            values.get(values.size() - 1)));
                  });
          text.append(" |\n");
        });
    System.out.print(text);
  }
}
