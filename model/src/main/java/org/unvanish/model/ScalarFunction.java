package org.unvanish.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.model.graph.Graph;
import org.unvanish.model.graph.GraphInput;
import org.unvanish.model.graph.Interpreter;
import org.unvanish.model.graph.Node;
import org.unvanish.model.graph.Operators;
import org.unvanish.model.graph.Tensor;

/**
 * What nodes compute of each value by itself: one function of one number.
 *
 * <p>Exporters take activation functions apart in many ways, so that they are known by what they
 * do: by their values at some numbers. So {@code x/(1 + |x|)} is softsign, however it is written,
 * and {@code 3·tanh(x/3)} is tanh with α = 3.
 */
final class ScalarFunction {

  /** Beside the operators of one number: with a constant, they are functions of one, too. */
  private static final Set<String> OPERATORS =
      Set.of("Add", "Cast", "Div", "Identity", "Max", "Min", "Mul", "Pow", "Sub");

  /** More than a handful of numbers, of all sizes and both signs, in no order. */
  private static final double[] PRE_ACTIVATIONS = {
    -0.5, 3, -7, 0.75, 1, -2, 0.25, 12, -1, 0.01, 5, -0.1, -3.5, 8, 2.25, -0.03125
  };

  /** What constants in single precision may differ by. */
  private static final double TOLERANCE = 1e-5;

  private final Segment segment;
  private final Map<String, Tensor> constants;

  /** At {@link #PRE_ACTIVATIONS}. */
  private final double[] values;

  private ScalarFunction(Segment segment, Map<String, Tensor> constants, double[] values) {
    this.segment = segment;
    this.constants = constants;
    this.values = values;
  }

  /** Of nodes for which {@link #isOne} says that they are one. */
  static ScalarFunction of(Segment segment, Map<String, Tensor> constants) {
    return new ScalarFunction(segment, constants, values(segment, constants, PRE_ACTIVATIONS));
  }

  /** Of these nodes and of others behind them. */
  ScalarFunction then(Segment next) {
    return new ScalarFunction(segment.with(next), constants, values(next, constants, values));
  }

  /** All its nodes. */
  Segment segment() {
    return segment;
  }

  /** Whether nodes compute something of each value by itself, and know no other numbers. */
  static boolean isOne(Segment segment, Map<String, Tensor> constants) {
    return segment.nodes().stream()
        .allMatch(
            node ->
                (Operators.isOfOneNumber(node.operator()) || OPERATORS.contains(node.operator()))
                    && node.inputs().stream()
                        .map(constants::get)
                        .allMatch(constant -> constant == null || constant.size() == 1));
  }

  /** The activation that it is; empty if it is none that is known. */
  Optional<Activation> activation() {
    return candidates().stream().filter(this::isLike).findFirst();
  }

  /** Whether it does no more than multiply by a number and add one. */
  boolean isAffine() {
    double slope = (values[1] - values[0]) / (PRE_ACTIVATIONS[1] - PRE_ACTIVATIONS[0]);
    for (int i = 2; i < values.length; i++) {
      double expected = values[0] + slope * (PRE_ACTIVATIONS[i] - PRE_ACTIVATIONS[0]);
      if (!(Math.abs(values[i] - expected) <= TOLERANCE * Math.max(1, Math.abs(expected)))) {
        return false;
      }
    }
    return true;
  }

  private static double[] values(Segment segment, Map<String, Tensor> constants, double[] numbers) {
    Map<String, Tensor> scalars = new HashMap<>();
    for (Node node : segment.nodes()) {
      for (String name : node.inputs()) {
        if (constants.containsKey(name)) {
          scalars.put(name, constants.get(name).reshape());
        }
      }
    }
    String input = segment.input();
    Graph graph =
        new Graph(
            List.of(new GraphInput(input, numbers.length)),
            scalars,
            segment.nodes(),
            List.of(segment.output()));
    Tensor given = Tensor.of(numbers.clone(), numbers.length);
    return new Interpreter(graph).run(Map.of(input, given)).value(segment.output()).values();
  }

  /** All functions without a scale; then with such scales as the nodes have numbers for. */
  private List<Activation> candidates() {
    Set<Double> scales = new LinkedHashSet<>();
    for (Node node : segment.nodes()) {
      for (String name : node.inputs()) {
        if (constants.containsKey(name)) {
          double constant = constants.get(name).value(0);
          scales.add(constant);
          scales.add(1 / constant);
        }
      }
    }
    // One scale may stand in front of another.
    for (double one : List.copyOf(scales)) {
      List.copyOf(scales).forEach(other -> scales.add(one * other));
    }
    scales.removeIf(scale -> !(scale >= 1e-30 && scale <= 1e30));
    List<Activation> candidates = new ArrayList<>();
    for (ActivationFunction function : ActivationFunction.values()) {
      if (function != ActivationFunction.IDENTITY) {
        candidates.add(Activation.of(function));
      }
    }
    List<Activation> plain = List.copyOf(candidates);
    for (double scale : scales) {
      plain.forEach(one -> candidates.add(one.function().scaled(scale)));
      plain.forEach(one -> candidates.add(Activation.naive(one.function(), scale)));
    }
    return candidates;
  }

  private boolean isLike(Activation activation) {
    for (int i = 0; i < values.length; i++) {
      double expected = activation.value(PRE_ACTIVATIONS[i]);
      if (!(Math.abs(values[i] - expected) <= TOLERANCE * Math.max(1e-2, Math.abs(expected)))) {
        return false;
      }
    }
    return true;
  }
}
