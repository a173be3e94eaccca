package org.unvanish.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.beyond.SeedFactors;

class SeedFactorsCsvTest {

  @TempDir Path folder;

  @Test
  void whatIsKeptReadsBackToTheSameBits() throws IOException {
    Path file = folder.resolve("seeds.csv");
    SeedFactors usual = new SeedFactors(2, -0.1 / 3, -29.3, -30.1, Math.PI);
    SeedFactors dead = new SeedFactors(1, Double.NaN, Double.NEGATIVE_INFINITY, -0.0, 1e-300);
    SeedFactorsCsv table = SeedFactorsCsv.open(file);
    table.add("b", usual);
    table.add("a", usual);
    table.add("b", dead);

    SeedFactorsCsv again = SeedFactorsCsv.open(file);
    assertThat(again.get("a", 2)).hasValue(usual);
    assertThat(again.get("b", 1)).hasValue(dead);
    assertThat(again.get("b", 2)).hasValue(usual);
    assertThat(again.get("b", 3)).isEmpty();
    assertThat(again.get("c", 2)).isEmpty();
  }

  @Test
  void whatSomebodyHasChangedIsRefused() throws IOException {
    Path file = folder.resolve("seeds.csv");
    SeedFactorsCsv.open(file).add("a", new SeedFactors(2, 1, 2, 3, 4));
    Files.writeString(file, Files.readString(file).replace("3.0", "three"));
    assertThatThrownBy(() -> SeedFactorsCsv.open(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("three");
  }
}
