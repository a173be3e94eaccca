package org.unvanish.codec;

import java.util.Optional;
import org.unvanish.codec.yaml.Field;
import org.unvanish.codec.yaml.Place;
import org.unvanish.network.Activated;

/** Activations: a network has their places, and an arm says what goes there. */
final class ActivatedCodec implements LayerCodec<Activated> {

  static final ActivatedCodec ACTIVATED = new ActivatedCodec();

  private static final String WORD = "activation";

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
  public LayerSpec read(Field value, Place place) {
    return new LayerSpec.Activated(place);
  }

  @Override
  public Object yaml(Activated layer) {
    return WORD;
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
    return JsonSchema.of("Where the arm's activation goes.").word(WORD);
  }
}
