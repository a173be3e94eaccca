package org.unvanish.theory.network;

import java.util.ArrayList;
import java.util.List;

/**
 * Which vectors a network computes, one after another; the last one is its output. Vector 0 is the
 * input.
 *
 * @param inputs how many numbers the input has
 * @param operations vector 1 and those after it
 * @param places how many activations with factors of their own there are
 * @param weights all weights, in the order of the parameters
 * @param text what it is, for readers
 */
public record SmallNetwork(
    int inputs, List<Operation> operations, int places, List<Weights> weights, String text) {

  /** Copies the lists. */
  public SmallNetwork {
    operations = List.copyOf(operations);
    weights = List.copyOf(weights);
  }

  /** How many parameters there are. */
  public int parameterCount() {
    return weights.stream().mapToInt(Weights::count).sum();
  }

  /** Whether a parameter is a bias. */
  public boolean isBias(int parameter) {
    return weights.stream().anyMatch(w -> w.hasBiases() && w.isBias(parameter));
  }

  /**
   * A weight matrix, one row an output, and the biases behind it.
   *
   * @param offset of the first parameter
   */
  public record Weights(int offset, int inputs, int outputs, boolean hasBiases) {

    /** Which parameter a weight is. */
    public int weight(int output, int input) {
      return offset + output * inputs + input;
    }

    /** Which parameter a bias is. */
    public int bias(int output) {
      return offset + outputs * inputs + output;
    }

    boolean isBias(int parameter) {
      return parameter >= bias(0) && parameter < bias(outputs);
    }

    /** How many parameters there are. */
    public int count() {
      return outputs * (inputs + (hasBiases ? 1 : 0));
    }
  }

  /** Makes one, vector by vector. Each method answers with the index of its vector. */
  static final class Builder {

    private final int inputs;
    private final List<Operation> operations = new ArrayList<>();
    private final List<Integer> lengths = new ArrayList<>();
    private final List<Weights> weights = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private int parameters;
    private int places;

    Builder(int inputs) {
      this.inputs = inputs;
      lengths.add(inputs);
      text.append(inputs).append(" inputs");
    }

    int length(int vector) {
      return lengths.get(vector);
    }

    /** New parameters. */
    Weights weights(int from, int outputs, boolean hasBiases) {
      Weights added = new Weights(parameters, from, outputs, hasBiases);
      parameters += added.count();
      weights.add(added);
      return added;
    }

    /** A place where an activation has factors of its own. */
    int place() {
      return places++;
    }

    int window(int from, int first, int length) {
      return add(new Operation.Window(from, first, length), length);
    }

    int dense(int from, Weights shared) {
      return add(new Operation.Dense(from, shared), shared.outputs());
    }

    int activate(int from, int place) {
      return add(new Operation.Activate(from, place), length(from));
    }

    int sum(int first, int second) {
      return add(new Operation.Sum(first, second), length(first));
    }

    int concatenation(int first, int second) {
      return add(new Operation.Concatenation(first, second), length(first) + length(second));
    }

    int maxPooling(int from) {
      return add(new Operation.MaxPooling(from), length(from) / 2);
    }

    int meanPooling(int from) {
      return add(new Operation.MeanPooling(from), length(from) / 2);
    }

    /** One more word for readers. */
    Builder says(String word) {
      text.append(", ").append(word);
      return this;
    }

    SmallNetwork build() {
      return new SmallNetwork(inputs, operations, places, weights, text.toString());
    }

    private int add(Operation operation, int length) {
      operations.add(operation);
      lengths.add(length);
      return operations.size();
    }
  }
}
