package org.unvanish.codec;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.unvanish.codec.yaml.Field;
import org.unvanish.data.DataSource;
import org.unvanish.data.Drawing;
import org.unvanish.data.ImageSteps;

/**
 * What the steps of sequences are, a key beside the source of the data: a word for images, a number
 * for sequences that code draws.
 */
final class StepsCodec {

  /**
   * One of both.
   *
   * @param ofImages what is a step of an image
   * @param drawn how many there are in what is drawn
   */
  record Steps(Optional<ImageSteps> ofImages, OptionalInt drawn) {
    /** The key is not there. */
    static final Steps NONE = new Steps(Optional.empty(), OptionalInt.empty());

    Drawing in(Drawing drawing) {
      return drawn.isPresent() ? drawing.withSteps(drawn.getAsInt()) : drawing;
    }
  }

  private static final Map<String, ImageSteps> WORDS =
      Words.of(List.of(ImageSteps.values()), ImageSteps::label);

  static final Key<Steps> KEY =
      new Key<>(
          "steps",
          StepsCodec::read,
          JsonSchema.of("What the steps of sequences are. Default: images stay images.")
              .anyOf(
                  List.of(
                      JsonSchema.of("Images as sequences, a step for each row, or each pixel.")
                          .words(WORDS.keySet()),
                      JsonSchema.of(
                              "Of adding: how many steps. Of copying: how many blanks. Default:"
                                  + " 100.")
                          .whole(1, Drawing.MOST_STEPS))));

  private StepsCodec() {}

  private static Steps read(Field field) {
    if (field.isText()) {
      return new Steps(Optional.of(field.choice(WORDS)), OptionalInt.empty());
    }
    if (!field.isNumber()) {
      throw field.mustBe(
          "one of %s, or a number of steps".formatted(String.join(", ", WORDS.keySet())));
    }
    return new Steps(Optional.empty(), OptionalInt.of(field.count(1, Drawing.MOST_STEPS)));
  }

  /** Writes what is no default. */
  static void write(DataSource data, Map<String, Object> map) {
    data.steps().ifPresent(steps -> map.put(KEY.name(), steps.label()));
    data.drawing().steps().ifPresent(steps -> map.put(KEY.name(), steps));
  }
}
