package org.unvanish.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.unvanish.codec.yaml.SpecException;
import org.unvanish.codec.yaml.YamlReader;
import org.unvanish.data.Dataset;
import org.unvanish.data.synthetic.SyntheticImages;

/** Thousands of specs, broken by machine. */
class GeneratedSpecsTest {

  private static final int BROKEN = 5_000;
  private static final String PROBLEM = "broken\\.yaml:[1-9][0-9]*:[1-9][0-9]*: \\S.*";

  /** A line for each problem, and the number of those that are too many. */
  private static final String LOCATED = PROBLEM + "(\n.*" + PROBLEM + ")*(\n… and [0-9]+ more)?";

  /** A word of specs that has hyphens, and how else it may be written. */
  private record Hyphenated(String word, Pattern spelling) {
    static Hyphenated of(String word) {
      return new Hyphenated(word, Pattern.compile(word.replace("-", "-?")));
    }
  }

  /** All of them, the longest first. */
  private static final List<Hyphenated> HYPHENATED =
      Pattern.compile("\"([a-z0-9]+(-[a-z0-9]+)+)\"")
          .matcher(ExperimentSpec.schema())
          .results()
          .map(match -> match.group(1))
          .distinct()
          .sorted(Comparator.comparing(String::length).reversed())
          .map(Hyphenated::of)
          .toList();

  private final Dataset images = SyntheticImages.draw(1, 10, 10);

  static List<String> valid() {
    return Texts.all();
  }

  @ParameterizedTest
  @MethodSource("valid")
  void theSchemaAcceptsEveryValidSpecAsItIsAndAsItIsWrittenBack(String text) {
    assertThat(Json.problems(YamlReader.read(text, "own.yaml"))).isEqualTo("[]");
    String written = ExperimentSpec.parse(text, "own.yaml").toYaml();
    assertThat(Json.problems(YamlReader.read(written, "own.yaml"))).isEqualTo("[]");
  }

  @Test
  void fiveThousandBrokenSpecsAreRefusedEachAtItsPlace() {
    SplittableRandom random = new SplittableRandom(20_210_602);
    List<String> valid = Texts.all();
    Map<Mutation, Integer> refused = new EnumMap<>(Mutation.class);
    int seenBySchema = 0;
    for (int done = 0; done < BROKEN; ) {
      Mutation mutation = Mutation.values()[random.nextInt(Mutation.values().length)];
      String text = mutation.apply(valid.get(random.nextInt(valid.size())), random);
      Optional<SpecException> problem = problem(text);
      if (problem.isEmpty()) {
        // By chance still valid, such as a comment dropped: then it must be so through and through.
        ExperimentSpec spec = ExperimentSpec.parse(text, "broken.yaml");
        assertThat(ExperimentSpec.parse(spec.toYaml(), "again.yaml")).as(text).isEqualTo(spec);
        assertThat(Json.problems(YamlReader.read(spec.toYaml(), "again.yaml"))).isEqualTo("[]");
        assertThat(Json.problems(YamlReader.read(inOurSpelling(text), "broken.yaml")))
            .as(text)
            .isEqualTo("[]");
        continue;
      }
      done++;
      refused.merge(mutation, 1, Integer::sum);
      String message = String.valueOf(problem.get().getMessage());
      assertThat(message).as(text).matches(LOCATED).doesNotContain("Exception", "\n\tat ");
      long lines = text.lines().count();
      assertThat(problem.get().place().line()).as(text).isBetween(1, (int) lines + 1);
      if (isSeenBySchema(text)) {
        seenBySchema++;
        // Not only its data's shapes: the parser alone refuses it, too.
        assertThat(parseProblem(text)).as(text).isPresent();
      }
    }
    assertThat(refused.values()).hasSize(Mutation.values().length).allMatch(n -> n > 50);
    assertThat(seenBySchema).isGreaterThan(BROKEN / 5);
  }

  /** Whether it is YAML that the schema refuses. */
  private static boolean isSeenBySchema(String text) {
    try {
      return !Json.accepts(YamlReader.read(inOurSpelling(text), "broken.yaml"));
    } catch (SpecException noYaml) {
      return false;
    }
  }

  /**
   * The reader takes words in any case and without their hyphens, and other programs' words; the
   * schema takes them as they are. Of those others a lost letter makes only one.
   */
  private static String inOurSpelling(String text) {
    String ours = text.toLowerCase(Locale.ROOT).replaceAll("class-?weight\\b", "class-weights");
    for (Hyphenated one : HYPHENATED) {
      ours = one.spelling.matcher(ours).replaceAll(one.word);
    }
    return ours;
  }

  @Test
  void breakingTwiceOrMoreBreaksNothingElse() {
    SplittableRandom random = new SplittableRandom(3);
    List<String> valid = Texts.valid();
    for (int i = 0; i < 3_000; i++) {
      String text = valid.get(random.nextInt(valid.size()));
      try {
        for (int times = 2 + random.nextInt(4); times > 0; times--) {
          text = Mutation.values()[random.nextInt(Mutation.values().length)].apply(text, random);
        }
      } catch (IllegalArgumentException nothingLeftToBreak) {
        continue;
      }
      problem(text).ifPresent(p -> assertThat(p.getMessage()).matches(LOCATED));
    }
  }

  @Test
  void anyBytesAreReadOrRefusedAtTheirPlace(@TempDir Path folder) throws Exception {
    SplittableRandom random = new SplittableRandom(11);
    List<String> valid = Texts.valid();
    Path file = folder.resolve("broken.yaml");
    int refused = 0;
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = valid.get(random.nextInt(valid.size())).getBytes(StandardCharsets.UTF_8);
      if (i % 4 == 0) {
        bytes = new byte[random.nextInt(300)];
        random.nextBytes(bytes);
      } else {
        for (int changes = 1 + random.nextInt(5); changes > 0; changes--) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(i % 2 == 0 ? 128 : 256);
        }
      }
      Files.write(file, bytes);
      try {
        ExperimentSpec.read(file);
      } catch (SpecException e) {
        refused++;
        assertThat(e.getMessage()).startsWith(file + ":").matches(".*" + LOCATED);
      }
    }
    assertThat(refused).isGreaterThan(1_000);
  }

  /** Of reading the text, or of putting it to images of 3×32×32 in ten classes. */
  private Optional<SpecException> problem(String text) {
    try {
      ExperimentSpec.parse(text, "broken.yaml").experiment(images);
      return Optional.empty();
    } catch (SpecException e) {
      return Optional.of(e);
    }
  }

  private static Optional<SpecException> parseProblem(String text) {
    try {
      ExperimentSpec.parse(text, "broken.yaml");
      return Optional.empty();
    } catch (SpecException e) {
      return Optional.of(e);
    }
  }
}
