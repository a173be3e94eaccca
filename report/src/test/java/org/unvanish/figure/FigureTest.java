package org.unvanish.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Font;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.comparison.Examples;
import org.unvanish.comparison.Summary;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.RunResult;
import org.unvanish.report.Report;
import org.w3c.dom.Element;

class FigureTest {

  private static final List<String> ARMS = List.of("tanh", "<tanh> & \"α = 2\"");
  private static final Experiment EXPERIMENT = Examples.experiment(ARMS, 1L, 2L, 3L, 4L);

  @Test
  void theSvgShowsArmsDataTicksAndCaption() throws Exception {
    List<String> texts = Svg.texts(figure(20, "Assumed: batch size 32.").svg());
    assertThat(texts)
        .contains(
            "An example",
            "made-up dots: 2 training and 2 test samples; 4 seeds for each arm",
            "Epoch",
            "test",
            "training",
            "Assumed: batch size 32.",
            "20")
        .containsAll(ARMS)
        .anyMatch(t -> t.contains("interquartile ranges"))
        .anyMatch(t -> t.matches("([125]·)?10⁻⁴"));
  }

  @Test
  void aLongNoteIsWrappedWithinThePage() throws Exception {
    String note = "word ".repeat(100).strip();
    List<String> lines =
        Svg.texts(figure(3, note).svg()).stream().filter(t -> t.startsWith("word")).toList();
    assertThat(lines).hasSizeGreaterThan(2);
    assertThat(String.join(" ", lines)).isEqualTo(note);
    assertThat(lines)
        .allSatisfy(
            line ->
                assertThat(Sheet.measure(Sheet.font(Font.PLAIN, 12)).stringWidth(line))
                    .isLessThanOrEqualTo(840));
  }

  @Test
  void theSameResultsGiveTheSameBytes() throws IOException {
    assertThat(figure(5, "note").svg()).isEqualTo(figure(5, "note").svg());
    assertThat(figure(5, "note").png()).isEqualTo(figure(5, "note").png());
  }

  @Test
  void thePngHasTwoPixelsAUnitAndShowsBothArmsColours() throws Exception {
    Figure figure = figure(20, "note");
    Element svg = Svg.root(figure.svg());
    BufferedImage png = ImageIO.read(new ByteArrayInputStream(figure.png()));
    assertThat((double) png.getWidth())
        .isEqualTo(2 * Double.parseDouble(svg.getAttribute("width")));
    assertThat((double) png.getHeight())
        .isEqualTo(2 * Double.parseDouble(svg.getAttribute("height")));
    assertThat(pixels(png, 0x0072B2)).isGreaterThan(2000);
    assertThat(pixels(png, 0xD55E00)).isGreaterThan(2000);
    assertThat(pixels(png, 0xFFFFFF)).isGreaterThan(png.getWidth() * png.getHeight() / 2);
  }

  @Test
  void aSingleEpochIsVisibleToo() throws Exception {
    Figure figure = figure(1, "note");
    BufferedImage png = ImageIO.read(new ByteArrayInputStream(figure.png()));
    assertThat(pixels(png, 0x0072B2)).isGreaterThan(300);
    assertThat(pixels(png, 0xD55E00)).isGreaterThan(300);
    assertThat(Svg.texts(figure.svg())).anyMatch(t -> t.startsWith("Markers: means"));
  }

  @Test
  void gradientsOfZeroAreCutOffAndTheCaptionSaysSo() throws Exception {
    Experiment one = Examples.experiment(List.of("tanh"), 1L);
    RunResult dead =
        Examples.finished(
            one.runs().get(0), Examples.epoch(1, 0.1, 1e-9), Examples.epoch(2, 0.1, 0));
    assertThat(Svg.texts(figure(one, List.of(dead)).svg()))
        .anyMatch(t -> t.contains("Values of 0 have no place"));
    RunResult allZero =
        Examples.finished(one.runs().get(0), Examples.epoch(1, 0.1, 0), Examples.epoch(2, 0.1, 0));
    assertThat(Svg.texts(figure(one, List.of(allZero)).svg()))
        .anyMatch(t -> t.contains("Values of 0 have no place"));
    assertThat(Svg.texts(figure(4, "note").svg())).noneMatch(t -> t.contains("Values of 0"));
  }

  @Test
  void gradientsOverManyDecadesGetFewLabels() throws Exception {
    Experiment one = Examples.experiment(List.of("tanh"), 1L);
    RunResult run =
        Examples.finished(
            one.runs().get(0), Examples.epoch(1, 0.1, 3e-38), Examples.epoch(2, 0.1, 40));
    assertThat(
            Svg.texts(figure(one, List.of(run)).svg()).stream()
                .filter(t -> t.matches("10[⁻⁰-⁹¹²³]+")))
        .hasSizeBetween(5, 9);
  }

  @Test
  void divergedRunsAreCountedInTheCaption() throws Exception {
    List<RunResult> runs = new ArrayList<>(Examples.curves(EXPERIMENT, 4).runs());
    RunResult last = runs.get(7);
    runs.set(
        7, new RunResult(last.run(), new RunOutcome.Diverged(3, 1), last.epochs().subList(0, 2)));
    assertThat(Svg.texts(figure(EXPERIMENT, runs).svg()))
        .anyMatch(t -> t.startsWith("1 of 8 runs did not finish (1 diverged, 0 failed, 0 inter"));
  }

  @Test
  void armsWhoseColoursComeAgainHaveDotsInLinesAndLegend() throws Exception {
    // Of training data; with a dot and with two, of test data in panels and legend, of training.
    assertThat(dashes(7)).hasSize(1);
    assertThat(dashes(15)).hasSize(5);
    for (int first = 0; first < 30; first++) {
      for (int other = 0; other < first; other++) {
        boolean sameColour = ChartStyle.colour(first).equals(ChartStyle.colour(other));
        boolean sameLine = ChartStyle.SCREEN.line(first).equals(ChartStyle.SCREEN.line(other));
        boolean sameDashes =
            ChartStyle.SCREEN.dashes(first).equals(ChartStyle.SCREEN.dashes(other));
        assertThat(sameColour && (sameLine || sameDashes)).isFalse();
      }
    }
  }

  private static Set<String> dashes(int arms) throws Exception {
    List<String> names = IntStream.range(0, arms).mapToObj(i -> "arm " + i).toList();
    Experiment many = Examples.experiment(names, 1L, 2L);
    return Pattern.compile("stroke-dasharray[^;\"]*[\";][^;\"]*")
        .matcher(figure(many, Examples.curves(many, 4).runs()).svg())
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toSet());
  }

  @Test
  void nothingToDrawIsRefused() {
    ExperimentResult empty = new ExperimentResult(EXPERIMENT, List.of());
    assertThatThrownBy(() -> new Figure(empty, Summary.of(empty), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nothing to draw");
  }

  @Test
  void theReportWritesAllFilesAndLeavesNothingElse(@TempDir Path folder) throws IOException {
    Path out = folder.resolve("new/folder");
    ExperimentResult result = Examples.curves(EXPERIMENT, 3);
    assertThat(Report.write(result, Map.of(), List.of("note"), out))
        .extracting(p -> p.getFileName().toString())
        .containsExactly(
            "epochs.csv",
            "gradients.csv",
            "updates.csv",
            "rms.csv",
            "scales.csv",
            "times.csv",
            "summary.csv",
            "comparisons.csv",
            "runs.csv",
            "example.svg",
            "example.png");
    try (Stream<Path> files = Files.list(out)) {
      assertThat(files).hasSize(11);
    }
  }

  @Test
  void aReportWithoutEpochsHasNoFigure(@TempDir Path folder) throws IOException {
    ExperimentResult empty = new ExperimentResult(EXPERIMENT, List.of());
    assertThat(Report.write(empty, Map.of(), List.of(), folder)).hasSize(9);
  }

  private static Figure figure(int epochs, String note) {
    ExperimentResult result = Examples.curves(EXPERIMENT, epochs);
    return new Figure(result, Summary.of(result), List.of(note));
  }

  private static Figure figure(Experiment experiment, List<RunResult> runs) {
    ExperimentResult result = new ExperimentResult(experiment, runs);
    return new Figure(result, Summary.of(result), List.of());
  }

  private static int pixels(BufferedImage image, int colour) {
    int count = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        count += (image.getRGB(x, y) & 0xFFFFFF) == colour ? 1 : 0;
      }
    }
    return count;
  }
}
