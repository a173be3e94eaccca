package org.unvanish.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.unvanish.comparison.Examples;
import org.unvanish.data.Columns;
import org.unvanish.data.InputColumn;
import org.unvanish.data.Shape;
import org.unvanish.experiment.DataDescription;
import org.unvanish.experiment.Experiment;
import org.unvanish.loss.TargetKind;

class CaptionTest {

  @Test
  void numbersAreTheSameInEveryLanguage() {
    Experiment experiment = Examples.experiment(List.of("tanh"), 1L);
    String english = Caption.data(experiment);
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      assertThat(Caption.data(experiment)).isEqualTo(english);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void samplesAreCalledWhatTheyAre() {
    assertThat(words(Shape.flat(3), Columns.NONE)).isEqualTo("samples");
    assertThat(words(new Shape(3, 32, 32), Columns.NONE)).isEqualTo("images");
    assertThat(words(new Shape(28, 28, 1), Columns.NONE)).isEqualTo("sequences");
    Columns speed = new Columns(List.of(new InputColumn.Numeric("speed")), List.of());
    assertThat(words(new Shape(1, 20, 1), speed)).isEqualTo("sequences");
  }

  private static String words(Shape shape, Columns columns) {
    DataDescription data =
        new DataDescription("own", "own", "0a", shape, 2, 8, 2, columns, TargetKind.CLASSES);
    assertThat(data.isTable()).isEqualTo(shape.isFlat() || !columns.equals(Columns.NONE));
    return data.samplesWord();
  }
}
