package org.unvanish.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {

  private static final List<List<String>> ROWS =
      List.of(
          List.of("arm", "what became of it in the end", "score", "time"),
          List.of("tanh", "it has learnt nothing at all so far", "10.0 %", "1.5 s"),
          List.of("relu", "fine", "44.9 %", "1.4 s"));

  @Test
  void whatFitsIsAsWideAsItIs() {
    assertThat(TextTable.of(ROWS))
        .isEqualTo(
            """
            arm   what became of it in the end         score   time
            tanh  it has learnt nothing at all so far  10.0 %  1.5 s
            relu  fine                                 44.9 %  1.4 s
            """)
        .isEqualTo(TextTable.of(ROWS, TextTable.width(ROWS)));
  }

  @Test
  void textGivesWayToNumbers() {
    assertThat(TextTable.of(ROWS, 40))
        .isEqualTo(
            """
            arm   what became of it    score   time
                  in the end
            tanh  it has learnt        10.0 %  1.5 s
                  nothing at all so
                  far
            relu  fine                 44.9 %  1.4 s
            """);
  }

  @Test
  void whatDoesNotFitAllTheSameFollowsBehindTheFirstColumn() {
    assertThat(TextTable.of(ROWS, 25))
        .isEqualTo(
            """
            arm   what became of it
                  in the end
            tanh  it has learnt
                  nothing at all so
                  far
            relu  fine

            arm   score   time
            tanh  10.0 %  1.5 s
            relu  44.9 %  1.4 s
            """);
  }

  @Test
  void everyColumnIsShownHoweverNarrowThePage() {
    String text = TextTable.of(ROWS, 1);
    for (List<String> row : ROWS) {
      row.forEach(cell -> assertThat(text).contains(cell.split(" ")));
    }
  }

  @Test
  void aRowMayStandOut() {
    StyledText text = TextTable.of(ROWS, 80, row -> row == 2 ? Style.STRONG : Style.PLAIN);
    assertThat(text.parts())
        .filteredOn(part -> part.style() == Style.STRONG)
        .singleElement()
        .satisfies(part -> assertThat(part.text()).startsWith("relu "));
  }
}
