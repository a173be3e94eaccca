package org.unvanish.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;

/**
 * A published schema for tests: readers are to ignore members that they do not know, but here none
 * may be printed that the schema does not explain.
 */
public final class StrictSchema {

  private final Schema schema;

  private StrictSchema(Schema schema) {
    this.schema = schema;
  }

  /** Of the text of a schema, with every object closed that has members. */
  public static StrictSchema of(String text) throws JsonProcessingException {
    JsonNode tree = new ObjectMapper().readTree(text);
    close(tree);
    return new StrictSchema(
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(tree.toString()));
  }

  private static void close(JsonNode node) {
    node.forEach(StrictSchema::close);
    if (node instanceof ObjectNode object
        && "object".equals(object.path("type").asText())
        && object.has("properties")) {
      object.put("additionalProperties", false);
    }
  }

  /** What the text has that the schema does not say, or lacks; nothing where it is as it says. */
  public List<?> errors(String json) {
    return schema.validate(json, InputFormat.JSON);
  }
}
