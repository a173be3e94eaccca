package org.unvanish.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.diagnosis.measurement.StepSquares;
import org.unvanish.model.graph.Node;
import org.unvanish.model.graph.Run;
import org.unvanish.model.graph.Tensor;

/**
 * The steps of a recurrent node in one of its directions, sample by sample: what each does to the
 * gradient, which the node's own gradients do not tell.
 *
 * <p>Sums are in ONNX's order: of an LSTM i, o, f, c, of a GRU z, r, h.
 */
final class RecurrentNode {

  private static final Map<String, ActivationFunction> FUNCTIONS =
      Map.of(
          "tanh", ActivationFunction.TANH,
          "sigmoid", ActivationFunction.LOGISTIC,
          "relu", ActivationFunction.RELU,
          "softsign", ActivationFunction.SOFTSIGN,
          "softplus", ActivationFunction.SOFTPLUS);

  /** Takes what a step has done. */
  interface Steps {
    /**
     * @param sample from 0
     * @param back how many states there are behind that after the step
     */
    void take(int sample, int back, StepSquares squares);
  }

  private final Node node;
  private final int direction;
  private final boolean batchFirst;
  private final int steps;
  private final int samples;
  private final int features;
  private final int units;
  private final int gates;
  private final boolean resetAfter;
  private final Tensor x;
  private final double[] w;
  private final double[] r;
  private final double[] inputBias;
  private final double[] recurrentBias;
  private final Optional<Tensor> firstState;
  private final Optional<Tensor> firstCell;
  private final ActivationFunction gate;
  private final ActivationFunction candidate;
  private final ActivationFunction cell;

  /** Of the sample at hand: states and cells before each step and after the last, and sums. */
  private final double[][] h;

  private final double[][] c;
  private final double[][] sums;

  /** Of a GRU, R·h + b′ of the candidate. */
  private final double[][] products;

  private RecurrentNode(Node node, Run run, int direction) {
    this.node = node;
    this.direction = direction;
    this.batchFirst = node.attributes().integer("layout", 0) == 1;
    this.x = run.value(node.inputs().get(0));
    this.steps = x.extent(batchFirst ? 1 : 0);
    this.samples = x.extent(batchFirst ? 0 : 1);
    this.features = x.extent(2);
    Tensor recurrent = run.value(node.inputs().get(2));
    this.units = recurrent.extent(2);
    this.gates = recurrent.extent(1) / units;
    this.resetAfter = node.attributes().flag("linear_before_reset", false);
    this.w = part(run.value(node.inputs().get(1)), recurrent.extent(0));
    this.r = part(recurrent, recurrent.extent(0));
    int rows = gates * units;
    double[] biases =
        given(run, 3).map(b -> part(b, recurrent.extent(0))).orElseGet(() -> new double[2 * rows]);
    this.inputBias = Arrays.copyOf(biases, rows);
    this.recurrentBias = Arrays.copyOfRange(biases, rows, 2 * rows);
    this.firstState = given(run, 5);
    this.firstCell = given(run, 6);
    int own = gates == 1 ? 1 : gates == 4 ? 3 : 2;
    this.gate = gates == 1 ? ActivationFunction.LOGISTIC : function(direction * own);
    this.candidate = function(direction * own + (gates == 1 ? 0 : 1));
    this.cell = gates == 4 ? function(direction * own + 2) : ActivationFunction.TANH;
    this.h = new double[steps + 1][units];
    this.c = new double[steps + 1][units];
    this.sums = new double[steps][rows];
    this.products = new double[steps][units];
  }

  /**
   * The directions of a node; none if it has functions that are not known, or gates that read an
   * LSTM's cell: its peepholes.
   */
  static List<RecurrentNode> of(Node node, Run run) {
    List<String> functions = node.attributes().texts("activations");
    boolean known =
        functions.stream().allMatch(name -> FUNCTIONS.containsKey(name.toLowerCase(Locale.ROOT)));
    boolean clipped = node.attributes().has("clip");
    boolean padded = node.inputs().size() > 4 && !node.inputs().get(4).isEmpty();
    boolean peepholes =
        node.inputs().size() > 7
            && !node.inputs().get(7).isEmpty()
            && Arrays.stream(run.value(node.inputs().get(7)).values()).anyMatch(p -> p != 0);
    if (!known || clipped || padded || peepholes) {
      return List.of();
    }
    int directions = run.value(node.inputs().get(2)).extent(0);
    return IntStream.range(0, directions)
        .mapToObj(direction -> new RecurrentNode(node, run, direction))
        .toList();
  }

  private ActivationFunction function(int index) {
    List<String> functions = node.attributes().texts("activations");
    int gated = gates == 4 ? 3 : gates == 1 ? 1 : 2;
    ActivationFunction usual =
        gates > 1 && index % gated == 0 ? ActivationFunction.LOGISTIC : ActivationFunction.TANH;
    return index < functions.size()
        ? FUNCTIONS.getOrDefault(functions.get(index).toLowerCase(Locale.ROOT), usual)
        : usual;
  }

  private Optional<Tensor> given(Run run, int index) {
    return index < node.inputs().size() && !node.inputs().get(index).isEmpty()
        ? Optional.of(run.value(node.inputs().get(index)))
        : Optional.empty();
  }

  private double[] part(Tensor tensor, int directions) {
    int size = tensor.size() / directions;
    return Arrays.copyOfRange(tensor.values(), direction * size, (direction + 1) * size);
  }

  /** 0 from the first step to the last, 1 the other way. */
  int direction() {
    return direction;
  }

  int samples() {
    return samples;
  }

  int units() {
    return units;
  }

  /** How many values a state has, with the cell of an LSTM. */
  int stateValues() {
    return gates == 4 ? 2 * units : units;
  }

  /** What is applied to the candidate. */
  ActivationFunction candidate() {
    return candidate;
  }

  private boolean isReverse() {
    return direction == 1 || node.attributes().text("direction", "forward").equals("reverse");
  }

  /** The place in the sequence of a step. */
  private int row(int step) {
    return isReverse() ? steps - 1 - step : step;
  }

  /** Sums of the candidate, of all steps of a sample. */
  double[] preActivations(int sample) {
    forward(sample);
    double[] all = new double[steps * units];
    int first = gates == 1 ? 0 : gates == 4 ? 3 * units : 2 * units;
    for (int step = 0; step < steps; step++) {
      System.arraycopy(sums[step], first, all, step * units, units);
    }
    return all;
  }

  private void forward(int sample) {
    start(firstState, sample, h[0]);
    start(firstCell, sample, c[0]);
    for (int step = 0; step < steps; step++) {
      int row = row(step);
      int from = (batchFirst ? sample * steps + row : row * samples + sample) * features;
      double[] sum = sums[step];
      for (int k = 0; k < sum.length; k++) {
        double value = inputBias[k];
        for (int j = 0; j < features; j++) {
          value += w[k * features + j] * x.value(from + j);
        }
        sum[k] = value;
      }
      if (gates == 3) {
        gru(step);
      } else {
        for (int k = 0; k < sum.length; k++) {
          sum[k] += recurrentBias[k] + product(k, h[step]);
        }
        if (gates == 1) {
          Arrays.setAll(h[step + 1], k -> candidate.value(sum[k]));
        } else {
          lstm(step);
        }
      }
    }
  }

  private void start(Optional<Tensor> first, int sample, double[] state) {
    for (int k = 0; k < units; k++) {
      int directions = batchFirst ? first.map(f -> f.extent(1)).orElse(1) : 1;
      int at =
          batchFirst
              ? (sample * directions + direction) * units
              : (direction * samples + sample) * units;
      int place = at + k;
      state[k] = first.map(f -> f.value(place)).orElse(0.0);
    }
  }

  private double product(int row, double[] state) {
    double sum = 0;
    for (int j = 0; j < units; j++) {
      sum += r[row * units + j] * state[j];
    }
    return sum;
  }

  private void lstm(int step) {
    double[] a = sums[step];
    for (int k = 0; k < units; k++) {
      c[step + 1][k] =
          gate.value(a[2 * units + k]) * c[step][k]
              + gate.value(a[k]) * candidate.value(a[3 * units + k]);
      h[step + 1][k] = gate.value(a[units + k]) * cell.value(c[step + 1][k]);
    }
  }

  private void gru(int step) {
    double[] a = sums[step];
    for (int k = 0; k < 2 * units; k++) {
      a[k] += recurrentBias[k] + product(k, h[step]);
    }
    double[] reset = new double[units];
    for (int k = 0; k < units; k++) {
      reset[k] = gate.value(a[units + k]) * h[step][k];
    }
    for (int k = 0; k < units; k++) {
      int row = 2 * units + k;
      products[step][k] = recurrentBias[row] + product(row, resetAfter ? h[step] : reset);
      a[row] += resetAfter ? gate.value(a[units + k]) * products[step][k] : products[step][k];
    }
    for (int k = 0; k < units; k++) {
      double z = gate.value(a[k]);
      h[step + 1][k] = (1 - z) * candidate.value(a[2 * units + k]) + z * h[step][k];
    }
  }

  /**
   * Goes back through the steps of all samples.
   *
   * @param all with respect to all states, [steps, directions, samples, units] or with the samples
   *     first; null for 0
   * @param last the same with respect to the last states, without the steps
   */
  void backward(@Nullable Tensor all, @Nullable Tensor last, int directions, Steps taken) {
    for (int sample = 0; sample < samples; sample++) {
      forward(sample);
      double[] dh = new double[units];
      double[] dc = new double[units];
      for (int k = 0; k < units && last != null; k++) {
        int at = batchFirst ? sample * directions + direction : direction * samples + sample;
        dh[k] = last.value(at * units + k);
      }
      for (int step = steps - 1; step >= 0; step--) {
        for (int k = 0; k < units && all != null; k++) {
          int row = row(step);
          int at =
              batchFirst
                  ? (sample * steps + row) * directions + direction
                  : (row * directions + direction) * samples + sample;
          dh[k] += all.value(at * units + k);
        }
        taken.take(sample, steps - 1 - step, back(step, dh, dc));
      }
    }
  }

  /** One step; the gradients become those with respect to the state before it. */
  private StepSquares back(int step, double[] dh, double[] dc) {
    return switch (gates) {
      case 1 -> backSimple(step, dh);
      case 3 -> backGru(step, dh);
      default -> backLstm(step, dh, dc);
    };
  }

  private StepSquares backSimple(int step, double[] dh) {
    double state = squares(dh);
    double[] da = new double[units];
    for (int k = 0; k < units; k++) {
      da[k] = dh[k] * candidate.derivative(sums[step][k]);
    }
    transposed(da, 0, units, dh);
    return new StepSquares(state, squares(da), squares(dh));
  }

  private StepSquares backLstm(int step, double[] dh, double[] dc) {
    double[] a = sums[step];
    double[] da = new double[4 * units];
    double state = squares(dh) + squares(dc);
    double past = 0;
    for (int k = 0; k < units; k++) {
      double output = gate.value(a[units + k]);
      double forget = gate.value(a[2 * units + k]);
      double after = c[step + 1][k];
      double all = dc[k] + dh[k] * output * cell.derivative(after);
      da[k] = all * candidate.value(a[3 * units + k]) * gate.derivative(a[k]);
      da[units + k] = dh[k] * cell.value(after) * gate.derivative(a[units + k]);
      da[2 * units + k] = all * c[step][k] * gate.derivative(a[2 * units + k]);
      da[3 * units + k] = all * gate.value(a[k]) * candidate.derivative(a[3 * units + k]);
      past += all * all;
      dc[k] = all * forget;
    }
    transposed(da, 0, 4 * units, dh);
    double recurrent = squares(dh);
    double kept = squares(dc);
    return new StepSquares(state, squares(da), recurrent, recurrent + kept, past, kept);
  }

  private StepSquares backGru(int step, double[] dh) {
    double[] a = sums[step];
    double[] da = new double[3 * units];
    double[] kept = new double[units];
    double state = squares(dh);
    for (int k = 0; k < units; k++) {
      double z = gate.value(a[k]);
      double n = a[2 * units + k];
      kept[k] = dh[k] * z;
      da[k] = dh[k] * (h[step][k] - candidate.value(n)) * gate.derivative(a[k]);
      da[2 * units + k] = dh[k] * (1 - z) * candidate.derivative(n);
    }
    double[] part = new double[units];
    if (resetAfter) {
      for (int k = 0; k < units; k++) {
        double slope = gate.derivative(a[units + k]);
        da[units + k] = da[2 * units + k] * products[step][k] * slope;
        da[2 * units + k] *= gate.value(a[units + k]);
      }
      transposed(da, 0, 3 * units, part);
    } else {
      double[] reset = new double[units];
      transposed(da, 2 * units, 3 * units, reset);
      for (int k = 0; k < units; k++) {
        da[units + k] = reset[k] * h[step][k] * gate.derivative(a[units + k]);
      }
      transposed(da, 0, 2 * units, part);
      for (int k = 0; k < units; k++) {
        part[k] += reset[k] * gate.value(a[units + k]);
      }
    }
    for (int k = 0; k < units; k++) {
      dh[k] = part[k] + kept[k];
    }
    return new StepSquares(state, squares(da), squares(part), squares(dh), state, squares(kept));
  }

  /** Some rows of the recurrent weights, transposed, times a gradient. */
  private void transposed(double[] gradient, int from, int to, double[] result) {
    Arrays.fill(result, 0);
    for (int row = from; row < to; row++) {
      for (int j = 0; j < units; j++) {
        result[j] += r[row * units + j] * gradient[row];
      }
    }
  }

  private static double squares(double[] values) {
    return TensorGradient.sumOfSquares(values);
  }
}
