package org.unvanish.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.unvanish.comparison.Examples;
import org.unvanish.experiment.Experiment;

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
}
