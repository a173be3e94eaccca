package org.unvanish.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.unvanish.codec.yaml.Examples;
import org.unvanish.codec.yaml.YamlReader;

/** What errors show as an example is there for every key, and is right. */
class SpecExamplesTest {

  /** Keys whose value is a mapping that may be empty, and the checksum, which nobody writes. */
  private static final Set<String> WITHOUT = Set.of("sha256", "identity", "lecun", "orthogonal");

  private final ObjectMapper mapper = new ObjectMapper();

  @Test
  void everyKeyOfTheSchemaHasAnExampleThatTheSchemaAccepts() throws JsonProcessingException {
    ObjectNode whole = (ObjectNode) mapper.readTree(ExperimentSpec.schema());
    Map<String, ArrayNode> keys = new TreeMap<>();
    collect("a spec", whole, keys);
    whole.get("$defs").properties().forEach(e -> collect(e.getKey(), e.getValue(), keys));
    assertThat(keys).hasSizeGreaterThan(100);

    ObjectNode schema = mapper.createObjectNode();
    schema.set("$defs", whole.get("$defs"));
    ObjectNode properties = schema.putObject("properties");
    ObjectNode examples = mapper.createObjectNode();
    keys.forEach(
        (path, forms) -> {
          properties.putObject(path).set("anyOf", forms);
          String in = path.substring(0, path.indexOf('/'));
          String key = path.substring(in.length() + 1);
          Optional<String> example = Examples.value(in, key);
          assertThat(example).as(path).isPresent();
          examples.set(path, Json.json(YamlReader.read(example.get(), path)));
        });
    assertThat(
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema.toString())
                .validate(examples.toString(), InputFormat.JSON))
        .isEmpty();
  }

  /** The forms of all keys of a part of the schema, each with what it stands in. */
  private void collect(String in, JsonNode schema, Map<String, ArrayNode> keys) {
    if (schema.has("properties")) {
      schema
          .get("properties")
          .properties()
          .forEach(
              e -> {
                if (!WITHOUT.contains(e.getKey())) {
                  keys.computeIfAbsent(in + "/" + e.getKey(), path -> mapper.createArrayNode())
                      .add(e.getValue());
                }
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
