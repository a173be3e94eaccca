package org.unvanish.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.unvanish.activation.Activation;
import org.unvanish.diagnosis.evidence.StepRole;
import org.unvanish.model.graph.Node;
import org.unvanish.model.graph.Tensor;

/** Makes layers of the segments of a graph. */
final class LayerFinder {

  /** They put the same values into another order or shape. */
  static final Set<String> SHAPING =
      Set.of(
          "Reshape", "Flatten", "Transpose", "Squeeze", "Unsqueeze", "Identity", "Cast", "Expand");

  private static final Set<String> SELECTING = Set.of("Slice", "Gather");

  private static final Set<String> NORMALIZING =
      Set.of("BatchNormalization", "LayerNormalization", "InstanceNormalization");

  /** No activation function is taken apart into more nodes; each longer run costs a trial. */
  private static final int MOST_NODES = 32;

  /** Residual blocks in residual blocks, from which on one is a layer as a whole. */
  private static final int MOST_BLOCKS = 8;

  private final Map<String, Tensor> constants;
  private final Map<String, Integer> numbers = new HashMap<>();

  /** What stands before all weights scales the data, and is not trained. */
  private boolean weightsSeen;

  /** In how many residual blocks the present segments are. */
  private int blocks;

  LayerFinder(Map<String, Tensor> constants) {
    this.constants = constants;
  }

  /** The layers that segments make, first to last. */
  List<GraphLayer> layers(List<Segment> segments) {
    List<GraphLayer> layers = new ArrayList<>();
    int next = 0;
    while (next < segments.size()) {
      int end = end(segments, next);
      Segment whole = segments.get(next);
      for (int i = next + 1; i < end; i++) {
        whole = whole.with(segments.get(i));
      }
      layers.add(layer(whole));
      next = end;
    }
    return joined(layers);
  }

  /** Behind the last segment that belongs to the same layer as one of them. */
  private int end(List<Segment> segments, int first) {
    Segment segment = segments.get(first);
    int end = first + 1;
    if (hasWeights(segment)) {
      return end < segments.size() && isBias(segments.get(end)) ? end + 1 : end;
    }
    if (!ScalarFunction.isOne(segment, constants)) {
      return end;
    }
    ScalarFunction run = ScalarFunction.of(segment, constants);
    int best = end;
    for (; end < segments.size() && ScalarFunction.isOne(segments.get(end), constants); end++) {
      run = run.then(segments.get(end));
      if (run.segment().nodes().size() > MOST_NODES) {
        break;
      }
      best = run.activation().isPresent() ? end + 1 : best;
    }
    return best;
  }

  /** Whether it multiplies by weights and does nothing else, so that a bias may follow. */
  private boolean hasWeights(Segment segment) {
    return segment.nodes().size() == 1
        && Set.of("MatMul", "Conv", "Gemm").contains(segment.nodes().get(0).operator())
        && segment.nodes().get(0).inputs().stream().anyMatch(constants::containsKey);
  }

  /** Whether it adds a number for each unit: a constant with one extent above 1. */
  private boolean isBias(Segment segment) {
    return segment.nodes().size() == 1
        && segment.nodes().get(0).operator().equals("Add")
        && segment.nodes().get(0).inputs().stream()
            .filter(constants::containsKey)
            .map(constants::get)
            .anyMatch(tensor -> isVector(tensor));
  }

  private static boolean isVector(Tensor tensor) {
    int long1 = 0;
    for (int extent : tensor.shape()) {
      long1 += extent > 1 ? 1 : 0;
    }
    return tensor.rank() > 0 && long1 <= 1;
  }

  private GraphLayer layer(Segment segment) {
    Node first = segment.nodes().get(0);
    if (hasWeights(new Segment(segment.input(), segment.output(), List.of(first)))
        && segment.nodes().size() <= 2) {
      return weighted(segment);
    }
    if (ScalarFunction.isOne(segment, constants)) {
      return scalar(segment);
    }
    if (segment.nodes().size() == 1) {
      return single(segment, first);
    }
    return residual(segment).orElseGet(() -> whole(segment));
  }

  private GraphLayer weighted(Segment segment) {
    weightsSeen = true;
    List<GraphParameter> parameters = new LayerParameters(constants).of(segment.nodes());
    return make(name(segment, parameters), StepRole.WEIGHTS, segment, parameters);
  }

  private GraphLayer scalar(Segment segment) {
    ScalarFunction function = ScalarFunction.of(segment, constants);
    Optional<Activation> activation = function.activation();
    if (activation.isPresent()) {
      return new GraphLayer(
          activation.get().function().label(),
          StepRole.ACTIVATION,
          activation,
          segment.input(),
          segment.output(),
          List.of(),
          segment.nodes(),
          List.of());
    }
    StepRole role = function.isAffine() ? StepRole.POOLING : StepRole.ACTIVATION;
    return make(operator(segment), role, segment, List.of());
  }

  private GraphLayer single(Segment segment, Node node) {
    String operator = node.operator();
    List<GraphParameter> parameters = new LayerParameters(constants).of(segment.nodes());
    if (operator.equals("Softmax") || operator.equals("LogSoftmax")) {
      return make("softmax", StepRole.ACTIVATION, segment, List.of());
    }
    if (operator.equals("Dropout")) {
      return make("dropout", StepRole.DROPOUT, segment, List.of());
    }
    if (NORMALIZING.contains(operator)) {
      return make(name(segment, parameters), StepRole.NORMALIZATION, segment, parameters);
    }
    boolean weights = parameters.stream().anyMatch(GraphParameter::isWeights);
    weightsSeen |= weights;
    if (operator.equals("PRelu")) {
      return make("prelu", StepRole.ACTIVATION, segment, parameters);
    }
    return weights
        ? make(name(segment, parameters), StepRole.WEIGHTS, segment, parameters)
        : make(operator(segment), StepRole.POOLING, segment, weightsSeen ? parameters : List.of());
  }

  /** A block whose last node adds what a branch makes of its input to the input, or to a skip. */
  private Optional<GraphLayer> residual(Segment segment) {
    Node last = segment.nodes().get(segment.nodes().size() - 1);
    if (blocks == MOST_BLOCKS
        || !last.operator().equals("Add")
        || !last.outputs().contains(segment.output())) {
      return Optional.empty();
    }
    Way one = way(segment, last.inputs().get(0));
    Way other = way(segment, last.inputs().get(1));
    Set<Node> shared = new HashSet<>(one.nodes);
    shared.retainAll(other.nodes);
    shared.removeIf(node -> node.inputs().stream().allMatch(constants::containsKey));
    if (!shared.isEmpty()) {
      return Optional.empty();
    }
    Way branch = other.weights() > one.weights() ? other : one;
    Way skip = branch == one ? other : one;
    if (branch.weights() == 0 || (!skip.isIdentity() && skip.layers().isEmpty())) {
      return Optional.empty();
    }
    List<GraphLayer> inside = branch.layers();
    if (inside.isEmpty()) {
      return Optional.empty();
    }
    List<GraphParameter> projection =
        skip.layers().stream().flatMap(layer -> layer.parameters().stream()).toList();
    return Optional.of(
        new GraphLayer(
            blockName(inside),
            StepRole.RESIDUAL,
            Optional.empty(),
            segment.input(),
            segment.output(),
            projection,
            segment.nodes(),
            inside));
  }

  /** All that leads from a block's input to one of two values that it adds. */
  private final class Way {
    private final String from;
    private final String to;
    private final List<Node> nodes;

    Way(String from, String to, List<Node> nodes) {
      this.from = from;
      this.to = to;
      this.nodes = nodes;
    }

    boolean isIdentity() {
      return from.equals(to);
    }

    long weights() {
      return new LayerParameters(constants)
          .of(nodes).stream().filter(GraphParameter::isWeights).count();
    }

    List<GraphLayer> layers() {
      if (isIdentity()) {
        return List.of();
      }
      blocks++;
      List<GraphLayer> layers = LayerFinder.this.layers(Segment.between(from, to, nodes));
      blocks--;
      return layers;
    }
  }

  private Way way(Segment segment, String to) {
    Set<String> wanted = new HashSet<>(Set.of(to));
    List<Node> nodes = new ArrayList<>();
    for (int i = segment.nodes().size() - 1; i >= 0; i--) {
      Node node = segment.nodes().get(i);
      if (node.outputs().stream().anyMatch(wanted::contains)) {
        wanted.addAll(node.inputs());
        nodes.add(node);
      }
    }
    Collections.reverse(nodes);
    return new Way(segment.input(), to, nodes);
  }

  /** What has ways that nothing is known of: as one layer, if there are weights on them. */
  private GraphLayer whole(Segment segment) {
    List<GraphParameter> parameters = new LayerParameters(constants).of(segment.nodes());
    if (parameters.stream().noneMatch(GraphParameter::isWeights)) {
      boolean normalizes =
          segment.nodes().stream().anyMatch(node -> node.operator().equals("ReduceMean"))
              && segment.nodes().stream()
                  .anyMatch(
                      node -> node.operator().equals("Sqrt") || node.operator().equals("Pow"));
      return make(
          normalizes ? "normalization" : operator(segment),
          normalizes ? StepRole.NORMALIZATION : StepRole.POOLING,
          segment,
          parameters);
    }
    return make(name(segment, parameters), StepRole.WEIGHTS, segment, parameters);
  }

  private GraphLayer make(
      String name, StepRole role, Segment segment, List<GraphParameter> parameters) {
    return new GraphLayer(
        name,
        role,
        Optional.empty(),
        segment.input(),
        segment.output(),
        parameters,
        segment.nodes(),
        List.of());
  }

  /**
   * What puts values into another order belongs to the layer before it, and so does the choice of a
   * step behind a recurrent one.
   */
  private List<GraphLayer> joined(List<GraphLayer> layers) {
    List<GraphLayer> joined = new ArrayList<>();
    int next = 0;
    while (next < layers.size()) {
      GraphLayer first = layers.get(next++);
      String input = first.input();
      List<Node> nodes = new ArrayList<>(first.nodes());
      if (joined.isEmpty() && next < layers.size() && belongsTo(layers.get(next), first)) {
        first = layers.get(next++);
        nodes.addAll(first.nodes());
      }
      String output = first.output();
      while (next < layers.size() && belongs(first, layers.get(next))) {
        nodes.addAll(layers.get(next).nodes());
        output = layers.get(next++).output();
      }
      joined.add(
          new GraphLayer(
              first.name(),
              first.role(),
              first.activation(),
              input,
              output,
              first.parameters(),
              nodes,
              first.inside()));
    }
    return joined;
  }

  /** The numbers of categories are made whole numbers before they are looked up in a table. */
  private static boolean belongsTo(GraphLayer weights, GraphLayer first) {
    return first.nodes().stream().allMatch(node -> node.operator().equals("Cast"))
        && weights.node("Gather").isPresent()
        && !weights.parameters().isEmpty();
  }

  private static boolean belongs(GraphLayer before, GraphLayer layer) {
    boolean selects = before.recurrent().isPresent();
    return before.inside().isEmpty()
        && layer.parameters().isEmpty()
        && layer.nodes().stream()
            .map(Node::operator)
            .allMatch(
                operator ->
                    SHAPING.contains(operator) || (selects && SELECTING.contains(operator)));
  }

  private String name(Segment segment, List<GraphParameter> parameters) {
    return LayerNames.of(segment.nodes(), parameters).orElseGet(() -> numbered(operator(segment)));
  }

  private String blockName(List<GraphLayer> inside) {
    return LayerNames.common(inside.stream().filter(l -> !l.parameters().isEmpty()).toList())
        .orElseGet(() -> numbered("residual"));
  }

  private String numbered(String name) {
    return name + numbers.merge(name, 1, Integer::sum);
  }

  /** {@code max-pool} of a last node MaxPool. */
  private static String operator(Segment segment) {
    return segment
        .nodes()
        .get(segment.nodes().size() - 1)
        .operator()
        .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
        .toLowerCase(Locale.ROOT);
  }
}
