package org.unvanish.codec;

import java.util.Optional;
import org.unvanish.codec.yaml.Field;
import org.unvanish.codec.yaml.Place;
import org.unvanish.network.Softmax;

/** The softmax as a layer: a word. */
final class SoftmaxCodec implements LayerCodec<Softmax> {

  static final SoftmaxCodec SOFTMAX = new SoftmaxCodec();

  private static final String WORD = "softmax";

  private SoftmaxCodec() {}

  @Override
  public Class<Softmax> kind() {
    return Softmax.class;
  }

  @Override
  public String word() {
    return WORD;
  }

  @Override
  public boolean isWord() {
    return true;
  }

  @Override
  public LayerSpec read(Field value, Place place) {
    return new LayerSpec.Fixed(new Softmax(), place);
  }

  @Override
  public Object yaml(Softmax layer) {
    return WORD;
  }

  @Override
  public String definition(Softmax layer) {
    return WORD;
  }

  @Override
  public Optional<LayerCaption> caption(Softmax layer) {
    return Optional.empty();
  }

  @Override
  public JsonSchema schema() {
    return JsonSchema.of(
            "Probabilities. The loss softmax-cross-entropy does that itself and needs no such"
                + " layer before it.")
        .word(WORD);
  }
}
