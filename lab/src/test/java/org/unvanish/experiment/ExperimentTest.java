package org.unvanish.experiment;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.PixelScaling;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.Shape;
import org.unvanish.penalty.Penalty;
import org.unvanish.train.InitialValues;
import org.unvanish.train.Optimizer;
import org.unvanish.train.TrainingSettings;

class ExperimentTest {

  @Test
  void twoArmsOfTheSameNameAreRefused() {
    refused("two arms are named a", List.of(arm("a", 2), arm("a", 2)), List.of(1L));
  }

  @Test
  void aSeedGivenTwiceIsRefused() {
    refused("seed 7 is given twice", List.of(arm("a", 2)), List.of(7L, 8L, 7L));
  }

  @Test
  void noArmsOrSeedsAreRefused() {
    refused("at least one arm", List.of(), List.of(1L));
    refused("at least one seed", List.of(arm("a", 2)), List.of());
  }

  @Test
  void aNetworkThatDoesNotFitTheDataIsRefusedByName() {
    refused("arm b takes images of 3×1×1", List.of(arm("a", 2), arm("b", 3)), List.of(1L));
  }

  @Test
  void anArmWithoutANameIsRefused() {
    assertThatThrownBy(() -> arm(" ", 2)).hasMessage("an arm needs a name");
  }

  private static void refused(String message, List<Arm> arms, List<Long> seeds) {
    ImageSet images = new ImageSet(Shape.flat(2), new byte[4], new byte[] {0, 1});
    Dataset data = new Dataset("dots", "dots", List.of("x", "y"), images, images, "");
    assertThatThrownBy(() -> new Experiment("e", "E", data, arms, seeds))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static Arm arm(String name, int inputs) {
    InitialValues start = new InitialValues.Glorot();
    return new Arm(
        name,
        new Network(Shape.flat(inputs), List.of(new Layer.Dense(2, true))),
        new TrainingSettings(
            Optimizer.Adam.DEFAULT, Penalty.none(), start, start, PixelScaling.UNIT, 1, 1));
  }
}
