package org.unvanish.explanation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.unvanish.diagnosis.evidence.TimeEvidence;
import org.unvanish.diagnosis.evidence.TimeEvidence.Point;

/** What a reader at a terminal is told of the way back through time. */
class TimeTableTest {

  private static TimeEvidence way(
      String layer, boolean reverse, boolean gated, int steps, int every) {
    List<Point> points =
        IntStream.rangeClosed(0, steps / every)
            .map(i -> i * every)
            .mapToObj(
                back ->
                    new Point(
                        back,
                        0,
                        -0.1 * back,
                        -0.2 * back,
                        -0.3 * back,
                        0.2 * back,
                        gated ? -0.05 * back : Double.NaN))
            .toList();
    return new TimeEvidence(layer, reverse, gated, steps, points);
  }

  private static List<String> lines(TimeEvidence... time) {
    return new TimeTable(List.of(time)).text("after 300 steps", 200).toString().lines().toList();
  }

  @Test
  void aNetworkWithoutRecurrentLayersHasNone() {
    assertThat(lines()).isEmpty();
  }

  @Test
  void roundNumbersOfStepsAreShownAndTheLastOne() {
    assertThat(lines(way("recurrent1", false, false, 27, 1)))
        .containsExactly(
            "",
            "Back through time after 300 steps, from a sequence's last state, as log₁₀ of what"
                + " is left:",
            "layer       steps back  net            typical  f′    weights",
            "recurrent1  1           −0.1        │  −0.2     −0.3  +0.2",
            "            2           −0.2       ▐│  −0.4     −0.6  +0.4",
            "            5           −0.5       █│  −1.0     −1.5  +1.0",
            "            10          −1.0      ██│  −2.0     −3.0  +2.0",
            "            20          −2.0   ▐████│  −4.0     −6.0  +4.0",
            "            27          −2.7  ██████│  −5.4     −8.1  +5.4");
  }

  @Test
  void theLastLayerComesFirstAndGatesHaveAColumnOfTheirOwn() {
    List<String> lines =
        lines(
            way("recurrent1", false, false, 4, 1),
            way("recurrent1", true, false, 4, 1),
            way("lstm1", false, true, 4, 1));
    assertThat(lines.get(2)).endsWith("gates alone");
    assertThat(lines.get(5)).startsWith(" ").endsWith("−0.2");
    assertThat(lines.stream().map(line -> line.split(" {2,}")[0]).filter(name -> !name.isEmpty()))
        .containsSubsequence("lstm1", "recurrent1 reverse", "recurrent1")
        .last()
        .isEqualTo("f′ and weights: along the path through the weighted sums, which gates bypass");
  }

  @Test
  void ofLongSequencesThePointsNextToThatAreShown() {
    assertThat(lines(way("recurrent1", false, false, 300, 6)).stream().skip(3))
        .extracting(line -> line.substring(12, 16).strip())
        .containsExactly("6", "12", "18", "48", "102", "198", "300");
  }

  @Test
  void aSingleStateHasOneRow() {
    assertThat(lines(way("recurrent1", false, false, 0, 1))).hasSize(4);
  }
}
