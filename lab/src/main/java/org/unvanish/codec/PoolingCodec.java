package org.unvanish.codec;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import org.unvanish.codec.yaml.Field;
import org.unvanish.codec.yaml.Place;
import org.unvanish.network.Pooling;
import org.unvanish.network.Pooling.AveragePooling;
import org.unvanish.network.Pooling.MaxPooling;

/**
 * Pooling over tiles of a size, of all kinds.
 *
 * @param size the key
 * @param maker makes a layer
 * @param sizeOf a layer's size
 * @param definition what definitions call it
 * @param description of an entry of a network
 */
record PoolingCodec<L extends Pooling>(
    Class<L> kind,
    Key<Integer> size,
    IntFunction<L> maker,
    ToIntFunction<L> sizeOf,
    String definition,
    String description)
    implements LayerCodec<L> {

  static final List<LayerCodec<?>> ALL =
      List.of(
          new PoolingCodec<>(
              MaxPooling.class,
              size("max-pooling"),
              MaxPooling::new,
              MaxPooling::size,
              "max pooling",
              "The maximum over tiles."),
          new PoolingCodec<>(
              AveragePooling.class,
              size("average-pooling"),
              AveragePooling::new,
              AveragePooling::size,
              "average pooling",
              "The mean over tiles."),
          WordCodec.GLOBAL_AVERAGE_POOLING);

  private static Key<Integer> size(String word) {
    return Key.count(
        word, 2, 1_024, "Rows and columns of a tile; what fills no whole tile is left out.");
  }

  @Override
  public String word() {
    return size.name();
  }

  @Override
  public LayerSpec read(Field value, Place place) {
    return new LayerSpec.Fixed(maker.apply(size.read().apply(value)), place);
  }

  @Override
  public Object yaml(L layer) {
    return Map.of(word(), sizeOf.applyAsInt(layer));
  }

  @Override
  public String definition(L layer) {
    return definition + " by " + sizeOf.applyAsInt(layer);
  }

  @Override
  public Optional<LayerCaption> caption(L layer) {
    return Optional.empty();
  }

  @Override
  public JsonSchema schema() {
    return JsonSchema.of(description).object(List.of(size), word());
  }
}
