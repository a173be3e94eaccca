package org.unvanish.benchmarks.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.unvanish.contest.Task;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Pixels;
import org.unvanish.data.Shape;
import org.unvanish.data.synthetic.SyntheticImages;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.train.TrainingSettings;

class LossCheckTest {

  private static final Dataset DATA = SyntheticImages.draw(1, 400, 10);

  /** The engine's losses, which several tests ask for. */
  private static final Map<BenchNetwork, List<Double>> EXPECTED = new EnumMap<>(BenchNetwork.class);

  /** Every fourth row and column: the network of residual blocks takes long. */
  private static final Dataset SMALL = small();

  @ParameterizedTest
  @EnumSource
  void theSameWorkPasses(BenchNetwork which) throws ContestFailure {
    List<Double> expected = expected(which, task(which));
    assertThat(expected).hasSize(Task.CHECKED_STEPS);
    List<Double> rounded = expected.stream().map(loss -> (double) loss.floatValue()).toList();
    assertThat(LossCheck.compare("it", rounded, expected)).isBetween(0.0, 1e-7);
  }

  @ParameterizedTest
  @EnumSource
  void anotherLearningRateIsRefused(BenchNetwork which) {
    refuses(which, new Optimizer.Adam(0.0012, 0.9, 0.999, 1e-8, BenchNetwork.ADAM.form()));
  }

  @ParameterizedTest
  @EnumSource
  void anotherDecayOfTheFirstMomentIsRefused(BenchNetwork which) {
    refuses(which, new Optimizer.Adam(0.001, 0.8, 0.999, 1e-8, BenchNetwork.ADAM.form()));
  }

  @ParameterizedTest
  @EnumSource
  void anotherOptimiserIsRefused(BenchNetwork which) {
    refuses(which, new Optimizer.Sgd(0.001, 0));
  }

  @Test
  void aLossThatIsNoNumberIsRefused() {
    List<Double> expected = List.of(2.3, 2.2);
    assertThatExceptionOfType(ContestFailure.class)
        .isThrownBy(() -> LossCheck.compare("it", List.of(2.3, Double.NaN), expected))
        .withMessageContaining("step 2 is NaN, the engine's 2.2");
  }

  @Test
  void tooFewLossesAreRefused() {
    assertThatExceptionOfType(ContestFailure.class)
        .isThrownBy(() -> LossCheck.compare("it", List.of(2.3), List.of(2.3, 2.2)))
        .withMessageContaining("1 losses instead of 2");
  }

  private static Task task(BenchNetwork which) {
    return Tasks.of(which, which == BenchNetwork.RESNET ? SMALL : DATA, 32);
  }

  private static List<Double> expected(BenchNetwork which, Task task) {
    return EXPECTED.computeIfAbsent(which, key -> LossCheck.expected(task));
  }

  private static Dataset small() {
    ImageSet large = DATA.train();
    Shape shape = new Shape(3, 8, 8);
    byte[] pixels = new byte[large.count() * shape.size()];
    for (int i = 0; i < pixels.length; i++) {
      int row = i / 8;
      pixels[i] = large.bytes()[4 * (row * 32 + i % 8)];
    }
    ImageSet train = new ImageSet(shape, new Pixels.Bytes(pixels), large.targets());
    return new Dataset("small", "small images", DATA.classes(), train, train, "");
  }

  private static void refuses(BenchNetwork which, Optimizer other) {
    Task task = task(which);
    TrainingSettings usual = BenchNetwork.settings(32);
    TrainingSettings changed =
        new TrainingSettings(
            other,
            usual.penalty(),
            usual.weights(),
            usual.biases(),
            usual.pixelScaling(),
            usual.batchSize(),
            usual.epochs());
    List<Double> losses = new ArrayList<>(LossCheck.losses(task, changed));
    assertThatExceptionOfType(ContestFailure.class)
        .isThrownBy(() -> LossCheck.compare("it", losses, expected(which, task)))
        .withMessageContaining("does not do the same work");
  }
}
