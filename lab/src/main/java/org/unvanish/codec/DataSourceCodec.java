package org.unvanish.codec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.unvanish.codec.yaml.Field;
import org.unvanish.codec.yaml.Fields;
import org.unvanish.codec.yaml.Problems;
import org.unvanish.data.ColumnRoles;
import org.unvanish.data.DataFormat;
import org.unvanish.data.DataSource;
import org.unvanish.data.TargetChoice;

/** Where data come from, as specs and the schema have it. */
public final class DataSourceCodec {

  /** The largest seed: 2⁵³ − 1, the largest whole number that every reader of JSON keeps. */
  public static final long LARGEST_SEED = (1L << 53) - 1;

  private static final int MOST_SAMPLES = 1_000_000_000;

  private static final Map<String, DataFormat> FORMATS =
      Words.of(List.of(DataFormat.values()), DataFormat::label);
  private static final Map<String, TargetChoice> TARGET_WORDS =
      Words.of(List.of(TargetChoice.values()), choice -> choice.name().toLowerCase(Locale.ROOT));

  private static final Key<String> SOURCE = Key.text("source", 4_096, "A name or a path.");
  private static final Key<DataFormat> FORMAT =
      Key.choice("format", FORMATS, "Format of the files at the path. Default: recognised.");
  private static final Key<TargetChoice> TARGETS =
      Key.choice(
              "targets",
              TARGET_WORDS,
              "What is to be learnt: the classes or numbers as the data have them (raw), the"
                  + " numbers of each target column with mean 0 and standard deviation 1 over the"
                  + " training samples (standardised), or the inputs themselves (inputs), for"
                  + " autoencoders.")
          .byDefault("raw");
  private static final Key<Double> TEST_SHARE =
      new Key<>(
          "test-share",
          DataSourceCodec::share,
          JsonSchema.of(
                  "The share of the samples, of each class where there are classes, that is kept"
                      + " for testing, where the data have no test set of their own.")
              .with("type", "number")
              .with("exclusiveMinimum", 0)
              .with("exclusiveMaximum", 1)
              .with("default", DataSource.DEFAULT_TEST_SHARE));
  private static final Key<Integer> TRAIN_SAMPLES =
      Key.count(
          "train-samples",
          1,
          MOST_SAMPLES,
          "How many of the training samples are used. Default: all.");
  private static final Key<Long> SEED =
      new Key<>(
          "seed",
          field -> field.whole(0, LARGEST_SEED),
          JsonSchema.of(
                  "Decides which samples are kept for testing, which are used, and what is drawn by"
                      + " code.")
              .whole(0, LARGEST_SEED)
              .with("default", DataSource.DEFAULT_SEED));

  private static final List<Key<?>> KEYS =
      Stream.of(
              List.of(SOURCE, FORMAT),
              ColumnRolesCodec.KEYS,
              List.of(TARGETS),
              List.of(StepsCodec.KEY),
              DrawingCodec.KEYS,
              List.of(TEST_SHARE, TRAIN_SAMPLES, SEED))
          .<Key<?>>flatMap(List::stream)
          .toList();

  /** The key of a spec. */
  public static final Key<DataSource> KEY =
      new Key<>(
          "data",
          DataSourceCodec::read,
          JsonSchema.of(
                  "What is trained on: a name that \"unvanish data list\" shows, or a path; or a"
                      + " mapping that says more.")
              .anyOf(
                  List.of(
                      SOURCE.schema(),
                      JsonSchema.of("A data set and what is taken of it.")
                          .object(KEYS, SOURCE.name()))));

  private DataSourceCodec() {}

  private static DataSource read(Field field) {
    if (field.isText()) {
      return DataSource.of(SOURCE.read().apply(field));
    }
    int before = field.problems().count();
    Fields fields = field.fields(KEYS.stream().map(Key::name).toArray(String[]::new));
    Optional<ColumnRoles> columns = field.problems().attempt(() -> columns(field, fields));
    StepsCodec.Steps steps = StepsCodec.KEY.find(fields).orElse(StepsCodec.Steps.NONE);
    DataSource source =
        new DataSource(
            SOURCE.need(fields).orElse("?"),
            FORMAT.find(fields),
            columns.orElse(ColumnRoles.DEFAULT),
            steps.ofImages(),
            steps.in(DrawingCodec.read(fields)),
            TARGETS.find(fields).orElse(TargetChoice.RAW),
            TEST_SHARE.find(fields).orElse(DataSource.DEFAULT_TEST_SHARE),
            TRAIN_SAMPLES.find(fields).map(OptionalInt::of).orElse(OptionalInt.empty()),
            SEED.find(fields).orElse(DataSource.DEFAULT_SEED));
    if (field.problems().count() > before) {
      // Whoever looks at what was read would find more that is wrong, and is not.
      throw new Problems.Told();
    }
    return source;
  }

  private static ColumnRoles columns(Field field, Fields fields) {
    try {
      return ColumnRolesCodec.read(fields);
    } catch (IllegalArgumentException e) {
      throw field.place().error("data: %s", e.getMessage());
    }
  }

  private static double share(Field field) {
    double share = field.decay();
    if (share == 0) {
      throw field.mustBe("above 0");
    }
    return share;
  }

  /** As specs write it. */
  public static Object yaml(DataSource data) {
    if (data.equals(DataSource.of(data.source()))) {
      return data.source();
    }
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(SOURCE.name(), data.source());
    data.format().ifPresent(format -> map.put(FORMAT.name(), format.label()));
    ColumnRolesCodec.write(data.columns(), map);
    if (data.targets() != TargetChoice.RAW) {
      map.put(TARGETS.name(), Words.of(TARGET_WORDS, data.targets()));
    }
    StepsCodec.write(data, map);
    DrawingCodec.write(data.drawing(), map);
    map.put(TEST_SHARE.name(), data.testShare());
    data.trainSamples().ifPresent(count -> map.put(TRAIN_SAMPLES.name(), count));
    map.put(SEED.name(), data.seed());
    return map;
  }
}
