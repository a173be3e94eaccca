package org.unvanish.spec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.unvanish.codec.ActivationCodec;
import org.unvanish.codec.ClippingCodec;
import org.unvanish.codec.DataSourceCodec;
import org.unvanish.codec.InitializationCodec;
import org.unvanish.codec.JsonSchema;
import org.unvanish.codec.Key;
import org.unvanish.codec.LayerSpec;
import org.unvanish.codec.LossCodec;
import org.unvanish.codec.NetworkCodec;
import org.unvanish.codec.OptimizerCodec;
import org.unvanish.codec.PenaltyCodec;
import org.unvanish.codec.ScalingCodec;
import org.unvanish.codec.ScheduleCodec;
import org.unvanish.codec.yaml.Field;
import org.unvanish.codec.yaml.Fields;
import org.unvanish.codec.yaml.Node;
import org.unvanish.codec.yaml.Problems;
import org.unvanish.codec.yaml.SpecException;
import org.unvanish.data.DataSource;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.experiment.Experiment;
import org.unvanish.spec.sweep.SweepCodec;
import org.unvanish.spec.sweep.SweepSpec;

/** Reads a whole spec from its tree. */
final class SpecReader {

  /** Characters of a name. */
  static final int LONGEST_NAME = 64;

  private static final Key<String> NAME =
      new Key<>(
          "name",
          SpecReader::name,
          JsonSchema.of("As files are named: letters, digits, dots, dashes and underscores.")
              .with("type", "string")
              .with("maxLength", LONGEST_NAME)
              .with("pattern", "^[A-Za-z0-9][A-Za-z0-9._-]*$"));
  private static final Key<String> TITLE =
      Key.text("title", 200, "As a figure's heading names it. Default: the name.");
  private static final Key<DataSource> DATA = DataSourceCodec.KEY;
  private static final Key<PixelScaling> PIXELS = ScalingCodec.KEY;

  /** That of all arms that have none of their own. */
  private static final Key<List<LayerSpec>> NETWORK = ArmKeys.NETWORK;

  /** Read by one who knows the network. */
  private static final Key<Field> DEFAULTS =
      new Key<>("defaults", field -> field, ArmKeys.defaultsSchema());

  /** Read by one who knows the network and the defaults. */
  private static final Key<Field> ARMS = new Key<>("arms", field -> field, ArmKeys.armsSchema());

  /** Read by one who knows the network and the defaults. */
  private static final Key<Field> SWEEP = SweepCodec.KEY;

  private static final List<Key<?>> KEYS =
      List.of(NAME, TITLE, DATA, PIXELS, NETWORK, DEFAULTS, ARMS, SWEEP);

  private SpecReader() {}

  /**
   * Reads a spec.
   *
   * @param problems what is wrong with its text already
   * @throws SpecException with all that is wrong
   */
  static ExperimentSpec read(Node root, Problems problems) {
    Optional<ExperimentSpec> spec = problems.attempt(() -> whole(root, problems));
    problems.requireNone();
    return spec.orElseThrow();
  }

  private static ExperimentSpec whole(Node root, Problems problems) {
    Fields fields = new Field("a spec", root, problems).fields(ArmKeys.names(KEYS));
    Optional<String> name = NAME.need(fields);
    Optional<String> title = TITLE.find(fields);
    Optional<DataSource> data = DATA.need(fields);
    Optional<PixelScaling> pixels = PIXELS.find(fields);
    ArmReader reader = new ArmReader(data.map(DataSource::columns), problems);
    ArmReader.Settings network = reader.network(fields);
    ArmReader.Settings shared =
        fields.find(DEFAULTS.name(), field -> reader.defaults(network, field)).orElse(network);
    Optional<List<ArmSpec>> chosen =
        names(SWEEP, fields) && !names(ARMS, fields)
            ? Optional.of(List.of())
            : fields.need(ARMS.name(), field -> reader.arms(shared, field));
    Optional<SweepSpec> sweep = fields.find(SWEEP.name(), field -> reader.sweep(shared, field));
    if (!reader.sawNetwork()) {
      NETWORK.need(fields);
    }
    if (problems.count() > 0) {
      throw new Problems.Told();
    }
    return ExperimentSpec.of(
        name.orElseThrow(),
        title.or(() -> name).orElseThrow(),
        data.orElseThrow(),
        pixels.orElse(PixelScaling.UNIT),
        chosen.orElseThrow(),
        sweep,
        new Written(fields.need(DATA.name()).place(), fields.has(PIXELS.name())));
  }

  private static boolean names(Key<?> key, Fields fields) {
    return fields.has(key.name()) || fields.misspells(key.name());
  }

  private static String name(Field field) {
    String name = field.text(LONGEST_NAME);
    if (!Experiment.isName(name)) {
      throw field.mustBe("letters, digits, dots, dashes and underscores, as files are named by it");
    }
    return name;
  }

  /** What JSON Schema says of all specs. */
  static JsonSchema schema() {
    Map<String, JsonSchema> definitions = new LinkedHashMap<>(NetworkCodec.schemas());
    definitions.putAll(ActivationCodec.schemas());
    definitions.putAll(PenaltyCodec.schemas());
    definitions.putAll(InitializationCodec.schemas());
    definitions.putAll(LossCodec.schemas());
    definitions.putAll(OptimizerCodec.schemas());
    definitions.putAll(ScheduleCodec.schemas());
    definitions.putAll(ClippingCodec.schemas());
    return JsonSchema.ANY
        .with("$schema", "https://json-schema.org/draft/2020-12/schema")
        .with("title", "Unvanish experiment")
        .with(
            "description",
            "An experiment: arms that are compared on one data set. These are the words to write,"
                + " and those that are written back. The command also reads them in another case"
                + " or with _ in place of -, and words of other programs that mean the same, such"
                + " as lr, xavier and MaxPool2D.")
        .object(KEYS, NAME.name(), DATA.name())
        .anyOf(
            List.of(
                needing(NETWORK),
                needing(DEFAULTS).with("properties", Map.of(DEFAULTS.name(), required(NETWORK))),
                needing(ARMS)
                    .with("not", required(SWEEP))
                    .with("properties", Map.of(ARMS.name(), Map.of("items", required(NETWORK))))))
        .with("allOf", List.of(Map.of("anyOf", List.of(required(ARMS), required(SWEEP)))))
        .definitions(definitions);
  }

  private static JsonSchema needing(Key<?> key) {
    return JsonSchema.ANY.with("required", List.of(key.name()));
  }

  private static Map<String, List<String>> required(Key<?> key) {
    return Map.of("required", List.of(key.name()));
  }
}
