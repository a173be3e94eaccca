package org.unvanish.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CommandNameTest {

  private static final List<String> COMMANDS = List.of("run", "data");

  private static String renamed(String text) {
    return CommandName.renamed(text, COMMANDS, "./unvanish");
  }

  @Test
  void commandsInAMessageHaveTheNameThatTheUserTyped() {
    assertThat(renamed("Install it with: unvanish data install cifar10"))
        .isEqualTo("Install it with: ./unvanish data install cifar10");
    assertThat(renamed("a name that \"unvanish data list\" shows; go on with unvanish run."))
        .isEqualTo("a name that \"./unvanish data list\" shows; go on with ./unvanish run.");
    assertThat(renamed("See: unvanish --help")).isEqualTo("See: ./unvanish --help");
  }

  @Test
  void whatIsNoCommandStaysAsItIs() {
    for (String text :
        List.of(
            "in /home/unvanish data are missing",
            "an-unvanish run",
            "unvanish runs 3 of them",
            "unvanish is a program")) {
      assertThat(renamed(text)).isEqualTo(text);
    }
  }
}
