package org.unvanish.spec.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.random.SobolSequenceGenerator;
import org.unvanish.random.RandomStream;

/** Which points of the space that its axes span a sweep takes. */
public sealed interface SweepDesign {

  /** The most arms of a sweep. */
  int MOST_ARMS = 10_000;

  /**
   * The points, each with a value for each axis in their order. The same one may come twice. The
   * first points of a sample do not depend on how many there are.
   *
   * @param axes at least one
   */
  List<List<Object>> points(List<SweptAxis<?>> axes);

  /** Every value of each axis with every one of the others; the last axis varies fastest. */
  record Grid() implements SweepDesign {
    @Override
    public List<List<Object>> points(List<SweptAxis<?>> axes) {
      List<List<Object>> points = List.of(List.of());
      for (SweptAxis<?> axis : axes) {
        List<List<Object>> longer = new ArrayList<>();
        for (List<Object> point : points) {
          for (Object value : axis.values().grid()) {
            List<Object> one = new ArrayList<>(point);
            one.add(value);
            longer.add(List.copyOf(one));
          }
        }
        points = longer;
      }
      return points;
    }
  }

  /**
   * Points drawn independently of each other.
   *
   * @param count how many
   * @param seed of the draw
   */
  record Random(int count, long seed) implements SweepDesign {
    @Override
    public List<List<Object>> points(List<SweptAxis<?>> axes) {
      RandomStream stream = new RandomStream(seed, "sweep");
      return IntStream.range(0, count)
          .mapToObj(i -> at(axes, axes.stream().mapToDouble(axis -> stream.uniform()).toArray()))
          .toList();
    }
  }

  /**
   * Points of a Sobol sequence, which fills the space more evenly than independent draws do (Sobol
   * 1967; direction numbers of Joe &amp; Kuo 2008). All are moved by one random shift (Cranley
   * &amp; Patterson 1976), as the sequence itself starts in a corner.
   *
   * @param count how many
   * @param seed of the shift
   */
  record Sobol(int count, long seed) implements SweepDesign {
    @Override
    public List<List<Object>> points(List<SweptAxis<?>> axes) {
      RandomStream stream = new RandomStream(seed, "sweep");
      double[] shift = axes.stream().mapToDouble(axis -> stream.uniform()).toArray();
      SobolSequenceGenerator sequence = new SobolSequenceGenerator(axes.size());
      return IntStream.range(0, count)
          .mapToObj(i -> at(axes, shifted(sequence.nextVector(), shift)))
          .toList();
    }

    private static double[] shifted(double[] point, double[] shift) {
      return IntStream.range(0, point.length).mapToDouble(i -> (point[i] + shift[i]) % 1).toArray();
    }
  }

  private static List<Object> at(List<SweptAxis<?>> axes, double[] shares) {
    return IntStream.range(0, shares.length)
        .<Object>mapToObj(i -> axes.get(i).values().at(shares[i]))
        .toList();
  }
}
