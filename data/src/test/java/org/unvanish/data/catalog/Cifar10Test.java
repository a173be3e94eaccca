package org.unvanish.data.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;

/** The real one; skipped where it is not installed. */
class Cifar10Test {
  private static @Nullable Dataset loaded;

  private Dataset data;

  /** Before each, not all, so that every test is reported as skipped. */
  @BeforeEach
  void load() {
    DataCatalog catalog = DataCatalog.standard();
    assumeTrue(
        catalog.defaultName().equals(DataCatalog.CIFAR10),
        "skipped: CIFAR-10 is not installed (unvanish data install cifar10)");
    if (loaded == null) {
      loaded = catalog.load(DataCatalog.CIFAR10);
    }
    data = loaded;
  }

  @AfterAll
  static void release() {
    loaded = null;
  }

  @Test
  void thereAreSixtyThousandImagesInTenBalancedClasses() {
    assertThat(data.train().count()).isEqualTo(50_000);
    assertThat(data.test().count()).isEqualTo(10_000);
    int[] counts = new int[10];
    for (int i = 0; i < data.train().count(); i++) {
      counts[data.train().label(i)]++;
    }
    assertThat(counts).containsOnly(5_000);
  }

  @Test
  void theFirstLabelsAreThePublishedOnes() {
    assertThat(firstLabels(data.train())).containsExactly(6, 9, 9, 4, 1, 1, 2, 7, 8, 3);
    assertThat(firstLabels(data.test())).containsExactly(3, 8, 8, 0, 6, 6, 1, 6, 3, 1);
  }

  @Test
  void channelsHaveTheKnownMeansAndDeviations() {
    double[] means = {125.3069, 122.9504, 113.8654};
    double[] deviations = {62.9932, 62.0887, 66.7049};
    byte[] pixels = data.train().bytes();
    for (int channel = 0; channel < 3; channel++) {
      long sum = 0;
      long squares = 0;
      for (int image = 0; image < data.train().count(); image++) {
        for (int i = 0; i < 1024; i++) {
          long p = Byte.toUnsignedInt(pixels[image * 3072 + channel * 1024 + i]);
          sum += p;
          squares += p * p;
        }
      }
      double n = data.train().count() * 1024.0;
      double mean = sum / n;
      assertThat(mean).isCloseTo(means[channel], within(5e-5));
      assertThat(Math.sqrt(squares / n - mean * mean)).isCloseTo(deviations[channel], within(5e-5));
    }
  }

  private static int[] firstLabels(ImageSet images) {
    return IntStream.range(0, 10).map(images::label).toArray();
  }
}
