package org.unvanish.benchmarks.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

class ResultPageTest {

  private static final Conditions HERE =
      new Conditions(
          new MachineKind("a processor", "maker family 6 model 143", 2, 1, "512-bit", 8, "KVM"),
          List.of("17.0.15", "25.0.3"),
          "synthetic images",
          "ab",
          3,
          4);

  private static final String OLD = "unvanish-java17";
  private static final String NEW = "unvanish-java25";

  private final List<Comparison> comparisons =
      List.of(
          Comparison.of(
              BenchNetwork.TABLE2,
              2_000_000,
              List.of(
                  measured(0, "pytorch", new Setting(2, 1, 32), 5000),
                  measured(0, "pytorch", new Setting(1, 2, 64), 7000),
                  new Measurement(
                      0, "table2", "dl4j", new Setting(2, 1, 32), null, "not the same work"),
                  measured(1, OLD, new Setting(1, 2, 32), 60_000),
                  measured(1, NEW, new Setting(1, 2, 32), 70_000),
                  measured(1, "pytorch", new Setting(1, 2, 64), 7000),
                  measured(2, OLD, new Setting(1, 2, 32), 64_000),
                  measured(2, NEW, new Setting(1, 2, 32), 80_000),
                  measured(2, "pytorch", new Setting(1, 2, 64), 6400))));

  private static Measurement measured(int round, String who, Setting setting, double rate) {
    return measured(BenchNetwork.TABLE2, round, who, setting, rate);
  }

  private static Measurement measured(
      BenchNetwork network, int round, String who, Setting setting, double rate) {
    Reading reading =
        new Reading(rate, 1.5, 400, 2e-6, who.equals("pytorch") ? 0.5 : 0.8, 0.013, who + " 1.0");
    return new Measurement(round, network.id(), who, setting, reading, null);
  }

  @Test
  void itTellsTheMediansTheSpreadAndTheRatio() {
    String page = new ResultPage(HERE, comparisons).markdown("chart.svg");
    assertThat(page)
        .contains(
            "| Unvanish on Java 25 | 2 threads, batch 32 | 75,000 (70,000 to 80,000) | 150 | 80 % | 400 | 1.5 |")
        .contains(
            "| PyTorch (DJL) | 2 threads, batch 64 | 6,700 (6,400 to 7,000) | 13 | 50 % | 400 | 1.5 |")
        .contains(
            "Unvanish on Java 25 is **11.3 times** as fast as the fastest of the others, PyTorch (DJL) (10.0 to 12.5")
        .contains("by processor time 7.0 times (6.3 to 7.8)")
        .contains("Unvanish on Java 17 is **9.3 times** as fast as the fastest of the others");
  }

  @Test
  void itBeginsWithTheConclusionOnBothVersionsOfJava() {
    String page = new ResultPage(HERE, comparisons).markdown("chart.svg");
    assertThat(page.substring(0, page.indexOf("chart.svg")))
        .contains("Unvanish on Java 25 is faster than all others with 1 of 1 networks.")
        .contains(
            "| network | fastest of the others | Unvanish on Java 25 | Unvanish on Java 17 | newest Java to oldest |")
        .contains(
            "| table2 | PyTorch (DJL) | **11.3 times** (10.0 to 12.5) | **9.3 times** (8.6 to 10.0) | 1.21 times (1.17 to 1.25) |");
  }

  @Test
  void whereAFrameworkWinsItIsTold() {
    Setting setting = new Setting(1, 2, 32);
    Comparison lost =
        Comparison.of(
            BenchNetwork.MLP,
            8_000_000,
            List.of(
                measured(BenchNetwork.MLP, 1, OLD, setting, 800),
                measured(BenchNetwork.MLP, 1, "pytorch", setting, 1000)));
    String page = new ResultPage(HERE, List.of(comparisons.get(0), lost)).markdown("chart.svg");
    assertThat(page)
        .contains("with 1 of 2 networks. With mlp, PyTorch (DJL) is faster: 1.25 times")
        .contains("| mlp | PyTorch (DJL) | – | **0.80 times** (0.80 to 0.80) | – |")
        .contains(
            "Unvanish on Java 17 is slower: the fastest of the others, PyTorch (DJL), is **1.25 times** as fast (1.25 to 1.25, round by round)");
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
        .contains(
            "Processor: a processor, 2 logical cores, 1 thread a core; maker family 6 model 143; 512-bit vectors; 8 GB of memory; virtual, by KVM.")
        .contains("Java: Unvanish on 17.0.15 and on 25.0.3; the others on 17.0.15")
        .contains("unvanish-java25 1.0; unvanish-java17 1.0; pytorch 1.0")
        .contains("-XX:ObjectAlignmentInBytes=64")
        .contains("Other programs took at most 1.3 % of the processors' time");
  }

  @Test
  void theChartIsAnImageWithABarForEachContestant() throws Exception {
    String svg = BarChart.svg(comparisons);
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    assertThat(svg)
        .contains("Unvanish on Java 25", "Unvanish on Java 17", "PyTorch (DJL)", "75,000", "6,700");
    assertThat(BarChart.svg(comparisons)).isEqualTo(svg);
  }
}
