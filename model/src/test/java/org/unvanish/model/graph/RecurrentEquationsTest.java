package org.unvanish.model.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Recurrent operators against the equations of the engine's own recurrent layers, which are
 * PyTorch's, written with plain loops over one sample; gates are in ONNX's order.
 */
class RecurrentEquationsTest {
  private static final int STEPS = 5;
  private static final int BATCH = 3;
  private static final int INPUTS = 2;
  private static final int UNITS = 4;

  /** A direction of one sample. */
  private record Cell(double[] w, double[] r, double[] b, int gates) {
    double input(double[] x, int row) {
      double sum = b[row];
      for (int i = 0; i < INPUTS; i++) {
        sum += w[row * INPUTS + i] * x[i];
      }
      return sum;
    }

    double recurrent(double[] h, int row) {
      double sum = b[gates * UNITS + row];
      for (int i = 0; i < UNITS; i++) {
        sum += r[row * UNITS + i] * h[i];
      }
      return sum;
    }

    double sum(double[] x, double[] h, int gate, int unit) {
      return input(x, gate * UNITS + unit) + recurrent(h, gate * UNITS + unit);
    }
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double[] simple(Cell cell, double[] x, double[] h) {
    double[] next = new double[UNITS];
    Arrays.setAll(next, u -> Math.tanh(cell.sum(x, h, 0, u)));
    return next;
  }

  private static double[] lstm(Cell cell, double[] x, double[] h, double[] c) {
    double[] next = new double[UNITS];
    for (int u = 0; u < UNITS; u++) {
      double i = sigmoid(cell.sum(x, h, 0, u));
      double o = sigmoid(cell.sum(x, h, 1, u));
      double f = sigmoid(cell.sum(x, h, 2, u));
      double g = Math.tanh(cell.sum(x, h, 3, u));
      c[u] = f * c[u] + i * g;
      next[u] = o * Math.tanh(c[u]);
    }
    return next;
  }

  private static double[] gru(Cell cell, double[] x, double[] h, boolean linearFirst) {
    double[] next = new double[UNITS];
    double[] reset = new double[UNITS];
    Arrays.setAll(reset, u -> sigmoid(cell.sum(x, h, 1, u)) * h[u]);
    for (int u = 0; u < UNITS; u++) {
      double z = sigmoid(cell.sum(x, h, 0, u));
      double r = sigmoid(cell.sum(x, h, 1, u));
      int row = 2 * UNITS + u;
      double inner = linearFirst ? r * cell.recurrent(h, row) : cell.recurrent(reset, row);
      next[u] = (1 - z) * Math.tanh(cell.input(x, row) + inner) + z * h[u];
    }
    return next;
  }

  private static Tensor random(long seed, int... shape) {
    SplittableRandom random = new SplittableRandom(seed);
    int size = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    return Tensor.of(random.doubles(size, -1, 1).toArray(), shape);
  }

  private static double[] part(Tensor tensor, int part, int parts) {
    int length = tensor.size() / parts;
    return Arrays.copyOfRange(tensor.values(), part * length, (part + 1) * length);
  }

  @ParameterizedTest
  @CsvSource({"RNN,1,0", "GRU,3,0", "GRU,3,1", "LSTM,4,0"})
  void statesFollowTheEquationsInBothDirections(String operator, int gates, int linearFirst) {
    int rows = gates * UNITS;
    Map<String, Tensor> values = new TreeMap<>();
    values.put("x", random(1, STEPS, BATCH, INPUTS));
    values.put("w", random(2, 2, rows, INPUTS));
    values.put("r", random(3, 2, rows, UNITS));
    values.put("b", random(4, 2, 2 * rows));
    values.put("lengths", Tensor.integers(5, 2, 4));
    values.put("h", random(5, 2, BATCH, UNITS));
    Run run = run(operator, linearFirst, values);
    for (int direction = 0; direction < 2; direction++) {
      Cell cell =
          new Cell(
              part(values.get("w"), direction, 2),
              part(values.get("r"), direction, 2),
              part(values.get("b"), direction, 2),
              gates);
      for (int sample = 0; sample < BATCH; sample++) {
        double[] h = part(values.get("h"), direction * BATCH + sample, 2 * BATCH);
        double[] c = new double[UNITS];
        int length = (int) values.get("lengths").value(sample);
        for (int step = 0; step < length; step++) {
          int time = direction == 0 ? step : length - 1 - step;
          double[] x = part(values.get("x"), time * BATCH + sample, STEPS * BATCH);
          h =
              switch (operator) {
                case "RNN" -> simple(cell, x, h);
                case "GRU" -> gru(cell, x, h, linearFirst == 1);
                default -> lstm(cell, x, h, c);
              };
          int place = (time * 2 + direction) * BATCH + sample;
          agree(part(run.value("y"), place, STEPS * 2 * BATCH), h);
        }
        agree(part(run.value("last"), direction * BATCH + sample, 2 * BATCH), h);
      }
    }
  }

  @Test
  void nothingIsPutOutAfterTheEndOfASequence() {
    Map<String, Tensor> values = new TreeMap<>();
    values.put("x", random(1, 3, 1, INPUTS));
    values.put("w", random(2, 2, UNITS, INPUTS));
    values.put("r", random(3, 2, UNITS, UNITS));
    values.put("b", random(4, 2, 2 * UNITS));
    values.put("lengths", Tensor.integers(1));
    values.put("h", random(5, 2, 1, UNITS));
    Tensor y = run("RNN", 0, values).value("y");
    assertThat(Arrays.copyOfRange(y.values(), 2 * UNITS, y.size())).containsOnly(0);
  }

  private static Run run(String operator, int linearFirst, Map<String, Tensor> values) {
    List<GraphInput> inputs = new ArrayList<>();
    values.forEach(
        (name, tensor) ->
            inputs.add(
                new GraphInput(name, Arrays.stream(tensor.shape()).asLongStream().toArray())));
    Attributes attributes = Attributes.NONE.with("direction", "bidirectional");
    if (operator.equals("GRU")) {
      attributes = attributes.with("linear_before_reset", linearFirst);
    }
    Node node =
        new Node(
            "recurrent",
            operator,
            List.of("x", "w", "r", "b", "lengths", "h"),
            List.of("y", "last"),
            attributes);
    Graph graph = new Graph(inputs, Map.of(), List.of(node), List.of("y", "last"));
    return new Interpreter(graph).run(values);
  }

  private static void agree(double[] computed, double[] expected) {
    for (int u = 0; u < UNITS; u++) {
      assertThat(computed[u]).isCloseTo(expected[u], within(1e-14));
    }
  }
}
