package org.unvanish.experiment.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.unvanish.data.Dataset;
import org.unvanish.data.synthetic.SyntheticImages;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Backend;
import org.unvanish.experiment.Experiment;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.Dense;
import org.unvanish.network.Network;
import org.unvanish.paper.PaperSpecs;
import org.unvanish.spec.Overrides;

class CalibrationTest {

  private static final Duration SHORT = Duration.ofMillis(30);
  private static final Dataset DATA = SyntheticImages.draw(1, 100, 20);

  private static Experiment figure2(int epochs, Long... seeds) {
    return PaperSpecs.spec("figure2").with(Overrides.runs(List.of(seeds), epochs)).experiment(DATA);
  }

  @Test
  void workersShareTheRunsButNoRun() {
    Calibration calibration = Calibration.measure(figure2(3, 1L, 2L), DATA, SHORT);
    double one = calibration.seconds(1).orElseThrow();
    assertThat(one).isPositive();
    assertThat(calibration.seconds(2).orElseThrow()).isBetween(one / 2, one * 0.99);
    // Four runs in all: the longest of them is the least time that there is.
    double most = calibration.seconds(4).orElseThrow();
    assertThat(most).isBetween(one / 4, one / 2);
    assertThat(calibration.seconds(1_000).orElseThrow()).isCloseTo(most, within(1e-12));
  }

  @Test
  void moreWorkersThanProcessorsAreNoFaster() {
    Calibration calibration = Calibration.measure(figure2(3, 1L, 2L, 3L, 4L), DATA, SHORT);
    assertThat(calibration.seconds(64, 2)).isEqualTo(calibration.seconds(2));
    assertThat(calibration.seconds(2, 64)).isEqualTo(calibration.seconds(2));
  }

  @Test
  void aTrainingSetOfOneStepIsTimedToo() {
    Dataset data = SyntheticImages.draw(1, 10, 10);
    Experiment tiny =
        PaperSpecs.spec("figure2").with(Overrides.runs(List.of(1L), 1)).experiment(data);
    assertThat(Calibration.measure(tiny, data, SHORT).seconds(1)).isPresent();
  }

  @Test
  void whatTheEngineDoesNotComputeHasNoEstimate() {
    Experiment torch =
        PaperSpecs.spec("figure2")
            .with(Overrides.runs(List.of(1L), 1))
            .on(Backend.PYTORCH)
            .experiment(DATA);
    assertThat(Calibration.measure(torch, DATA, SHORT).seconds(1)).isEmpty();
  }

  @Test
  void theThreadIsNotLeftInterrupted() {
    Calibration.measure(figure2(1, 1L), DATA, SHORT);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void anInterruptEndsItAndIsLeftToBeSeen() {
    Thread.currentThread().interrupt();
    Calibration calibration = Calibration.measure(figure2(1, 1L), DATA, Duration.ofHours(1));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(calibration.seconds(1)).isEmpty();
  }

  /** A step of it would take seconds, and two are what an estimate takes. */
  @Test
  void aNetworkTooCostlyToTryIsReckonedByItsMultiplyAdds() {
    Experiment figure = figure2(2, 1L);
    assertThat(Calibration.measure(figure, DATA, SHORT).isReckoned()).isFalse();
    Arm arm = figure.arms().get(0);
    Network wide =
        new Network(
            DATA.train().shape(), List.of(new Convolution(3, 4096, false), new Dense(10, true)));
    assertThat(wide.multiplyAdds()).isEqualTo(32 * 32 * (27 * 4096L + 10 * 4096L));
    Calibration calibration =
        Calibration.measure(
            new Experiment(
                "wide",
                "Wide",
                figure.data(),
                List.of(new Arm("wide", wide, arm.settings(), List.of(1L)))),
            DATA,
            SHORT);
    assertThat(calibration.isReckoned()).isTrue();
    // 2 epochs of 100 samples, and a third of 20.
    double multiplyAdds = 2 * (100 + 20 / 3.0) * 3 * wide.multiplyAdds();
    assertThat(calibration.seconds(1).orElseThrow()).isCloseTo(multiplyAdds / 1e10, within(1e-9));
  }
}
