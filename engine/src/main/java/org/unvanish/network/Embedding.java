package org.unvanish.network;

import java.util.List;
import org.unvanish.data.Shape;

/**
 * Reads a category's number and outputs values that it learns for each category (Bengio et al.
 * 2003). All other inputs pass, in their order, with the learnt values in the place of the number.
 *
 * <p>It is a dense layer on an input of 0 and 1 for each category, of which one is 1. So its
 * weights have a fan-in of 1.
 *
 * <p>Embeddings read the data and stand before all other layers. The next one counts the values
 * that this one puts out.
 *
 * @param column the number's place among the values that reach it, from 0
 * @param categories how many there are: the number is whole, at least 0 and below that
 * @param size values for each category, at least 1
 * @since 0.1
 */
public record Embedding(int column, int categories, int size) implements Layer {
  /**
   * @throws IllegalArgumentException if a number is outside its range
   */
  public Embedding {
    if (column < 0 || categories < 1 || size < 1) {
      throw new IllegalArgumentException(
          "an embedding needs a column from 0, and at least one category and one value, but has column %d, %d categories and %d values"
              .formatted(column, categories, size));
    }
  }

  @Override
  public Role role() {
    return Role.WEIGHTS;
  }

  @Override
  public String name() {
    return "embedding";
  }

  @Override
  public boolean needsRowsAndColumns() {
    return false;
  }

  @Override
  public boolean readsData() {
    return true;
  }

  @Override
  public Shape output(Shape input) {
    if (!input.isFlat()) {
      throw new IllegalArgumentException(
          "embedding, needs the columns of a table, but " + input + " reaches it");
    }
    if (column >= input.channels()) {
      throw new IllegalArgumentException(
          "embedding, reads value %d, counted from 0, but %d reach it"
              .formatted(column, input.channels()));
    }
    return Shape.flat(Math.addExact(input.channels() - 1, size));
  }

  @Override
  public List<Parameters> parameters(Shape input) {
    return List.of(Parameters.weights("weights", List.of(categories, size), 1, size));
  }

  /** None: it looks its values up. */
  @Override
  public long multiplyAdds(Shape input) {
    return 0;
  }

  /** Itself: its size suits the categories, and the places of later embeddings depend on it. */
  @Override
  public Layer widened(int factor) {
    return this;
  }
}
