package org.unvanish.codec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.unvanish.codec.yaml.Field;
import org.unvanish.codec.yaml.Fields;
import org.unvanish.codec.yaml.Numbers;
import org.unvanish.codec.yaml.Place;
import org.unvanish.network.Normalization;
import org.unvanish.network.Normalization.BatchNormalization;
import org.unvanish.network.Normalization.GroupNormalization;
import org.unvanish.network.Normalization.LayerNormalization;

/**
 * Normalizations of all kinds: a word where all numbers have defaults, and a key with them.
 *
 * @param numbers what the key has
 * @param usual where all have defaults
 * @param description of an entry of a network
 */
record NormalizationCodec<L extends Normalization>(
    Class<L> kind,
    String word,
    List<Part<L, ?>> numbers,
    Function<Fields, L> maker,
    Optional<L> usual,
    String definition,
    String description)
    implements LayerCodec<L> {

  /** A number of a layer. */
  private record Part<L, T>(Key<T> key, Function<L, T> part) {}

  private static final Key<Double> EPSILON =
      Key.positive("epsilon", "What is added to the variance.")
          .byDefault(BatchNormalization.DEFAULT.epsilon());
  private static final Key<Double> MOMENTUM =
      new Key<Double>(
              "momentum",
              field -> field.number(Key.LEAST, 1),
              JsonSchema.of("How far a batch moves the running mean and variance.")
                  .number(Key.LEAST, 1))
          .byDefault(BatchNormalization.DEFAULT.momentum());
  private static final Key<Integer> GROUPS =
      Key.count("groups", 1, 4_096, "How many groups of channels; must divide them.");

  static final List<LayerCodec<?>> ALL =
      List.of(
          new NormalizationCodec<>(
              BatchNormalization.class,
              "batch-norm",
              List.of(
                  new Part<>(EPSILON, BatchNormalization::epsilon),
                  new Part<>(MOMENTUM, BatchNormalization::momentum)),
              fields ->
                  new BatchNormalization(
                      EPSILON.find(fields).orElse(BatchNormalization.DEFAULT.epsilon()),
                      MOMENTUM.find(fields).orElse(BatchNormalization.DEFAULT.momentum())),
              Optional.of(BatchNormalization.DEFAULT),
              "batch normalization",
              "Each channel to mean 0 and variance 1 over the batch."),
          new NormalizationCodec<>(
              LayerNormalization.class,
              "layer-norm",
              List.of(new Part<>(EPSILON, LayerNormalization::epsilon)),
              fields ->
                  new LayerNormalization(
                      EPSILON.find(fields).orElse(LayerNormalization.DEFAULT.epsilon())),
              Optional.of(LayerNormalization.DEFAULT),
              "layer normalization",
              "All values of a sample to mean 0 and variance 1."),
          new NormalizationCodec<>(
              GroupNormalization.class,
              "group-norm",
              List.of(
                  new Part<>(GROUPS, GroupNormalization::groups),
                  new Part<>(EPSILON, GroupNormalization::epsilon)),
              fields ->
                  new GroupNormalization(
                      GROUPS.need(fields).orElse(1),
                      EPSILON.find(fields).orElse(GroupNormalization.USUAL_EPSILON)),
              Optional.empty(),
              "group normalization",
              "Groups of channels of a sample to mean 0 and variance 1."));

  @Override
  public boolean isWord() {
    return usual.isPresent();
  }

  @Override
  public boolean isKey() {
    return true;
  }

  @Override
  public LayerSpec read(Field value, Place place) {
    Fields fields = value.fields(numbers.stream().map(n -> n.key().name()).toArray(String[]::new));
    return new LayerSpec.Fixed(maker.apply(fields), place);
  }

  @Override
  public LayerSpec readWord(Field text) {
    return new LayerSpec.Fixed(usual.orElseThrow(), text.place());
  }

  @Override
  public Object yaml(L layer) {
    if (usual.equals(Optional.of(layer))) {
      return word;
    }
    Map<String, Object> map = new LinkedHashMap<>();
    numbers.forEach(number -> map.put(number.key().name(), number.part().apply(layer)));
    return Map.of(word, map);
  }

  @Override
  public String definition(L layer) {
    StringBuilder text = new StringBuilder(definition);
    for (Part<L, ?> number : numbers) {
      double value = ((Number) number.part().apply(layer)).doubleValue();
      text.append(", ").append(number.key().name()).append(' ').append(Numbers.exact(value));
    }
    return text.toString();
  }

  @Override
  public Optional<LayerCaption> caption(L layer) {
    return Optional.empty();
  }

  @Override
  public JsonSchema schema() {
    List<Key<?>> keys = numbers.stream().<Key<?>>map(Part::key).toList();
    JsonSchema all = JsonSchema.of("Its numbers.");
    JsonSchema mapping = isWord() ? all.object(keys) : all.object(keys, keys.get(0).name());
    JsonSchema key = JsonSchema.ANY.object(List.of(new Key<>(word, f -> f, mapping)), word);
    return JsonSchema.of(description)
        .anyOf(isWord() ? List.of(JsonSchema.ANY.word(word), key) : List.of(key));
  }
}
