package org.unvanish.model;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.unvanish.model.graph.Graph;
import org.unvanish.model.graph.GraphFolding;
import org.unvanish.model.graph.Tensor;

/**
 * Where the numbers of a folded graph's constants stand in the file. Exporters transpose weights,
 * cut them to pieces and put them together, so that a layer's weights may be no tensor of the file.
 *
 * <p>Numbers are followed by counting: a graph whose constants are numbered throughout folds to one
 * that tells for each place which number went there.
 */
final class WeightOrigins {

  private static final String WAY_OUT =
      "Initialise them in your own program; --as prints the lines.";

  private final Graph graph;

  /** The number of each constant's first value. */
  private final Map<String, Integer> first = new LinkedHashMap<>();

  /** The values of the file by number; 0 is for what nodes fill in themselves. */
  private final double[] values;

  private final Map<String, Tensor> folded;

  /** Of a graph as its file has it. */
  WeightOrigins(Graph graph) {
    this.graph = graph;
    int count = 1;
    for (Map.Entry<String, Tensor> constant : graph.constants().entrySet()) {
      if (constant.getValue().kind() == Tensor.Kind.FLOAT) {
        first.put(constant.getKey(), count);
        count = Math.addExact(count, constant.getValue().size());
      }
    }
    values = new double[count];
    Map<String, Tensor> numbered = new LinkedHashMap<>(graph.constants());
    first.forEach(
        (name, number) ->
            numbered.put(name, numbered(Objects.requireNonNull(numbered.get(name)), number)));
    folded =
        GraphFolding.foldAll(new Graph(graph.inputs(), numbered, graph.nodes(), graph.outputs()))
            .constants();
  }

  private Tensor numbered(Tensor tensor, int number) {
    double[] numbers = new double[tensor.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number + i;
      values[number + i] = tensor.value(i);
    }
    return Tensor.of(numbers, tensor.shape());
  }

  /**
   * The constants of the file that fold to given ones.
   *
   * @param present constants of the folded graph, by name
   * @param wanted others in their place
   * @return all constants that the wanted ones are made of, by the names of the file
   * @throws ModelRefusedException if a wanted one is computed of the file's otherwise than by
   *     moving numbers, or two of them want different numbers in one place
   */
  Map<String, Tensor> of(Map<String, Tensor> present, Map<String, Tensor> wanted) {
    double[] made = new double[values.length];
    Arrays.fill(made, Double.NaN);
    made[0] = 0;
    wanted.forEach(
        (name, tensor) -> {
          Tensor numbers = Objects.requireNonNull(folded.get(name));
          Tensor before = Objects.requireNonNull(present.get(name));
          for (int i = 0; i < tensor.size(); i++) {
            int number = number(name, numbers.value(i), before.value(i));
            if (!Double.isNaN(made[number]) && made[number] != tensor.value(i)) {
              throw new ModelRefusedException(
                  "constant \"" + name + "\"",
                  "it shares its weights with other layers, so it cannot have initial weights "
                      + "of its own",
                  WAY_OUT);
            }
            made[number] = tensor.value(i);
          }
        });
    Map<String, Tensor> result = new LinkedHashMap<>();
    first.forEach(
        (name, number) -> {
          Tensor old = Objects.requireNonNull(graph.constants().get(name));
          double[] own = Arrays.copyOfRange(made, number, number + old.size());
          if (!Arrays.stream(own).allMatch(Double::isNaN)) {
            // A part that no layer reads stays what it is.
            Arrays.setAll(own, i -> Double.isNaN(own[i]) ? old.value(i) : own[i]);
            result.put(name, Tensor.of(own, old.shape()));
          }
        });
    return result;
  }

  private int number(String name, double number, double value) {
    boolean moved = number >= 0 && number < values.length && number == Math.rint(number);
    if (!moved || values[(int) number] != value) {
      throw new ModelRefusedException(
          "constant \"" + name + "\"",
          "it is computed from other values of the file, so it cannot have other initial weights",
          WAY_OUT);
    }
    return (int) number;
  }
}
