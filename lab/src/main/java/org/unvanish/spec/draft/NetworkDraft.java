package org.unvanish.spec.draft;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.unvanish.codec.yaml.YamlText;
import org.unvanish.data.Dataset;
import org.unvanish.data.Shape;

/**
 * Layers that fit samples of one shape: small enough to train in minutes, large enough to learn
 * something, and of the kind that is usual for such samples.
 *
 * @param kind of the network, in words
 * @param layers the lines of a spec, each with what is said of it; nothing of an empty text
 * @param arms the lines of the arms
 */
record NetworkDraft(String kind, List<Line> layers, List<Line> arms) {

  /** A line of a spec. */
  record Line(String yaml, String comment) {
    Line(String yaml) {
      this(yaml, "");
    }
  }

  private static final int LEAST_UNITS = 16;
  private static final int MOST_UNITS = 128;

  /** Rows and columns that a convolution needs to be worth it. */
  private static final int LEAST_SIDE = 8;

  private static final String ACTIVATION = "  - activation";

  /** Values that stand for a category. */
  private static final int EMBEDDED = 8;

  /** A layer of a spec's network for each of these. */
  static NetworkDraft of(Dataset data, Set<String> embedded) {
    Shape shape = data.shape();
    if (shape.isSequence()) {
      return recurrent(shape, data);
    }
    return Math.min(shape.rows(), shape.columns()) >= LEAST_SIDE
        ? convolutions(data)
        : dense(shape, embedded, data);
  }

  private static NetworkDraft dense(Shape shape, Set<String> embedded, Dataset data) {
    List<Line> layers = new ArrayList<>();
    for (String column : embedded) {
      layers.add(
          new Line(
              "  - embedding: {column: %s, size: %d}".formatted(YamlText.inline(column), EMBEDDED),
              "%d trained numbers in place of each category".formatted(EMBEDDED)));
    }
    int units = units(shape.size());
    for (int i = 0; i < 2; i++) {
      layers.add(new Line("  - dense: {units: %d, bias: true}".formatted(units)));
      layers.add(i == 0 ? new Line(ACTIVATION, "the one that an arm names") : new Line(ACTIVATION));
    }
    layers.add(output(data));
    return new NetworkDraft(
        "two hidden layers of %d units".formatted(units), layers, activations());
  }

  private static NetworkDraft convolutions(Dataset data) {
    List<Line> layers =
        List.of(
            new Line("  - conv: {kernel: 3, filters: 8, bias: true}"),
            new Line(ACTIVATION, "the one that an arm names"),
            new Line("  - max-pooling: 2"),
            new Line("  - conv: {kernel: 3, filters: 16, bias: true}"),
            new Line(ACTIVATION),
            new Line("  - max-pooling: 2"),
            new Line("  - dense: {units: 64, bias: true}"),
            new Line(ACTIVATION),
            output(data));
    return new NetworkDraft("two convolutions and a dense layer", layers, activations());
  }

  private static NetworkDraft recurrent(Shape shape, Dataset data) {
    int units = Math.min(units(shape.channels()), 2 * LEAST_UNITS);
    String output = output(data).yaml().strip().substring(2);
    return new NetworkDraft(
        "a recurrent layer of %d units".formatted(units),
        List.of(
            new Line("  - gru: {units: %d}".formatted(units), "reads one step after the other"),
            output(data)),
        List.of(
            new Line("  - {name: GRU, activation: tanh}"),
            new Line("  - name: LSTM", "with a network of its own"),
            new Line("    activation: tanh"),
            new Line("    network: [{lstm: {units: %d}}, {%s}]".formatted(units, output))));
  }

  private static List<Line> activations() {
    return List.of(
        new Line("  - {name: tanh, activation: tanh}"),
        new Line("  - {name: relu, activation: relu}"));
  }

  private static Line output(Dataset data) {
    int width = data.targetWidth();
    return new Line(
        "  - dense: {units: targets, bias: true}",
        data.classes().isEmpty()
            ? width == 1
                ? "one output, for the number"
                : "%d outputs, a number each".formatted(width)
            : "%d outputs, one for each class".formatted(width));
  }

  /** The power of two that is not below the number of inputs, within limits. */
  private static int units(int inputs) {
    int units = LEAST_UNITS;
    while (units < inputs && units < MOST_UNITS) {
      units *= 2;
    }
    return units;
  }
}
