package org.unvanish.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Shape;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.initialization.Initialization;
import org.unvanish.network.Dense;
import org.unvanish.network.Network;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.penalty.Penalty;
import org.unvanish.train.TrainingSettings;

class ExperimentTest {

  @Test
  void twoArmsOfTheSameNameAreRefused() {
    refused("two arms are named a", List.of(arm("a", 2, 1L), arm("a", 2, 1L)));
  }

  @Test
  void aSeedGivenTwiceIsRefused() {
    assertThatThrownBy(() -> arm("a", 2, 7L, 8L, 7L)).hasMessage("arm a has seed 7 twice");
  }

  @Test
  void noArmsOrSeedsAreRefused() {
    refused("at least one arm", List.of());
    assertThatThrownBy(() -> arm("a", 2)).hasMessage("arm a needs at least one seed");
  }

  @Test
  void aNetworkThatDoesNotFitTheDataIsRefusedByName() {
    refused("arm b takes samples of 3×1×1", List.of(arm("a", 2, 1L), arm("b", 3, 1L)));
  }

  @Test
  void anArmWithoutANameIsRefused() {
    assertThatThrownBy(() -> arm(" ", 2, 1L)).hasMessage("an arm needs a name");
  }

  @Test
  void runsGoRoundTheArmsUntilEachHasHadItsSeeds() {
    Experiment experiment =
        new Experiment("e", "E", dots(), List.of(arm("a", 2, 1L, 2L, 3L), arm("b", 2, 5L)));
    assertThat(experiment.runs().stream().map(Run::toString))
        .containsExactly("a with seed 1", "b with seed 5", "a with seed 2", "a with seed 3");
    assertThat(experiment.seeds()).containsExactly(1L, 2L, 3L, 5L);
  }

  private static Dataset dots() {
    ImageSet images = new ImageSet(Shape.flat(2), new byte[4], new byte[] {0, 1});
    return new Dataset("dots", "dots", List.of("x", "y"), images, images, "");
  }

  private static void refused(String message, List<Arm> arms) {
    assertThatThrownBy(() -> new Experiment("e", "E", dots(), arms))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static Arm arm(String name, int inputs, Long... seeds) {
    Initialization start = new Initialization.Glorot();
    return new Arm(
        name,
        new Network(Shape.flat(inputs), List.of(new Dense(2, true))),
        new TrainingSettings(
            Optimizer.Adam.DEFAULT, Penalty.none(), start, start, PixelScaling.UNIT, 1, 1),
        List.of(seeds));
  }
}
