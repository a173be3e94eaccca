package org.unvanish.spec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
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
import org.unvanish.codec.yaml.Nearest;
import org.unvanish.codec.yaml.Node;
import org.unvanish.codec.yaml.Problems;
import org.unvanish.codec.yaml.SpecException;
import org.unvanish.data.ColumnRoles;
import org.unvanish.data.DataSource;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.experiment.Experiment;

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
  private static final Key<List<LayerSpec>> NETWORK =
      new Key<>(
          "network",
          NetworkCodec::read,
          JsonSchema.of(
                  "The layers, first to last. Shapes and the number of classes come from the data.")
              .ref("layers"));

  /** Read by one who knows the network. */
  private static final Key<Field> DEFAULTS =
      new Key<>("defaults", field -> field, ArmKeys.defaultsSchema());

  /** Read by one who knows the network and the defaults. */
  private static final Key<Field> ARMS = new Key<>("arms", field -> field, ArmKeys.armsSchema());

  private static final List<Key<?>> KEYS =
      List.of(NAME, TITLE, DATA, PIXELS, NETWORK, DEFAULTS, ARMS);

  private SpecReader() {}

  /**
   * Reads a spec.
   *
   * @throws SpecException with all that is wrong
   */
  static ExperimentSpec read(Node root) {
    Problems problems = new Problems();
    Optional<ExperimentSpec> spec = problems.attempt(() -> read(root, problems));
    problems.requireNone();
    return spec.orElseThrow();
  }

  private static ExperimentSpec read(Node root, Problems problems) {
    Fields fields = new Field("a spec", root, problems).fields(ArmKeys.names(KEYS));
    Optional<String> name = NAME.need(fields);
    Optional<String> title = TITLE.find(fields);
    Optional<DataSource> data = DATA.need(fields);
    Optional<PixelScaling> pixels = PIXELS.find(fields);
    Optional<List<LayerSpec>> network = NETWORK.need(fields);
    data.ifPresent(
        source -> network.ifPresent(layers -> requireColumns(layers, source.columns(), problems)));
    ArmReader reader = new ArmReader(activationLayers(network), problems);
    ArmReader.Settings shared =
        fields.find(DEFAULTS.name(), reader::defaults).orElse(ArmReader.Settings.NONE);
    Optional<List<ArmSpec>> arms = fields.need(ARMS.name(), field -> reader.arms(shared, field));
    if (problems.count() > 0) {
      throw new Problems.Told();
    }
    return new ExperimentSpec(
        name.orElseThrow(),
        title.or(() -> name).orElseThrow(),
        data.orElseThrow(),
        pixels.orElse(PixelScaling.UNIT),
        network.orElseThrow(),
        arms.orElseThrow(),
        new Written(fields.need(DATA.name()).place(), fields.has(PIXELS.name())));
  }

  /** Embeddings read columns that the data source says are categorical. */
  private static void requireColumns(
      List<LayerSpec> network, ColumnRoles columns, Problems problems) {
    for (LayerSpec.Single layer : LayerSpec.flat(network)) {
      layer
          .embeddedColumn()
          .filter(column -> !columns.categorical().contains(column))
          .ifPresent(column -> problems.add(layer.place().error("%s", unknown(column, columns))));
    }
  }

  private static String unknown(String column, ColumnRoles columns) {
    return "\"%s\" is none of the data's categorical-columns%s"
        .formatted(
            column,
            Nearest.to(column, columns.categorical())
                .map(near -> ": did you mean \"" + near + "\"?")
                .orElse(
                    "; name it there: {source: own.csv, categorical-columns: [" + column + "]}"));
  }

  private static OptionalInt activationLayers(Optional<List<LayerSpec>> network) {
    return network.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(
            LayerSpec.flat(network.get()).stream().mapToInt(LayerSpec.Single::places).sum());
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
        .object(KEYS, NAME.name(), DATA.name(), NETWORK.name(), ARMS.name())
        .definitions(definitions);
  }
}
