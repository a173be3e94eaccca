package org.unvanish.codec.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

class YamlTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tanh, α = 2",
        "1e5",
        "no",
        "null",
        "~",
        "true",
        "12",
        "0x1F",
        "1_000",
        "2021-01-01",
        "- a",
        "a: b",
        "a #b",
        "#",
        "'",
        "\"",
        "\\",
        "{",
        "}",
        "[x]",
        "*x",
        "&x",
        "!x",
        "|",
        ">",
        "%",
        "@",
        "`",
        "?",
        ":",
        " ",
        " a ",
        "é",
        "\uD83D\uDE00",
        "a\tb",
        "=",
        "<<",
        "y",
        "12:30:45",
        ".inf"
      })
  void textReadsBackAsTheSameText(String text) {
    String yaml = YamlText.of(Map.of("key", text));
    assertThat(value(yaml)).isEqualTo(text);
    // Also to another reader, of YAML 1.1.
    assertThat(new Yaml().<Map<String, Object>>load(yaml)).containsEntry("key", text);
  }

  @Test
  void numbersReadBackToTheSameBits() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 2_000; i++) {
      double number = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(number)) {
        Number back = (Number) value(YamlText.of(Map.of("key", number)));
        assertThat(back.doubleValue()).isEqualTo(number);
      }
    }
    for (double number : List.of(0.0, 1.0, 10.0, 1e-8, 0.05, 1e7, 1e30, 123456789.5)) {
      String yaml = YamlText.of(Map.of("key", number));
      assertThat(((Number) value(yaml)).doubleValue()).as(yaml).isEqualTo(number);
    }
  }

  @Test
  void aListThatStandsTwiceIsWrittenTwice() {
    List<Long> seeds = List.of(3L, 1L);
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("a", seeds);
    map.put("b", seeds);
    assertThat(YamlText.of(map)).isEqualTo("a: [3, 1]\nb: [3, 1]\n");
  }

  private static Object value(String yaml) {
    Node.Mapping root = (Node.Mapping) YamlReader.read(yaml, "written");
    return ((Node.Scalar) root.entries().get("key").value()).value();
  }
}
