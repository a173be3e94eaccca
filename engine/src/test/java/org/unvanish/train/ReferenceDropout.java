package org.unvanish.train;

import java.util.ArrayList;
import java.util.List;
import org.unvanish.random.RandomMask;

/**
 * Values are dropped, or divided by what is left.
 *
 * @param key of the layer in the step
 */
record ReferenceDropout(long key, double rate) implements ReferenceLayer {

  @Override
  public List<Bounded> forward(List<Bounded> xs) {
    List<Bounded> ys = new ArrayList<>();
    for (int s = 0; s < xs.size(); s++) {
      Bounded x = xs.get(s);
      Bounded y = new Bounded(x.shape);
      for (int i = 0; i < x.value.length; i++) {
        BoundedSum product = new BoundedSum();
        boolean dropped = RandomMask.drops(key, s, i, RandomMask.threshold(rate));
        product.add(x.value[i], x.error[i], dropped ? 0 : 1 / (1 - rate), 0);
        y.set(i, product);
      }
      ys.add(y);
    }
    return ys;
  }

  /** The same of the gradient. */
  @Override
  public List<Bounded> backward(
      List<Bounded> xs, List<Bounded> ys, List<Bounded> dys, BoundedSum[] gradient) {
    return forward(dys);
  }
}
