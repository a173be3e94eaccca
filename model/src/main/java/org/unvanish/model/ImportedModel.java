package org.unvanish.model;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.unvanish.model.graph.Graph;
import org.unvanish.model.graph.GraphFolding;
import org.unvanish.model.graph.GraphInput;

/**
 * A model that was read from a file.
 *
 * @param graph what it computes
 * @param format what the file was, such as {@code ONNX} or {@code Keras HDF5}
 * @param producer what wrote it, such as {@code pytorch 2.1}; empty where the file does not say
 * @param warnings what a user should know of it, a sentence each
 * @param training what the file says of it; empty of files that keep the weights alone
 * @since 0.1
 */
public record ImportedModel(
    Graph graph,
    String format,
    String producer,
    List<String> warnings,
    Optional<TrainingNote> training) {
  /** Copies the list. */
  public ImportedModel {
    warnings = List.copyOf(warnings);
  }

  /** Of a file that says nothing of training. */
  public ImportedModel(Graph graph, String format, String producer, List<String> warnings) {
    this(graph, format, producer, warnings, Optional.empty());
  }

  /**
   * The same model with a shape in place of what the file leaves open in that of its input.
   *
   * @param sample extents of one sample
   * @throws ModelRefusedException if the file says another shape, or a sample would be too large
   * @throws IllegalArgumentException if an extent is not positive
   */
  public ImportedModel withInputShape(long... sample) {
    GraphStack stack = GraphStack.of(GraphFolding.foldAll(graph));
    InputLayout layout = InputLayout.of(stack);
    if (Arrays.stream(sample).anyMatch(extent -> extent < 1)) {
      throw new IllegalArgumentException(
          "the extents of a sample must be positive, but are " + Arrays.toString(sample));
    }
    Limits.DEFAULT.elements("the given shape", sample);
    if (!layout.fits(sample)) {
      throw layout.refused(
          "the given shape",
          "it says " + InputLayout.title(sample),
          "Leave it out, or say the extents that are open.");
    }
    GraphInput input = graph.inputs().get(0);
    long[] shape = input.shape();
    for (int axis = 0, k = 0; axis < shape.length; axis++) {
      if (axis != layout.batchAxis()) {
        shape[axis] = sample[k++];
      }
    }
    Graph shaped =
        new Graph(
            List.of(new GraphInput(input.name(), shape)),
            graph.constants(),
            graph.nodes(),
            graph.outputs());
    return new ImportedModel(shaped, format, producer, warnings, training);
  }
}
