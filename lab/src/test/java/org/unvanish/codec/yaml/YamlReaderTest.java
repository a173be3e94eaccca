package org.unvanish.codec.yaml;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class YamlReaderTest {

  @Test
  void placesAreTheParsersOwnAlsoWhereNothingCanBeRead() {
    refused("a: 1\rb: \u0007", "own.yaml:2:4: the character U+0007 is not allowed in YAML");
    refused("a: 1\r\nb: \u0007", "own.yaml:2:4: the character U+0007 is not allowed in YAML");
    refused("a: 1\u0085b: \u0007", "own.yaml:2:4: the character U+0007 is not allowed in YAML");
    refused("a: \"😀\u0007", "own.yaml:1:6: the character U+0007 is not allowed in YAML");
    refused("a: \"😀\" &b", "own.yaml:1:8: this is not YAML");
  }

  private static void refused(String text, String message) {
    assertThatThrownBy(() -> YamlReader.read(text, "own.yaml"))
        .isInstanceOf(SpecException.class)
        .hasMessageStartingWith(message);
  }
}
