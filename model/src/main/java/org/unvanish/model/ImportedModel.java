package org.unvanish.model;

import java.util.List;
import java.util.Optional;
import org.unvanish.model.graph.Graph;

/**
 * A model as a reader made it of a file.
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
}
