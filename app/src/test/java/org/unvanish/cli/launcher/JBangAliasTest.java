package org.unvanish.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JBangAliasTest {

  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  @Test
  void startsJavaWithTheFlagsOfTheLauncherAndTheVectorModule() throws IOException {
    List<String> flags = new ArrayList<>(List.of("--add-modules=jdk.incubator.vector"));
    Files.readAllLines(ROOT.resolve("app/app.jvm")).stream()
        .filter(line -> !line.startsWith("#"))
        .forEach(flags::add);
    JsonNode alias =
        new ObjectMapper()
            .readTree(ROOT.resolve("jbang-catalog.json").toFile())
            .at("/aliases/unvanish");
    List<String> options = new ArrayList<>();
    alias.get("runtime-options").forEach(option -> options.add(option.asText()));
    assertThat(options).isEqualTo(flags);
    assertThat(alias.get("java").asText()).isEqualTo(newestKnownJava());
  }

  /** What the launcher takes without trying it. */
  private static String newestKnownJava() throws IOException {
    String key = "newest_known=";
    return Files.readAllLines(ROOT.resolve("unvanish")).stream()
        .filter(line -> line.startsWith(key))
        .findFirst()
        .orElseThrow()
        .substring(key.length());
  }
}
