package org.unvanish.data.format.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.data.ColumnRoles;
import org.unvanish.data.DataException;
import org.unvanish.data.DataSource;
import org.unvanish.data.Dataset;
import org.unvanish.data.catalog.DataCatalog;

/** Labels that are measurements are refused; labels that are classes are not. */
class MeasuredColumnsTest {

  @TempDir Path folder;

  @Test
  void twoHundredWholeNumbersAreMeasurements() throws IOException {
    Path file = write(IntStream.range(0, 2_000).mapToObj(i -> "" + 7 * (i % 200)));
    assertThatThrownBy(() -> load(file, false))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "the label column \"label\" of %s has 200 different numbers from 0 to 1393, which "
                + "look like measurements, not classes. For numeric targets, name the column in "
                + "target-columns instead of label-column. If they are classes, write \"labels-are: "
                + "classes\" in the spec's data.",
            file);
  }

  @Test
  void whoSaysThatTheyAreClassesIsBelieved() throws IOException {
    Path file = write(IntStream.range(0, 2_000).mapToObj(i -> "" + 7 * (i % 200)));
    assertThat(load(file, true).classes()).hasSize(200);
  }

  @Test
  void moreNumbersThanThereCanBeClassesAreMeasurementsToo() throws IOException {
    Path file = write(IntStream.range(0, 2_000).mapToObj(i -> i + ".25"));
    assertThatThrownBy(() -> load(file, false))
        .hasMessageContaining("has more than 256 different numbers, the first of them from 0.25 to")
        .hasMessageContaining("name the column in target-columns instead")
        .hasMessageNotContaining("labels-are");
  }

  /** Numbers of millions of digits would take hours to compare, and messages would repeat them. */
  @Test
  void moreDigitsThanNumbersHaveAreTexts() {
    String digits = "1".repeat(199);
    List<String> longest = List.of(digits + "2", digits + "1", "20", "7.5");
    assertThat(MeasuredColumns.problem("it", longest, 1_000))
        .hasValueSatisfying(
            problem -> assertThat(problem).startsWith("it has 4").hasSizeLessThan(400));
    List<String> longer = List.of(digits + "22", digits + "1", "20", "7.5");
    assertThat(MeasuredColumns.problem("it", longer, 1_000)).isEmpty();
    assertThat(TextOrder.sorted(List.of(digits + "2", digits + "1", "20", "7")))
        .containsExactly("7", "20", digits + "1", digits + "2");
    assertThat(TextOrder.sorted(List.of(digits + "22", "20", "7")))
        .containsExactly(digits + "22", "20", "7");
  }

  @Test
  void aLabelOfManyDigitsIsNotRepeatedInFull() throws IOException {
    Path file = write(Stream.of("1".repeat(1_000), "2", "2", "3", "3"));
    assertThatThrownBy(() -> load(file, false))
        .hasMessageContaining("has only one sample")
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400));
  }

  @Test
  void fractionsAreMeasurementsHoweverFew() {
    assertThat(MeasuredColumns.problem("it", List.of("0.1", "0.5", "0.75"), 1_000)).isPresent();
    assertThat(MeasuredColumns.problem("it", List.of("-1e-3", "2", "3"), 1_000)).isPresent();
  }

  @Test
  void countsThatHardlyRepeatAreMeasurements() {
    assertThat(MeasuredColumns.problem("it", numbers(0, 40), 100)).isPresent();
  }

  @Test
  void digitsNumbersOfClassesFlagsAndWordsAreClasses() {
    assertThat(MeasuredColumns.problem("it", numbers(0, 10), 20)).isEmpty();
    assertThat(MeasuredColumns.problem("it", numbers(0, 100), 50_000)).isEmpty();
    assertThat(MeasuredColumns.problem("it", numbers(1, 26), 1_000)).isEmpty();
    assertThat(MeasuredColumns.problem("it", List.of("0.0", "1.0", "2.0"), 30)).isEmpty();
    assertThat(MeasuredColumns.problem("it", List.of("-0.5", "0.5"), 30)).isEmpty();
    assertThat(MeasuredColumns.problem("it", List.of("3", "30", "300", "-7"), 30)).isEmpty();
    assertThat(MeasuredColumns.problem("it", List.of("1.5", "rose", "2.5"), 30)).isEmpty();
  }

  private static List<String> numbers(int first, int count) {
    return IntStream.range(first, first + count).mapToObj(Integer::toString).toList();
  }

  private Path write(Stream<String> labels) throws IOException {
    return Files.writeString(
        folder.resolve("own.csv"),
        labels.map(label -> "1," + label).collect(Collectors.joining("\n", "x,label\n", "\n")));
  }

  private Dataset load(Path file, boolean classes) {
    DataSource source =
        DataSource.of(file.toString())
            .withColumns(
                new ColumnRoles(Optional.empty(), classes, List.of(), List.of(), Set.of()));
    return new DataCatalog(folder.resolve("none")).load(source);
  }
}
