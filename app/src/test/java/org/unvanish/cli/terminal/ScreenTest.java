package org.unvanish.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.unvanish.text.Style;
import org.unvanish.text.StyledText;

class ScreenTest {

  private final StringWriter written = new StringWriter();
  private final PrintWriter terminal = new PrintWriter(written);

  @Test
  void coloursAreOursAloneAndNothingElseEscapes() {
    StyledText text =
        new StyledText().add("plain \u001b[31m\n").add("bad \u001b]0;title\u0007", Style.BAD);
    new Screen(terminal, 0, true).print(text);
    assertThat(written)
        .hasToString("plain \\u001b[31m\n\u001b[1;31mbad \\u001b]0;title\\u0007\u001b[0m");
  }

  @Test
  void withoutColoursTheTextIsPlain() {
    StyledText text = new StyledText().add("a", Style.GOOD).add("b", Style.STRONG).add("c");
    Screen.of(terminal).print(text);
    assertThat(written).hasToString("abc");
  }

  @Test
  void whatIsNoTerminalIsAsWideOnEveryMachine() {
    assertThat(Screen.of(terminal).columns()).isEqualTo(80);
    assertThat(new Screen(terminal, 132, false).columns()).isEqualTo(132);
    assertThat(new Screen(terminal, 500, false).columns()).isEqualTo(200);
    Screen screen = new Screen(terminal, 10, false);
    assertThat(screen.columns()).isEqualTo(40);
    assertThat(Screen.of(screen)).isSameAs(screen);
  }
}
