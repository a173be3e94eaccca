package org.unvanish.model.graph;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.unvanish.model.ModelRefusedException;

/**
 * The table of all operators, by ONNX's names.
 *
 * @since 0.1
 */
public final class Operators {
  private static final Map<String, Operator> TABLE = table();

  private Operators() {}

  /** All names, in order. */
  public static Set<String> names() {
    return TABLE.keySet();
  }

  /** Whether there is an operator of this name. */
  public static boolean has(String name) {
    return TABLE.containsKey(name);
  }

  /**
   * The operator of a node.
   *
   * @throws ModelRefusedException if there is none of that name
   */
  public static Operator of(Node node) {
    Operator operator = TABLE.get(node.operator());
    if (operator == null) {
      throw new ModelRefusedException(
          node.place(),
          "the operator " + node.operator() + " is not one that Unvanish computes",
          "Export the part of the model that is trained, without what prepares or explains data.");
    }
    return operator;
  }

  private static Map<String, Operator> table() {
    Map<String, Operator> table = new TreeMap<>();
    return table;
  }
}
