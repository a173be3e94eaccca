package org.unvanish.model.graph;

import java.util.List;

/**
 * One operation of a graph.
 *
 * @param name as the model's author or exporter called it; may be empty
 * @param operator ONNX's name of the operation, such as {@code Gemm}
 * @param inputs names of values, in ONNX's order; an optional one that is absent has the empty name
 * @param outputs names of what it computes; one that nobody wants has the empty name
 * @param attributes its settings, by ONNX's names
 * @since 0.1
 */
public record Node(
    String name,
    String operator,
    List<String> inputs,
    List<String> outputs,
    Attributes attributes) {
  /** Copies the lists. */
  public Node {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** How messages name it: {@code node "conv1" (Conv)}; by its first output if it has no name. */
  public String place() {
    String known = name.isEmpty() ? outputs.stream().findFirst().orElse("") : name;
    return "node \"" + known + "\" (" + operator + ")";
  }
}
