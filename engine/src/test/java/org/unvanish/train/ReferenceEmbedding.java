package org.unvanish.train;

import org.unvanish.data.Shape;
import org.unvanish.network.Embedding;

/** The values of a category in the place of its number: y = (x[0 … c−1], w[x[c]], x[c+1 … n−1]). */
record ReferenceEmbedding(double[] parameters, int offset, Embedding layer)
    implements ReferenceLayer.OfSample {

  /** Where a learnt value stands among the parameters. */
  private int weight(Bounded x, int value) {
    return offset + (int) x.value[layer.column()] * layer.size() + value;
  }

  private boolean isLearnt(int output) {
    return output >= layer.column() && output < layer.column() + layer.size();
  }

  /** The input that passes to an output. */
  private int source(int output) {
    return output < layer.column() ? output : output - layer.size() + 1;
  }

  @Override
  public Bounded forward(Bounded x) {
    Bounded y = new Bounded(Shape.flat(x.value.length - 1 + layer.size()));
    for (int i = 0; i < y.value.length; i++) {
      boolean learnt = isLearnt(i);
      y.value[i] = learnt ? parameters[weight(x, i - layer.column())] : x.value[source(i)];
      y.error[i] = learnt ? 0 : x.error[source(i)];
    }
    return y;
  }

  @Override
  public Bounded backward(Bounded x, Bounded y, Bounded dy, BoundedSum[] gradient) {
    Bounded dx = new Bounded(x.shape);
    for (int i = 0; i < y.value.length; i++) {
      if (isLearnt(i)) {
        gradient[weight(x, i - layer.column())].add(dy.value[i], dy.error[i], 1, 0);
      } else {
        dx.value[source(i)] = dy.value[i];
        dx.error[source(i)] = dy.error[i];
      }
    }
    return dx;
  }
}
