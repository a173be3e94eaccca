package org.unvanish.data.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.unvanish.data.DataException;
import org.unvanish.data.Dataset;
import org.unvanish.data.ImageSet;

class SyntheticImagesTest {
  private final Dataset data = SyntheticImages.draw(1, 200, 100);

  @Test
  void aSeedGivesTheSameBitsOnEveryMachine() {
    assertThat(data.sha256())
        .isEqualTo("191f38da8168a23258167d3e3d02d7f0b364c973bbf86dfd3cc57b42ae62eed2");
  }

  @Test
  void itIsNamedAsWhatItIs() {
    assertThat(data.name()).isEqualTo("synthetic");
    assertThat(data.title()).isEqualTo("synthetic images (seed 1)");
    assertThat(data.classes())
        .containsExactly(
            "horizontal stripes",
            "vertical stripes",
            "diagonal stripes",
            "checkerboard",
            "dots",
            "disc",
            "ring",
            "square",
            "cross",
            "triangle");
  }

  @Test
  void classesAreBalanced() {
    for (ImageSet images : new ImageSet[] {data.train(), data.test()}) {
      int[] counts = new int[10];
      for (int i = 0; i < images.count(); i++) {
        counts[images.label(i)]++;
      }
      assertThat(counts).containsOnly(images.count() / 10);
    }
  }

  @Test
  void noTwoImagesAreTheSame() {
    assertThat(
            Stream.of(data.train(), data.test())
                .flatMap(
                    images ->
                        IntStream.range(0, images.count())
                            .mapToObj(i -> Arrays.hashCode(image(images, i))))
                .distinct())
        .hasSize(300);
  }

  @Test
  void anotherSeedDrawsOtherImages() {
    Dataset other = SyntheticImages.draw(2, 200, 100);
    assertThat(other.sha256()).isNotEqualTo(data.sha256());
    assertThat(other.title()).isEqualTo("synthetic images (seed 2)");
  }

  @Test
  void aSmallerSetIsTheBeginningOfALargerOne() {
    Dataset smaller = SyntheticImages.draw(1, 50, 20);
    assertThat(smaller.train().bytes()).isEqualTo(Arrays.copyOf(data.train().bytes(), 50 * 3072));
    assertThat(smaller.test().bytes()).isEqualTo(Arrays.copyOf(data.test().bytes(), 20 * 3072));
  }

  @Test
  void meanColourTellsTheClassHardlyBetterThanChance() {
    Dataset many = SyntheticImages.draw(1, 5000, 1000);
    double[][] means = new double[10][3];
    for (int i = 0; i < many.train().count(); i++) {
      double[] colour = meanColour(many.train(), i);
      for (int channel = 0; channel < 3; channel++) {
        means[many.train().label(i)][channel] += colour[channel] / 500;
      }
    }
    long right =
        IntStream.range(0, many.test().count())
            .filter(i -> nearest(means, meanColour(many.test(), i)) == many.test().label(i))
            .count();
    assertThat(right / 1000.0).isBetween(0.05, 0.2);
  }

  @Test
  void noImagesAreRefused() {
    assertThatThrownBy(() -> SyntheticImages.draw(1, 0, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 1");
    assertThatThrownBy(() -> SyntheticImages.draw(1, 10, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SyntheticImages.draw(1, 1_000_000, 10))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("the data take 2.9 GiB in memory");
  }

  private static byte[] image(ImageSet images, int i) {
    return Arrays.copyOfRange(images.bytes(), i * 3072, (i + 1) * 3072);
  }

  private static double[] meanColour(ImageSet images, int i) {
    double[] mean = new double[3];
    byte[] image = image(images, i);
    for (int p = 0; p < image.length; p++) {
      mean[p / 1024] += Byte.toUnsignedInt(image[p]) / 1024.0;
    }
    return mean;
  }

  private static int nearest(double[][] means, double[] colour) {
    int best = 0;
    for (int label = 1; label < means.length; label++) {
      if (distance(means[label], colour) < distance(means[best], colour)) {
        best = label;
      }
    }
    return best;
  }

  private static double distance(double[] a, double[] b) {
    return IntStream.range(0, 3).mapToDouble(c -> (a[c] - b[c]) * (a[c] - b[c])).sum();
  }
}
