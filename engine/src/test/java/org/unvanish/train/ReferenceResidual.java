package org.unvanish.train;

import java.util.ArrayList;
import java.util.List;

/**
 * y = S(x) + F(x), each way a row of layers.
 *
 * @param branch F
 * @param skip S; none where x itself is added
 */
record ReferenceResidual(List<ReferenceLayer> branch, List<ReferenceLayer> skip)
    implements ReferenceLayer {

  @Override
  public List<Bounded> forward(List<Bounded> xs) {
    return sum(last(values(branch, xs)), last(values(skip, xs)));
  }

  @Override
  public List<Bounded> backward(
      List<Bounded> xs, List<Bounded> ys, List<Bounded> dys, BoundedSum[] gradient) {
    return sum(back(branch, xs, dys, gradient), back(skip, xs, dys, gradient));
  }

  private static List<List<Bounded>> values(List<ReferenceLayer> way, List<Bounded> xs) {
    List<List<Bounded>> values = new ArrayList<>(List.of(xs));
    way.forEach(layer -> values.add(layer.forward(last(values))));
    return values;
  }

  private static List<Bounded> back(
      List<ReferenceLayer> way, List<Bounded> xs, List<Bounded> dys, BoundedSum[] gradient) {
    List<List<Bounded>> values = values(way, xs);
    List<Bounded> d = dys;
    for (int i = way.size() - 1; i >= 0; i--) {
      d = way.get(i).backward(values.get(i), values.get(i + 1), d, gradient);
    }
    return d;
  }

  private static List<Bounded> last(List<List<Bounded>> values) {
    return values.get(values.size() - 1);
  }

  private static List<Bounded> sum(List<Bounded> as, List<Bounded> bs) {
    List<Bounded> sums = new ArrayList<>();
    for (int s = 0; s < as.size(); s++) {
      Bounded result = new Bounded(as.get(s).shape);
      for (int i = 0; i < result.value.length; i++) {
        BoundedSum sum = new BoundedSum();
        sum.add(as.get(s).value[i], as.get(s).error[i], 1, 0);
        sum.add(bs.get(s).value[i], bs.get(s).error[i], 1, 0);
        result.set(i, sum);
      }
      sums.add(result);
    }
    return sums;
  }
}
