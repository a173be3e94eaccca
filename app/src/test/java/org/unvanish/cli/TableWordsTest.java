package org.unvanish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table is called a table: what is said of one has no words for images. */
class TableWordsTest {

  private static final Pattern OF_IMAGES =
      Pattern.compile("\\b(pixels?|images?|channels?)\\b", Pattern.CASE_INSENSITIVE);

  private static final String SPEC =
      """
      name: houses
      data: {source: %s, label-column: sold, categorical-columns: [city, floor]}
      network: [{dense: 4}, activation, {dense: 4}, activation, {dense: classes}]
      defaults: {epochs: 2, seeds: 2, batch-size: 8}
      arms:
        - {name: tanh, activation: tanh}
        - {name: large, activation: logistic, initial-values: {normal: 30}}
      """;

  @TempDir Path folder;
  private Terminal terminal;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    StringBuilder table = new StringBuilder("size,city,floor,rent,sold\n");
    for (int i = 0; i < 60; i++) {
      table.append(40 + i).append(i % 3 == 0 ? ",Rome," : ",Oslo,").append(i % 4);
      table.append(',').append(7 * i % 11).append(i % 5 < 2 ? ",yes\n" : ",no\n");
    }
    Path data = Files.writeString(folder.resolve("houses.csv"), table);
    terminal = new Terminal(folder.resolve("cache"));
    file = Files.writeString(folder.resolve("houses.yaml"), SPEC.formatted(data));
  }

  private String said(String... command) {
    assertThat(terminal.execute(command)).as(terminal.err()).isZero();
    String all = terminal.out() + terminal.err();
    assertThat(all).doesNotContainPattern(OF_IMAGES);
    return all;
  }

  @Test
  void checkTellsInputsCategoriesIncluded() {
    assertThat(said("check", file.toString()))
        .contains("48 training and 12 test samples of 8 inputs in 2 classes, columns scaled")
        .contains("Columns are scaled to [0, 1]; in the data they go from 0 to 99")
        .contains("write \"input-scaling: raw\"");
  }

  @Test
  void runReportAndExportSpeakOfSamplesAndColumns() throws IOException {
    Path out = folder.resolve("out");
    said("run", file.toString(), "--out=" + out);
    assertThat(Files.readString(out.resolve("houses.svg"))).doesNotContainPattern(OF_IMAGES);
    said("status", out.toString());
    said("compare", out.toString());
    said("report", out.toString());
    String page = Files.readString(out.resolve("report.html"));
    int model = page.indexOf("application/json");
    String said = page.substring(model, page.indexOf("</script>", model));
    assertThat(said.replaceAll("\"\\w+\":", " "))
        .as("all but the names of JSON's fields")
        .contains("houses")
        .doesNotContainPattern(OF_IMAGES);
  }

  @Test
  void diagnosesSpeakOfInputs() {
    said("diagnose", file.toString(), "--arm=large", "--snapshots=0");
    said("diagnose", file.toString(), "--arm=tanh", "--snapshots=0", "--json");
  }
}
