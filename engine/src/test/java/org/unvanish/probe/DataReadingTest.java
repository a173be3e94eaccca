package org.unvanish.probe;

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
import org.unvanish.diagnosis.evidence.DataEvidence;

/** What data can make of a training. */
class DataReadingTest {

  @Test
  void inputsThatNeverChangeAndClassesThatOccurAreCounted() {
    ImageSet train =
        new ImageSet(
            Shape.flat(3),
            new Pixels.Floats(new float[] {1, 5, 0, 2, 5, 0, 1, 5, 0.5f}),
            new byte[] {0, 0, 0});
    ImageSet test =
        new ImageSet(
            Shape.flat(3), new Pixels.Floats(new float[] {7, 7, 7, 8, 8, 8}), new byte[] {2, 0});
    Dataset data = new Dataset("made", "made", List.of("a", "b", "c"), train, test, "");
    assertThat(DataReading.of(data))
        .isEqualTo(new DataEvidence(3, 3, 1, 1, 2, Math.sqrt(81.25 / 9)));
  }

  @Test
  void paddingIsNoInputThatWasGiven() {
    ImageSet padded =
        new ImageSet(
            new Shape(1, 2, 1),
            new Pixels.Floats(new float[] {3, 4, 5, 0}),
            new Targets.Labels(new byte[2]),
            Columns.NONE,
            Lengths.of(2, 1));
    Dataset data = new Dataset("made", "made", List.of("a", "b"), padded, padded, "");
    assertThat(DataReading.of(data))
        .isEqualTo(new DataEvidence(2, 2, 0, 1, 1, Math.sqrt(50 / 3.0)));
  }

  @Test
  void aStepThatFewSequencesHaveIsConstantAmongThose() {
    ImageSet padded =
        new ImageSet(
            new Shape(2, 2, 1),
            new Pixels.Floats(new float[] {7, 0, 1, 0, 7, 5, 2, 6, 7, 5, 3, 4, 7, 0, 9, 0}),
            new Targets.Labels(new byte[4]),
            Columns.NONE,
            Lengths.of(1, 2, 2, 1));
    Dataset data = new Dataset("made", "made", List.of("a", "b"), padded, padded, "");
    assertThat(DataReading.of(data).constantInputs()).isEqualTo(2);
  }

  @Test
  void pixelsAreReadAsWell() {
    ImageSet images =
        new ImageSet(Shape.flat(2), new byte[] {9, 1, 9, 1, 9, 1}, new byte[] {0, 1, 1});
    Dataset data = new Dataset("made", "made", List.of("a", "b"), images, images, "");
    assertThat(DataReading.of(data)).isEqualTo(new DataEvidence(3, 2, 2, 2, 2, Double.NaN));
  }
}
