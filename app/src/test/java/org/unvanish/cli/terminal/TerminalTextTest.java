package org.unvanish.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TerminalTextTest {

  @Test
  void charactersThatMoveTheCursorOrTurnTheTextAreWrittenOut() {
    StringWriter terminal = new StringWriter();
    PrintWriter out = new PrintWriter(new TerminalText(terminal), true);
    out.println("a\u001b[31mred\u0007 \r\u009b");
    out.print('\u202e');
    out.print("\u2066x\u2028".toCharArray());
    assertThat(terminal.toString())
        .isEqualTo(
            "a\\u001b[31mred\\u0007 \\u000d\\u009b"
                + System.lineSeparator()
                + "\\u202e\\u2066x\\u2028");
  }

  @Test
  void allOtherTextStaysAsItIs() {
    String text = "α = 2\t−∞ “x” …\n日本語 \u200d \ud83d\ude00 é";
    assertThat(TerminalText.lines(text)).isSameAs(text);
  }

  @Test
  void aMessageStaysOnItsLine() {
    assertThat(TerminalText.line("no file x\nunvanish: all is well"))
        .isEqualTo("no file x\\nunvanish: all is well");
  }

  @Test
  void whatAMessageListsIsSetInOnLinesOfItsOwn() {
    assertThat(TerminalText.message("these differ:\n  epochs\n  x\nunvanish: all is well"))
        .isEqualTo("these differ:\n  epochs\n  x\\nunvanish: all is well");
  }

  @Test
  void theProgressLineIsSafeToo() {
    StringWriter terminal = new StringWriter();
    ProgressLine line = new ProgressLine(new PrintWriter(terminal, true), 40, () -> 0);
    line.println("arm \u001b]0;title\u0007");
    assertThat(terminal.toString()).startsWith("arm \\u001b]0;title\\u0007");
  }
}
