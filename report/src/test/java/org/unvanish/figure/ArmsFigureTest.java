package org.unvanish.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.comparison.Examples;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Experiment;
import org.unvanish.experiment.ExperimentResult;
import org.unvanish.experiment.Run;
import org.unvanish.experiment.RunOutcome;
import org.unvanish.experiment.RunResult;
import org.unvanish.loss.ClassWeights;
import org.unvanish.loss.SoftmaxCrossEntropy;
import org.unvanish.report.Report;
import org.unvanish.train.EpochRecord;
import org.w3c.dom.Element;

class ArmsFigureTest {

  private static final List<String> NAMES =
      List.of(
          "tanh",
          "tanh, elastic net, α = 2",
          "<critical> & \"factors\"",
          "arm 3",
          "arm 4",
          "arm 5",
          "arm 6",
          "arm 7",
          "arm 8");

  private static final String FINAL_COLOUR = "stroke:rgb(0,114,178)";
  private static final String MEAN_COLOUR = "stroke:rgb(213,94,0)";

  @TempDir Path folder;

  @Test
  void anExperimentOfMoreThanEightArmsHasIt() throws IOException {
    assertThat(report(Examples.curves(Examples.experiment(NAMES, 1L), 2)))
        .endsWith("example.svg", "example.png", "example-arms.svg", "example-arms.png");
    Experiment eight = Examples.experiment(NAMES.subList(0, 8), 1L);
    assertThat(report(Examples.curves(eight, 2))).endsWith("example.svg", "example.png");
  }

  @Test
  void withoutFinishedRunsThereIsNone() throws IOException {
    assertThat(report(accuracies(arm -> false))).endsWith("example.png");
    assertThat(report(accuracies(arm -> arm == 3))).endsWith("example-arms.png");
  }

  @Test
  void allArmsMustReportTheSameScoreFirst() {
    Experiment equal = Examples.experiment(NAMES, 1L);
    SoftmaxCrossEntropy weighted =
        new SoftmaxCrossEntropy(new ClassWeights.Given(List.of(1.0, 2.0)));
    List<Arm> balanced =
        equal.arms().stream()
            .map(a -> new Arm(a.name(), a.network(), a.settings().withLoss(weighted), a.seeds()))
            .toList();
    assertThat(ArmsFigure.suits(equal)).isTrue();
    assertThat(ArmsFigure.suits(new Experiment("example", "Balanced", equal.data(), balanced)))
        .isTrue();
    List<Arm> mixed = new ArrayList<>(equal.arms());
    mixed.set(0, balanced.get(0));
    assertThat(ArmsFigure.suits(new Experiment("example", "Mixed", equal.data(), mixed))).isFalse();
  }

  @Test
  void eachArmHasItsRowWithTheFirstOnTop() throws Exception {
    String svg = svg(accuracies(arm -> true));
    List<Element> names =
        Svg.elements(svg, "text").stream().filter(t -> NAMES.contains(Svg.text(t))).toList();
    assertThat(names)
        .hasSameSizeAs(NAMES)
        .isSortedAccordingTo(Comparator.comparingDouble(name -> Svg.number(name, "y")));
    assertThat(names).extracting(Svg::text).isEqualTo(NAMES);
    List<Element> finals = bars(svg, FINAL_COLOUR);
    List<Element> means = bars(svg, MEAN_COLOUR);
    assertThat(finals).hasSameSizeAs(NAMES);
    assertThat(means).hasSameSizeAs(NAMES);
    for (int i = 0; i < NAMES.size(); i++) {
      // A text's y is that of its baseline.
      double row = Svg.number(names.get(i), "y") - 4;
      assertThat(Svg.number(finals.get(i), "y1")).isBetween(row - 8, row - 2);
      assertThat(Svg.number(means.get(i), "y1")).isBetween(row + 2, row + 8);
    }
    assertThat(Svg.texts(svg))
        .contains(
            "An example",
            "made-up dots: 2 training and 2 test samples; 3 seeds for each arm",
            "final test accuracy",
            "test accuracy over all epochs",
            "Test accuracy (%)")
        .anyMatch(text -> text.contains("Dashed line: final test accuracy of “tanh”."));
  }

  @Test
  void barsAreQuartilesAndTheDashedLineIsTheFirstArmsMean() throws Exception {
    String svg = svg(accuracies(arm -> true));
    List<Element> finals = bars(svg, FINAL_COLOUR);
    double percent = middle(finals.get(1)) - middle(finals.get(0));
    for (int i = 0; i < NAMES.size(); i++) {
      assertThat(middle(finals.get(i)))
          .isCloseTo(middle(finals.get(0)) + place(i) * percent / place(1), within(1e-6));
      // Between the seeds, which are two points apart, lies one at either quartile.
      assertThat(Svg.number(finals.get(i), "x2") - Svg.number(finals.get(i), "x1"))
          .isCloseTo(2 * percent / place(1), within(1e-6));
      // The first of the two epochs has ten points less than the last.
      assertThat(middle(bars(svg, MEAN_COLOUR).get(i)))
          .isCloseTo(middle(finals.get(i)) - 5 * percent / place(1), within(1e-6));
    }
    assertThat(dashedLine(svg))
        .singleElement()
        .satisfies(x -> assertThat(x).isCloseTo(middle(finals.get(0)), within(1e-6)));
  }

  @Test
  void anArmWithoutFinishedRunsHasAnEmptyRow() throws Exception {
    String svg = svg(accuracies(arm -> arm != 4));
    assertThat(Svg.texts(svg))
        .containsAll(NAMES)
        .anyMatch(text -> text.startsWith("3 of 27 runs did not finish (3 diverged"));
    assertThat(bars(svg, FINAL_COLOUR)).hasSize(NAMES.size() - 1);
    assertThat(dashedLine(svg)).hasSize(1);

    String first = svg(accuracies(arm -> arm != 0));
    assertThat(Svg.texts(first)).containsAll(NAMES).noneMatch(text -> text.contains("Dashed line"));
    assertThat(dashedLine(first)).isEmpty();
  }

  @Test
  void aNameWithoutRoomIsCutOff() throws Exception {
    List<String> names = new ArrayList<>(NAMES);
    names.set(3, "W".repeat(200));
    names.set(4, "tanh, penalised with an elastic net, α = 2, LeCun's normal values");
    Experiment experiment = Examples.experiment(names, 1L);
    assertThat(Svg.texts(svg(Examples.curves(experiment, 2))))
        .contains(names.get(4))
        .anyMatch(text -> text.matches("W{10,60}…"))
        .doesNotContain(names.get(3));
  }

  @Test
  void ofHundredsOfArmsThePngStillFitsIntoMemory() throws IOException {
    List<String> names = IntStream.range(0, 600).mapToObj(i -> "arm " + i).toList();
    Experiment experiment = Examples.experiment(names, 1L);
    List<RunResult> runs =
        experiment.runs().stream()
            .map(run -> Examples.finished(run, Examples.epoch(1, 0.5, 1e-3)))
            .toList();
    Path png = new ArmsFigure(new ExperimentResult(experiment, runs)).write(folder).get(1);
    ByteBuffer header = ByteBuffer.wrap(Files.readAllBytes(png));
    long width = header.getInt(16);
    long height = header.getInt(20);
    assertThat(width).isBetween(1000L, 1799L);
    assertThat(width * height).isBetween(49_900_000L, 50_100_000L);
  }

  @Test
  void aFileOfSomeoneElseIsNotReplaced() throws IOException {
    Report.requireReplaceable("example", folder);
    Files.writeString(folder.resolve("example-arms.svg"), "<svg/>");
    assertThatThrownBy(() -> Report.requireReplaceable("example", folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("example-arms.svg");
  }

  private List<String> report(ExperimentResult result) throws IOException {
    return Report.write(result, Map.of(), List.of(), folder).stream()
        .map(file -> file.getFileName().toString())
        .toList();
  }

  private String svg(ExperimentResult result) throws IOException {
    return Files.readString(new ArmsFigure(result).write(folder).get(0));
  }

  /**
   * Three seeds of two epochs: the last one's accuracies are 50 % and as many points more as the
   * arm's {@link #place}, for one seed two points less and for one two points more.
   */
  private static ExperimentResult accuracies(IntPredicate finished) {
    Experiment experiment = Examples.experiment(NAMES, 1L, 2L, 3L);
    List<RunResult> runs = new ArrayList<>();
    for (int i = 0; i < NAMES.size(); i++) {
      for (Run run : experiment.arms().get(i).runs()) {
        double last = 0.5 + 0.01 * place(i) + 0.02 * (run.seed() - 2);
        List<EpochRecord> epochs =
            List.of(Examples.epoch(1, last - 0.1, 1e-3), Examples.epoch(2, last, 1e-3));
        RunOutcome outcome =
            finished.test(i) ? new RunOutcome.Finished() : new RunOutcome.Diverged(3, 1);
        runs.add(new RunResult(run, outcome, epochs));
      }
    }
    return new ExperimentResult(experiment, runs);
  }

  private static int place(int arm) {
    return 5 * arm % 9;
  }

  /** From top to bottom. */
  private static List<Element> bars(String svg, String colour) throws Exception {
    return lines(svg, colour).stream()
        .filter(line -> line.getAttribute("y1").equals(line.getAttribute("y2")))
        .sorted(Comparator.comparingDouble(line -> Svg.number(line, "y1")))
        .toList();
  }

  /** Where vertical lines are that are longer than the ends of bars. */
  private static List<Double> dashedLine(String svg) throws Exception {
    return lines(svg, FINAL_COLOUR).stream()
        .filter(line -> Svg.number(line, "y2") - Svg.number(line, "y1") > 10)
        .filter(line -> line.getAttribute("style").contains("stroke-dasharray"))
        .map(ArmsFigureTest::middle)
        .toList();
  }

  private static List<Element> lines(String svg, String colour) throws Exception {
    return Svg.elements(svg, "line").stream()
        .filter(line -> line.getAttribute("style").contains(colour))
        .toList();
  }

  private static double middle(Element line) {
    return (Svg.number(line, "x1") + Svg.number(line, "x2")) / 2;
  }
}
