package org.unvanish.codec;

import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.unvanish.activation.Activation;
import org.unvanish.codec.yaml.Place;
import org.unvanish.codec.yaml.SpecException;
import org.unvanish.data.Columns;
import org.unvanish.network.Embedding;

/**
 * What a spec's layers take from the data and an arm to become a network's: asked once for each
 * network, first layer to last.
 */
public final class LayerBinding {

  private final int classes;
  private final int outputs;
  private final Columns columns;
  private final Supplier<Activation> activations;

  /** The inputs that embeddings read so far, each with the values that stand in its place. */
  private final SortedMap<Integer, Integer> embedded = new TreeMap<>();

  /**
   * @param classes of the data
   * @param outputs as many as the loss needs
   * @param columns what the inputs are
   * @param activations gives the arm's activation for each place that asks for it
   */
  public LayerBinding(int classes, int outputs, Columns columns, Supplier<Activation> activations) {
    this.classes = classes;
    this.outputs = outputs;
    this.columns = columns;
    this.activations = activations;
  }

  /** Of the data. */
  int classes() {
    return classes;
  }

  /** As many as the loss needs. */
  int outputs() {
    return outputs;
  }

  /** The arm's activation for the next place. */
  Activation activation() {
    return activations.get();
  }

  /**
   * The next embedding. It counts what reaches it: each one before it has put values in the place
   * of its column.
   *
   * @param column its name
   * @param size values for each category
   * @param place where the spec has it
   * @throws SpecException if the data have no such column of categories
   */
  Embedding embedding(String column, int size, Place place) {
    OptionalInt input = columns.coded(column);
    if (input.isEmpty()) {
      throw place.error("the data have no column \"%s\" in categorical-columns", column);
    }
    int more = embedded.headMap(input.getAsInt()).values().stream().mapToInt(n -> n - 1).sum();
    embedded.put(input.getAsInt(), size);
    return new Embedding(input.getAsInt() + more, columns.categories(input.getAsInt()), size);
  }
}
