package org.unvanish.data.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.unvanish.data.DataException;
import org.unvanish.data.DataFormat;
import org.unvanish.data.DataSource;
import org.unvanish.data.Dataset;
import org.unvanish.data.Drawing;
import org.unvanish.data.ImageSet;
import org.unvanish.data.TargetChoice;
import org.unvanish.data.TargetRange;
import org.unvanish.data.Targets;
import org.unvanish.data.catalog.CatalogEntry;
import org.unvanish.data.catalog.DataCatalog;
import org.unvanish.data.catalog.InstallProgress;

class DrawnTableTest {

  private static final DataCatalog CATALOG = new DataCatalog(Path.of("nowhere"));

  private static Dataset draw(DrawnTable table, Drawing drawing) {
    return CATALOG.load(DataSource.of(table.label()).withDrawing(drawing));
  }

  private static Drawing drawing(int samples, double noise) {
    return new Drawing(OptionalInt.of(samples), OptionalDouble.of(noise), OptionalInt.empty());
  }

  @ParameterizedTest
  @EnumSource
  void whatIsDrawnDependsOnItsSettingsAlone(DrawnTable table) {
    DataSource source = DataSource.of(table.label());
    Dataset data = CATALOG.load(source);
    assertThat(data.train().count() + data.test().count()).isEqualTo(1_000);
    assertThat(data.test().count()).as("a fifth of each class").isBetween(199, 201);
    assertThat(data.name()).isEqualTo(table.label());
    assertThat(data.title()).startsWith(table.label() + " (1,000 samples, noise ");
    assertThat(data.train().columns().inputs()).hasSize(data.shape().size());
    assertThat(CATALOG.load(source).sha256())
        .isEqualTo(data.sha256())
        .isNotEqualTo(CATALOG.load(source.withSeed(2)).sha256());
    assertThat(draw(table, drawing(1_000, 7)).sha256()).isNotEqualTo(data.sha256());
  }

  /** The first 16 digits; another version of Java, or machine, must come to the same. */
  @ParameterizedTest
  @CsvSource({
    "circles, f414a0f094a83528",
    "blobs, da6ed74c6b0e19b3",
    "xor, bccd630ce1054c66",
    "multi-label, 706a1df895244980",
    "regression, 3cc91fa3e07d3b2a",
  })
  void theBitsStayTheSame(String name, String sha256) {
    assertThat(CATALOG.load(DataSource.of(name)).sha256()).startsWith(sha256);
  }

  @Test
  void circlesLieInsideEachOther() {
    ImageSet points = draw(DrawnTable.CIRCLES, drawing(200, 0)).train();
    for (int i = 0; i < points.count(); i++) {
      double radius = Math.hypot(points.pixels().value(2 * i), points.pixels().value(2 * i + 1));
      assertThat(radius).isCloseTo(points.label(i) == 0 ? 1 : 0.5, within(1e-6));
    }
    assertThat(noise(DrawnTable.CIRCLES)).isCloseTo(0.1, within(0.01));
  }

  /**
   * The root mean square distance in the first coordinate between a draw with noise and without.
   */
  private static double noise(DrawnTable table) {
    ImageSet noisy = draw(table, drawing(2_000, 0.1)).train();
    ImageSet clean = draw(table, drawing(2_000, 0)).train();
    double squares = 0;
    int width = noisy.shape().size();
    for (int i = 0; i < noisy.count(); i++) {
      double off = noisy.pixels().value(i * width) - clean.pixels().value(i * width);
      squares += off * off;
    }
    return Math.sqrt(squares / noisy.count());
  }

  @Test
  void blobsAreFiveUnitsApart() {
    Drawing seven = new Drawing(OptionalInt.of(700), OptionalDouble.of(0), OptionalInt.of(7));
    Dataset data = draw(DrawnTable.BLOBS, seven);
    assertThat(data.classes()).containsExactly("0", "1", "2", "3", "4", "5", "6");
    double[][] centres = new double[7][2];
    for (int i = 0; i < data.train().count(); i++) {
      centres[data.train().label(i)] =
          new double[] {data.train().pixels().value(2 * i), data.train().pixels().value(2 * i + 1)};
    }
    for (int i = 0; i < 7; i++) {
      double[] next = centres[(i + 1) % 7];
      assertThat(Math.hypot(centres[i][0] - next[0], centres[i][1] - next[1]))
          .isCloseTo(5, within(1e-5));
    }
    assertThat(noise(DrawnTable.BLOBS)).isCloseTo(0.1, within(0.01));
  }

  @Test
  void xorIsOneWhereJustOneInputIs() {
    ImageSet points = CATALOG.load(DataSource.of("xor")).train();
    for (int i = 0; i < points.count(); i++) {
      float a = points.pixels().value(2 * i);
      float b = points.pixels().value(2 * i + 1);
      assertThat(points.label(i)).isEqualTo(a == b ? 0 : 1);
    }
    assertThat(points.pixels().different(2)).isEqualTo(4);
  }

  @Test
  void aSampleHasEachLabelOrNot() {
    Drawing five = new Drawing(OptionalInt.empty(), OptionalDouble.of(0), OptionalInt.of(5));
    Dataset data = draw(DrawnTable.MULTI_LABEL, five);
    assertThat(data.targetWidth()).isEqualTo(5);
    double[] shares = new double[5];
    for (int sample = 0; sample < data.train().count(); sample++) {
      double[] target = data.train().targets().of(sample);
      for (int i = 0; i < 5; i++) {
        assertThat(target[i]).isIn(0.0, 1.0);
        shares[i] += target[i] / data.train().count();
      }
    }
    assertThat(Arrays.stream(shares)).allMatch(share -> share > 0.4 && share < 0.6);
    assertThat(data.train().targets().different())
        .as("labels differ from each other")
        .isEqualTo(32);
  }

  @Test
  void theRegressionIsFriedmansFirst() {
    Dataset data = draw(DrawnTable.REGRESSION, drawing(1_000, 0));
    Targets.Numeric targets = (Targets.Numeric) data.train().targets();
    for (int i = 0; i < targets.count(); i++) {
      double[] x = new double[11];
      for (int k = 1; k <= 10; k++) {
        x[k] = data.train().pixels().value(10 * i + k - 1);
      }
      double y =
          10 * Math.sin(Math.PI * x[1] * x[2])
              + 20 * Math.pow(x[3] - 0.5, 2)
              + 10 * x[4]
              + 5 * x[5];
      assertThat((double) targets.number(i, 0)).isCloseTo(y, within(1e-5));
    }
    TargetRange range = targets.range();
    assertThat(range.mean()).isCloseTo(14.4, within(0.5));
    DataSource standardised = DataSource.of("regression").withTargets(TargetChoice.STANDARDISED);
    TargetRange scaled = ((Targets.Numeric) CATALOG.load(standardised).train().targets()).range();
    assertThat(scaled.mean()).isCloseTo(0, within(1e-5));
    assertThat(scaled.rms()).isCloseTo(1, within(1e-5));
  }

  @Test
  void allAreInTheCatalogueAndNoneIsInstalled() {
    assertThat(CATALOG.entries())
        .extracting(CatalogEntry::name)
        .contains("circles", "blobs", "xor", "multi-label", "regression");
    assertThat(CATALOG.verify("xor").intact()).isTrue();
    assertThatThrownBy(() -> CATALOG.install("xor", null, InstallProgress.SILENT))
        .isInstanceOf(DataException.class)
        .hasMessage("xor is built in: there is nothing to install.");
  }

  @Test
  void whatATableDoesNotTakeIsRefused() {
    Drawing classes = new Drawing(OptionalInt.empty(), OptionalDouble.empty(), OptionalInt.of(3));
    assertThatThrownBy(() -> draw(DrawnTable.CIRCLES, classes))
        .isInstanceOf(DataException.class)
        .hasMessage("circles takes no \"classes\"; only blobs and multi-label do. Leave it out.");
    assertThatThrownBy(() -> CATALOG.load(DataSource.of("synthetic").withDrawing(drawing(100, 0))))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("synthetic takes no samples, noise, classes");
    assertThatThrownBy(() -> CATALOG.load(DataSource.of("xor").withFormat(DataFormat.CSV)))
        .hasMessageContaining("takes no format")
        .hasMessageContaining("./xor");
    assertThatThrownBy(() -> draw(DrawnTable.BLOBS, drawing(4, 0)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("class \"1\" of blobs has only one sample");
    assertThat(Drawing.DEFAULT.withSamples(100).withNoise(0.5).withClasses(3).withSteps(7))
        .isEqualTo(
            new Drawing(
                OptionalInt.of(100), OptionalDouble.of(0.5), OptionalInt.of(3), OptionalInt.of(7)));
    assertThatThrownBy(() -> drawing(3, 0)).hasMessageContaining("from 4 to 1000000 samples");
    assertThatThrownBy(() -> drawing(10, Double.NaN)).hasMessageContaining("noise");
    assertThatThrownBy(() -> drawing(10, -1)).hasMessageContaining("noise");
    assertThatThrownBy(
            () -> new Drawing(OptionalInt.empty(), OptionalDouble.empty(), OptionalInt.of(1)))
        .hasMessageContaining("from 2 to 256 classes");
  }
}
