package org.unvanish.codec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.unvanish.codec.yaml.Field;
import org.unvanish.codec.yaml.Fields;
import org.unvanish.codec.yaml.Place;
import org.unvanish.network.Layer;
import org.unvanish.network.Residual;

/** Residual blocks, which hold layers. */
final class ResidualCodec implements LayerCodec<Residual> {

  static final ResidualCodec RESIDUAL = new ResidualCodec();

  private static final String WORD = "residual";

  private static final Key<List<LayerSpec>> LAYERS =
      new Key<>("layers", NetworkCodec::ordered, JsonSchema.ANY.ref("layers"));
  private static final Key<Boolean> PROJECTION =
      Key.flag(
              "projection",
              "Whether the shortcut has weights that bring the block's input to the shape of its output.")
          .byDefault(false);

  private ResidualCodec() {}

  @Override
  public Class<Residual> kind() {
    return Residual.class;
  }

  @Override
  public String word() {
    return WORD;
  }

  @Override
  public LayerSpec read(Field value, Place place) {
    Fields fields = value.fields(LAYERS.name(), PROJECTION.name());
    LayerSpec.Block block =
        new LayerSpec.Block(
            LAYERS.need(fields).orElse(List.of()), PROJECTION.find(fields).orElse(false), place);
    if (block.depth() > Residual.DEEPEST) {
      throw place.error("at most %d residual blocks may stand one in another", Residual.DEEPEST);
    }
    return block;
  }

  @Override
  public Object yaml(Residual layer) {
    return yaml(layer.layers().stream().map(ResidualCodec::entry).toList(), layer.projection());
  }

  private static <L extends Layer> Object entry(L layer) {
    return LayerCodecs.of(layer).yaml(layer);
  }

  static Object yaml(List<Object> layers, boolean projection) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(LAYERS.name(), layers);
    if (projection) {
      map.put(PROJECTION.name(), true);
    }
    return Map.of(WORD, map);
  }

  @Override
  public String definition(Residual layer) {
    return layer.layers().stream()
        .map(LayerCodecs::definition)
        .collect(
            Collectors.joining(
                "; ",
                "residual block" + (layer.projection() ? " with projection" : "") + " [",
                "]"));
  }

  @Override
  public Optional<LayerCaption> caption(Residual layer) {
    return Optional.empty();
  }

  @Override
  public JsonSchema schema() {
    JsonSchema block =
        JsonSchema.of("Its layers.").object(List.of(LAYERS, PROJECTION), LAYERS.name());
    return JsonSchema.of("Layers to whose output their input is added.")
        .object(List.of(new Key<>(WORD, field -> field, block)), WORD);
  }
}
