package org.unvanish.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unvanish.data.ColumnRoles;
import org.unvanish.data.DataException;
import org.unvanish.data.DataFormat;
import org.unvanish.data.DataSource;
import org.unvanish.data.catalog.DataCatalog;

class FormatDetectorTest {
  @TempDir Path folder;

  @Test
  void aFormatIsRecognisedByAnyOfItsFiles() throws IOException {
    String[][] cases = {
      {"cifar10", "test_batch.bin"},
      {"cifar10", "cifar-10-batches-bin/x"},
      {"cifar100", "train.bin"},
      {"cifar100", "cifar-100-binary/x"},
      {"idx", "t10k-labels.idx1-ubyte.gz"},
      {"idx", "train-images-idx3-ubyte"},
      {"images", "cat/x.JPG"},
      {"images", "train/cat/x.png"},
      {"csv", "test.csv"},
    };
    for (int i = 0; i < cases.length; i++) {
      Path root = folder.resolve("case" + i);
      touch(root.resolve(cases[i][1]));
      assertThat(FormatDetector.formatOf(root).label()).as(cases[i][1]).isEqualTo(cases[i][0]);
    }
    assertThat(FormatDetector.formatOf(touch(folder.resolve("X.CSV")))).isEqualTo(DataFormat.CSV);
  }

  @Test
  void everyFormatHasItsOwnLabel() {
    assertThat(Arrays.stream(DataFormat.values()).map(DataFormat::label))
        .containsExactly("cifar10", "cifar100", "idx", "images", "csv", "npz");
  }

  @Test
  void aFolderThatIsNotRecognisedIsRefusedWithWhatWasLookedFor() throws IOException {
    touch(folder.resolve("sub/notes.txt"));
    touch(folder.resolve(".hidden/x.png"));
    touch(folder.resolve("x.png"));
    assertThatThrownBy(() -> FormatDetector.formatOf(folder))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(folder + " holds no known data set. Looked for: ")
        .hasMessageContaining("cifar10 (data_batch_1.bin")
        .hasMessageContaining("cifar100 (train.bin and test.bin)")
        .hasMessageContaining("idx (train-images-idx3-ubyte")
        .hasMessageContaining("images (a folder of images for each class")
        .hasMessageContaining("csv (train.csv and test.csv)");
  }

  @Test
  void aFolderOfSeveralFormatsIsRefusedUnlessOneIsGiven() throws IOException {
    Files.writeString(folder.resolve("train.csv"), "x,label\n1,a\n2,b\n");
    Files.writeString(folder.resolve("test.csv"), "x,label\n1,a\n2,b\n");
    touch(folder.resolve("train.bin"));
    DataCatalog catalog = new DataCatalog(folder.resolve("none"));
    assertThatThrownBy(() -> catalog.load(folder.toString()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("holds files of several formats: cifar100, csv. Name the format");
    assertThat(catalog.load(source(folder, DataFormat.CSV, Optional.empty())).classes())
        .containsExactly("a", "b");
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() throws IOException {
    Path file = touch(folder.resolve("x.csv"));
    DataCatalog catalog = new DataCatalog(folder.resolve("none"));
    assertThatThrownBy(() -> catalog.load(source(file, DataFormat.IDX, Optional.empty())))
        .isInstanceOf(DataException.class)
        .hasMessage(file + " is not a folder, but the format idx is a folder of files.");
    assertThatThrownBy(() -> catalog.load(source(folder, DataFormat.IDX, Optional.of("y"))))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("is read as idx, which has none. Leave the label column out.");
  }

  private static DataSource source(Path path, DataFormat format, Optional<String> labelColumn) {
    return DataSource.of(path.toString())
        .withFormat(format)
        .withColumns(labelColumn.map(ColumnRoles::label).orElse(ColumnRoles.DEFAULT));
  }

  private static Path touch(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.createFile(file);
  }
}
