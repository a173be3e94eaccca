package org.unvanish.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.activation.Scale;
import org.unvanish.diagnosis.evidence.StepRole;
import org.unvanish.model.graph.Attributes;
import org.unvanish.model.graph.Graph;
import org.unvanish.model.graph.Node;
import org.unvanish.model.graph.Tensor;

/** Stacks with remedies, as nodes of their graphs. */
final class StackEdit {

  private final GraphStack stack;
  private final double factor;
  private final boolean tanh;
  private final GraphEdit edit;

  private StackEdit(GraphStack stack, double factor, boolean tanh) {
    this.stack = stack;
    this.factor = factor;
    this.tanh = tanh;
    this.edit = new GraphEdit(stack.graph());
  }

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
    Graph graph = stack.graph();
    Map<String, Tensor> constants = new LinkedHashMap<>(graph.constants());
    constants.putAll(tensors(stack, parameters));
    return stack.with(
        new Graph(graph.inputs(), constants, graph.nodes(), graph.outputs()), stack.layers());
  }

  /** All parameters by name, of their values one tensor behind the other. */
  static Map<String, Tensor> tensors(GraphStack stack, float[] parameters) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    int at = 0;
    for (GraphParameter parameter : stack.parameters()) {
      Tensor old = stack.constant(parameter);
      double[] values = new double[old.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = parameters[at++];
      }
      tensors.put(parameter.constant(), Tensor.of(values, old.shape()));
    }
    return tensors;
  }

  /** Whether remedies may change an activation: one that is known and not the last layer. */
  static boolean isHidden(GraphStack stack, GraphLayer layer) {
    return layer.activation().isPresent() && layer != stack.last();
  }

  /** With all fixed scales α of hidden activations times a factor. */
  static GraphStack scaled(GraphStack stack, double factor) {
    return new StackEdit(stack, factor, false).changed();
  }

  /** With tanh in all hidden activations; scales stay. */
  static GraphStack withTanh(GraphStack stack) {
    return new StackEdit(stack, 1, true).changed();
  }

  /**
   * What a hidden activation becomes.
   *
   * @param factor by which all fixed scales α are multiplied
   * @param tanh whether all functions become tanh
   * @return empty if the layer stays what it is
   */
  static Optional<Activation> changed(
      GraphStack stack, GraphLayer layer, double factor, boolean tanh) {
    if (!isHidden(stack, layer)) {
      return Optional.empty();
    }
    Activation before = layer.activation().orElseThrow();
    if (tanh && before.function() != ActivationFunction.TANH) {
      double present = before.scale() instanceof Scale.Fixed fixed ? fixed.alpha() : 1;
      return Optional.of(ActivationFunction.TANH.scaled(present * factor));
    }
    return factor != 1
            && before.scale() instanceof Scale.Fixed
            && !before.function().isHomogeneous()
        ? Optional.of(before.times(factor))
        : Optional.empty();
  }

  /**
   * Puts what an activation becomes into a graph that has the layer's values.
   *
   * @param changed of {@link #changed(GraphStack, GraphLayer, double, boolean)}
   * @return the nodes that compute the function now
   */
  static List<Node> put(GraphEdit edit, GraphLayer layer, Activation changed, double factor) {
    boolean same = changed.function() == layer.activation().orElseThrow().function();
    return same
        ? edit.scaled(layer.input(), result(layer), factor)
        : edit.replaced(layer.input(), result(layer), "Tanh", changed.outer());
  }

  /** The value of a layer's function, before it is put into another shape. */
  static String result(GraphLayer layer) {
    return layer.nodes().stream()
        .filter(node -> !LayerFinder.SHAPING.contains(node.operator()))
        .reduce((first, last) -> last)
        .orElseThrow()
        .outputs()
        .get(0);
  }

  private GraphStack changed() {
    List<GraphLayer> layers = stack.layers().stream().map(this::changed).toList();
    Graph graph = edit.graph();
    return stack.with(graph, layers.stream().map(layer -> withOwnNodes(layer, graph)).toList());
  }

  private GraphLayer changed(GraphLayer layer) {
    if (layer.role() == StepRole.RESIDUAL) {
      List<GraphLayer> inside = layer.inside().stream().map(this::changed).toList();
      return layer(layer, layer.activation(), layer.nodes(), inside);
    }
    Optional<Activation> changed = changed(stack, layer, factor, tanh);
    if (changed.isEmpty()) {
      return layer;
    }
    List<Node> nodes = new ArrayList<>(put(edit, layer, changed.get(), factor));
    String result = result(layer);
    List<Node> shaping =
        layer.nodes().stream().dropWhile(node -> !node.outputs().contains(result)).skip(1).toList();
    nodes.addAll(shaping);
    return layer(layer, changed, nodes, List.of());
  }

  /** A block has the nodes of the layers inside, also those that were put in. */
  private static GraphLayer withOwnNodes(GraphLayer block, Graph graph) {
    if (block.role() != StepRole.RESIDUAL) {
      return block;
    }
    List<GraphLayer> inside =
        block.inside().stream().map(inner -> withOwnNodes(inner, graph)).toList();
    Set<String> own = outputs(block.nodes());
    inside.forEach(inner -> own.addAll(outputs(inner.nodes())));
    List<Node> all =
        graph.nodes().stream()
            .filter(node -> node.outputs().stream().anyMatch(own::contains))
            .toList();
    return layer(block, block.activation(), all, inside);
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
}
