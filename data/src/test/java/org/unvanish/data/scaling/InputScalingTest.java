package org.unvanish.data.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.unvanish.data.Columns;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;
import org.unvanish.data.Lengths;
import org.unvanish.data.Pixels;
import org.unvanish.data.Shape;
import org.unvanish.data.Targets;

/** What is told about inputs that a default scales. */
class InputScalingTest {

  @Test
  void columnsThatADefaultScalesAreToldWithTheirRange() {
    assertThat(InputScaling.of(table(0, 100, 0, 100), PixelScaling.UNIT, false).remark())
        .hasValue(
            "Columns are scaled to [0, 1]; in the data they go from 0 to 100 (rms 70.7). If your"
                + " own program trains on them as they are, write \"input-scaling: raw\" and diagnose"
                + " that.");
  }

  @Test
  void pixelsAreCalledPixels() {
    ImageSet images =
        new ImageSet(new Shape(1, 1, 2), new byte[] {0, (byte) 255, 0, (byte) 255}, new byte[2]);
    assertThat(InputScaling.of(dataset(images), PixelScaling.UNIT, false).remark().orElseThrow())
        .startsWith("Pixels are scaled to [0, 1]; in the data they go from 0 to 255 (rms 180).");
  }

  @Test
  void whatSomebodyAskedForIsNotToldBack() {
    assertThat(InputScaling.of(table(0, 100, 0, 100), PixelScaling.UNIT, true).remark()).isEmpty();
  }

  @Test
  void aDefaultThatChangesLittleIsNotWorthASentence() {
    InputScaling slight = InputScaling.of(table(0.02f, 0.97f, 0, 1), PixelScaling.UNIT, false);
    assertThat(slight.changes()).isFalse();
    assertThat(slight.remark()).isEmpty();
  }

  @Test
  void oneColumnOfManyIsEnough() {
    InputScaling found = InputScaling.of(table(0, 1, 0, 0.001f), PixelScaling.UNIT, false);
    assertThat(found.isUnasked()).isTrue();
    assertThat(found.remark().orElseThrow()).contains("go from 0 to 1 (rms 0.500)");
  }

  @Test
  void paddingIsNoInput() {
    ImageSet padded =
        new ImageSet(
            new Shape(1, 2, 1),
            new Pixels.Floats(new float[] {30, 40, 50, 0}),
            new Targets.Labels(new byte[2]),
            Columns.NONE,
            Lengths.of(2, 1));
    InputScaling found = InputScaling.of(dataset(padded), PixelScaling.UNIT, false);
    assertThat(found.least()).isEqualTo(30);
    assertThat(found.rms()).isEqualTo(Math.sqrt(5000 / 3.0));
  }

  /** Two samples of two columns. */
  private static Dataset table(float first, float second, float otherFirst, float otherSecond) {
    float[] values = {first, otherFirst, second, otherSecond};
    return dataset(new ImageSet(Shape.flat(2), new Pixels.Floats(values), new byte[2]));
  }

  private static Dataset dataset(ImageSet samples) {
    return new Dataset("own", "own", List.of("a", "b"), samples, samples, "");
  }
}
