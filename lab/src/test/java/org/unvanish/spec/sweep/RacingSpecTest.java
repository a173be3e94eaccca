package org.unvanish.spec.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.unvanish.codec.yaml.SpecException;
import org.unvanish.experiment.Racing;
import org.unvanish.spec.ExperimentSpec;
import org.unvanish.spec.Overrides;

/** What a spec says of racing. */
class RacingSpecTest {

  private static ExperimentSpec spec(String racing) {
    return ExperimentSpec.parse(
        """
        name: small
        data: synthetic
        network:
          - dense: 5
          - activation
          - dense: classes
        defaults: {activation: tanh}
        sweep:
          settings:
            alpha: [1, 2]
        """
            + (racing.isEmpty() ? "" : "  racing: " + racing + "\n"),
        "own.yaml");
  }

  private static Optional<Racing> racing(String text) {
    ExperimentSpec spec = spec(text);
    assertThat(ExperimentSpec.parse(spec.toYaml(), "again.yaml")).isEqualTo(spec);
    return spec.sweep().orElseThrow().racing();
  }

  @Test
  void aSweepIsRacedUnlessItSaysOtherwise() {
    assertThat(racing("")).contains(Racing.DEFAULT);
    assertThat(racing("{}")).contains(Racing.DEFAULT);
    assertThat(racing("none")).isEmpty();
    assertThat(racing("{reduction: 4, first-epochs: 2, first-seeds: 3, level: 0.01}"))
        .contains(new Racing(4, OptionalInt.of(2), 3, 0.01));
  }

  @Test
  void aSpecWithoutRacingStaysSoWhateverElseChanges() {
    ExperimentSpec changed = spec("").withoutRacing().with(Overrides.runs(List.of(1L), 3));
    assertThat(changed.sweep().orElseThrow().sweep().racing()).isEmpty();
    assertThat(changed.toYaml()).contains("racing: none");
    assertThat(spec("").with(Overrides.NONE).toYaml()).contains("racing: {reduction: 3,");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "off | own.yaml:11:11: racing",
        "{reduction: 1} | own.yaml:11:23: reduction",
        "{first-epochs: 0} | own.yaml:11:26: first-epochs",
        "{level: 0.6} | own.yaml:11:19: level",
        "{rungs: 3} | own.yaml:11:12: unknown key",
      })
  void whatIsNotMeantIsRefusedWithItsPlace(String racing, String message) {
    assertThatThrownBy(() -> spec(racing))
        .isInstanceOf(SpecException.class)
        .hasMessageStartingWith(message);
  }
}
