package org.unvanish.codec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.codec.yaml.Field;
import org.unvanish.codec.yaml.Fields;
import org.unvanish.codec.yaml.Numbers;
import org.unvanish.codec.yaml.Place;
import org.unvanish.network.Recurrent;
import org.unvanish.network.Recurrent.Direction;
import org.unvanish.network.Recurrent.Gru;
import org.unvanish.network.Recurrent.Lstm;
import org.unvanish.network.Recurrent.Output;
import org.unvanish.network.Recurrent.SimpleRecurrent;

/**
 * Recurrent layers of all kinds. Without the key {@code activation} a layer is a place, and an arm
 * says what goes there.
 *
 * @param word the key
 * @param caption what captions call it
 * @param more the keys that it alone has, beside those of all
 * @param maker makes a layer of what all have and of the rest
 * @param rest writes the rest, as far as it is not as usual
 * @param about describes the layer
 */
record RecurrentCodec<L extends Recurrent>(
    Class<L> kind,
    String word,
    String caption,
    List<Key<?>> more,
    Maker<L> maker,
    Rest<L> rest,
    String about)
    implements LayerCodec<L> {

  private static final int MOST_UNITS = 65_536;
  private static final int MOST_STEPS = 1_000_000;

  /** The most that a gate's bias can be, or the least: it is shut or open all the same. */
  private static final double MOST_BIAS = 100;

  /** Of a forget gate: open, so that the cell keeps what it has at first. */
  private static final double USUAL_BIAS = 1;

  private static final Map<String, Output> OUTPUTS =
      Words.of(List.of(Output.values()), RecurrentCodec::word);
  private static final Map<String, Direction> DIRECTIONS =
      Words.of(List.of(Direction.values()), RecurrentCodec::word);

  private static final Key<Integer> UNITS =
      Key.count("units", 1, MOST_UNITS, "Units of one direction.");
  private static final Key<Activation> ACTIVATION =
      new Key<>("activation", ActivationCodec::read, JsonSchema.ANY.ref("activation"));
  private static final Key<Output> OUTPUT =
      Key.choice(
              "output", OUTPUTS, "last: the state after the last step. all: that after each step.")
          .byDefault("last");
  private static final Key<Direction> DIRECTION =
      Key.choice(
              "direction",
              DIRECTIONS,
              "forward: from the first step to the last. both: also back, by units of their own.")
          .byDefault("forward");
  private static final Key<Boolean> BIAS =
      Key.flag("bias", "Whether there are biases.").byDefault(true);
  private static final Key<Integer> TRUNCATE =
      Key.count(
          "truncate",
          1,
          MOST_STEPS,
          "Backpropagation through time is truncated after this many steps. Default: never.");
  private static final Key<ActivationFunction> GATES =
      Key.choice("gates", ActivationCodec.FUNCTIONS, "The activation function of the gates.")
          .byDefault(ActivationFunction.LOGISTIC.label());
  private static final Key<Double> FORGET_BIAS =
      Key.number(
              "forget-bias",
              -MOST_BIAS,
              MOST_BIAS,
              "Is added to the initial biases of the forget gate.")
          .byDefault(USUAL_BIAS);

  private static final List<Key<?>> ALL_HAVE =
      List.of(UNITS, ACTIVATION, OUTPUT, DIRECTION, BIAS, TRUNCATE);

  /** Of a layer that is a place, until an arm says what goes there. */
  private static final Activation OPEN = Activation.of(ActivationFunction.TANH);

  static final List<LayerCodec<?>> ALL =
      List.of(
          new RecurrentCodec<>(
              SimpleRecurrent.class,
              "recurrent",
              "simple",
              List.of(),
              (common, gates, forgetBias) -> common,
              (layer, map) -> {},
              "A recurrent layer without gates."),
          new RecurrentCodec<>(
              Lstm.class,
              "lstm",
              "LSTM",
              List.of(GATES, FORGET_BIAS),
              (common, gates, forgetBias) ->
                  new Lstm(
                      common.units(),
                      common.activation(),
                      gates,
                      common.output(),
                      common.direction(),
                      common.bias(),
                      common.truncate(),
                      forgetBias),
              (layer, map) -> {
                addGates(layer.gates(), map);
                if (layer.forgetBias() != USUAL_BIAS) {
                  map.put(FORGET_BIAS.name(), layer.forgetBias());
                }
              },
              "Long short-term memory, with a forget gate."),
          new RecurrentCodec<>(
              Gru.class,
              "gru",
              "GRU",
              List.of(GATES),
              (common, gates, forgetBias) ->
                  new Gru(
                      common.units(),
                      common.activation(),
                      gates,
                      common.output(),
                      common.direction(),
                      common.bias(),
                      common.truncate()),
              (layer, map) -> addGates(layer.gates(), map),
              "A layer of gated recurrent units."));

  /** Makes a layer. */
  interface Maker<L> {
    L of(SimpleRecurrent common, ActivationFunction gates, double forgetBias);
  }

  /** Writes what a kind alone has. */
  interface Rest<L> {
    void add(L layer, Map<String, Object> map);
  }

  private static void addGates(ActivationFunction gates, Map<String, Object> map) {
    if (gates != ActivationFunction.LOGISTIC) {
      map.put(GATES.name(), gates.label());
    }
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public LayerSpec read(Field value, Place place) {
    if (value.isNumber()) {
      int units = UNITS.read().apply(value);
      return new LayerSpec.Recurrence(
          maker.of(new SimpleRecurrent(units, OPEN), ActivationFunction.LOGISTIC, USUAL_BIAS),
          place);
    }
    Fields fields = value.fields(names());
    Optional<Activation> activation = ACTIVATION.find(fields);
    SimpleRecurrent common =
        new SimpleRecurrent(
            UNITS.need(fields).orElse(1),
            activation.orElse(OPEN),
            OUTPUT.find(fields).orElse(Output.LAST),
            DIRECTION.find(fields).orElse(Direction.FORWARD),
            BIAS.find(fields).orElse(true),
            TRUNCATE.find(fields).orElse(0));
    L layer =
        maker.of(
            common,
            found(GATES, fields).orElse(ActivationFunction.LOGISTIC),
            found(FORGET_BIAS, fields).orElse(USUAL_BIAS));
    return fields.has(ACTIVATION.name())
        ? new LayerSpec.Fixed(layer, place)
        : new LayerSpec.Recurrence(layer, place);
  }

  /** Nothing of a key that the kind has not. */
  private <T> Optional<T> found(Key<T> key, Fields fields) {
    return more.contains(key) ? key.find(fields) : Optional.empty();
  }

  private String[] names() {
    return keys().stream().map(Key::name).toArray(String[]::new);
  }

  private List<Key<?>> keys() {
    List<Key<?>> keys = new ArrayList<>(ALL_HAVE);
    keys.addAll(more);
    return keys;
  }

  @Override
  public Object yaml(L layer) {
    Map<String, Object> map = map(layer);
    map.put(ACTIVATION.name(), ActivationCodec.yaml(layer.activation()));
    return Map.of(word, map);
  }

  /** As specs write it where the arm says what its activation is. */
  static <L extends Recurrent> Object open(L layer) {
    RecurrentCodec<L> codec = (RecurrentCodec<L>) LayerCodecs.of(layer);
    return Map.of(codec.word, codec.map(layer));
  }

  private Map<String, Object> map(L layer) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(UNITS.name(), layer.units());
    if (layer.output() != Output.LAST) {
      map.put(OUTPUT.name(), word(layer.output()));
    }
    if (layer.direction() != Direction.FORWARD) {
      map.put(DIRECTION.name(), word(layer.direction()));
    }
    if (!layer.bias()) {
      map.put(BIAS.name(), false);
    }
    if (layer.truncate() > 0) {
      map.put(TRUNCATE.name(), layer.truncate());
    }
    rest.add(layer, map);
    return map;
  }

  @Override
  public String definition(L layer) {
    StringBuilder text = new StringBuilder(word);
    text.append(", ").append(layer.units()).append(" units");
    text.append(layer.bias() ? " with bias, " : ", ");
    text.append(ActivationCodec.definition(layer.activation()));
    Map<String, Object> own = new LinkedHashMap<>();
    rest.add(layer, own);
    own.forEach(
        (key, value) ->
            text.append(", ")
                .append(key)
                .append(' ')
                .append(value instanceof Double number ? Numbers.exact(number) : value));
    text.append(steps(layer));
    return text.toString();
  }

  /** What is not as usual. */
  private static String steps(Recurrent layer) {
    return (layer.output() == Output.ALL ? ", all states" : "")
        + (layer.direction() == Direction.BOTH ? ", both directions" : "")
        + (layer.truncate() > 0 ? ", cut after " + layer.truncate() + " steps" : "");
  }

  @Override
  public Optional<LayerCaption> caption(L layer) {
    return Optional.of(new LayerCaption("recurrent layers", Optional.of(caption + steps(layer))));
  }

  @Override
  public JsonSchema schema() {
    JsonSchema layer =
        JsonSchema.ANY.anyOf(
            List.of(UNITS.schema(), JsonSchema.of(about).object(keys(), UNITS.name())));
    return JsonSchema.of(about).object(List.of(new Key<>(word, field -> field, layer)), word);
  }
}
