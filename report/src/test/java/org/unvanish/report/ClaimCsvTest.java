package org.unvanish.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaimCsvTest {

  private static final String HEADER = "claim,experiment,statement,verdict,evidence\n";

  @TempDir Path folder;

  @Test
  void claimsOfAnEarlierStateDoNotStay() throws IOException {
    assertThat(ClaimCsv.write(List.of(), folder)).isEmpty();
    Path file = folder.resolve(ClaimCsv.FILE);
    assertThat(file).doesNotExist();

    Files.writeString(file, HEADER + "figure2.accuracy,figure2,faster,reproduced,enough\n");
    assertThat(ClaimCsv.write(List.of(), folder)).hasValue(file);
    assertThat(file).hasContent(HEADER);
  }
}
