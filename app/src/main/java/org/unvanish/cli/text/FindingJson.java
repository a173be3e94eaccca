package org.unvanish.cli.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.unvanish.theory.AuditFinding;
import org.unvanish.theory.chain.Bracket;

/** Findings for other programs. */
public final class FindingJson {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private FindingJson() {}

  /** The JSON Schema of {@link #of}. */
  public static String schema() {
    try (@Nullable InputStream in = FindingJson.class.getResourceAsStream("theory.schema.json")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An object with the seed, the random cases of each statement, and the findings. */
  public static String of(List<AuditFinding> findings, long cases, long seed) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("seed", seed);
    root.put("random_cases_per_statement", cases);
    ArrayNode list = root.putArray("findings");
    findings.forEach(finding -> list.add(node(finding)));
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ObjectNode node(AuditFinding f) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("topic", FindingTable.name(f.topic()));
    node.put("activation", f.function().label());
    node.put("statement", f.statement());
    node.put("source", f.source());
    node.put("verdict", f.verdict().label().replace(" ", "-"));
    node.put("condition", f.condition());
    node.set("largest_t", node(f.largestT()));
    node.put("smallest_violating_t", f.smallestViolatingT());
    node.set("counterexample", node(f.counterexample()));
    node.put("reason", f.reason());
    node.put("cases", f.cases());
    node.put("violations", f.violations());
    return node;
  }

  private static @Nullable ObjectNode node(@Nullable Bracket bracket) {
    return bracket == null
        ? null
        : MAPPER.createObjectNode().put("low", bracket.low()).put("high", bracket.high());
  }

  /** Numbers are text: some lie beyond the doubles, and none loses a digit. */
  private static @Nullable ObjectNode node(AuditFinding.@Nullable Counterexample example) {
    if (example == null) {
      return null;
    }
    ObjectNode node = MAPPER.createObjectNode();
    ObjectNode values = node.putObject("values");
    example.values().forEach(value -> values.put(value.name(), value.number()));
    node.set("left", node(example.left()));
    node.set("right", node(example.right()));
    return node;
  }

  private static ObjectNode node(AuditFinding.Value value) {
    return MAPPER.createObjectNode().put("name", value.name()).put("value", value.number());
  }
}
