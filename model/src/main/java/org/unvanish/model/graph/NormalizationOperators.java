package org.unvanish.model.graph;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Operators that shift and scale numbers by what those beside them are like. */
final class NormalizationOperators {
  private NormalizationOperators() {}

  static void addTo(Map<String, Operators.Entry> table) {
    table.put("BatchNormalization", new Operators.Entry(new Batch(), 5, 5, 1, 2));
    table.put("InstanceNormalization", new Operators.Entry(new Instance(), 3, 3, 1, 2));
    table.put("LayerNormalization", new Operators.Entry(new Layer(), 2, 3, 1, 2));
    table.put("Softmax", new Operators.Entry(new Softmax(false), 1, 1));
    table.put("LogSoftmax", new Operators.Entry(new Softmax(true), 1, 1));
  }

  /**
   * Rows of numbers that are brought to a mean of 0 and a variance of 1, each row by itself.
   *
   * @param length of a row
   */
  private record Standard(int length, double[] mean, double[] inverse) {
    static Standard of(double[] x, int length, double epsilon) {
      int rows = length == 0 ? 0 : x.length / length;
      Standard result = new Standard(length, new double[rows], new double[rows]);
      for (int row = 0; row < rows; row++) {
        double sum = 0;
        for (int i = 0; i < length; i++) {
          sum += x[row * length + i];
        }
        double mean = sum / length;
        double squares = 0;
        for (int i = 0; i < length; i++) {
          double apart = x[row * length + i] - mean;
          squares += apart * apart;
        }
        result.mean[row] = mean;
        result.inverse[row] = 1 / Math.sqrt(squares / length + epsilon);
      }
      return result;
    }

    double value(double[] x, int index) {
      int row = index / length;
      return (x[index] - mean[row]) * inverse[row];
    }

    /** The gradient with respect to x, of the gradient with respect to the standardised numbers. */
    double[] back(double[] x, double[] gradient) {
      double[] result = new double[x.length];
      for (int row = 0; row < mean.length; row++) {
        double sum = 0;
        double along = 0;
        for (int i = row * length; i < (row + 1) * length; i++) {
          sum += gradient[i];
          along += gradient[i] * value(x, i);
        }
        for (int i = row * length; i < (row + 1) * length; i++) {
          result[i] = inverse[row] * (gradient[i] - sum / length - value(x, i) * along / length);
        }
      }
      return result;
    }
  }

  /** The factor and the shift of each channel. */
  private static void requireOfSize(Call call, int size, int... inputs) {
    for (int input : inputs) {
      Tensor tensor = call.optional(input);
      if (tensor != null && tensor.size() != size) {
        throw call.refused(
            "its input " + (input + 1) + " has " + tensor.size() + " numbers, and not " + size);
      }
    }
  }

  /** By the statistics of channels: those given, or of the batch itself in training. */
  private static final class Batch implements Operator {
    /** Which channel a number of x belongs to. */
    private record Channels(int count, int plane) {
      static Channels of(Call call) {
        Tensor x = call.input(0);
        if (x.rank() < 1) {
          throw call.refused("its input has no channels");
        }
        int count = x.rank() == 1 ? 1 : x.extent(1);
        requireOfSize(call, count, 1, 2, 3, 4);
        return new Channels(count, Shapes.size(x.shape(), Math.min(2, x.rank()), x.rank()));
      }

      int channel(int index) {
        return index / plane % count;
      }

      /** The numbers channel by channel. */
      double[] first(double[] values) {
        double[] result = new double[values.length];
        for (int i = 0; i < values.length; i++) {
          result[place(i, values.length)] = values[i];
        }
        return result;
      }

      int place(int index, int size) {
        int sample = index / plane / count;
        return channel(index) * (size / count) + sample * plane + index % plane;
      }
    }

    private static boolean training(Call call) {
      return call.attributes().flag("training_mode", false);
    }

    private static double epsilon(Call call) {
      return call.attributes().number("epsilon", 1e-5);
    }

    /** The mean and 1/√(variance + ε) of each channel. */
    private static Standard statistics(Call call, Channels channels) {
      Tensor x = call.input(0);
      if (training(call)) {
        int length = channels.count() == 0 ? 0 : x.size() / channels.count();
        return Standard.of(channels.first(x.values()), length, epsilon(call));
      }
      double[] inverse = new double[channels.count()];
      for (int i = 0; i < inverse.length; i++) {
        inverse[i] = 1 / Math.sqrt(call.input(4).value(i) + epsilon(call));
      }
      return new Standard(0, call.input(3).values(), inverse);
    }

    @Override
    public List<Tensor> forward(Call call) {
      Channels channels = Channels.of(call);
      Standard standard = statistics(call, channels);
      Tensor x = call.input(0);
      Tensor y = call.zeros(x.shape());
      for (int i = 0; i < x.size(); i++) {
        int c = channels.channel(i);
        double apart = (x.value(i) - standard.mean()[c]) * standard.inverse()[c];
        y.values()[i] = apart * call.input(1).value(c) + call.input(2).value(c);
      }
      Tensor mean = call.zeros(channels.count());
      Tensor variance = call.zeros(channels.count());
      double momentum = call.attributes().number("momentum", 0.9);
      for (int c = 0; training(call) && c < standard.mean().length; c++) {
        double inverse = standard.inverse()[c];
        double own = 1 / (inverse * inverse) - epsilon(call);
        mean.values()[c] = momentum * call.input(3).value(c) + (1 - momentum) * standard.mean()[c];
        variance.values()[c] = momentum * call.input(4).value(c) + (1 - momentum) * own;
      }
      return List.of(y, mean, variance);
    }

    @Override
    public List<@Nullable Tensor> backward(
        Call call, List<Tensor> outputs, List<@Nullable Tensor> gradients) {
      Tensor gradient = gradients.get(0);
      if (gradient == null) {
        return Collections.nCopies(5, null);
      }
      Channels channels = Channels.of(call);
      Standard standard = statistics(call, channels);
      Tensor x = call.input(0);
      Tensor dx = call.zeros(x.shape());
      Tensor scale = call.zeros(channels.count());
      Tensor shift = call.zeros(channels.count());
      Tensor mean = call.zeros(channels.count());
      Tensor variance = call.zeros(channels.count());
      for (int i = 0; i < x.size(); i++) {
        int c = channels.channel(i);
        double inverse = standard.inverse()[c];
        double apart = (x.value(i) - standard.mean()[c]) * inverse;
        double g = gradient.value(i) * call.input(1).value(c);
        scale.values()[c] += gradient.value(i) * apart;
        shift.values()[c] += gradient.value(i);
        mean.values()[c] -= g * inverse;
        variance.values()[c] -= g * apart * inverse * inverse / 2;
        dx.values()[i] = training(call) ? g : g * inverse;
      }
      if (!training(call)) {
        return Arrays.asList(
            dx,
            shaped(scale, call, 1),
            shaped(shift, call, 2),
            shaped(mean, call, 3),
            shaped(variance, call, 4));
      }
      double[] first = channels.first(x.values());
      double[] back = standard.back(first, channels.first(dx.values()));
      for (int i = 0; i < x.size(); i++) {
        dx.values()[i] = back[channels.place(i, x.size())];
      }
      return Arrays.asList(dx, shaped(scale, call, 1), shaped(shift, call, 2), null, null);
    }
  }

  private static Tensor shaped(Tensor gradient, Call call, int input) {
    return gradient.reshape(call.input(input).shape());
  }

  /** By each sample's and channel's own statistics. */
  private static final class Instance implements Operator {
    private static int plane(Call call) {
      Tensor x = call.input(0);
      if (x.rank() < 3) {
        throw call.refused("its input has the rank " + x.rank());
      }
      requireOfSize(call, x.extent(1), 1, 2);
      return Shapes.size(x.shape(), 2, x.rank());
    }

    private static Standard standard(Call call) {
      int plane = plane(call);
      double epsilon = call.attributes().number("epsilon", 1e-5);
      return Standard.of(call.input(0).values(), plane, epsilon);
    }

    @Override
    public List<Tensor> forward(Call call) {
      Standard standard = standard(call);
      Tensor x = call.input(0);
      Tensor y = call.zeros(x.shape());
      for (int i = 0; i < x.size(); i++) {
        int channel = i / standard.length() % x.extent(1);
        y.values()[i] =
            standard.value(x.values(), i) * call.input(1).value(channel)
                + call.input(2).value(channel);
      }
      return List.of(y);
    }

    @Override
    public List<@Nullable Tensor> backward(
        Call call, List<Tensor> outputs, List<@Nullable Tensor> gradients) {
      Standard standard = standard(call);
      Tensor x = call.input(0);
      double[] dy = gradients.get(0).values();
      double[] inner = new double[dy.length];
      Tensor scale = call.zeros(call.input(1).shape());
      Tensor shift = call.zeros(call.input(2).shape());
      for (int i = 0; i < dy.length; i++) {
        int channel = i / standard.length() % x.extent(1);
        inner[i] = dy[i] * call.input(1).value(channel);
        scale.values()[channel] += dy[i] * standard.value(x.values(), i);
        shift.values()[channel] += dy[i];
      }
      return Arrays.asList(Tensor.of(standard.back(x.values(), inner), x.shape()), scale, shift);
    }
  }

  /** By the statistics of the last axes. */
  private static final class Layer implements Operator {
    private static int axis(Call call) {
      return Shapes.axis(call.attributes().integer("axis", -1), call.input(0).rank());
    }

    private static Standard standard(Call call) {
      Tensor x = call.input(0);
      int length = Shapes.size(x.shape(), axis(call), x.rank());
      requireOfSize(call, length, 1, 2);
      return Standard.of(x.values(), length, call.attributes().number("epsilon", 1e-5));
    }

    @Override
    public List<Tensor> forward(Call call) {
      Standard standard = standard(call);
      Tensor x = call.input(0);
      Tensor shift = call.optional(2);
      Tensor y = call.zeros(x.shape());
      for (int i = 0; i < x.size(); i++) {
        int at = i % standard.length();
        y.values()[i] =
            standard.value(x.values(), i) * call.input(1).value(at)
                + (shift == null ? 0 : shift.value(at));
      }
      int[] shape = x.shape();
      Arrays.fill(shape, axis(call), shape.length, 1);
      if (standard.length() == 0) {
        return List.of(y, call.zeros(shape), call.zeros(shape));
      }
      return List.of(y, Tensor.of(standard.mean(), shape), Tensor.of(standard.inverse(), shape));
    }

    @Override
    public List<@Nullable Tensor> backward(
        Call call, List<Tensor> outputs, List<@Nullable Tensor> gradients) {
      Tensor gradient = gradients.get(0);
      if (gradient == null || gradients.stream().skip(1).anyMatch(other -> other != null)) {
        throw call.refused("no gradient passes back from the statistics that it puts out");
      }
      Standard standard = standard(call);
      Tensor x = call.input(0);
      double[] dy = gradient.values();
      double[] inner = new double[dy.length];
      Tensor scale = call.zeros(call.input(1).shape());
      Tensor shift = call.zeros(call.input(1).shape());
      for (int i = 0; i < dy.length; i++) {
        int at = i % standard.length();
        inner[i] = dy[i] * call.input(1).value(at);
        scale.values()[at] += dy[i] * standard.value(x.values(), i);
        shift.values()[at] += dy[i];
      }
      Tensor dx = Tensor.of(standard.back(x.values(), inner), x.shape());
      return call.inputs() < 3
          ? Arrays.asList(dx, scale)
          : Arrays.asList(dx, scale, call.has(2) ? shaped(shift, call, 2) : null);
    }
  }

  /** Shares of e^x along one axis, or their logarithms. */
  private record Softmax(boolean logarithm) implements Operator {
    /** The numbers along an axis: so many, so far apart. */
    private record Axis(int length, int step) {
      static Axis of(Call call) {
        Tensor x = call.input(0);
        if (x.rank() == 0) {
          return new Axis(1, 1);
        }
        int axis = Shapes.axis(call.attributes().integer("axis", -1), x.rank());
        return new Axis(x.extent(axis), Shapes.size(x.shape(), axis + 1, x.rank()));
      }

      /** Where the group begins. */
      int start(int group) {
        return group / step * step * length + group % step;
      }
    }

    @Override
    public List<Tensor> forward(Call call) {
      Axis axis = Axis.of(call);
      Tensor x = call.input(0);
      Tensor y = call.zeros(x.shape());
      for (int group = 0; x.size() > 0 && group < x.size() / axis.length(); group++) {
        int start = axis.start(group);
        int end = start + axis.length() * axis.step();
        double most = Double.NEGATIVE_INFINITY;
        for (int i = start; i < end; i += axis.step()) {
          most = Math.max(most, x.value(i));
        }
        double sum = 0;
        for (int i = start; i < end; i += axis.step()) {
          sum += Math.exp(x.value(i) - most);
        }
        double log = Math.log(sum);
        for (int i = start; i < end; i += axis.step()) {
          double apart = x.value(i) - most;
          y.values()[i] = logarithm ? apart - log : Math.exp(apart) / sum;
        }
      }
      return List.of(y);
    }

    @Override
    public List<@Nullable Tensor> backward(
        Call call, List<Tensor> outputs, List<@Nullable Tensor> gradients) {
      Axis axis = Axis.of(call);
      double[] y = outputs.get(0).values();
      double[] dy = gradients.get(0).values();
      Tensor dx = call.zeros(call.input(0).shape());
      for (int group = 0; y.length > 0 && group < y.length / axis.length(); group++) {
        int start = axis.start(group);
        int end = start + axis.length() * axis.step();
        double sum = 0;
        for (int i = start; i < end; i += axis.step()) {
          sum += logarithm ? dy[i] : dy[i] * y[i];
        }
        for (int i = start; i < end; i += axis.step()) {
          dx.values()[i] = logarithm ? dy[i] - Math.exp(y[i]) * sum : y[i] * (dy[i] - sum);
        }
      }
      return Collections.singletonList(dx);
    }
  }
}
