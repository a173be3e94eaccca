package org.unvanish.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.activation.Scale;
import org.unvanish.diagnosis.evidence.StepRole;
import org.unvanish.model.graph.Attributes;
import org.unvanish.model.graph.Graph;
import org.unvanish.model.graph.Node;
import org.unvanish.model.graph.Tensor;

/** Stacks with remedies, as nodes of their graphs. */
final class GraphEdit {

  private GraphEdit() {}

  /** The graph as it trains: batches are normalised by their own statistics, and values dropped. */
  static Graph training(Graph graph) {
    Map<String, Tensor> constants = new LinkedHashMap<>(graph.constants());
    List<Node> nodes = new ArrayList<>();
    for (Node node : graph.nodes()) {
      nodes.add(
          switch (node.operator()) {
            case "BatchNormalization" ->
                training(node, node.inputs(), node.attributes().with("training_mode", 1));
            case "Dropout" -> dropping(node, nodes.size(), constants);
            default -> node;
          });
    }
    return new Graph(graph.inputs(), constants, nodes, graph.outputs());
  }

  /** In training, statistics and masks are outputs that nobody reads. */
  private static Node training(Node node, List<String> inputs, Attributes attributes) {
    return new Node(node.name(), node.operator(), inputs, node.outputs().subList(0, 1), attributes);
  }

  /** What it drops is its own, and the same in each pass. */
  private static Node dropping(Node node, int seed, Map<String, Tensor> constants) {
    String training = node.outputs().get(0) + "/training";
    constants.put(training, Tensor.of(Tensor.Kind.BOOLEAN, new double[] {1}));
    String ratio = node.inputs().size() > 1 ? node.inputs().get(1) : "";
    return training(
        node, List.of(node.inputs().get(0), ratio, training), node.attributes().with("seed", seed));
  }

  /** With other values of all parameters, one tensor behind the other. */
  static GraphStack with(GraphStack stack, float[] parameters) {
    Map<String, Tensor> constants = new LinkedHashMap<>(stack.graph().constants());
    int at = 0;
    for (GraphParameter parameter : stack.parameters()) {
      Tensor old = stack.constant(parameter);
      double[] values = new double[old.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = parameters[at++];
      }
      constants.put(parameter.constant(), Tensor.of(values, old.shape()));
    }
    Graph graph = stack.graph();
    return stack.with(
        new Graph(graph.inputs(), constants, graph.nodes(), graph.outputs()), stack.layers());
  }

  /** Whether remedies may change an activation: one that is known and not the last layer. */
  static boolean isHidden(GraphStack stack, GraphLayer layer) {
    return layer.activation().isPresent() && layer != stack.last();
  }

  /** With all fixed scales α of hidden activations times a factor. */
  static GraphStack scaled(GraphStack stack, double factor) {
    return changed(
        stack,
        layer -> isHidden(stack, layer) && isFixed(layer.activation().orElseThrow()),
        layer ->
            new Change(
                layer.activation().orElseThrow().times(factor), functionNodes(layer), factor));
  }

  private static boolean isFixed(Activation activation) {
    return activation.scale() instanceof Scale.Fixed && !activation.function().isHomogeneous();
  }

  /** With tanh in all hidden activations; scales stay. */
  static GraphStack withTanh(GraphStack stack) {
    return changed(
        stack,
        layer ->
            isHidden(stack, layer)
                && layer.activation().orElseThrow().function() != ActivationFunction.TANH,
        layer -> {
          Scale scale = layer.activation().orElseThrow().scale();
          double factor = scale instanceof Scale.Fixed fixed ? fixed.alpha() : 1;
          List<Node> nodes = functionNodes(layer);
          Node tanh =
              new Node(
                  nodes.get(0).name(),
                  "Tanh",
                  List.of(layer.input()),
                  List.of(result(nodes)),
                  Attributes.NONE);
          return new Change(
              new Activation(ActivationFunction.TANH, new Scale.Fixed(factor)),
              List.of(tanh),
              factor);
        });
  }

  /**
   * Another activation of a layer.
   *
   * @param nodes what computes it without the factor
   * @param factor by which what it reads is divided, and what it puts out multiplied
   */
  private record Change(Activation activation, List<Node> nodes, double factor) {}

  /** Those nodes of an activation that do not only put its values into another shape. */
  private static List<Node> functionNodes(GraphLayer layer) {
    return layer.nodes().stream()
        .filter(node -> !LayerFinder.SHAPING.contains(node.operator()))
        .toList();
  }

  private static String result(List<Node> nodes) {
    return nodes.get(nodes.size() - 1).outputs().get(0);
  }

  private static GraphStack changed(
      GraphStack stack, Predicate<GraphLayer> which, Function<GraphLayer, Change> change) {
    Map<String, Tensor> constants = new LinkedHashMap<>(stack.graph().constants());
    List<Node> nodes = new ArrayList<>(stack.graph().nodes());
    List<GraphLayer> layers = new ArrayList<>();
    for (GraphLayer layer : stack.layers()) {
      layers.add(changed(layer, which, change, constants, nodes));
    }
    Graph graph = stack.graph();
    return stack.with(new Graph(graph.inputs(), constants, nodes, graph.outputs()), layers);
  }

  private static GraphLayer changed(
      GraphLayer layer,
      Predicate<GraphLayer> which,
      Function<GraphLayer, Change> change,
      Map<String, Tensor> constants,
      List<Node> nodes) {
    if (layer.role() == StepRole.RESIDUAL) {
      List<GraphLayer> inside = new ArrayList<>();
      layer.inside().forEach(inner -> inside.add(changed(inner, which, change, constants, nodes)));
      Set<String> own = outputs(layer.nodes());
      // Nodes that were put in belong to the block as well.
      inside.forEach(inner -> own.addAll(outputs(inner.nodes())));
      List<Node> all =
          nodes.stream().filter(node -> node.outputs().stream().anyMatch(own::contains)).toList();
      return layer(layer, layer.activation(), all, inside);
    }
    if (!which.test(layer)) {
      return layer;
    }
    List<Node> old = functionNodes(layer);
    List<Node> made = nodes(layer, change.apply(layer), constants, result(old));
    // The others come before the last of them, whose place is that of all that is made.
    int place = nodes.indexOf(old.get(old.size() - 1)) - old.size() + 1;
    nodes.removeAll(old);
    nodes.addAll(place, made);
    List<Node> rest = new ArrayList<>(made);
    layer.nodes().stream().filter(node -> !old.contains(node)).forEach(rest::add);
    return layer(layer, Optional.of(change.apply(layer).activation()), rest, List.of());
  }

  private static Set<String> outputs(List<Node> nodes) {
    Set<String> outputs = new HashSet<>();
    nodes.forEach(node -> outputs.addAll(node.outputs()));
    return outputs;
  }

  private static GraphLayer layer(
      GraphLayer old, Optional<Activation> activation, List<Node> nodes, List<GraphLayer> inside) {
    return new GraphLayer(
        old.name(),
        old.role(),
        activation,
        old.input(),
        old.output(),
        old.parameters(),
        nodes,
        inside);
  }

  /** {@code factor·f(z/factor)}, which comes out where the function's own result did. */
  private static List<Node> nodes(
      GraphLayer layer, Change change, Map<String, Tensor> constants, String result) {
    String divided = result + "/divided";
    String unscaled = result + "/unscaled";
    String inner = result + "/one over alpha";
    String outer = result + "/alpha";
    constants.put(inner, Tensor.scalar(1 / change.factor()));
    constants.put(outer, Tensor.scalar(change.factor()));
    List<Node> nodes = new ArrayList<>();
    nodes.add(multiply(layer.input(), inner, divided));
    for (Node node : change.nodes()) {
      nodes.add(
          new Node(
              node.name(),
              node.operator(),
              node.inputs().stream().map(n -> n.equals(layer.input()) ? divided : n).toList(),
              node.outputs().stream().map(n -> n.equals(result) ? unscaled : n).toList(),
              node.attributes()));
    }
    nodes.add(multiply(unscaled, outer, result));
    return nodes;
  }

  private static Node multiply(String value, String constant, String result) {
    return new Node(result, "Mul", List.of(value, constant), List.of(result), Attributes.NONE);
  }
}
