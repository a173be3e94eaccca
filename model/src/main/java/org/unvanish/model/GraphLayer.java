package org.unvanish.model;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.unvanish.activation.Activation;
import org.unvanish.diagnosis.evidence.StepRole;
import org.unvanish.model.graph.Node;

/**
 * Nodes of a graph that together are one layer of a network.
 *
 * @param name as its author called it, as far as the file tells: {@code fc1}, {@code layer1.0}
 * @param role what it is
 * @param activation the function that it applies value by value, if it is one that is known
 * @param input the value that it reads
 * @param output the value that it puts out
 * @param parameters what it trains, weights first; of a residual block its projection's
 * @param nodes what computes it, in order
 * @param inside the layers of a residual block's branch; of others none
 * @since 0.1
 */
public record GraphLayer(
    String name,
    StepRole role,
    Optional<Activation> activation,
    String input,
    String output,
    List<GraphParameter> parameters,
    List<Node> nodes,
    List<GraphLayer> inside) {

  /** The operators that go through time. */
  public static final Set<String> RECURRENT = Set.of("RNN", "LSTM", "GRU");

  /** Copies the lists. */
  public GraphLayer {
    parameters = List.copyOf(parameters);
    nodes = List.copyOf(nodes);
    inside = List.copyOf(inside);
  }

  /** Itself and all layers inside of it, each before those inside of it. */
  Stream<GraphLayer> all() {
    return Stream.concat(Stream.of(this), inside.stream().flatMap(GraphLayer::all));
  }

  /** The only node that is one of these operators, or the last of them; empty if there is none. */
  public Optional<Node> node(String... operators) {
    return nodes.stream()
        .filter(node -> List.of(operators).contains(node.operator()))
        .reduce((first, last) -> last);
  }

  /** Whether it multiplies what it reads by trained weights. */
  public boolean hasWeights() {
    return parameters.stream().anyMatch(GraphParameter::isWeights);
  }

  /** Whether it is a recurrent one. */
  public boolean isRecurrent() {
    return role == StepRole.WEIGHTS && recurrent().isPresent();
  }

  /** Its recurrent node, if it has one. */
  Optional<Node> recurrent() {
    return nodes.stream().filter(node -> RECURRENT.contains(node.operator())).findFirst();
  }

  /** Whether it is a softmax. */
  public boolean isSoftmax() {
    return role == StepRole.ACTIVATION && node("Softmax", "LogSoftmax").isPresent();
  }
}
