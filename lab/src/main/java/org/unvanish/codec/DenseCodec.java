package org.unvanish.codec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.unvanish.codec.yaml.Field;
import org.unvanish.codec.yaml.Fields;
import org.unvanish.codec.yaml.Place;
import org.unvanish.network.Dense;

/** Dense layers, also those with a unit for each class of the data. */
final class DenseCodec implements LayerCodec<Dense> {

  static final DenseCodec DENSE = new DenseCodec();

  private static final String WORD = "dense";
  private static final String CLASSES = "classes";
  private static final String TARGETS = "targets";
  private static final Map<String, Boolean> OF_CLASSES = Map.of(CLASSES, true, TARGETS, false);
  private static final int MOST_UNITS = NetworkCodec.MOST_UNITS;

  private static final Key<Field> UNITS =
      new Key<>(
          "units",
          field -> field,
          JsonSchema.of(
                  "How many units; or the word targets, as many as the loss needs of outputs; or the"
                      + " word classes, one for each class of the data.")
              .anyOf(
                  List.of(
                      JsonSchema.ANY.whole(1, MOST_UNITS),
                      JsonSchema.ANY.words(List.of(CLASSES, TARGETS)))));
  private static final Key<Boolean> BIAS =
      Key.flag("bias", "Whether there are biases.").byDefault(false);

  private DenseCodec() {}

  @Override
  public Class<Dense> kind() {
    return Dense.class;
  }

  @Override
  public String word() {
    return WORD;
  }

  @Override
  public LayerSpec read(Field value, Place place) {
    if (value.isText() || value.isNumber()) {
      return layer(value, false, place);
    }
    Fields fields = value.fields(UNITS.name(), BIAS.name());
    boolean bias = BIAS.find(fields).orElse(false);
    return layer(fields.need(UNITS.name()), bias, place);
  }

  private static LayerSpec layer(Field units, boolean bias, Place place) {
    if (units.isText()) {
      return new LayerSpec.Output(units.choice(OF_CLASSES), bias, place);
    }
    return new LayerSpec.Fixed(new Dense(units.count(1, MOST_UNITS), bias), place);
  }

  @Override
  public Object yaml(Dense layer) {
    return yaml(layer.units(), layer.bias());
  }

  static Object yaml(LayerSpec.Output layer) {
    return yaml(layer.ofClasses() ? CLASSES : TARGETS, layer.bias());
  }

  private static Object yaml(Object units, boolean bias) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(UNITS.name(), units);
    map.put(BIAS.name(), true);
    return Map.of(WORD, bias ? map : units);
  }

  @Override
  public String definition(Dense layer) {
    return "dense, " + layer.units() + " units" + (layer.bias() ? " with bias" : "");
  }

  @Override
  public Optional<LayerCaption> caption(Dense layer) {
    return Optional.of(new LayerCaption("dense layers", Optional.empty()));
  }

  @Override
  public JsonSchema schema() {
    JsonSchema dense =
        JsonSchema.ANY.anyOf(
            List.of(
                UNITS.schema(),
                JsonSchema.of("A dense layer.").object(List.of(UNITS, BIAS), UNITS.name())));
    return JsonSchema.of("A dense layer on all values that reach it.")
        .object(List.of(new Key<>(WORD, field -> field, dense)), WORD);
  }
}
