package org.unvanish.spec.sweep;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.unvanish.codec.JsonSchema;
import org.unvanish.codec.Key;
import org.unvanish.codec.yaml.Field;
import org.unvanish.codec.yaml.Fields;
import org.unvanish.experiment.Racing;
import org.unvanish.spec.ArmSpec;

/** How a sweep is raced, as specs and the schema have it. */
final class RacingCodec {

  private static final String NONE = "none";
  private static final int MOST_REDUCTION = 100;
  private static final double LEAST_LEVEL = 1e-9;
  private static final double MOST_LEVEL = 0.5;

  private static final Key<Integer> REDUCTION =
      Key.count(
              "reduction",
              2,
              MOST_REDUCTION,
              "At each comparison over the epochs, one arm in this many goes on, with this many times the epochs; 8 arms are always left.")
          .byDefault(Racing.DEFAULT.reduction());
  private static final Key<Integer> FIRST_EPOCHS =
      Key.count(
          "first-epochs",
          1,
          ArmSpec.MOST_EPOCHS,
          "After how many arms are compared first. Default: a tenth of all, and at least 5.");
  private static final Key<Integer> FIRST_SEEDS =
      Key.count(
              "first-seeds",
              1,
              ArmSpec.MOST_SEEDS,
              "By how many seeds arms are compared over the epochs.")
          .byDefault(Racing.DEFAULT.firstSeeds());
  private static final Key<Double> LEVEL =
      new Key<>(
          "level",
          field -> field.number(LEAST_LEVEL, MOST_LEVEL),
          JsonSchema.of(
                  "The highest probability that the paired test drops any arm that is not worse.")
              .number(LEAST_LEVEL, MOST_LEVEL)
              .with("default", Racing.DEFAULT.level()));

  /** The key {@code racing}; without it, a sweep has {@link Racing#DEFAULT}. */
  static final Key<Optional<Racing>> KEY =
      new Key<>(
          "racing",
          RacingCodec::read,
          JsonSchema.ANY.anyOf(
              List.of(
                  JsonSchema.of("All arms are trained to the end.").word(NONE),
                  JsonSchema.of(
                          "How arms are dropped before the end: by halving over the epochs, then by"
                              + " a paired test over the seeds.")
                      .object(List.of(REDUCTION, FIRST_EPOCHS, FIRST_SEEDS, LEVEL)))));

  private RacingCodec() {}

  private static Optional<Racing> read(Field field) {
    if (field.isText()) {
      return field.choice(Map.of(NONE, Optional.empty()));
    }
    Fields fields =
        field.fields(REDUCTION.name(), FIRST_EPOCHS.name(), FIRST_SEEDS.name(), LEVEL.name());
    return Optional.of(
        new Racing(
            REDUCTION.find(fields).orElse(Racing.DEFAULT.reduction()),
            FIRST_EPOCHS.find(fields).map(OptionalInt::of).orElse(Racing.DEFAULT.firstEpochs()),
            FIRST_SEEDS.find(fields).orElse(Racing.DEFAULT.firstSeeds()),
            LEVEL.find(fields).orElse(Racing.DEFAULT.level())));
  }

  /** As specs write it. */
  static Object yaml(Optional<Racing> racing) {
    if (racing.isEmpty()) {
      return NONE;
    }
    Racing settings = racing.get();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(REDUCTION.name(), settings.reduction());
    settings.firstEpochs().ifPresent(epochs -> map.put(FIRST_EPOCHS.name(), epochs));
    map.put(FIRST_SEEDS.name(), settings.firstSeeds());
    map.put(LEVEL.name(), settings.level());
    return map;
  }
}
