package org.unvanish.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

  private static final List<String> KEYS =
      List.of("name", "seeds", "epochs", "learning-rate", "optimizer", "initial-values", "adam");

  @ParameterizedTest
  @CsvSource({
    "nmae, name",
    "Name, name",
    "sedes, seeds",
    "seed, seeds",
    "epoch, epochs",
    "learning_rate, learning-rate",
    "learningRate, learning-rate",
    "optimiser, optimizer",
    "initial-value, initial-values"
  })
  void aMisspeltWordFindsItsOwn(String word, String meant) {
    assertThat(Nearest.to(word, KEYS)).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({"dropout", "x", "momentum", "''"})
  void aWordThatIsLikeNoneFindsNone(String word) {
    assertThat(Nearest.to(word, KEYS)).isEmpty();
  }

  @Test
  void anAbsurdlyLongWordIsNoTrouble() {
    assertThat(Nearest.to("x".repeat(1_000_000), KEYS)).isEmpty();
    assertThat(Nearest.to("x", List.of())).isEmpty();
  }

  @Test
  void aMissingFileIsAnsweredWithTheNearestOneOfItsFolder(@TempDir Path folder) throws IOException {
    Path own = Files.createFile(folder.resolve("own.csv"));
    Files.createFile(folder.resolve(".owm.csv"));
    assertThat(Nearest.file(folder.resolve("owm.csv"))).contains(own);
    assertThat(Nearest.file(folder.resolve("flowers.csv"))).isEmpty();
    assertThat(Nearest.file(folder.resolve("none").resolve("own.csv"))).isEmpty();
    assertThat(Nearest.file(Path.of("/"))).isEmpty();
  }
}
