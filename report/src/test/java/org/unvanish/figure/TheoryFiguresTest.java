package org.unvanish.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TheoryFiguresTest {

  @TempDir Path folder;

  @Test
  void threeFiguresAreWrittenAsSvgAndPngAndAreTheSameEachTime() throws IOException {
    List<Path> files = TheoryFigures.write(folder.resolve("new"));
    assertThat(files)
        .extracting(file -> file.getFileName().toString())
        .containsExactly(
            "gradient-over-depth.svg",
            "gradient-over-depth.png",
            "gradient-over-parameters.svg",
            "gradient-over-parameters.png",
            "theorem1-region.svg",
            "theorem1-region.png");
    assertThat(ImageIO.read(files.get(1).toFile()).getWidth()).isEqualTo(1800);
    assertThat(files.get(0)).content().contains("theorem 2", "α = 100").endsWith("</svg>\n");
    assertThat(files.get(2)).content().contains("without a penalty", "r = |d|");
    assertThat(files.get(4)).content().contains("claim 1 is false", "claim 2 is false", "0.567");
    List<Path> again = TheoryFigures.write(folder.resolve("again"));
    for (int i = 0; i < files.size(); i++) {
      assertThat(Files.mismatch(files.get(i), again.get(i))).isEqualTo(-1);
    }
  }
}
