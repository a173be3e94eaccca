package org.unvanish.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.unvanish.random.RandomStream;

class LargestTest {

  private static ArgumentLaw law(int count, double correlation) {
    MeanProducts products =
        new MeanProducts(List.of(correlation), correlation, correlation, correlation);
    return ArgumentLaw.normal(new double[] {1}, 0, products).largestOf(count);
  }

  /**
   * The design note's section 4: ×1.5513 for four independent normal numbers, ×1 for equal ones.
   */
  @Test
  void theLargestOfFourHasTheKnownMeanSquare() {
    assertThat(law(4, 0).valueSquare(1)).isCloseTo(1.5513, within(2e-4));
    assertThat(law(4, 0).value(1)).isCloseTo(1.02938, within(2e-4));
    assertThat(law(4, 1).valueSquare(1)).isCloseTo(1, within(1e-9));
    assertThat(law(4, 1).value(1)).isCloseTo(0, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({"4, 0.3", "4, 0.9", "9, 0.5"})
  void aCorrelationLiesBetween(int count, double correlation) {
    RandomStream random = new RandomStream(1, "largest");
    double mean = 0;
    double square = 0;
    int draws = 200_000;
    for (int i = 0; i < draws; i++) {
      double common = random.normal();
      double largest = Double.NEGATIVE_INFINITY;
      for (int k = 0; k < count; k++) {
        double own = random.normal();
        largest =
            Math.max(largest, Math.sqrt(correlation) * common + Math.sqrt(1 - correlation) * own);
      }
      mean += largest / draws;
      square += largest * largest / draws;
    }
    assertThat(law(count, correlation).value(1)).isCloseTo(mean, within(0.01));
    assertThat(law(count, correlation).valueSquare(1)).isCloseTo(square, within(0.02));
  }
}
