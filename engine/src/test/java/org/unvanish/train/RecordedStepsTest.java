package org.unvanish.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Dataset;
import org.unvanish.data.Shape;
import org.unvanish.gradient.GradientSource;
import org.unvanish.gradient.GradientStatistics;
import org.unvanish.network.Activated;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.Dense;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.Pooling.MaxPooling;
import org.unvanish.network.Recurrent.Lstm;
import org.unvanish.penalty.Penalty;

class RecordedStepsTest {

  private static final Layer TANH = new Activated(Activation.of(ActivationFunction.TANH));
  private static final Shape IMAGE = new Shape(3, 32, 32);

  private static final List<ToDoubleFunction<GradientStatistics>> ESTIMATED =
      List.of(
          GradientStatistics::meanAbs,
          GradientStatistics::rms,
          GradientStatistics::q05,
          GradientStatistics::q25,
          GradientStatistics::q50,
          GradientStatistics::q75,
          GradientStatistics::q95);

  private static List<Integer> steps(int every, int stepsPerEpoch) {
    RecordedSteps recorded = new RecordedSteps(every);
    return IntStream.rangeClosed(1, stepsPerEpoch)
        .filter(step -> recorded.includes(step, stepsPerEpoch))
        .boxed()
        .toList();
  }

  @Test
  void oneInSoManyStepsAreTheMiddlesOfEqualStretches() {
    assertThat(steps(8, 24)).containsExactly(4, 12, 20);
    assertThat(steps(8, 9)).containsExactly(3, 7);
    assertThat(steps(4, 1)).containsExactly(1);
    assertThat(steps(100, 7)).containsExactly(4);
    for (int every = 1; every <= 9; every++) {
      for (int steps = 1; steps <= 40; steps++) {
        List<Integer> chosen = steps(every, steps);
        assertThat(chosen).hasSize((steps + every - 1) / every);
        for (int i = 0; i < chosen.size(); i++) {
          double middle = (i + 0.5) * steps / chosen.size();
          assertThat(chosen.get(i) - 0.5).isCloseTo(middle, within(0.5));
        }
      }
    }
  }

  @Test
  void everyStepIsRecordedWhereNetworksUseTheirParametersOften() {
    Network convolutions =
        new Network(
            IMAGE,
            List.of(
                new Convolution(3, 32, false),
                TANH,
                new MaxPooling(2),
                new Convolution(3, 64, false),
                TANH,
                new MaxPooling(2),
                new Convolution(3, 128, false),
                TANH,
                new MaxPooling(4),
                new Dense(10, true)));
    Network recurrent =
        new Network(
            new Shape(32, 100, 1),
            List.of(new Lstm(160, Activation.of(ActivationFunction.TANH)), new Dense(10, true)));
    Network small = dense(12);
    for (Network network : List.of(convolutions, recurrent, small)) {
      assertThat(RecordedSteps.AUTOMATIC.on(network, TrainingSettings.DEFAULT))
          .isEqualTo(RecordedSteps.ALL);
    }
    assertThat(convolutions.trainedCount()).isGreaterThan(90_000);
    assertThat(recurrent.trainedCount()).isGreaterThan(100_000);
  }

  @Test
  void theRuleLeavesTwoPerCentOfTheReckonedTimeToRecording() {
    Network wide = dense(256);
    for (int batch : new int[] {1, 32, 256, 4096}) {
      for (Penalty penalty : List.of(Penalty.none(), Penalty.l2(0.1))) {
        TrainingSettings settings =
            TrainingSettings.DEFAULT.withBatchSize(batch).withPenalty(penalty);
        int every = RecordedSteps.AUTOMATIC.on(wide, settings).every();
        double parameters = wide.trainedCount();
        double step = 3.0 * batch * wide.multiplyAdds() + 25 * parameters;
        double recording = (penalty.isNone() ? 65 : 140) * parameters;
        assertThat(recording / every / step).isLessThanOrEqualTo(0.02);
        assertThat(every == 1 || recording / (every - 1) / step > 0.02).isTrue();
      }
    }
    assertThat(new RecordedSteps(3).on(wide, TrainingSettings.DEFAULT).every()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65_537})
  void aNumberOutOfItsRangeIsRefused(int every) {
    assertThatThrownBy(() -> new RecordedSteps(every))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 to 65536, but not of " + every);
  }

  @Test
  void aRuleThatIsYetToBeAppliedNamesNoSteps() {
    assertThatThrownBy(() -> RecordedSteps.AUTOMATIC.includes(1, 1))
        .isInstanceOf(IllegalStateException.class);
  }

  /** Two epochs of 25 steps; the second from a checkpoint. */
  @Test
  void someStepsChangeNoParameterAndAreRecordedAsTheyAre() {
    Dataset data = rows(250);
    Network network = onRows();
    TrainingSettings every = settings(2, RecordedSteps.ALL).withPenalty(Penalty.l2(0.01));
    TrainingSettings some = every.withRecorded(new RecordedSteps(4));
    Recording whole = new Recording();
    Trainer first = new Trainer(network, every, data, 3);
    first.run(whole);
    Recording part = new Recording();
    new Trainer(network, some.withEpochs(1), data, 3).run(part);
    Trainer second = new Trainer(network, some, data, 3, part.checkpoints.get(0));
    second.run(part);
    assertThat(second.parameters()).isEqualTo(first.parameters());
    List<Integer> chosen = steps(4, 25);
    assertThat(chosen).containsExactly(2, 6, 9, 13, 17, 20, 24);
    GradientRecorders byHand = new GradientRecorders(network.parameters(), true);
    for (int epoch = 0; epoch < 2; epoch++) {
      for (int step : chosen) {
        TrainingStep taken = whole.steps.get(25 * epoch + step - 1);
        byHand.record(GradientSource.DATA, taken.dataGradient());
        byHand.record(GradientSource.TOTAL, taken.totalGradient());
      }
      List<ParameterGradient> expected = withoutPenalty(byHand.finishEpoch());
      assertThat(withoutPenalty(part.epochs.get(epoch).gradients())).isEqualTo(expected);
      assertThat(withoutPenalty(whole.epochs.get(epoch).gradients())).isNotEqualTo(expected);
      assertThat(part.epochs.get(epoch).updates()).isEqualTo(whole.epochs.get(epoch).updates());
    }
  }

  private static List<ParameterGradient> withoutPenalty(List<ParameterGradient> gradients) {
    return gradients.stream().filter(g -> g.source() != GradientSource.PENALTY).toList();
  }

  /** Two epochs of 384 steps, so that 48 are recorded. */
  @Test
  void statisticsOfSomeStepsAreNearThoseOfAllAndTheLargestIsNotAboveTheirs() {
    Dataset data = rows(3840);
    List<List<EpochRecord>> runs = new ArrayList<>();
    for (int every : new int[] {1, 8}) {
      Recording run = new Recording();
      new Trainer(onRows(), settings(2, new RecordedSteps(every)), data, 1).run(run);
      runs.add(run.epochs);
    }
    List<Double> errors = new ArrayList<>();
    for (int epoch = 0; epoch < 2; epoch++) {
      List<ParameterGradient> all = runs.get(0).get(epoch).gradients();
      List<ParameterGradient> some = runs.get(1).get(epoch).gradients();
      for (int i = 0; i < all.size(); i += GradientSource.values().length) {
        GradientStatistics exact = all.get(i).statistics();
        GradientStatistics estimate = some.get(i).statistics();
        assertThat(estimate.count()).isEqualTo(exact.count() / 8);
        assertThat(estimate.maxAbs()).isLessThanOrEqualTo(exact.maxAbs());
        for (ToDoubleFunction<GradientStatistics> statistic : ESTIMATED) {
          double ratio = statistic.applyAsDouble(estimate) / statistic.applyAsDouble(exact);
          errors.add(Math.abs(ratio - 1));
        }
        assertThat(estimate.vanishedShare()).isCloseTo(exact.vanishedShare(), within(0.01));
      }
    }
    Collections.sort(errors);
    assertThat(errors).hasSize(2 * 7 * ESTIMATED.size());
    assertThat(errors.get(errors.size() / 2)).isBetween(0.001, 0.1);
    assertThat(errors.get(errors.size() - 1)).isLessThan(0.4);
  }

  private static TrainingSettings settings(int epochs, RecordedSteps recorded) {
    return TrainingSettings.DEFAULT.withBatchSize(8).withEpochs(epochs).withRecorded(recorded);
  }

  /** Three clouds of points; a fifth of them is for testing. */
  private static Dataset rows(int count) {
    Random random = new Random(1);
    float[][] rows = new float[count][4];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = i % 3;
      for (int j = 0; j < 4; j++) {
        rows[i][j] = (float) (random.nextGaussian() + (j == labels[i] ? 1 : 0));
      }
    }
    return Dataset.of("clouds", rows, labels);
  }

  private static Network onRows() {
    return new Network(
        Shape.flat(4),
        List.of(new Dense(8, true), TANH, new Dense(8, true), TANH, new Dense(3, true)));
  }

  /** 3,072 inputs, two layers of so many units with tanh, ten classes. */
  private static Network dense(int units) {
    return new Network(
        IMAGE,
        List.of(new Dense(units, true), TANH, new Dense(units, true), TANH, new Dense(10, true)));
  }
}
