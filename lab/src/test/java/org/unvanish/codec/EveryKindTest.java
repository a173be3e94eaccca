package org.unvanish.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.activation.Scale;
import org.unvanish.codec.yaml.Field;
import org.unvanish.codec.yaml.Node;
import org.unvanish.codec.yaml.Place;
import org.unvanish.codec.yaml.Problems;
import org.unvanish.codec.yaml.YamlReader;
import org.unvanish.codec.yaml.YamlText;
import org.unvanish.data.scaling.PixelScaling;
import org.unvanish.initialization.Initialization;
import org.unvanish.loss.Loss;
import org.unvanish.loss.OneHot;
import org.unvanish.network.Embedding;
import org.unvanish.network.Kinds;
import org.unvanish.network.Layer;
import org.unvanish.network.Losses;
import org.unvanish.network.Residual;
import org.unvanish.optimizer.Clipping;
import org.unvanish.optimizer.Optimizer;
import org.unvanish.optimizer.Schedule;
import org.unvanish.penalty.Penalty;

/**
 * Whatever kind a sealed type permits, it is read, written, defined, in the schema and explained.
 */
class EveryKindTest {

  /** As specs have them: what is one-hot is for the data to say. */
  private static final List<Loss> LOSSES =
      Losses.all(3).stream().filter(loss -> !(loss instanceof OneHot)).toList();

  private static final Embedding EMBEDDING = new Embedding(0, 2, 3);

  private static final Place PLACE = new Place("own.yaml", 1, 1);

  @Test
  void layersReadBackAsTheyAreWritten() {
    for (Layer layer : Kinds.of(Layer.class)) {
      if (layer instanceof Embedding) {
        continue;
      }
      Object yaml = LayerCodecs.of(layer).yaml(layer);
      requireReadBack(spec(layer), yaml);
    }
    requireReadBack(new LayerSpec.Activated(PLACE), "activation");
    // Of an embedding the spec has the name of the column.
    requireReadBack(
        new LayerSpec.Embedded("city", 3, PLACE),
        Map.of("embedding", Map.of("column", "city", "size", 3)));
    assertThatThrownBy(() -> LayerCodecs.of(EMBEDDING).yaml(EMBEDDING))
        .hasMessage("a spec names the column of an embedding");
  }

  private static LayerSpec spec(Layer layer) {
    return layer instanceof Residual block
        ? new LayerSpec.Block(
            block.layers().stream().map(EveryKindTest::spec).toList(), block.projection(), PLACE)
        : new LayerSpec.Fixed(layer, PLACE);
  }

  private static void requireReadBack(LayerSpec spec, Object yaml) {
    assertThat(spec.yaml()).isEqualTo(yaml);
    List<Object> network = List.of(yaml, Map.of("dense", "classes"));
    List<LayerSpec> read = NetworkCodec.read(field(network));
    assertThat(read.get(0)).isEqualTo(spec);
    Map<String, JsonSchema> schemas = new HashMap<>(NetworkCodec.schemas());
    schemas.putAll(ActivationCodec.schemas());
    requireAllowed("layers", schemas, network);
  }

  @Test
  void layersHaveDefinitionsOfTheirOwn() {
    List<Layer> layers = Kinds.of(Layer.class);
    assertThat(layers.stream().map(LayerCodecs::definition)).doesNotHaveDuplicates();
    for (Layer layer : layers) {
      assertThat(LayerCodecs.caption(layer).isPresent())
          .isEqualTo(layer.role() == Layer.Role.WEIGHTS);
    }
  }

  @Test
  void settingsReadBackAsTheyAreWritten() {
    check("penalty", Kinds.of(Penalty.class), PenaltyCodec::yaml, PenaltyCodec::read);
    check("loss", LOSSES, LossCodec::yaml, LossCodec::read);
    check("optimizer", Kinds.of(Optimizer.class), OptimizerCodec::yaml, OptimizerCodec::read);
    check("schedule", schedules(), ScheduleCodec::yaml, ScheduleCodec::read);
    check("clipping", Kinds.of(Clipping.class), ClippingCodec::yaml, ClippingCodec::read);
    check("activation", activations().toList(), ActivationCodec::yaml, ActivationCodec::read);
    check(
        "initial-values",
        Kinds.of(Initialization.class).stream()
            .filter(values -> values.count().isEmpty())
            .map(EveryKindTest::start)
            .toList(),
        InitializationCodec::yaml,
        InitializationCodec::read);
    assertThat(ScalingCodec.WORDS.values()).containsExactly(PixelScaling.values());
    assertThatThrownBy(
            () ->
                InitializationCodec.yaml(
                    new InitializationCodec.Start(
                        new Initialization.Given(List.of(1f)), new Initialization.Zeros())))
        .hasMessage("a spec has no given initial values");
  }

  /** A file has all parameters, and a checksum. */
  private static InitializationCodec.Start start(Initialization values) {
    if (values instanceof Initialization.FromFile) {
      Initialization file = new Initialization.FromFile("own.safetensors", "0a".repeat(32));
      return new InitializationCodec.Start(file, file);
    }
    return new InitializationCodec.Start(values, new Initialization.Zeros());
  }

  @Test
  void settingsHaveDefinitionsOfTheirOwn() {
    List<Penalty> penalties = Kinds.of(Penalty.class);
    assertThat(penalties.stream().map(PenaltyCodec::definition)).doesNotHaveDuplicates();
    assertThat(penalties.stream().map(PenaltyCodec::caption)).doesNotHaveDuplicates();
    assertThat(Losses.all(3).stream().map(loss -> loss.definition().orElse("")))
        .doesNotHaveDuplicates();
    assertThat(LOSSES.stream().map(LossCodec::caption)).doesNotHaveDuplicates();
    List<Optimizer> optimizers = Kinds.of(Optimizer.class);
    assertThat(optimizers.stream().map(OptimizerCodec::definition)).doesNotHaveDuplicates();
    assertThat(optimizers.stream().map(OptimizerCodec::caption)).doesNotHaveDuplicates();
    assertThat(schedules().stream().map(ScheduleCodec::definition)).doesNotHaveDuplicates();
    assertThat(Kinds.of(Clipping.class).stream().map(ClippingCodec::definition))
        .doesNotHaveDuplicates();
    List<Initialization> starts = Kinds.of(Initialization.class);
    assertThat(starts.stream().map(InitializationCodec::definition)).doesNotHaveDuplicates();
    assertThat(starts.stream().map(InitializationCodec::caption)).doesNotHaveDuplicates();
    assertThat(activations().map(ActivationCodec::definition)).doesNotHaveDuplicates();
    assertThat(Arrays.stream(PixelScaling.values()).map(ScalingCodec::definition))
        .doesNotHaveDuplicates();
  }

  @Test
  void thePageOnSpecsNamesEveryWord() throws IOException {
    String page = Files.readString(Path.of("../docs/experiments.md"));
    Stream<String> layers = LayerCodecs.ALL.stream().map(LayerCodec::word);
    Stream<String> settings =
        Stream.of(
                LOSSES.stream().map(LossCodec::yaml),
                Kinds.of(Penalty.class).stream().map(PenaltyCodec::yaml),
                Kinds.of(Optimizer.class).stream().map(OptimizerCodec::yaml),
                schedules().stream().map(ScheduleCodec::yaml),
                Kinds.of(Clipping.class).stream().map(ClippingCodec::yaml),
                Kinds.of(Scale.class).stream()
                    .map(scale -> new Activation(ActivationFunction.TANH, scale))
                    .map(ActivationCodec::yaml))
            .flatMap(words -> words)
            .flatMap(
                yaml -> yaml instanceof Map<?, ?> map ? map.keySet().stream() : Stream.of(yaml))
            .map(String::valueOf);
    Stream<String> words =
        Stream.of(
                ActivationCodec.FUNCTIONS,
                InitializationCodec.WORDS,
                ScalingCodec.WORDS,
                OptimizerCodec.EPSILON_FORMS)
            .flatMap(known -> known.keySet().stream());
    assertThat(Stream.of(layers, settings, words).flatMap(all -> all))
        .allSatisfy(word -> assertThat(page).containsPattern("[`{ ]" + word + "[`:,} ]"));
  }

  /** Each way to fall, without and with each warm-up. */
  private static List<Schedule> schedules() {
    return Kinds.of(Schedule.Decay.class).stream()
        .flatMap(
            decay ->
                Stream.of(
                    new Schedule(Schedule.WarmUp.NONE, decay),
                    new Schedule(new Schedule.WarmUp(3, Schedule.Unit.STEPS), decay),
                    new Schedule(new Schedule.WarmUp(3, Schedule.Unit.EPOCHS), decay)))
        .toList();
  }

  private static Stream<Activation> activations() {
    return Arrays.stream(ActivationFunction.values())
        .flatMap(
            function ->
                Stream.concat(
                    Stream.of(Activation.of(function)),
                    Kinds.of(Scale.class).stream().map(scale -> new Activation(function, scale))));
  }

  private static <T> void check(
      String name, List<T> values, Function<T, Object> write, Function<Field, T> read) {
    Map<String, JsonSchema> schemas = new HashMap<>();
    schemas.putAll(LossCodec.schemas());
    schemas.putAll(PenaltyCodec.schemas());
    schemas.putAll(OptimizerCodec.schemas());
    schemas.putAll(ScheduleCodec.schemas());
    schemas.putAll(ClippingCodec.schemas());
    schemas.putAll(InitializationCodec.schemas());
    schemas.putAll(ActivationCodec.schemas());
    for (T value : values) {
      Object yaml = write.apply(value);
      assertThat(read.apply(field(yaml))).isEqualTo(value);
      requireAllowed(name, schemas, yaml);
    }
  }

  private static Field field(Object yaml) {
    String text = YamlText.of(Map.of("key", yaml));
    Node.Mapping root = (Node.Mapping) YamlReader.read(text, "own.yaml");
    return new Field("key", root.entries().get("key").value(), new Problems());
  }

  private static void requireAllowed(String name, Map<String, JsonSchema> schemas, Object yaml) {
    assertThat(
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(JsonSchema.ANY.ref(name).definitions(schemas).text())
                .validate(new ObjectMapper().valueToTree(yaml).toString(), InputFormat.JSON))
        .as("%s in %s", yaml, name)
        .isEmpty();
  }
}
