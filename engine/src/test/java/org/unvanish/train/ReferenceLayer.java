package org.unvanish.train;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.unvanish.data.Shape;
import org.unvanish.network.Convolutional;
import org.unvanish.network.Convolutional.Convolution1d;
import org.unvanish.network.Padding;
import org.unvanish.network.Pooling;
import org.unvanish.network.Pooling.AveragePooling;
import org.unvanish.network.Pooling.GlobalAveragePooling;
import org.unvanish.network.Pooling.MaxPooling;

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

  /**
   * A kernel that moves over an input: where it lies for each output.
   *
   * @param rows of the kernel
   * @param columns of the kernel
   */
  record Reach(int rows, int columns, int rowStride, int columnStride, Padding padding) {

    /** 1×1: it stays on its place. */
    static final Reach POINT = new Reach(1, 1, 1, 1, Padding.VALID);

    static Reach of(Convolutional layer) {
      int rows = layer instanceof Convolution1d ? 1 : layer.kernel();
      int rowStride = layer instanceof Convolution1d ? 1 : layer.stride();
      return new Reach(rows, layer.kernel(), rowStride, layer.stride(), layer.padding());
    }

    /** With same padding ⌈n/stride⌉, with valid padding as often as the kernel fits. */
    private int steps(int n, int size, int stride) {
      return padding == Padding.SAME ? (n + stride - 1) / stride : (n - size) / stride + 1;
    }

    Shape output(Shape x, int channels) {
      return new Shape(
          channels, steps(x.rows(), rows, rowStride), steps(x.columns(), columns, columnStride));
    }

    /** All connections of one channel with one filter. */
    void visit(Bounded x, int channel, int filter, int weight, Connection connection) {
      Shape y = output(x.shape, 1);
      int above = padding == Padding.SAME ? rows / 2 : 0;
      int before = padding == Padding.SAME ? columns / 2 : 0;
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          for (int row = 0; row < y.rows(); row++) {
            for (int column = 0; column < y.columns(); column++) {
              int r = row * rowStride + i - above;
              int c = column * columnStride + j - before;
              if (x.contains(r, c)) {
                connection.visit(
                    weight + i * columns + j,
                    x.index(channel, r, c),
                    (filter * y.rows() + row) * y.columns() + column);
              }
            }
          }
        }
      }
    }
  }

  /** A layer whose outputs are sums of weighted inputs. */
  interface Weighted extends OfSample {
    double[] parameters();

    Shape output(Shape x);

    void visit(Bounded x, Connection connection);

    @Override
    default Bounded forward(Bounded x) {
      Shape shape = output(x.shape);
      BoundedSum[] sums = Bounded.sums(shape.size());
      visit(x, (w, in, out) -> sums[out].add(parameters()[w], 0, x.value[in], x.error[in]));
      return Bounded.of(shape, sums);
    }

    @Override
    default Bounded backward(Bounded x, Bounded y, Bounded dy, BoundedSum[] gradient) {
      BoundedSum[] sums = Bounded.sums(x.shape.size());
      visit(
          x,
          (w, in, out) -> {
            gradient[w].add(x.value[in], x.error[in], dy.value[out], dy.error[out]);
            sums[in].add(parameters()[w], 0, dy.value[out], dy.error[out]);
          });
      return Bounded.of(x.shape, sums);
    }
  }

  /** Σ over channels and the kernel: y[f,r,c] = Σ w[f,ch,i,j]·x[ch,r·s+i−p,c·s+j−p]. */
  record Convolution(double[] parameters, int offset, Reach reach, int filters)
      implements Weighted {
    @Override
    public Shape output(Shape x) {
      return reach.output(x, filters);
    }

    @Override
    public void visit(Bounded x, Connection connection) {
      int channels = x.shape.channels();
      for (int f = 0; f < filters; f++) {
        for (int channel = 0; channel < channels; channel++) {
          int kernel = (f * channels + channel) * reach.rows() * reach.columns();
          reach.visit(x, channel, f, offset + kernel, connection);
        }
      }
    }
  }

  /** One kernel for each channel: y[ch,r,c] = Σ w[ch,i,j]·x[ch,r·s+i−p,c·s+j−p]. */
  record Depthwise(double[] parameters, int offset, Reach reach) implements Weighted {
    @Override
    public Shape output(Shape x) {
      return reach.output(x, x.channels());
    }

    @Override
    public void visit(Bounded x, Connection connection) {
      for (int channel = 0; channel < x.shape.channels(); channel++) {
        int kernel = channel * reach.rows() * reach.columns();
        reach.visit(x, channel, channel, offset + kernel, connection);
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

  /**
   * Tiles of an input: what fills no whole one belongs to none.
   *
   * @param rows of a tile
   * @param columns of a tile
   */
  record Tiles(int rows, int columns) {

    static Tiles of(Pooling layer, Shape x) {
      if (layer instanceof GlobalAveragePooling) {
        return new Tiles(x.rows(), x.columns());
      }
      int size = layer instanceof MaxPooling max ? max.size() : ((AveragePooling) layer).size();
      return new Tiles(Math.min(size, x.rows()), Math.min(size, x.columns()));
    }

    Shape output(Shape x) {
      return new Shape(x.channels(), x.rows() / rows, x.columns() / columns);
    }

    /** The index of the tile that a pixel belongs to; −1 if it belongs to none. */
    int of(int i, Shape x) {
      Shape y = output(x);
      int column = i % x.columns() / columns;
      int row = i / x.columns() % x.rows() / rows;
      int channel = i / x.columns() / x.rows();
      return row < y.rows() && column < y.columns()
          ? (channel * y.rows() + row) * y.columns() + column
          : -1;
    }
  }

  /** The mean of each tile. */
  record Mean(Tiles tiles) implements OfSample {
    @Override
    public Bounded forward(Bounded x) {
      Shape shape = tiles.output(x.shape);
      BoundedSum[] sums = Bounded.sums(shape.size());
      for (int i = 0; i < x.value.length; i++) {
        int tile = tiles.of(i, x.shape);
        if (tile >= 0) {
          sums[tile].add(x.value[i], x.error[i], 1.0 / (tiles.rows() * tiles.columns()), 0);
        }
      }
      return Bounded.of(shape, sums);
    }

    @Override
    public Bounded backward(Bounded x, Bounded y, Bounded dy, BoundedSum[] gradient) {
      Bounded dx = new Bounded(x.shape);
      for (int i = 0; i < x.value.length; i++) {
        int tile = tiles.of(i, x.shape);
        if (tile >= 0) {
          BoundedSum sum = new BoundedSum();
          sum.add(dy.value[tile], dy.error[tile], 1.0 / (tiles.rows() * tiles.columns()), 0);
          dx.set(i, sum);
        }
      }
      return dx;
    }
  }

  /**
   * The maximum of each tile, whose first maximum in row order gets the gradient.
   *
   * <p>Where errors leave open which pixel is the largest, every candidate may get the tile's
   * gradient or not: its error is that gradient. Two exact equal pixels leave nothing open.
   */
  record Maximum(Tiles tiles) implements OfSample {
    @Override
    public Bounded forward(Bounded x) {
      Shape shape = tiles.output(x.shape);
      int[] largest = largest(x, shape);
      Bounded y = new Bounded(shape);
      for (int i = 0; i < x.value.length; i++) {
        int tile = tiles.of(i, x.shape);
        if (tile < 0) {
          continue;
        }
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
        int tile = tiles.of(i, x.shape);
        if (tile >= 0) {
          open[tile] |= i != largest[tile] && isCandidate(x, i, largest[tile]);
        }
      }
      Bounded dx = new Bounded(x.shape);
      for (int i = 0; i < x.value.length; i++) {
        int tile = tiles.of(i, x.shape);
        if (tile >= 0 && isCandidate(x, i, largest[tile])) {
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
        int tile = tiles.of(i, x.shape);
        if (tile >= 0 && (largest[tile] < 0 || x.value[i] > x.value[largest[tile]])) {
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

  /** The same values in another shape. */
  record Reshaped(Shape shape) implements OfSample {
    @Override
    public Bounded forward(Bounded x) {
      return as(x, shape);
    }

    @Override
    public Bounded backward(Bounded x, Bounded y, Bounded dy, BoundedSum[] gradient) {
      return as(dy, x.shape);
    }

    private static Bounded as(Bounded x, Shape shape) {
      Bounded y = new Bounded(shape);
      System.arraycopy(x.value, 0, y.value, 0, x.value.length);
      System.arraycopy(x.error, 0, y.error, 0, x.error.length);
      return y;
    }
  }

  /** One connection of a convolution. */
  interface Connection {
    void visit(int weight, int in, int out);
  }
}
