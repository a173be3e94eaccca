package org.unvanish.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomStreamTest {

  private static final int COUNT = 200_000;

  /** On any JDK: a change would make every stored run irreproducible. */
  @Test
  void theFirstNumbersNeverChange() {
    RandomStream stream = new RandomStream(1, "initial values");
    assertThat(new double[] {stream.uniform(), stream.uniform(), stream.uniform()})
        .containsExactly(0.1515126680946255, 0.8100512521618366, 0.689344249441035);
    assertThat(new double[] {stream.normal(), stream.normal(), stream.normal()})
        .containsExactly(0.29201869109856216, -0.3346759651507567, -1.0383199681736843);
    int[] values = IntStream.range(0, 12).toArray();
    new RandomStream(2, "shuffling").shuffle(values);
    assertThat(values).containsExactly(3, 6, 7, 5, 0, 10, 1, 11, 2, 4, 8, 9);
  }

  @Test
  void anotherSeedOrPurposeGivesOtherNumbers() {
    double one = new RandomStream(1, "shuffling").uniform();
    assertThat(new RandomStream(1, "shuffling").uniform()).isEqualTo(one);
    assertThat(new RandomStream(2, "shuffling").uniform()).isNotEqualTo(one);
    assertThat(new RandomStream(1, "initial values").uniform()).isNotEqualTo(one);
  }

  @Test
  void firstNumbersOfNeighbouringSeedsAreUniform() {
    double sum = 0;
    double products = 0;
    double last = 0.5;
    for (int seed = 0; seed < COUNT; seed++) {
      double u = new RandomStream(seed, "shuffling").uniform();
      sum += u;
      products += (u - 0.5) * (last - 0.5);
      last = u;
    }
    // Five standard errors, of the mean and of the covariance of neighbours.
    assertThat(sum / COUNT).isCloseTo(0.5, within(5 / Math.sqrt(12.0 * COUNT)));
    assertThat(products / COUNT).isCloseTo(0, within(5 / 12.0 / Math.sqrt(COUNT)));
  }

  @Test
  void uniformNumbersFillTheirCellsEvenly() {
    RandomStream stream = new RandomStream(3, "initial values");
    int[] cells = new int[100];
    for (int i = 0; i < COUNT; i++) {
      double u = stream.uniform();
      assertThat(u >= 0 && u < 1).isTrue();
      cells[(int) (100 * u)]++;
    }
    assertThat(chiSquare(cells, COUNT / 100.0)).isBetween(40.0, 180.0);
  }

  @Test
  void normalNumbersHaveTheirMomentsAndAreIndependent() {
    RandomStream stream = new RandomStream(4, "initial values");
    double[] moments = new double[5];
    double products = 0;
    double last = 0;
    for (int i = 0; i < COUNT; i++) {
      double x = stream.normal();
      for (int order = 1; order <= 4; order++) {
        moments[order] += Math.pow(x, order) / COUNT;
      }
      products += x * last / COUNT;
      last = x;
    }
    double five = 5 / Math.sqrt(COUNT);
    assertThat(moments[1]).isCloseTo(0, within(five));
    assertThat(moments[2]).isCloseTo(1, within(five * Math.sqrt(2)));
    assertThat(moments[3]).isCloseTo(0, within(five * Math.sqrt(15)));
    assertThat(moments[4]).isCloseTo(3, within(five * Math.sqrt(96)));
    assertThat(products).isCloseTo(0, within(five));
  }

  @Test
  void everyOrderIsEquallyLikely() {
    RandomStream stream = new RandomStream(5, "shuffling");
    Map<String, Integer> seen = new HashMap<>();
    for (int i = 0; i < 24_000; i++) {
      int[] values = {1, 2, 3, 4};
      stream.shuffle(values);
      seen.merge(Arrays.toString(values), 1, Integer::sum);
    }
    assertThat(seen).hasSize(24);
    int[] cells = seen.values().stream().mapToInt(Integer::intValue).toArray();
    // χ² with 23 degrees of freedom is within these with a probability above 0.9999.
    assertThat(chiSquare(cells, 1000)).isBetween(5.0, 60.0);
  }

  @Test
  void aLongShuffleIsAPermutation() {
    int[] values = IntStream.range(0, 50_000).toArray();
    new RandomStream(6, "shuffling").shuffle(values);
    int[] sorted = values.clone();
    Arrays.sort(sorted);
    assertThat(sorted).isEqualTo(IntStream.range(0, 50_000).toArray());
    // One is expected to stay.
    assertThat(IntStream.range(0, 50_000).filter(i -> values[i] == i).count()).isLessThan(10);
  }

  private static double chiSquare(int[] cells, double expected) {
    double sum = 0;
    for (int cell : cells) {
      sum += (cell - expected) * (cell - expected) / expected;
    }
    return sum;
  }
}
