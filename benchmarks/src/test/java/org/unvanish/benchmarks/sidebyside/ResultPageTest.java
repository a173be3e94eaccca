package org.unvanish.benchmarks.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

class ResultPageTest {

  private static final Conditions HERE =
      new Conditions("a processor", 2, "Java 17", "synthetic images", "ab", 3, 4);

  private final List<Comparison> comparisons =
      List.of(
          Comparison.of(
              BenchNetwork.TABLE2,
              List.of(
                  measured(0, "pytorch", new Setting(2, 1, 32), 5000),
                  measured(0, "pytorch", new Setting(1, 2, 64), 7000),
                  new Measurement(
                      0, "table2", "dl4j", new Setting(2, 1, 32), null, "not the same work"),
                  measured(1, "unvanish", new Setting(1, 2, 32), 70_000),
                  measured(1, "pytorch", new Setting(1, 2, 64), 7000),
                  measured(2, "unvanish", new Setting(1, 2, 32), 80_000),
                  measured(2, "pytorch", new Setting(1, 2, 64), 6400))));

  private static Measurement measured(int round, String who, Setting setting, double rate) {
    Reading reading =
        new Reading(rate, 1.5, 400, 2e-6, who.equals("unvanish") ? 0.8 : 0.5, 0.013, who + " 1.0");
    return new Measurement(round, "table2", who, setting, reading, null);
  }

  @Test
  void itTellsTheMediansTheSpreadAndTheRatio() {
    String page = new ResultPage(HERE, comparisons).markdown("chart.svg");
    assertThat(page)
        .contains(
            "| Unvanish | 2 threads, batch 32 | 75,000 (70,000 to 80,000) | 80 % | 400 | 1.5 |")
        .contains(
            "| PyTorch (DJL) | 2 threads, batch 64 | 6,700 (6,400 to 7,000) | 50 % | 400 | 1.5 |")
        .contains(
            "**11.3 times** as fast as the fastest of the others, PyTorch (DJL) (10.0 to 12.5")
        .contains("by processor time 7.0 times (6.3 to 7.8)");
  }

  @Test
  void itTellsEverySettingThatWasTriedAndWhoFailed() {
    String page = new ResultPage(HERE, comparisons).markdown("chart.svg");
    assertThat(page)
        .contains("| 2 processes of 1 thread, batch 32 | 5,000 | failed |")
        .contains("| 2 threads, batch 64 | 7,000 | – |")
        .contains("Not counted: dl4j, 2 processes of 1 thread, batch 32: not the same work.");
  }

  @Test
  void itTellsTheConditions() {
    assertThat(new ResultPage(HERE, comparisons).markdown("chart.svg"))
        .contains("a processor, 2 cores")
        .contains("unvanish 1.0; pytorch 1.0")
        .contains("-XX:ObjectAlignmentInBytes=64")
        .contains("Other programs took at most 1.3 % of the processors' time");
  }

  @Test
  void theChartIsAnImageWithABarForEachContestant() throws Exception {
    String svg = BarChart.svg(comparisons);
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    assertThat(svg).contains("Unvanish", "PyTorch (DJL)", "75,000", "6,700");
    assertThat(BarChart.svg(comparisons)).isEqualTo(svg);
  }
}
