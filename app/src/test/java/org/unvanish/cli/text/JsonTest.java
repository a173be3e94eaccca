package org.unvanish.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class JsonTest {

  /** A number of a record, which Java never boxes. */
  record Measured(double number) {}

  @Test
  void nullStandsForWhatIsNoFiniteNumber() {
    String text =
        Json.text(
            Json.object(
                "a",
                Double.NaN,
                "b",
                List.of(Double.NEGATIVE_INFINITY, 1e-320, 0.1),
                "c",
                new Measured(Double.POSITIVE_INFINITY)));
    assertThat(text.replaceAll("\\s+", ""))
        .isEqualTo("{\"a\":null,\"b\":[null,1.0E-320,0.1],\"c\":{\"number\":null}}");
  }
}
