package org.unvanish.train;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.unvanish.data.Shape;

/**
 * Vectors that were computed one after the other, each with its way back: as much of automatic
 * differentiation as the oracle of recurrent layers needs.
 */
final class ReferenceTape {

  private final List<Node> nodes = new ArrayList<>();

  /** Of all parameters. */
  private final BoundedSum[] gradient;

  ReferenceTape(BoundedSum[] gradient) {
    this.gradient = gradient;
  }

  /** A vector that was computed, and the gradient with respect to it. */
  final class Node {
    final Bounded value;
    private final BoundedSum[] sums;
    private final Consumer<Bounded> back;

    private Node(Bounded value, Consumer<Bounded> back) {
      this.value = value;
      this.sums = Bounded.sums(value.value.length);
      this.back = back;
      nodes.add(this);
    }

    Bounded gradient() {
      return Bounded.of(value.shape, sums);
    }

    void add(int i, double factor, double error, Bounded d, int j) {
      sums[i].add(factor, error, d.value[j], d.error[j]);
    }

    void addAll(Bounded d) {
      for (int i = 0; i < sums.length; i++) {
        add(i, 1, 0, d, i);
      }
    }
  }

  /** What nothing was done to. */
  Node leaf(Bounded value) {
    return new Node(value, d -> {});
  }

  Node zeros(int count) {
    return leaf(new Bounded(Shape.flat(count)));
  }

  /** What a layer makes of it. */
  Node layer(ReferenceLayer.OfSample layer, Node x) {
    Bounded y = layer.forward(x.value);
    return new Node(y, d -> x.addAll(layer.backward(x.value, y, d, gradient)));
  }

  Node part(Node x, int from, int count) {
    Bounded y = new Bounded(Shape.flat(count));
    System.arraycopy(x.value.value, from, y.value, 0, count);
    System.arraycopy(x.value.error, from, y.error, 0, count);
    return new Node(y, d -> each(count, i -> x.add(from + i, 1, 0, d, i)));
  }

  /** a + sign·b. */
  Node sum(Node a, Node b, int sign) {
    int n = a.sums.length;
    BoundedSum[] sums = Bounded.sums(n);
    each(
        n,
        i -> {
          sums[i].add(a.value.value[i], a.value.error[i], 1, 0);
          sums[i].add(b.value.value[i], b.value.error[i], sign, 0);
        });
    return new Node(
        Bounded.of(a.value.shape, sums),
        d ->
            each(
                n,
                i -> {
                  a.add(i, 1, 0, d, i);
                  b.add(i, sign, 0, d, i);
                }));
  }

  Node product(Node a, Node b) {
    int n = a.sums.length;
    BoundedSum[] sums = Bounded.sums(n);
    each(
        n,
        i -> sums[i].add(a.value.value[i], a.value.error[i], b.value.value[i], b.value.error[i]));
    return new Node(
        Bounded.of(a.value.shape, sums),
        d ->
            each(
                n,
                i -> {
                  a.add(i, b.value.value[i], b.value.error[i], d, i);
                  b.add(i, a.value.value[i], a.value.error[i], d, i);
                }));
  }

  private static void each(int count, IntConsumer consumer) {
    for (int i = 0; i < count; i++) {
      consumer.accept(i);
    }
  }

  /** Goes back from what has its gradient. */
  void back() {
    for (int i = nodes.size() - 1; i >= 0; i--) {
      nodes.get(i).back.accept(nodes.get(i).gradient());
    }
  }
}
