package org.unvanish.model.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.unvanish.model.ModelRefusedException;

/** One node with its inputs, as an {@link Operator} sees it. */
public final class Call {
  private final Node node;
  private final List<@Nullable Tensor> inputs;
  private final Memory memory;

  Call(Node node, List<@Nullable Tensor> inputs, Memory memory) {
    this.node = node;
    this.inputs = inputs;
    this.memory = memory;
  }

  /** What is computed. */
  public Node node() {
    return node;
  }

  /** Its settings. */
  public Attributes attributes() {
    return node.attributes();
  }

  /** How many inputs it names, absent ones among them. */
  public int inputs() {
    return inputs.size();
  }

  /** Whether an input is there. */
  public boolean has(int index) {
    return optional(index) != null;
  }

  /** An input; null if it is absent. */
  public @Nullable Tensor optional(int index) {
    return index < inputs.size() ? inputs.get(index) : null;
  }

  /**
   * An input.
   *
   * @throws ModelRefusedException if it is absent
   */
  public Tensor input(int index) {
    Tensor input = optional(index);
    if (input == null) {
      throw refused("its input " + (index + 1) + " is missing");
    }
    return input;
  }

  /**
   * Whole numbers that newer versions of an operator have as an input and older ones as an
   * attribute.
   *
   * @return null if it has neither
   */
  long @Nullable [] integers(int index, String attribute) {
    Tensor input = optional(index);
    if (input != null) {
      return input.longs();
    }
    return attributes().has(attribute) ? attributes().integers(attribute) : null;
  }

  /** The axes that {@link #integers} names, from 0, each once; null if it has neither. */
  int @Nullable [] axes(int index, int rank) {
    long[] axes = integers(index, "axes");
    if (axes == null) {
      return null;
    }
    int[] result = new int[axes.length];
    boolean[] seen = new boolean[rank];
    for (int i = 0; i < axes.length; i++) {
      result[i] = Shapes.axis(axes[i], rank);
      if (seen[result[i]]) {
        throw refused("it names axis " + axes[i] + " twice");
      }
      seen[result[i]] = true;
    }
    return result;
  }

  /** A tensor of floating-point zeros, within what a pass may take. */
  Tensor zeros(int... shape) {
    return memory.zeros(Tensor.Kind.FLOAT, shape);
  }

  /** A tensor of zeros of any kind, within what a pass may take. */
  Tensor zeros(Tensor.Kind kind, int... shape) {
    return memory.zeros(kind, shape);
  }

  /** Says that the node cannot be computed; whoever computes it adds its name. */
  ModelRefusedException refused(String reason) {
    return new ModelRefusedException("", reason, "");
  }
}
