package org.unvanish.model.graph;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.unvanish.model.ModelRefusedException;

/** The table of all operators, by ONNX's names. */
public final class Operators {
  /**
   * An operator with what is known of its inputs.
   *
   * @param least how many it has at least
   * @param most how many at most
   * @param parameters which of them training changes, if they are constants
   */
  record Entry(Operator operator, int least, int most, int... parameters) {}

  private static final Map<String, Entry> TABLE = table();

  private Operators() {}

  /** All names, in order. */
  public static Set<String> names() {
    return TABLE.keySet();
  }

  /** Whether there is an operator of this name. */
  public static boolean has(String name) {
    return TABLE.containsKey(name);
  }

  /** Whether an operator makes each number of one number, as activation functions do. */
  public static boolean isOfOneNumber(String name) {
    Entry entry = TABLE.get(name);
    return entry != null && entry.operator() instanceof ElementwiseOperators.Unary;
  }

  /**
   * The operator of a node.
   *
   * @throws ModelRefusedException if there is none of that name
   */
  public static Operator of(Node node) {
    return entry(node).operator();
  }

  static Entry entry(Node node) {
    Entry entry = TABLE.get(node.operator());
    if (entry == null) {
      throw new ModelRefusedException(
          node.place(),
          "the operator " + node.operator() + " is not one that Unvanish computes",
          "Export the part of the model that is trained, without what prepares or explains data.");
    }
    return entry;
  }

  private static Map<String, Entry> table() {
    Map<String, Entry> table = new TreeMap<>();
    ElementwiseOperators.addTo(table);
    MatrixOperators.addTo(table);
    ConvolutionOperators.addTo(table);
    NormalizationOperators.addTo(table);
    ReductionOperators.addTo(table);
    ShapeOperators.addTo(table);
    PickOperators.addTo(table);
    RecurrentOperators.addTo(table);
    return Collections.unmodifiableMap(table);
  }
}
