package org.unvanish.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

class RooflineChartTest {

  private static final Roofline ROOFLINE =
      new Roofline(
          100,
          List.of(
              new Roofline.Roof("first-level cache", 200), new Roofline.Roof("main memory", 20)),
          List.of(
              new Roofline.Kernel("Convolution forward 3x32", 6.7, 92),
              new Roofline.Kernel("Dense forward 48x8", 2, 8)));

  @Test
  void everyRoofAndEveryKernelIsNamedWithItsNumbers() throws Exception {
    String svg = new RooflineChart(ROOFLINE).svg("a core");
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    assertThat(svg)
        .contains("a core", "multiply-add peak, 100 GFLOP/s", "main memory, 20 GB/s")
        .contains("1  Convolution forward 3x32: 6.7, 92.0, 92 %", "2  Dense forward 48x8");
  }

  @Test
  void theSameMeasurementsMakeTheSameDocument() {
    assertThat(new RooflineChart(ROOFLINE).svg("a core"))
        .isEqualTo(new RooflineChart(ROOFLINE).svg("a core"));
  }
}
