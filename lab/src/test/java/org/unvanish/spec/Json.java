package org.unvanish.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import org.unvanish.codec.yaml.Node;

/** Specs as the schema sees them. */
final class Json {

  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(ExperimentSpec.schema());

  private Json() {}

  static boolean accepts(Node spec) {
    return SCHEMA.validate(json(spec).toString(), InputFormat.JSON).isEmpty();
  }

  static String problems(Node spec) {
    return SCHEMA.validate(json(spec).toString(), InputFormat.JSON).toString();
  }

  static JsonNode json(Node node) {
    JsonNodeFactory factory = JsonNodeFactory.instance;
    if (node instanceof Node.Mapping mapping) {
      ObjectNode object = factory.objectNode();
      mapping.entries().forEach((key, entry) -> object.set(key, json(entry.value())));
      return object;
    }
    if (node instanceof Node.Items items) {
      ArrayNode array = factory.arrayNode();
      items.items().forEach(item -> array.add(json(item)));
      return array;
    }
    Object value = ((Node.Scalar) node).value();
    if (value instanceof Long whole) {
      return factory.numberNode((long) whole);
    } else if (value instanceof Double number) {
      // JSON has no other numbers.
      return Double.isFinite(number)
          ? factory.numberNode((double) number)
          : factory.textNode(number.toString());
    } else if (value instanceof Boolean flag) {
      return factory.booleanNode(flag);
    }
    return value == null ? factory.nullNode() : factory.textNode((String) value);
  }
}
