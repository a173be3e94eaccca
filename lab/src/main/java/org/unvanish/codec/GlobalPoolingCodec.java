package org.unvanish.codec;

import java.util.Optional;
import org.unvanish.codec.yaml.Field;
import org.unvanish.codec.yaml.Place;
import org.unvanish.network.Pooling.GlobalAveragePooling;

/** Pooling over whole channels. */
final class GlobalPoolingCodec implements LayerCodec<GlobalAveragePooling> {

  static final GlobalPoolingCodec AVERAGE = new GlobalPoolingCodec();

  private static final String WORD = "global-average-pooling";

  private GlobalPoolingCodec() {}

  @Override
  public Class<GlobalAveragePooling> kind() {
    return GlobalAveragePooling.class;
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
    return new LayerSpec.Fixed(new GlobalAveragePooling(), place);
  }

  @Override
  public Object yaml(GlobalAveragePooling layer) {
    return WORD;
  }

  @Override
  public String definition(GlobalAveragePooling layer) {
    return "global average pooling";
  }

  @Override
  public Optional<LayerCaption> caption(GlobalAveragePooling layer) {
    return Optional.empty();
  }

  @Override
  public JsonSchema schema() {
    return JsonSchema.of("The mean of each channel over all rows and columns.").word(WORD);
  }
}
