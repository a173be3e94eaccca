package org.unvanish.codec;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.unvanish.activation.Activation;
import org.unvanish.codec.yaml.Field;
import org.unvanish.codec.yaml.Place;
import org.unvanish.network.Activated;

/**
 * Activations: the word alone is a place, and an arm says what goes there; as a key it has the
 * activation that is there in every arm.
 */
final class ActivatedCodec implements LayerCodec<Activated> {

  static final ActivatedCodec ACTIVATED = new ActivatedCodec();

  private static final String WORD = "activation";

  private static final Key<Activation> FIXED =
      new Key<>(WORD, ActivationCodec::read, JsonSchema.ANY.ref("activation"));

  private ActivatedCodec() {}

  @Override
  public Class<Activated> kind() {
    return Activated.class;
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
  public boolean isKey() {
    return true;
  }

  @Override
  public LayerSpec read(Field value, Place place) {
    return new LayerSpec.Fixed(new Activated(FIXED.read().apply(value)), place);
  }

  @Override
  public LayerSpec readWord(Field word) {
    return new LayerSpec.Activated(word.place());
  }

  @Override
  public Object yaml(Activated layer) {
    return Map.of(WORD, ActivationCodec.yaml(layer.activation()));
  }

  @Override
  public String definition(Activated layer) {
    return ActivationCodec.definition(layer.activation());
  }

  @Override
  public Optional<LayerCaption> caption(Activated layer) {
    return Optional.empty();
  }

  @Override
  public JsonSchema schema() {
    return JsonSchema.ANY.anyOf(
        List.of(
            JsonSchema.of("Where the arm's activation goes.").word(WORD),
            JsonSchema.of("The same activation in every arm.").object(List.of(FIXED), WORD)));
  }
}
