package org.unvanish.codec;

import java.util.Optional;
import java.util.function.Supplier;
import org.unvanish.codec.yaml.Field;
import org.unvanish.codec.yaml.Place;
import org.unvanish.network.Layer;
import org.unvanish.network.Pooling.GlobalAveragePooling;
import org.unvanish.network.Softmax;

/**
 * A layer that has no settings: a word.
 *
 * @param layer makes one
 * @param name in the text that identifies a run
 * @param says what the schema says of it
 * @param <L> the kind
 */
record WordCodec<L extends Layer>(
    Class<L> kind, String word, Supplier<L> layer, String name, String says)
    implements LayerCodec<L> {

  static final WordCodec<GlobalAveragePooling> GLOBAL_AVERAGE_POOLING =
      new WordCodec<>(
          GlobalAveragePooling.class,
          "global-average-pooling",
          GlobalAveragePooling::new,
          "global average pooling",
          "The mean of each channel over all rows and columns.");

  static final WordCodec<Softmax> SOFTMAX =
      new WordCodec<>(
          Softmax.class,
          "softmax",
          Softmax::new,
          "softmax",
          "Probabilities. The loss softmax-cross-entropy does that itself and needs no such layer"
              + " before it.");

  @Override
  public boolean isWord() {
    return true;
  }

  @Override
  public LayerSpec read(Field value, Place place) {
    return new LayerSpec.Fixed(layer.get(), place);
  }

  @Override
  public Object yaml(L one) {
    return word;
  }

  @Override
  public String definition(L one) {
    return name;
  }

  @Override
  public Optional<LayerCaption> caption(L one) {
    return Optional.empty();
  }

  @Override
  public JsonSchema schema() {
    return JsonSchema.of(says).word(word);
  }
}
