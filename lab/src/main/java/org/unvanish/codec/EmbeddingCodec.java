package org.unvanish.codec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.unvanish.codec.yaml.Field;
import org.unvanish.codec.yaml.Fields;
import org.unvanish.codec.yaml.Place;
import org.unvanish.codec.yaml.Problems;
import org.unvanish.network.Embedding;

/** Embeddings, whose column specs name. */
final class EmbeddingCodec implements LayerCodec<Embedding> {

  static final EmbeddingCodec EMBEDDING = new EmbeddingCodec();

  private static final String WORD = "embedding";
  private static final int MOST_VALUES = 65_536;

  private static final Key<String> COLUMN =
      Key.text(
          "column",
          ColumnRolesCodec.LONGEST_NAME,
          "One of the data's categorical-columns, whose categories it tells apart.");
  private static final Key<Integer> SIZE =
      Key.count("size", 1, MOST_VALUES, "How many values it learns for each category.");

  private EmbeddingCodec() {}

  @Override
  public Class<Embedding> kind() {
    return Embedding.class;
  }

  @Override
  public String word() {
    return WORD;
  }

  @Override
  public LayerSpec read(Field value, Place place) {
    Fields fields = value.fields(COLUMN.name(), SIZE.name());
    Optional<String> column = COLUMN.need(fields);
    Optional<Integer> size = SIZE.need(fields);
    if (column.isEmpty() || size.isEmpty()) {
      throw new Problems.Told();
    }
    return new LayerSpec.Embedded(column.get(), size.get(), place);
  }

  static Object yaml(String column, int size) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(COLUMN.name(), column);
    map.put(SIZE.name(), size);
    return Map.of(WORD, map);
  }

  @Override
  public Object yaml(Embedding layer) {
    throw new IllegalStateException("a spec names the column of an embedding");
  }

  @Override
  public String definition(Embedding layer) {
    return "embedding of input %d, %d categories to %d values"
        .formatted(layer.column(), layer.categories(), layer.size());
  }

  @Override
  public Optional<LayerCaption> caption(Embedding layer) {
    return Optional.of(new LayerCaption("embeddings", Optional.empty()));
  }

  @Override
  public JsonSchema schema() {
    JsonSchema embedding =
        JsonSchema.of("Its column and size.")
            .object(List.of(COLUMN, SIZE), COLUMN.name(), SIZE.name());
    return JsonSchema.of(
            "Learnt values in the place of a category's number. Embeddings stand before all other"
                + " layers.")
        .object(List.of(new Key<>(WORD, field -> field, embedding)), WORD);
  }
}
