package org.unvanish.model.graph;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.unvanish.model.graph.MatrixProduct.Matrix;

/** Conv, MaxPool and AveragePool, over one or two axes. */
final class ConvolutionOperators {
  private ConvolutionOperators() {}

  static void addTo(Map<String, Operators.Entry> table) {
    table.put("Conv", new Operators.Entry(new Convolution(), 2, 3, 1, 2));
    table.put("MaxPool", new Operators.Entry(new MaxPool(), 1, 1));
    table.put("AveragePool", new Operators.Entry(new AveragePool(), 1, 1));
  }

  /** As a product of the weights with what each place of the window covers, sample by sample. */
  private static final class Convolution implements Operator {
    /** What is multiplied for each group of channels. */
    private record Product(
        Window window, int[] elements, Tensor x, Tensor w, int groups, int channels, int filters) {
      static Product of(Call call) {
        Tensor x = call.input(0);
        Tensor w = call.input(1);
        if (w.rank() != x.rank() || x.rank() < 3) {
          throw call.refused("its input and weights have the ranks " + x.rank() + ", " + w.rank());
        }
        long groups = call.attributes().integer("group", 1);
        long channels = w.extent(1);
        if (groups < 1 || channels * groups != x.extent(1) || w.extent(0) % groups != 0) {
          throw call.refused("its channels do not match its weights");
        }
        long[] kernel = Arrays.stream(w.shape()).skip(2).asLongStream().toArray();
        Tensor bias = call.optional(2);
        if (bias != null && bias.size() != w.extent(0)) {
          throw call.refused("its bias does not match its weights");
        }
        Window window = Window.of(call, x.shape(), kernel);
        return new Product(
            window,
            window.elements(),
            x,
            w,
            (int) groups,
            (int) channels,
            (int) (w.extent(0) / groups));
      }

      /** How many numbers of the input one output is made of. */
      int depth() {
        return channels * window.size();
      }

      double[] columns(Call call) {
        return call.zeros(depth(), window.places()).values();
      }

      /** Where the channels of a group of a sample begin. */
      int input(int sample, int group) {
        return (sample * groups + group) * channels * window.plane();
      }

      int output(int sample, int group) {
        return (sample * groups + group) * filters * window.places();
      }

      int weights(int group) {
        return group * filters * depth();
      }

      void gather(int from, double[] columns) {
        int at = 0;
        for (int channel = 0; channel < channels; channel++) {
          int plane = from + channel * window.plane();
          for (int element : elements) {
            columns[at++] = element < 0 ? 0 : x.value(plane + element);
          }
        }
      }

      void scatter(double[] columns, double[] to, int from) {
        int at = 0;
        for (int channel = 0; channel < channels; channel++) {
          int plane = from + channel * window.plane();
          for (int element : elements) {
            if (element >= 0) {
              to[plane + element] += columns[at];
            }
            at++;
          }
        }
      }
    }

    @Override
    public List<Tensor> forward(Call call) {
      Product product = Product.of(call);
      Window window = product.window();
      int[] shape = window.shape(product.x().shape(), product.w().extent(0));
      Tensor y = call.zeros(shape);
      Tensor bias = call.optional(2);
      double[] columns = product.columns(call);
      for (int sample = 0; sample < shape[0]; sample++) {
        for (int group = 0; group < product.groups(); group++) {
          product.gather(product.input(sample, group), columns);
          int output = product.output(sample, group);
          for (int i = 0; bias != null && i < product.filters(); i++) {
            int from = output + i * window.places();
            Arrays.fill(
                y.values(),
                from,
                from + window.places(),
                bias.value(group * product.filters() + i));
          }
          MatrixProduct.add(
              product.filters(),
              window.places(),
              product.depth(),
              Matrix.of(product.w().values(), product.weights(group), product.depth()),
              Matrix.of(columns, 0, window.places()),
              y.values(),
              output);
        }
      }
      return List.of(y);
    }

    @Override
    public List<@Nullable Tensor> backward(
        Call call, List<Tensor> outputs, List<@Nullable Tensor> gradients) {
      Product product = Product.of(call);
      int places = product.window().places();
      int depth = product.depth();
      Tensor dx = call.zeros(product.x().shape());
      Tensor dw = call.zeros(product.w().shape());
      double[] dy = gradients.get(0).values();
      double[] columns = product.columns(call);
      double[] back = product.columns(call);
      for (int sample = 0; sample < outputs.get(0).extent(0); sample++) {
        for (int group = 0; group < product.groups(); group++) {
          int input = product.input(sample, group);
          int weights = product.weights(group);
          Matrix gradient = Matrix.of(dy, product.output(sample, group), places);
          product.gather(input, columns);
          MatrixProduct.add(
              product.filters(),
              depth,
              places,
              gradient,
              Matrix.of(columns, 0, places).transposed(),
              dw.values(),
              weights);
          Arrays.fill(back, 0);
          MatrixProduct.add(
              depth,
              places,
              product.filters(),
              Matrix.of(product.w().values(), weights, depth).transposed(),
              gradient,
              back,
              0);
          product.scatter(back, dx.values(), input);
        }
      }
      return call.inputs() < 3
          ? Arrays.asList(dx, dw)
          : Arrays.asList(dx, dw, bias(call, dy, product.w().extent(0), places));
    }

    private static @Nullable Tensor bias(Call call, double[] dy, int filters, int places) {
      Tensor bias = call.optional(2);
      if (bias == null) {
        return null;
      }
      Tensor db = call.zeros(bias.shape());
      for (int i = 0; i < dy.length; i++) {
        db.values()[i / places % filters] += dy[i];
      }
      return db;
    }
  }

  private static Window pooling(Call call) {
    Tensor x = call.input(0);
    if (x.rank() < 3) {
      throw call.refused("its input has the rank " + x.rank());
    }
    return Window.of(call, x.shape(), call.attributes().integers("kernel_shape"));
  }

  /** The largest number under a window; its second output says where it was. */
  private static final class MaxPool implements Operator {
    @Override
    public List<Tensor> forward(Call call) {
      Window window = pooling(call);
      if (call.attributes().flag("storage_order", false)) {
        throw call.refused("its storage_order is not 0");
      }
      Tensor x = call.input(0);
      int[] shape = window.shape(x.shape(), x.extent(1));
      Tensor y = call.zeros(x.kind(), shape);
      Tensor where = call.zeros(Tensor.Kind.INTEGER, shape);
      int[] elements = window.elements();
      for (int i = 0; i < y.size(); i++) {
        int plane = i / window.places() * window.plane();
        int best = -1;
        for (int at = i % window.places(); at < elements.length; at += window.places()) {
          int element = elements[at];
          if (element >= 0
              && (best < 0
                  || x.value(plane + element) > x.value(plane + best)
                  || Double.isNaN(x.value(plane + element)))) {
            best = element;
          }
        }
        y.values()[i] = best < 0 ? Double.NEGATIVE_INFINITY : x.value(plane + best);
        where.values()[i] = best < 0 ? -1 : plane + best;
      }
      return List.of(y, where);
    }

    @Override
    public List<@Nullable Tensor> backward(
        Call call, List<Tensor> outputs, List<@Nullable Tensor> gradients) {
      Tensor dy = gradients.get(0);
      if (dy == null) {
        return Collections.singletonList(null);
      }
      Tensor dx = call.zeros(call.input(0).shape());
      double[] where = outputs.get(1).values();
      for (int i = 0; i < where.length; i++) {
        if (where[i] >= 0) {
          dx.values()[(int) where[i]] += dy.value(i);
        }
      }
      return Collections.singletonList(dx);
    }
  }

  /** The mean of what a window covers, with or without the padding. */
  private static final class AveragePool implements Operator {
    @Override
    public List<Tensor> forward(Call call) {
      Window window = pooling(call);
      Tensor x = call.input(0);
      Tensor y = call.zeros(window.shape(x.shape(), x.extent(1)));
      int[] elements = window.elements();
      int[] counts = counts(call, window, elements);
      for (int i = 0; i < y.size(); i++) {
        int plane = i / window.places() * window.plane();
        int place = i % window.places();
        double sum = 0;
        for (int at = place; at < elements.length; at += window.places()) {
          sum += elements[at] < 0 ? 0 : x.value(plane + elements[at]);
        }
        y.values()[i] = sum / counts[place];
      }
      return List.of(y);
    }

    @Override
    public List<@Nullable Tensor> backward(
        Call call, List<Tensor> outputs, List<@Nullable Tensor> gradients) {
      Window window = pooling(call);
      Tensor dx = call.zeros(call.input(0).shape());
      int[] elements = window.elements();
      int[] counts = counts(call, window, elements);
      double[] dy = gradients.get(0).values();
      for (int i = 0; i < dy.length; i++) {
        int plane = i / window.places() * window.plane();
        int place = i % window.places();
        for (int at = place; at < elements.length; at += window.places()) {
          if (elements[at] >= 0) {
            dx.values()[plane + elements[at]] += dy[i] / counts[place];
          }
        }
      }
      return Collections.singletonList(dx);
    }

    /** How many numbers each place's mean is of. */
    private static int[] counts(Call call, Window window, int[] elements) {
      if (call.attributes().flag("count_include_pad", false)) {
        return window.covered();
      }
      int[] counts = new int[window.places()];
      for (int at = 0; at < elements.length; at++) {
        counts[at % counts.length] += elements[at] >= 0 ? 1 : 0;
      }
      return counts;
    }
  }
}
