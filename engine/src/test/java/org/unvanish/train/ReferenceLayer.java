package org.unvanish.train;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.unvanish.data.Shape;

/**
 * A layer of the {@link ReferenceNetwork}, written from its definition: plain loops, sample by
 * sample, but for {@link ReferenceNormalization}.
 *
 * <p>Every layer computes, beside each number, a bound of the error of the same number in single
 * precision.
 */
interface ReferenceLayer {

  /** The outputs for the inputs of a batch. */
  List<Bounded> forward(List<Bounded> xs);

  /** The gradients with respect to the inputs of a batch. */
  List<Bounded> backward(
      List<Bounded> xs, List<Bounded> ys, List<Bounded> dys, BoundedSum[] gradient);

  /** A layer that does the same to each sample, whatever the others are. */
  interface OfSample extends ReferenceLayer {
    /** The output for an input. */
    Bounded forward(Bounded x);

    /**
     * The gradient with respect to the input.
     *
     * @param x the input
     * @param y the output
     * @param dy the gradient with respect to the output
     * @param gradient of all parameters; this layer adds its own
     */
    Bounded backward(Bounded x, Bounded y, Bounded dy, BoundedSum[] gradient);

    @Override
    default List<Bounded> forward(List<Bounded> xs) {
      return xs.stream().map(this::forward).toList();
    }

    @Override
    default List<Bounded> backward(
        List<Bounded> xs, List<Bounded> ys, List<Bounded> dys, BoundedSum[] gradient) {
      return IntStream.range(0, xs.size())
          .mapToObj(i -> backward(xs.get(i), ys.get(i), dys.get(i), gradient))
          .toList();
    }
  }

  /** Σ over channels and the kernel: y[f,r,c] = Σ w[f,ch,i,j]·x[ch,r+i−k/2,c+j−k/2]. */
  record Convolution(double[] parameters, int offset, int kernel, int filters) implements OfSample {
    @Override
    public Bounded forward(Bounded x) {
      Shape shape = new Shape(filters, x.shape.rows(), x.shape.columns());
      BoundedSum[] sums = Bounded.sums(shape.size());
      visit(x, (w, in, out) -> sums[out].add(parameters[w], 0, x.value[in], x.error[in]));
      return Bounded.of(shape, sums);
    }

    @Override
    public Bounded backward(Bounded x, Bounded y, Bounded dy, BoundedSum[] gradient) {
      BoundedSum[] sums = Bounded.sums(x.shape.size());
      visit(
          x,
          (w, in, out) -> {
            gradient[w].add(x.value[in], x.error[in], dy.value[out], dy.error[out]);
            sums[in].add(parameters[w], 0, dy.value[out], dy.error[out]);
          });
      return Bounded.of(x.shape, sums);
    }

    private void visit(Bounded x, Connection connection) {
      int rows = x.shape.rows();
      int columns = x.shape.columns();
      for (int f = 0; f < filters; f++) {
        for (int channel = 0; channel < x.shape.channels(); channel++) {
          for (int i = 0; i < kernel; i++) {
            for (int j = 0; j < kernel; j++) {
              int w = offset + ((f * x.shape.channels() + channel) * kernel + i) * kernel + j;
              for (int row = 0; row < rows; row++) {
                for (int column = 0; column < columns; column++) {
                  int r = row + i - kernel / 2;
                  int c = column + j - kernel / 2;
                  if (x.contains(r, c)) {
                    connection.visit(
                        w, x.index(channel, r, c), (f * rows + row) * columns + column);
                  }
                }
              }
            }
          }
        }
      }
    }
  }

  /** One kernel for each channel: y[ch,r,c] = Σ w[ch,i,j]·x[ch,r+i−k/2,c+j−k/2]. */
  record Depthwise(double[] parameters, int offset, int kernel) implements OfSample {
    @Override
    public Bounded forward(Bounded x) {
      BoundedSum[] sums = Bounded.sums(x.shape.size());
      visit(x, (w, in, out) -> sums[out].add(parameters[w], 0, x.value[in], x.error[in]));
      return Bounded.of(x.shape, sums);
    }

    @Override
    public Bounded backward(Bounded x, Bounded y, Bounded dy, BoundedSum[] gradient) {
      BoundedSum[] sums = Bounded.sums(x.shape.size());
      visit(
          x,
          (w, in, out) -> {
            gradient[w].add(x.value[in], x.error[in], dy.value[out], dy.error[out]);
            sums[in].add(parameters[w], 0, dy.value[out], dy.error[out]);
          });
      return Bounded.of(x.shape, sums);
    }

    private void visit(Bounded x, Connection connection) {
      for (int out = 0; out < x.shape.size(); out++) {
        int column = out % x.shape.columns();
        int row = out / x.shape.columns() % x.shape.rows();
        int channel = out / x.shape.columns() / x.shape.rows();
        for (int i = 0; i < kernel; i++) {
          for (int j = 0; j < kernel; j++) {
            int r = row + i - kernel / 2;
            int c = column + j - kernel / 2;
            if (x.contains(r, c)) {
              connection.visit(
                  offset + (channel * kernel + i) * kernel + j, x.index(channel, r, c), out);
            }
          }
        }
      }
    }
  }

  /** y[u] = Σ w[u,i]·x[i]. */
  record Dense(double[] parameters, int offset, int units) implements OfSample {
    @Override
    public Bounded forward(Bounded x) {
      BoundedSum[] sums = Bounded.sums(units);
      int n = x.value.length;
      for (int unit = 0; unit < units; unit++) {
        for (int i = 0; i < n; i++) {
          sums[unit].add(parameters[offset + unit * n + i], 0, x.value[i], x.error[i]);
        }
      }
      return Bounded.of(Shape.flat(units), sums);
    }

    @Override
    public Bounded backward(Bounded x, Bounded y, Bounded dy, BoundedSum[] gradient) {
      int n = x.value.length;
      BoundedSum[] sums = Bounded.sums(n);
      for (int unit = 0; unit < units; unit++) {
        for (int i = 0; i < n; i++) {
          int w = offset + unit * n + i;
          gradient[w].add(x.value[i], x.error[i], dy.value[unit], dy.error[unit]);
          sums[i].add(parameters[w], 0, dy.value[unit], dy.error[unit]);
        }
      }
      return Bounded.of(x.shape, sums);
    }
  }

  /** A number for each channel, added. */
  record Bias(double[] parameters, int offset) implements OfSample {
    @Override
    public Bounded forward(Bounded x) {
      Bounded y = new Bounded(x.shape);
      int area = x.shape.rows() * x.shape.columns();
      for (int i = 0; i < x.value.length; i++) {
        BoundedSum sum = new BoundedSum();
        sum.add(x.value[i], x.error[i], 1, 0);
        sum.add(parameters[offset + i / area], 0, 1, 0);
        y.set(i, sum);
      }
      return y;
    }

    @Override
    public Bounded backward(Bounded x, Bounded y, Bounded dy, BoundedSum[] gradient) {
      int area = x.shape.rows() * x.shape.columns();
      for (int i = 0; i < x.value.length; i++) {
        gradient[offset + i / area].add(dy.value[i], dy.error[i], 1, 0);
      }
      return dy;
    }
  }

  /** The mean of each size×size tile. */
  record AveragePooling(int size) implements OfSample {
    @Override
    public Bounded forward(Bounded x) {
      Shape shape = new Shape(x.shape.channels(), x.shape.rows() / size, x.shape.columns() / size);
      BoundedSum[] sums = Bounded.sums(shape.size());
      for (int i = 0; i < x.value.length; i++) {
        sums[tileOf(i, x.shape, size)].add(x.value[i], x.error[i], 1.0 / (size * size), 0);
      }
      return Bounded.of(shape, sums);
    }

    @Override
    public Bounded backward(Bounded x, Bounded y, Bounded dy, BoundedSum[] gradient) {
      Bounded dx = new Bounded(x.shape);
      for (int i = 0; i < x.value.length; i++) {
        int tile = tileOf(i, x.shape, size);
        BoundedSum sum = new BoundedSum();
        sum.add(dy.value[tile], dy.error[tile], 1.0 / (size * size), 0);
        dx.set(i, sum);
      }
      return dx;
    }
  }

  /**
   * The maximum of each size×size tile, whose first maximum in row order gets the gradient.
   *
   * <p>Where errors leave open which pixel is the largest, every candidate may get the tile's
   * gradient or not: its error is that gradient. Two exact equal pixels leave nothing open.
   */
  record MaxPooling(int size) implements OfSample {
    @Override
    public Bounded forward(Bounded x) {
      Shape shape = new Shape(x.shape.channels(), x.shape.rows() / size, x.shape.columns() / size);
      int[] largest = largest(x, shape);
      Bounded y = new Bounded(shape);
      for (int i = 0; i < x.value.length; i++) {
        int tile = tileOf(i, x.shape, size);
        y.value[tile] = x.value[largest[tile]];
        if (isCandidate(x, i, largest[tile])) {
          y.error[tile] = Math.max(y.error[tile], x.error[i]);
        }
      }
      return y;
    }

    @Override
    public Bounded backward(Bounded x, Bounded y, Bounded dy, BoundedSum[] gradient) {
      int[] largest = largest(x, y.shape);
      boolean[] open = new boolean[largest.length];
      for (int i = 0; i < x.value.length; i++) {
        int tile = tileOf(i, x.shape, size);
        open[tile] |= i != largest[tile] && isCandidate(x, i, largest[tile]);
      }
      Bounded dx = new Bounded(x.shape);
      for (int i = 0; i < x.value.length; i++) {
        int tile = tileOf(i, x.shape, size);
        if (isCandidate(x, i, largest[tile])) {
          dx.value[i] = i == largest[tile] ? dy.value[tile] : 0;
          dx.error[i] = dy.error[tile] + (open[tile] ? Math.abs(dy.value[tile]) : 0);
        }
      }
      return dx;
    }

    private int[] largest(Bounded x, Shape shape) {
      int[] largest = new int[shape.size()];
      Arrays.fill(largest, -1);
      for (int i = 0; i < x.value.length; i++) {
        int tile = tileOf(i, x.shape, size);
        if (largest[tile] < 0 || x.value[i] > x.value[largest[tile]]) {
          largest[tile] = i;
        }
      }
      return largest;
    }

    /** Whether a pixel is the largest of its tile, or may be for all that the errors say. */
    private static boolean isCandidate(Bounded x, int i, int largest) {
      double errors = x.error[i] + x.error[largest];
      return i == largest || errors > 0 && x.value[i] + errors >= x.value[largest];
    }
  }

  /** One connection of a convolution. */
  interface Connection {
    void visit(int weight, int in, int out);
  }

  /** The index of the tile that a pixel belongs to. */
  static int tileOf(int i, Shape shape, int size) {
    int column = i % shape.columns();
    int row = i / shape.columns() % shape.rows();
    int channel = i / shape.columns() / shape.rows();
    return (channel * (shape.rows() / size) + row / size) * (shape.columns() / size)
        + column / size;
  }
}
