package org.unvanish.codec;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.unvanish.codec.yaml.Fields;
import org.unvanish.data.Drawing;
import org.unvanish.data.TrainAndTest;

/**
 * What is asked of data that code draws: keys beside the source of the data, without the steps,
 * which images may have, too.
 */
final class DrawingCodec {

  private static final Key<Integer> SAMPLES =
      Key.count(
          "samples",
          Drawing.FEWEST_SAMPLES,
          Drawing.MOST_SAMPLES,
          "Of data that code draws: how many samples, to train on and to test on.");
  private static final Key<Double> NOISE =
      new Key<>(
          "noise",
          field -> field.number(0, Drawing.MOST_NOISE),
          JsonSchema.of("Of data that code draws: how much chance there is in them.")
              .number(0, Drawing.MOST_NOISE));
  private static final Key<Integer> CLASSES =
      Key.count(
          "classes",
          2,
          TrainAndTest.MOST_CLASSES,
          "Of blobs: how many classes. Of multi-label: how many labels.");

  /** All of them. */
  static final List<Key<?>> KEYS = List.of(SAMPLES, NOISE, CLASSES);

  private DrawingCodec() {}

  /** Reads all keys. */
  static Drawing read(Fields fields) {
    Optional<Double> noise = NOISE.find(fields);
    return new Drawing(
        count(SAMPLES.find(fields)),
        noise.map(OptionalDouble::of).orElse(OptionalDouble.empty()),
        count(CLASSES.find(fields)));
  }

  private static OptionalInt count(Optional<Integer> value) {
    return value.map(OptionalInt::of).orElse(OptionalInt.empty());
  }

  /** Writes what is asked for. */
  static void write(Drawing drawing, Map<String, Object> map) {
    drawing.samples().ifPresent(samples -> map.put(SAMPLES.name(), samples));
    drawing.noise().ifPresent(noise -> map.put(NOISE.name(), noise));
    drawing.classes().ifPresent(classes -> map.put(CLASSES.name(), classes));
  }
}
