package org.unvanish.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.unvanish.codec.yaml.Examples;
import org.unvanish.codec.yaml.YamlReader;

/** What errors show as an example is there for every key, and is right. */
class ExamplesTest {

  /** A key that nobody writes by hand: it goes with a file that Unvanish has written. */
  private static final Set<String> WITHOUT = Set.of("sha256", "identity", "lecun", "orthogonal");

  private final ObjectMapper mapper = new ObjectMapper();

  @Test
  void everyKeyOfTheSchemaHasAnExampleThatTheSchemaAccepts() throws JsonProcessingException {
    ObjectNode schema = (ObjectNode) mapper.readTree(ExperimentSpec.schema());
    Map<String, JsonNode> keys = new TreeMap<>();
    collect("a spec", schema, keys);
    schema.get("$defs").properties().forEach(e -> collect(e.getKey(), e.getValue(), keys));
    assertThat(keys).hasSizeGreaterThan(100);
    Set<String> wrong = new TreeSet<>();
    keys.forEach(
        (path, value) -> {
          String in = path.substring(0, path.indexOf('/'));
          String key = path.substring(in.length() + 1);
          if (!WITHOUT.contains(key) && !accepts(schema, value, in, key)) {
            wrong.add(path + ": " + Examples.value(in, key).orElse("no example"));
          }
        });
    assertThat(wrong).isEmpty();
  }

  private boolean accepts(ObjectNode whole, JsonNode part, String in, String key) {
    String example = Examples.value(in, key).orElse("");
    if (example.isEmpty()) {
      return false;
    }
    ObjectNode schema = part.deepCopy();
    schema.set("$defs", whole.get("$defs"));
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(schema.toString())
        .validate(Json.json(YamlReader.read(example, "example")).toString(), InputFormat.JSON)
        .isEmpty();
  }

  /** All keys of a part of the schema, each with what it stands in. */
  private static void collect(String in, JsonNode schema, Map<String, JsonNode> keys) {
    if (schema.has("properties")) {
      schema
          .get("properties")
          .properties()
          .forEach(
              e -> {
                keys.put(in + "/" + e.getKey(), e.getValue());
                collect(e.getKey(), e.getValue(), keys);
              });
    }
    if (schema.has("items")) {
      collect(in.equals("arms") ? "an arm" : in, schema.get("items"), keys);
    }
    if (schema.has("anyOf")) {
      schema.get("anyOf").forEach(form -> collect(in, form, keys));
    }
  }
}
