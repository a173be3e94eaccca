package org.unvanish.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StyledTextTest {

  @Test
  void aParagraphBreaksBetweenWords() {
    assertThat(StyledText.wrapped("α and β are Greek", 11)).isEqualTo("α and β are\nGreek\n");
    assertThat(StyledText.wrapped("here 95 % of it", 8)).isEqualTo("here\n95 % of\nit\n");
    assertThat(StyledText.wrapped("unbreakable word", 5)).isEqualTo("unbreakable\nword\n");
  }

  @Test
  void anItemHasItsLinesBehindItsName() {
    StyledText text = new StyledText().item("Found", 7, "one two three", 14).item("No", 7, "", 9);
    assertThat(text).hasToString("Found  one two\n       three\n");
    assertThat(text.parts().get(0)).isEqualTo(new StyledText.Part("Found", Style.STRONG));
  }
}
