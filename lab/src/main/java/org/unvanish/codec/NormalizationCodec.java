package org.unvanish.codec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.unvanish.codec.yaml.Field;
import org.unvanish.codec.yaml.Fields;
import org.unvanish.codec.yaml.Numbers;
import org.unvanish.codec.yaml.Place;
import org.unvanish.network.Normalization.BatchNormalization;

/** Batch normalization: a word, or a key with its numbers. */
final class NormalizationCodec implements LayerCodec<BatchNormalization> {

  static final List<LayerCodec<?>> ALL = List.of(new NormalizationCodec());

  private static final BatchNormalization USUAL = BatchNormalization.DEFAULT;

  private static final Key<Double> EPSILON =
      Key.positive("epsilon", "What is added to the variance.").byDefault(USUAL.epsilon());
  private static final Key<Double> MOMENTUM =
      new Key<Double>(
              "momentum",
              field -> field.number(Key.LEAST, 1),
              JsonSchema.of("How far a batch moves the running mean and variance.")
                  .number(Key.LEAST, 1))
          .byDefault(USUAL.momentum());

  private NormalizationCodec() {}

  @Override
  public Class<BatchNormalization> kind() {
    return BatchNormalization.class;
  }

  @Override
  public String word() {
    return "batch-norm";
  }

  @Override
  public boolean isWord() {
    return true;
  }

  @Override
  public boolean isKey() {
    return true;
  }

  @Override
  public LayerSpec read(Field value, Place place) {
    Fields fields = value.fields(EPSILON.name(), MOMENTUM.name());
    return new LayerSpec.Fixed(
        new BatchNormalization(
            EPSILON.find(fields).orElse(USUAL.epsilon()),
            MOMENTUM.find(fields).orElse(USUAL.momentum())),
        place);
  }

  @Override
  public LayerSpec readWord(Field word) {
    return new LayerSpec.Fixed(USUAL, word.place());
  }

  @Override
  public Object yaml(BatchNormalization layer) {
    if (layer.equals(USUAL)) {
      return word();
    }
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(EPSILON.name(), layer.epsilon());
    map.put(MOMENTUM.name(), layer.momentum());
    return Map.of(word(), map);
  }

  @Override
  public String definition(BatchNormalization layer) {
    return "batch normalization, epsilon %s, momentum %s"
        .formatted(Numbers.exact(layer.epsilon()), Numbers.exact(layer.momentum()));
  }

  @Override
  public Optional<LayerCaption> caption(BatchNormalization layer) {
    return Optional.empty();
  }

  @Override
  public JsonSchema schema() {
    JsonSchema numbers = JsonSchema.of("Its numbers.").object(List.of(EPSILON, MOMENTUM));
    return JsonSchema.of("Each channel to mean 0 and variance 1 over the batch.")
        .anyOf(
            List.of(
                JsonSchema.ANY.word(word()),
                JsonSchema.ANY.object(
                    List.of(new Key<>(word(), field -> field, numbers)), word())));
  }
}
