package org.unvanish.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.unvanish.data.Shape;
import org.unvanish.diagnosis.evidence.StepRole;
import org.unvanish.model.graph.Graph;
import org.unvanish.model.graph.Node;
import org.unvanish.model.graph.Tensor;

/**
 * A graph as a layer stack: each layer reads the output of the one before.
 *
 * <p>Wherever all ways from the input to the output pass one value, a layer may end. What lies
 * between two such values is one layer: a node with weights and its bias; a known activation
 * function, however it is written; a residual block; or, where it is none of these, all of it as a
 * whole.
 *
 * @since 0.1
 */
public final class GraphStack {

  private final Graph graph;
  private final String input;
  private final List<GraphLayer> layers;

  private GraphStack(Graph graph, String input, List<GraphLayer> layers) {
    this.graph = graph;
    this.input = input;
    this.layers = List.copyOf(layers);
  }

  /**
   * Takes a graph apart. Of several outputs the first counts, and a diagnosis names the others.
   *
   * @param graph folded
   * @throws ModelRefusedException if it does not have one input, its first output does not depend
   *     on it, or there is no layer with weights
   */
  public static GraphStack of(Graph graph) {
    if (graph.inputs().size() != 1) {
      throw new ModelRefusedException(
          "the graph",
          "it reads %d inputs (%s), but a diagnosis needs one"
              .formatted(
                  graph.inputs().size(),
                  String.join(", ", graph.inputs().stream().map(i -> i.name()).toList())),
          "Export the model with constants in place of all inputs but the data.");
    }
    String input = graph.inputs().get(0).name();
    String output = graph.outputs().get(0);
    List<Segment> segments = Segment.between(input, output, graph.nodes());
    if (segments.isEmpty()) {
      throw new ModelRefusedException(
          "the graph", "its output \"" + output + "\" does not depend on its input", "");
    }
    GraphStack stack =
        new GraphStack(graph, input, new LayerFinder(graph.constants()).layers(segments));
    if (stack.all().noneMatch(layer -> !layer.parameters().isEmpty())) {
      throw new ModelRefusedException(
          "the graph",
          "there is no layer with weights in it, so no gradient to diagnose",
          "Weights have to be constants of the file.");
    }
    return stack;
  }

  /** The graph that was taken apart. */
  public Graph graph() {
    return graph;
  }

  /** The name of the graph's input. */
  public String input() {
    return input;
  }

  /** What the last layer puts out. */
  public String output() {
    return layers.get(layers.size() - 1).output();
  }

  /** The outputs behind the first one that weights lead to as well: no gradient starts there. */
  List<String> otherOutputs() {
    LayerParameters finder = new LayerParameters(graph.constants());
    return graph.outputs().stream()
        .skip(1)
        .filter(
            other ->
                finder.of(Segment.needed(other, graph.nodes())).stream()
                    .anyMatch(GraphParameter::isWeights))
        .toList();
  }

  /** First to last. */
  public List<GraphLayer> layers() {
    return layers;
  }

  /** All layers, those inside residual blocks behind their block. */
  public Stream<GraphLayer> all() {
    return layers.stream().flatMap(GraphLayer::all);
  }

  /** All constants that training changes, in the order of the layers. */
  public List<GraphParameter> parameters() {
    Map<String, GraphParameter> parameters = new LinkedHashMap<>();
    all()
        .flatMap(layer -> layer.parameters().stream())
        .forEach(parameter -> parameters.putIfAbsent(parameter.constant(), parameter));
    return List.copyOf(parameters.values());
  }

  /** A constant of the graph. */
  public Tensor constant(GraphParameter parameter) {
    return Objects.requireNonNull(graph.constants().get(parameter.constant()), "no such constant");
  }

  /** The last layer, whatever it computes. */
  public GraphLayer last() {
    return layers.get(layers.size() - 1);
  }

  /**
   * The stack without its last layer, whose function a loss applies itself.
   *
   * @throws IllegalStateException if it has no other
   */
  public GraphStack withoutLast() {
    if (layers.size() == 1) {
      throw new IllegalStateException("the stack has no layer but its last one");
    }
    return new GraphStack(graph, input, layers.subList(0, layers.size() - 1));
  }

  /** Of as many layers of another graph with the same input. */
  GraphStack with(Graph other, List<GraphLayer> changed) {
    return new GraphStack(other, input, changed);
  }

  /** Which axis of the input is that of the samples: the second one before recurrent nodes. */
  public int batchAxis() {
    return entry().stream()
            .filter(node -> GraphLayer.RECURRENT.contains(node.operator()))
            .anyMatch(node -> node.attributes().integer("layout", 0) == 0)
        ? 1
        : 0;
  }

  /**
   * The nodes that read the input one after another, up to the first that does not only convert.
   */
  List<Node> entry() {
    List<Node> entry = new ArrayList<>();
    String read = input;
    for (Node node : graph.nodes()) {
      if (node.inputs().contains(read) && !Segment.SHAPES.contains(node.operator())) {
        entry.add(node);
        if (!node.operator().equals("Identity") && !node.operator().equals("Cast")) {
          break;
        }
        read = node.outputs().get(0);
      }
    }
    return entry;
  }

  /**
   * Where the values of a sample of the data room go: for each value of a sample as the model reads
   * it, with a batch of one, its number among the given ones.
   *
   * @param data the shape of a sample
   * @throws ModelRefusedException if such samples do not fit the model
   */
  public Tensor places(Shape data) {
    InputLayout layout = InputLayout.of(this);
    InputLayout.Arranged arranged = layout.arranged("the data", data);
    double[] order = Arrays.stream(arranged.order()).asDoubleStream().toArray();
    return layout.joined(new double[][] {order}, arranged.shape());
  }

  /** How many numbers training changes. */
  public long parameterCount() {
    long count = 0;
    for (GraphParameter parameter : parameters()) {
      count += constant(parameter).size();
    }
    return count;
  }

  /** Whether some layer is a normalisation by the batch. */
  public boolean normalisesBatches() {
    return all()
        .anyMatch(
            layer ->
                layer.role() == StepRole.NORMALIZATION
                    && layer.node("BatchNormalization").isPresent());
  }
}
