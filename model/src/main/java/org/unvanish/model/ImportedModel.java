package org.unvanish.model;

import java.util.List;
import org.unvanish.model.graph.Graph;

/**
 * A model as a reader made it of a file.
 *
 * @param graph what it computes
 * @param format what the file was, such as {@code ONNX} or {@code Keras 3}
 * @param producer what wrote it, such as {@code pytorch 2.1}; empty where the file does not say
 * @param warnings what a user should know of it, a sentence each
 * @since 0.1
 */
public record ImportedModel(Graph graph, String format, String producer, List<String> warnings) {
  /** Copies the list. */
  public ImportedModel {
    warnings = List.copyOf(warnings);
  }
}
