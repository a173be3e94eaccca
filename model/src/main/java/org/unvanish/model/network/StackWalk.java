package org.unvanish.model.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.unvanish.data.Shape;
import org.unvanish.diagnosis.evidence.StepRole;
import org.unvanish.model.GraphLayer;
import org.unvanish.model.GraphParameter;
import org.unvanish.model.GraphStack;
import org.unvanish.model.ModelRefusedException;
import org.unvanish.model.graph.Node;
import org.unvanish.model.graph.Tensor;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.Residual;

/**
 * Goes through the layers of a graph, first to last, and makes those of the engine. Each value on
 * the way is known by its places; what only moves values is computed with these.
 */
final class StackWalk {

  /** Of what they read, these tell the shape. */
  private static final Set<String> SHAPES = Set.of("Shape", "Size", "ConstantOfShape");

  private static final Set<String> MOVING =
      Set.of(
          "Cast",
          "Concat",
          "Expand",
          "Flatten",
          "Gather",
          "Identity",
          "Reshape",
          "Slice",
          "Split",
          "Squeeze",
          "Transpose",
          "Unsqueeze");

  /** Constants, and the places of what is carried, by the names of the graph's values. */
  private final Map<String, Tensor> values;

  /** The values that come from the input. */
  private final Set<String> carried;

  /** Weights that a layer has. */
  private final Set<String> taken;

  private final List<Layer> layers = new ArrayList<>();
  private final List<double[]> parameters = new ArrayList<>();
  private Shape shape;

  private StackWalk(
      Map<String, Tensor> values, Set<String> carried, Set<String> taken, Shape shape) {
    this.values = values;
    this.carried = carried;
    this.taken = taken;
    this.shape = shape;
  }

  static GraphNetwork of(GraphStack stack, Shape data) {
    Map<String, Tensor> values = new HashMap<>(stack.graph().constants());
    values.put(stack.input(), stack.places(data));
    StackWalk walk =
        new StackWalk(values, new HashSet<>(Set.of(stack.input())), new HashSet<>(), data);
    stack.layers().forEach(walk::walk);
    Places output = walk.places(stack.last(), stack.output());
    for (int i = 0; i < output.numbers().size(); i++) {
      if (output.at(i) != i) {
        throw refused(stack.last(), "it puts its values out in another order than the engine");
      }
    }
    Network network = new Network(data, walk.layers);
    float[] all = new float[network.parameterCount()];
    int at = 0;
    for (double[] tensor : walk.parameters) {
      for (double value : tensor) {
        all[at++] = (float) value;
      }
    }
    return new GraphNetwork(network, all);
  }

  private void walk(GraphLayer layer) {
    if (layer.role() == StepRole.RESIDUAL) {
      addBlock(layer);
      return;
    }
    List<Node> core = core(layer.nodes());
    Converted recurrent = null;
    for (Node node : layer.nodes()) {
      if (!core.contains(node)) {
        move(layer, node);
      } else if (node.equals(core.get(core.size() - 1))) {
        Site site = site(layer, core);
        if (GraphLayer.RECURRENT.contains(core.get(0).operator())) {
          recurrent = addStates(site);
        } else {
          add(layer, converted(site), core.get(core.size() - 1));
        }
      }
    }
    if (recurrent != null) {
      chooseStates(layer, recurrent);
    }
    if (!places(layer, layer.output()).areWhole()) {
      throw refused(layer, "only some of its values are used, or some twice");
    }
  }

  /** From the first node that computes with what is carried to the last one. */
  private List<Node> core(List<Node> nodes) {
    int first = nodes.size();
    int last = -1;
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      boolean carries =
          !SHAPES.contains(node.operator()) && node.inputs().stream().anyMatch(carried::contains);
      if (carries) {
        carried.addAll(node.outputs());
        carried.remove("");
        boolean looksUp =
            node.operator().equals("Gather") && !carried.contains(node.inputs().get(0));
        if (looksUp || !MOVING.contains(node.operator())) {
          first = Math.min(first, i);
          last = i;
        }
      }
    }
    return last < 0 ? List.of() : nodes.subList(first, last + 1);
  }

  /** What computes shapes, or puts values into other places. */
  private void move(GraphLayer layer, Node node) {
    try {
      values.putAll(Site.computed(node, values));
    } catch (ModelRefusedException e) {
      throw refused(layer, "%s cannot be followed: %s".formatted(node.place(), e.reason()));
    }
  }

  private Site site(GraphLayer layer, List<Node> core) {
    String input = core.get(0).inputs().stream().filter(carried::contains).findFirst().orElse("");
    for (GraphParameter parameter : layer.parameters()) {
      if (parameter.isWeights() && !taken.add(parameter.constant())) {
        throw refused(layer, "it has its weights in common with another layer");
      }
    }
    Tensor numbers = values.get(input);
    if (numbers == null) {
      throw refused(layer, "it reads what a recurrent layer keeps in its cells");
    }
    return new Site(layer, core, new Places(numbers, shape), values);
  }

  private static Converted converted(Site site) {
    if (site.layer().activation().isPresent()) {
      return PlainNodes.activation(site);
    }
    return switch (site.first().operator()) {
      case "Gemm", "MatMul" -> DenseNodes.convert(site);
      case "Conv" -> ConvolutionNodes.convert(site);
      case "MaxPool", "AveragePool" -> PoolingNodes.convert(site);
      case "GlobalAveragePool", "ReduceMean" -> PoolingNodes.global(site);
      case "BatchNormalization", "LayerNormalization", "InstanceNormalization" ->
          NormalizationNodes.convert(site);
      case "Softmax" -> PlainNodes.softmax(site);
      case "Dropout" -> PlainNodes.dropout(site);
      case "Gather" -> PlainNodes.embedding(site);
      default ->
          throw site.refused(
              "the engine has no layer that computes "
                  + site.nodes().stream().map(Node::operator).collect(Collectors.joining(", ")));
    };
  }

  private void add(GraphLayer layer, Converted converted, Node last) {
    layers.add(converted.layer());
    parameters.addAll(converted.parameters());
    shape = output(layer, converted.layer(), shape);
    values.put(last.outputs().get(0), converted.places());
  }

  private static Shape output(GraphLayer layer, Layer made, Shape input) {
    try {
      return made.output(input);
    } catch (IllegalArgumentException e) {
      throw refused(layer, String.valueOf(e.getMessage()));
    }
  }

  private Converted addStates(Site site) {
    RecurrentNodes.States states = RecurrentNodes.convert(site);
    add(site.layer(), states.all(), site.first());
    List<String> outputs = site.first().outputs();
    if (outputs.size() > 1) {
      values.put(outputs.get(1), states.last());
    }
    return states.all();
  }

  /** Of a recurrent layer that has been added with all states. */
  private void chooseStates(GraphLayer layer, Converted all) {
    Tensor used = places(layer, layer.output()).numbers();
    if (used.size() < shape.size()) {
      Converted last =
          RecurrentNodes.last(all, shape, used)
              .orElseThrow(
                  () ->
                      refused(
                          layer, "other states are used than all, or the last of each direction"));
      layers.set(layers.size() - 1, last.layer());
      shape = Shape.flat(shape.channels());
      values.put(layer.output(), last.places());
    }
  }

  private Places places(GraphLayer layer, String value) {
    Tensor numbers = values.get(value);
    if (numbers == null) {
      throw refused(layer, "what it puts out cannot be followed");
    }
    return new Places(numbers, shape);
  }

  private void addBlock(GraphLayer layer) {
    StackWalk branch = new StackWalk(values, carried, taken, shape);
    layer.inside().forEach(branch::walk);
    String made = layer.inside().get(layer.inside().size() - 1).output();
    Set<Node> inside =
        layer.inside().stream()
            .flatMap(inner -> inner.nodes().stream())
            .collect(Collectors.toSet());
    Node sum = layer.nodes().get(layer.nodes().size() - 1);
    List<Node> others =
        layer.nodes().stream().filter(node -> node != sum && !inside.contains(node)).toList();
    String skipped = sum.inputs().get(sum.inputs().get(0).equals(made) ? 1 : 0);
    StackWalk skip = new StackWalk(values, carried, taken, shape);
    if (!others.isEmpty()) {
      skip.walk(
          new GraphLayer(
              layer.name() + ", projection",
              StepRole.WEIGHTS,
              Optional.empty(),
              layer.input(),
              skipped,
              layer.parameters(),
              others,
              List.of()));
    }
    Residual block = block(layer, branch, skip);
    Tensor one = branch.places(layer, made).numbers();
    Tensor other = skip.places(layer, skipped).numbers();
    if (!one.hasShape(other.shape()) || !Arrays.equals(one.values(), other.values())) {
      throw refused(layer, "it adds values that stand in different orders");
    }
    layers.add(block);
    parameters.addAll(branch.parameters);
    parameters.addAll(skip.parameters);
    shape = output(layer, block, shape);
    values.put(sum.outputs().get(0), one);
    carried.add(sum.outputs().get(0));
  }

  private Residual block(GraphLayer layer, StackWalk branch, StackWalk skip) {
    Residual block;
    try {
      block = new Residual(branch.layers, !skip.layers.isEmpty());
    } catch (IllegalArgumentException e) {
      throw refused(layer, String.valueOf(e.getMessage()));
    }
    if (!skip.layers.equals(block.projectionOf(shape).stream().toList())) {
      throw refused(
          layer,
          "what it adds the branch to comes through other layers than a 1×1 convolution, or a dense layer, without bias");
    }
    return block;
  }

  private static ModelRefusedException refused(GraphLayer layer, String reason) {
    return new ModelRefusedException("layer \"" + layer.name() + "\"", reason, "");
  }
}
