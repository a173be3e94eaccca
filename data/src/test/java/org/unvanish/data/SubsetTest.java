package org.unvanish.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.unvanish.data.catalog.DataCatalog;

class SubsetTest {
  /** Sample i has the pixel i. */
  private static final Dataset DATA = numbered(200);

  @Test
  void samplesAreDrawnWithoutReplacementAndKeepTheirOrderAndLabels() {
    ImageSet train = Subset.of(DATA, 50, 7).train();
    assertThat(train.count()).isEqualTo(50);
    for (int i = 0; i < 50; i++) {
      assertThat(train.label(i)).isEqualTo(pixels(train)[i] % 2);
    }
    assertThat(pixels(train)).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void theSeedDecidesTheDraw() {
    assertThat(pixels(Subset.of(DATA, 50, 7).train()))
        .isEqualTo(pixels(Subset.of(DATA, 50, 7).train()))
        .isNotEqualTo(pixels(Subset.of(DATA, 50, 8).train()));
    // So it must stay, on every machine.
    assertThat(pixels(Subset.of(DATA, 5, 1).train())).containsExactly(19, 23, 47, 77, 79);
  }

  @Test
  void everySampleIsDrawnEquallyOften() {
    int[] drawn = new int[200];
    for (int seed = 0; seed < 2000; seed++) {
      for (int pixel : pixels(Subset.of(DATA, 20, seed).train())) {
        drawn[pixel]++;
      }
    }
    // Expected 200, standard deviation 13.4; five of them.
    assertThat(Arrays.stream(drawn).min().orElse(0)).isGreaterThan(200 - 67);
    assertThat(Arrays.stream(drawn).max().orElse(0)).isLessThan(200 + 67);
  }

  @Test
  void aSmallerSubsetIsAPartOfALargerOne() {
    List<Integer> larger = boxed(Subset.of(DATA, 90, 3).train());
    assertThat(larger).containsAll(boxed(Subset.of(DATA, 30, 3).train()));
  }

  @Test
  void titleAndChecksumTellTheSubsetAndTheTestSamplesStay() {
    Dataset some = Subset.of(DATA, 50, 7);
    assertThat(some.title()).isEqualTo("numbers, 50 of 200 training images (seed 7)");
    assertThat(some.name()).isEqualTo(DATA.name());
    assertThat(some.test()).isSameAs(DATA.test());
    assertThat(List.of(some, DATA, Subset.of(DATA, 50, 8), Subset.of(DATA, 51, 7)))
        .extracting(Dataset::sha256)
        .doesNotHaveDuplicates();
    assertThat(Subset.of(numbered(5000), 1234, 1).title()).contains("1,234 of 5,000 ");
  }

  @Test
  void allSamplesAreTheWholeSet() {
    assertThat(Subset.of(DATA, 200, 7)).isSameAs(DATA);
  }

  @Test
  void moreSamplesThanThereAreAreRefused() {
    assertThatThrownBy(() -> Subset.of(DATA, 201, 7))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "201 training samples were requested, but numbers.bin has only 200. "
                + "Request fewer.");
  }

  @Test
  void theCatalogueDrawsSubsetsOfNamedSetsAndRefusesWhatTheyDoNotTake() {
    DataCatalog catalog = new DataCatalog(Path.of("nowhere"));
    DataSource synthetic = DataSource.of("synthetic");
    Dataset some = catalog.load(synthetic.withTrainSamples(100).withSeed(5));
    assertThat(some.title())
        .isEqualTo("synthetic images (seed 1), 100 of 10,000 training images (seed 5)");
    assertThat(catalog.load(synthetic).train().count()).isEqualTo(10_000);
    assertThatThrownBy(() -> catalog.load(synthetic.withFormat(DataFormat.IDX)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("takes no format")
        .hasMessageContaining("./synthetic");
  }

  @Test
  void aSourceOutOfRangeIsRefused() {
    for (double share : new double[] {0, 1, -0.1, 1.5, Double.NaN}) {
      assertThatThrownBy(() -> source("x", "l", share, 1)).hasMessageContaining("test share");
    }
    assertThatThrownBy(() -> source("x", "l", 0.5, 0)).hasMessageContaining("at least 1");
    assertThatThrownBy(() -> source(" ", "l", 0.5, 1)).hasMessageContaining("source");
    assertThatThrownBy(() -> source("x", "", 0.5, 1)).hasMessageContaining("label column");
  }

  private static DataSource source(String source, String label, double share, int samples) {
    return DataSource.of(source)
        .withColumns(ColumnRoles.label(label))
        .withTestShare(share)
        .withTrainSamples(samples);
  }

  private static Dataset numbered(int count) {
    byte[] pixels = new byte[count];
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      pixels[i] = (byte) i;
      labels[i] = (byte) (i % 2);
    }
    ImageSet images = new ImageSet(Shape.flat(1), pixels, labels);
    return new Dataset("numbers.bin", "numbers", List.of("even", "odd"), images, images, "");
  }

  private static int[] pixels(ImageSet images) {
    int[] pixels = new int[images.count()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = Byte.toUnsignedInt(images.bytes()[i]);
    }
    return pixels;
  }

  private static List<Integer> boxed(ImageSet images) {
    List<Integer> list = new ArrayList<>();
    for (int pixel : pixels(images)) {
      list.add(pixel);
    }
    return list;
  }
}
