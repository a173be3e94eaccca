package org.unvanish.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Ways in which people and disks break a spec; what comes out may by chance be valid still. */
enum Mutation {
  KEY_MISSPELT {
    @Override
    String apply(String text, SplittableRandom random) {
      return replace(text, KEY, random, key -> misspell(key, random));
    }
  },
  WORD_MISSPELT {
    @Override
    String apply(String text, SplittableRandom random) {
      return replace(text, WORD, random, word -> misspell(word, random));
    }
  },
  LINE_DROPPED {
    @Override
    String apply(String text, SplittableRandom random) {
      List<String> lines = lines(text);
      lines.remove(random.nextInt(lines.size()));
      return String.join("\n", lines);
    }
  },
  LINE_DOUBLED {
    @Override
    String apply(String text, SplittableRandom random) {
      List<String> lines = lines(text);
      int line = random.nextInt(lines.size());
      lines.add(line, lines.get(line));
      return String.join("\n", lines);
    }
  },
  LINE_MOVED {
    @Override
    String apply(String text, SplittableRandom random) {
      List<String> lines = lines(text);
      String line = lines.remove(random.nextInt(lines.size()));
      lines.add(random.nextInt(lines.size() + 1), line);
      return String.join("\n", lines);
    }
  },
  INDENTATION_BROKEN {
    @Override
    String apply(String text, SplittableRandom random) {
      List<String> lines = lines(text);
      int line = random.nextInt(lines.size());
      String old = lines.get(line);
      String spaces = pick(random, " ", "   ", "\t", "    ");
      lines.set(line, random.nextBoolean() ? spaces + old : old.stripLeading());
      return String.join("\n", lines);
    }
  },
  TYPE_CHANGED {
    @Override
    String apply(String text, SplittableRandom random) {
      String other =
          pick(
              random,
              "[]",
              "{}",
              "true",
              "null",
              "[1, 2]",
              "{a: 1}",
              "text",
              "3",
              "2.5",
              "''",
              "~",
              "2021-01-01",
              "0x1F",
              "- 1",
              "!!int 3",
              "|",
              ">-",
              "'",
              "\"",
              "@",
              "%",
              "*x",
              "&y 1");
      return replace(text, VALUE, random, value -> other);
    }
  },
  NUMBER_OUT_OF_RANGE {
    @Override
    String apply(String text, SplittableRandom random) {
      String other =
          pick(
              random,
              "-1",
              "0",
              "1e300",
              "99999999999999999999999999",
              "-0.5",
              ".nan",
              ".inf",
              "-.inf",
              "1.5",
              "1e-300",
              "2147483648",
              "9223372036854775808",
              "1_000",
              "1e9999",
              "007",
              "4",
              "100000000");
      return replace(text, NUMBER, random, value -> other);
    }
  },
  TRUNCATED {
    @Override
    String apply(String text, SplittableRandom random) {
      return text.substring(0, random.nextInt(text.length()));
    }
  },
  SHAPE_IMPOSSIBLE {
    @Override
    String apply(String text, SplittableRandom random) {
      List<String> lines = lines(text);
      List<Integer> layers = new ArrayList<>();
      for (int i = 0; i < lines.size(); i++) {
        if (lines.get(i).matches("\\s+- .*(" + LAYER + ").*")) {
          layers.add(i);
        }
      }
      int line = layers.get(random.nextInt(layers.size()));
      String indent = lines.get(line).replaceAll("-.*", "");
      String layer =
          pick(
              random,
              "dense: 8",
              "max-pooling: 3",
              "max-pooling: 64",
              "dense: 11",
              "activation",
              "activation: arctan",
              "average-pooling: 5",
              "{conv: {kernel: 3, filters: 3}}",
              "dense: classes",
              "{repeat: 1000, layers: [{repeat: 1000, layers: [activation]}]}",
              "dense: 65536",
              "{repeat: 9, layers: [max-pooling: 2]}",
              "{conv: {kernel: 2, filters: 3}}",
              "{conv: {kernel: 31, filters: 4096, bias: 1}}",
              "flatten",
              "{dropout: 0.5}",
              "softmax",
              "batch-norm",
              "layer-norm",
              "{group-norm: {groups: 5}}",
              "{conv: {kernel: 40, filters: 2, padding: valid}}",
              "{conv: {kernel: 3, filters: 2, stride: 2}}",
              "{conv-1d: {kernel: 3, filters: 2}}",
              "global-average-pooling",
              "{activation: {function: gelu, alpha: 2}}",
              "{residual: {layers: [dense: 7], projection: false}}",
              "{residual: {layers: [activation], projection: false}}",
              "{embedding: {column: kind, size: 2}}",
              "dense: targets");
      lines.add(line, indent + "- " + layer);
      return String.join("\n", lines);
    }
  },
  YAML_INSERTED {
    @Override
    String apply(String text, SplittableRandom random) {
      String inserted =
          pick(
              random,
              "%YAML 1.2\n---\n",
              "%TAG ! tag:x,2000:\n---\n",
              "%YAML 99999999999.1\n",
              "...\n",
              "---\n",
              "? ",
              ": ",
              "- ",
              "\\u",
              "\"\\x",
              "|9\n",
              ">+\n",
              "!<a>",
              "!!",
              "&",
              "*",
              "<<: ",
              "[",
              "]",
              "{",
              "}",
              "\"\\U00110000\"",
              "\"\\UFFFFFFFF\"",
              "\u2028",
              "\u0085",
              "!<%zz> ",
              "!%41",
              "&a &b");
      int at = random.nextInt(8) == 0 ? 0 : random.nextInt(text.length() + 1);
      return text.substring(0, at) + inserted + text.substring(at);
    }
  },
  CHARACTER_CHANGED {
    @Override
    String apply(String text, SplittableRandom random) {
      int at = random.nextInt(text.length());
      char other = ODD.charAt(random.nextInt(ODD.length()));
      return text.substring(0, at) + other + text.substring(at + random.nextInt(2));
    }
  };

  private static final String LAYER =
      "conv|pooling|dense|activation|repeat|norm|dropout|residual|softmax|embedding";
  private static final String ODD = "{}[]:,#&*!|>'\"%@`-? \t\n\u0000\uFEFF\uD800é0z";
  private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9-]*(?=:)");
  private static final Pattern WORD = Pattern.compile("(?<=[:\\[-] )[a-z][a-z-]+(?=[,}\\]\\n])");
  private static final Pattern VALUE = Pattern.compile("(?<=: )[^\\n]+?(?=[,}\\]\\n])");
  private static final Pattern NUMBER = Pattern.compile("(?<=[:\\[,] )[0-9.][-0-9.eE]*");

  abstract String apply(String text, SplittableRandom random);

  private interface Change {
    String of(String old);
  }

  private static String replace(
      String text, Pattern pattern, SplittableRandom random, Change change) {
    // The comments at the top are no part of what is broken.
    int start = text.indexOf("\nname:") + 1;
    List<MatchResult> found =
        pattern.matcher(text).results().filter(match -> match.start() >= start).toList();
    MatchResult match = found.get(random.nextInt(found.size()));
    return text.substring(0, match.start())
        + change.of(match.group())
        + text.substring(match.end());
  }

  private static String misspell(String word, SplittableRandom random) {
    int at = random.nextInt(word.length());
    String start = word.substring(0, at);
    return switch (random.nextInt(4)) {
      case 0 -> start + word.substring(at + 1);
      case 1 -> start + "x" + word.substring(at);
      case 2 -> start + word.substring(at).toUpperCase(java.util.Locale.ROOT);
      default -> start + "q" + word.substring(at + 1);
    };
  }

  private static List<String> lines(String text) {
    return new ArrayList<>(List.of(text.split("\n")));
  }

  private static String pick(SplittableRandom random, String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
