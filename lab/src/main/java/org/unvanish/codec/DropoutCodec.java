package org.unvanish.codec;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.unvanish.codec.yaml.Field;
import org.unvanish.codec.yaml.Numbers;
import org.unvanish.codec.yaml.Place;
import org.unvanish.network.Dropout;

/** Dropout: a key with the rate. */
final class DropoutCodec implements LayerCodec<Dropout> {

  static final DropoutCodec DROPOUT = new DropoutCodec();

  private static final Key<Double> RATE =
      Key.decay("dropout", "The share of values that are dropped in training.");

  private DropoutCodec() {}

  @Override
  public Class<Dropout> kind() {
    return Dropout.class;
  }

  @Override
  public String word() {
    return RATE.name();
  }

  @Override
  public LayerSpec read(Field value, Place place) {
    return new LayerSpec.Fixed(new Dropout(RATE.read().apply(value)), place);
  }

  @Override
  public Object yaml(Dropout layer) {
    return Map.of(word(), layer.rate());
  }

  @Override
  public String definition(Dropout layer) {
    return "dropout " + Numbers.exact(layer.rate());
  }

  @Override
  public Optional<LayerCaption> caption(Dropout layer) {
    return Optional.empty();
  }

  @Override
  public JsonSchema schema() {
    return JsonSchema.of("Values become 0 at random, in training only.")
        .object(List.of(RATE), word());
  }
}
