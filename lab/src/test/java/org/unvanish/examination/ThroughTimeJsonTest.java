package org.unvanish.examination;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ThroughTimeJsonTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final SnapshotJson SNAPSHOT =
      SnapshotJson.of(
          RecurrentSnapshots.snapshot(
              0,
              1,
              RecurrentSnapshots.lostFrom(
                  1, RecurrentSnapshots.simple("recurrent1", true, 9, -2, -0.5, 0.25, 0, 9)),
              RecurrentSnapshots.gated("lstm2", 9, -1, -0.125, 0, 9)));

  private static ObjectNode json() {
    return MAPPER.valueToTree(SNAPSHOT);
  }

  /** The schema of a snapshot alone, which allows no members that it does not explain. */
  private static Schema schema() throws IOException {
    ObjectNode schema = (ObjectNode) MAPPER.readTree(DiagnosisJson.schema());
    ObjectNode snapshot = MAPPER.createObjectNode().put("$ref", "#/$defs/snapshot");
    snapshot.set("$defs", schema.get("$defs"));
    close(snapshot);
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(snapshot.toString());
  }

  private static void close(JsonNode node) {
    node.forEach(ThroughTimeJsonTest::close);
    if (node instanceof ObjectNode object && object.has("properties")) {
      object.put("additionalProperties", false);
    }
  }

  @Test
  void itIsAsTheSchemaSays() throws IOException {
    assertThat(schema().validate(json().toString(), InputFormat.JSON)).isEmpty();
    for (String key : new String[] {"gated", "points", "step_log10"}) {
      ObjectNode lacking = json();
      ((ObjectNode) lacking.at("/through_time/0")).remove(key);
      assertThat(schema().validate(lacking.toString(), InputFormat.JSON)).as(key).isNotEmpty();
    }
    ObjectNode further = json();
    ((ObjectNode) further.at("/through_time/0/points/0")).put("further", 1);
    assertThat(schema().validate(further.toString(), InputFormat.JSON)).isNotEmpty();
  }

  @Test
  void itIsReadAsItWasWritten() throws IOException {
    assertThat(MAPPER.treeToValue(json(), SnapshotJson.class)).isEqualTo(SNAPSHOT);
  }

  /** Earlier versions kept none. */
  @Test
  void aSnapshotWithoutItIsRead() throws IOException {
    ObjectNode earlier = json();
    earlier.remove("through_time");
    assertThat(MAPPER.treeToValue(earlier, SnapshotJson.class).throughTime()).isEmpty();
  }
}
