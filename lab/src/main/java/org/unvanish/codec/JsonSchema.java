package org.unvanish.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JSON Schema of draft 2020-12, or a part of one. Each method makes another one. */
public final class JsonSchema {

  /** Allows anything. */
  public static final JsonSchema ANY = new JsonSchema(Map.of());

  /** Keywords with their values, which are what Jackson writes. */
  private final Map<String, Object> keywords;

  private JsonSchema(Map<String, Object> keywords) {
    this.keywords = keywords;
  }

  /** Anything, with a description. */
  public static JsonSchema of(String description) {
    return ANY.with("description", description);
  }

  /** What the definition of that name in the whole schema allows. */
  public JsonSchema ref(String name) {
    return with("$ref", "#/$defs/" + name);
  }

  /** One word and no other. */
  public JsonSchema word(String word) {
    return with("const", word);
  }

  /** One of some words. */
  public JsonSchema words(Collection<String> words) {
    return with("enum", List.copyOf(words));
  }

  /** One line of text with at least one character that is not a space. */
  public JsonSchema text(int mostCharacters) {
    return with("type", "string")
        .with("minLength", 1)
        .with("maxLength", mostCharacters)
        .with("pattern", "\\S");
  }

  /** A whole number, both limits included. */
  public JsonSchema whole(long least, long most) {
    return with("type", "integer").with("minimum", least).with("maximum", most);
  }

  /** A number, both limits included. */
  public JsonSchema number(double least, double most) {
    return with("type", "number").with("minimum", least).with("maximum", most);
  }

  /** True or false. */
  public JsonSchema flag() {
    return with("type", "boolean");
  }

  /** A list. */
  public JsonSchema items(JsonSchema item, int least, int most) {
    return with("type", "array")
        .with("items", item.keywords)
        .with("minItems", least)
        .with("maxItems", most);
  }

  /** What fits at least one of these. */
  public JsonSchema anyOf(List<JsonSchema> forms) {
    return with("anyOf", forms.stream().map(form -> form.keywords).toList());
  }

  /** A mapping with no keys but these. */
  public JsonSchema object(List<Key<?>> keys, String... required) {
    Map<String, Object> properties = new LinkedHashMap<>();
    keys.forEach(key -> properties.put(key.name(), key.schema().keywords));
    JsonSchema object =
        with("type", "object").with("properties", properties).with("additionalProperties", false);
    return required.length == 0 ? object : object.with("required", List.of(required));
  }

  /** With definitions, for {@link #ref}. */
  public JsonSchema definitions(Map<String, JsonSchema> definitions) {
    Map<String, Object> all = new LinkedHashMap<>();
    definitions.forEach((name, schema) -> all.put(name, schema.keywords));
    return with("$defs", all);
  }

  /**
   * With one more keyword.
   *
   * @param value a text, number, flag, or a list or map of such
   */
  public JsonSchema with(String keyword, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(keywords);
    more.put(keyword, value instanceof Double number ? withoutPoint(number) : value);
    return new JsonSchema(more);
  }

  /** 0 instead of 0.0. */
  private static Object withoutPoint(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e7 ? (Object) (long) value : value;
  }

  /** The schema as a JSON text, a keyword a line. */
  public String text() {
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    try {
      return new ObjectMapper()
              .writer(new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines))
              .writeValueAsString(keywords)
          + "\n";
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
