package org.unvanish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schemas of what {@code --json} prints. */
class PublishedSchemasTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"diagnosis-schema", "forecast-schema", "theory-schema"})
  void aSchemaAllowsMembersThatLaterVersionsAdd(String schema) throws IOException {
    Terminal terminal = new Terminal(folder);
    assertThat(terminal.execute("show", schema)).isZero();
    assertThat(new ObjectMapper().readTree(terminal.out()).findValues("additionalProperties"))
        .noneMatch(JsonNode::isBoolean);
  }
}
