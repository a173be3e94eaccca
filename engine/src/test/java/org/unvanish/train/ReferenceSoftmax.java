package org.unvanish.train;

import static org.unvanish.train.BoundedSum.ROUNDING;
import static org.unvanish.train.BoundedSum.UNDERFLOW;

import java.util.Arrays;

/** yᵢ = exp(zᵢ)/Σⱼ exp(zⱼ). */
record ReferenceSoftmax() implements ReferenceLayer.OfSample {

  @Override
  public Bounded forward(Bounded z) {
    double max = Arrays.stream(z.value).max().orElseThrow();
    double min = Arrays.stream(z.value).min().orElseThrow();
    double largest = Arrays.stream(z.error).max().orElseThrow();
    double total = Arrays.stream(z.value).map(v -> StrictMath.exp(v - max)).sum();
    int n = z.value.length;
    // Of rounded differences, exponentials to 1.7 units in the last place, their sum, a quotient.
    double rounding = (n + 12) * ROUNDING + 2 * ROUNDING * (max - min + 2 * largest);
    Bounded y = new Bounded(z.shape);
    for (int i = 0; i < n; i++) {
      double logarithm = z.value[i] - max - StrictMath.log(total);
      double p = StrictMath.exp(logarithm);
      double errors = z.error[i] + largest + rounding;
      y.value[i] = p;
      y.error[i] = StrictMath.exp(Math.min(0, logarithm + errors)) - p + 4 * UNDERFLOW;
      // No probability is above 1, but one may be below by as much.
      y.error[i] = Math.max(y.error[i], p * -StrictMath.expm1(-errors));
    }
    return y;
  }

  /** yᵢ·(gᵢ − Σⱼ gⱼ·yⱼ). */
  @Override
  public Bounded backward(Bounded z, Bounded y, Bounded dy, BoundedSum[] gradient) {
    BoundedSum mean = new BoundedSum();
    for (int i = 0; i < y.value.length; i++) {
      mean.add(y.value[i], y.error[i], dy.value[i], dy.error[i]);
    }
    Bounded dz = new Bounded(z.shape);
    for (int i = 0; i < y.value.length; i++) {
      BoundedSum rest = new BoundedSum();
      rest.add(dy.value[i], dy.error[i], 1, 0);
      rest.add(-mean.value(), mean.error(), 1, 0);
      BoundedSum product = new BoundedSum();
      product.add(rest.value(), rest.error(), y.value[i], y.error[i]);
      dz.set(i, product);
    }
    return dz;
  }
}
