package org.unvanish.data.format.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.data.LoadProgress;
import org.unvanish.data.format.csv.TableSurvey.SequenceColumns;

class TableSurveyTest {

  @TempDir Path folder;

  private TableSurvey survey(String text) throws IOException {
    return TableSurvey.of(Files.writeString(folder.resolve("own.csv"), text), LoadProgress.SILENT);
  }

  @Test
  void aColumnIsWhatItsCellsAre() throws IOException {
    TableSurvey survey =
        survey(
            """
            no,size,kind,note
            1,1.5,a,
            2,2.25,b,NA
            3,-3e1,a,x
            4,4,a,y
            """);
    assertThat(survey.rows()).isEqualTo(4);
    assertThat(survey.columns())
        .containsExactly(
            new SurveyedColumn("no", 0, true, false, 4, true, true, true),
            new SurveyedColumn("size", 0, true, true, 4, true, true, false),
            new SurveyedColumn("kind", 0, false, false, 2, true, false, false),
            new SurveyedColumn("note", 2, false, false, 2, true, true, false));
    assertThat(survey.column("kind")).hasValueSatisfying(c -> assertThat(c.isConstant()).isFalse());
    assertThat(survey.column("other")).isEmpty();
  }

  /** Of very many different cells no more are kept than there is room for. */
  @Test
  void differentCellsAreCountedUpToALimit() throws IOException {
    String text =
        IntStream.range(0, 10_001)
            .mapToObj(i -> "n" + i + ",1")
            .collect(Collectors.joining("\n", "name,x\n", "\n"));
    SurveyedColumn name = survey(text).columns().get(0);
    assertThat(name.different()).isEqualTo(10_000);
    assertThat(name.isCounted()).isFalse();
    assertThat(name.isTogether()).isFalse();
  }

  @Test
  void rowsAreStepsWhereATimeBeginsAnew() throws IOException {
    String text = "walk,second,speed,kind\na,0,3,x\na,1,2,x\nb,0,2,y\nb,2,1,y\n";
    assertThat(survey(text).sequences(List.of("kind"), LoadProgress.SILENT))
        .contains(new SequenceColumns("walk", "second"));
    // What is to be learnt of a sequence is one thing.
    assertThat(survey(text).sequences(List.of("speed"), LoadProgress.SILENT)).isEmpty();
  }

  /** In single precision, these times are all the same. */
  @Test
  void timesAreComparedExactly() throws IOException {
    String text = "walk,time,speed\na,%d,3\na,%d,2\nb,%d,2\nb,%d,1\n";
    for (long second : new long[] {1_700_000_000, 1_700_000_000_000_000_000L}) {
      TableSurvey survey = survey(text.formatted(second, second + 1, second, second + 1));
      assertThat(survey.sequences(List.of(), LoadProgress.SILENT))
          .contains(new SequenceColumns("walk", "time"));
      assertThat(survey.column("time"))
          .hasValueSatisfying(c -> assertThat(c.isRowNumber()).isFalse());
      TableSurvey equal = survey(text.formatted(second, second, second, second));
      assertThat(equal.sequences(List.of(), LoadProgress.SILENT)).isEmpty();
      assertThat(equal.column("time"))
          .hasValueSatisfying(c -> assertThat(c.isRowNumber()).isFalse());
      TableSurvey rows = survey(text.formatted(second, second + 1, second + 2, second + 3));
      assertThat(rows.column("time")).hasValueSatisfying(c -> assertThat(c.isRowNumber()).isTrue());
    }
  }

  @Test
  void aTableThatIsSortedHasNoSequences() throws IOException {
    String sorted = "place,no,size,kind\nBonn,0,3,x\nBonn,1,2,x\nOslo,2,2,y\nOslo,3,1,y\n";
    assertThat(survey(sorted).sequences(List.of("kind"), LoadProgress.SILENT)).isEmpty();
  }
}
