package org.unvanish.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;
import org.unvanish.diagnosis.prescription.MagnitudeText;
import org.unvanish.loss.Loss;

/**
 * What a file says of its model's training.
 *
 * @param loss that was trained with, if the file names one
 * @param optimizer that trained, if the file names one
 * @param regularizers of constants of the graph, by their names
 * @param initializers of constants of the graph, by their names, in the words of the file's
 *     framework
 * @since 0.1
 */
public record TrainingNote(
    Optional<FileLoss> loss,
    Optional<FileOptimizer> optimizer,
    Map<String, FileRegularizer> regularizers,
    Map<String, String> initializers) {

  /** Of a file that says nothing. */
  public static final TrainingNote NONE =
      new TrainingNote(Optional.empty(), Optional.empty(), Map.of(), Map.of());

  /**
   * A loss.
   *
   * @param name as the file has it, such as {@code sparse_categorical_crossentropy}
   * @param known the same among Unvanish's losses; empty if it has none like it
   * @param fromLogits whether it applies softmax or sigmoid itself
   */
  public record FileLoss(String name, Optional<Loss> known, boolean fromLogits) {

    @Override
    public String toString() {
      return fromLogits ? name + " (from logits)" : name;
    }
  }

  /**
   * An optimizer.
   *
   * @param name as the file has it, such as {@code Adam}
   * @param learningRate of the first step
   * @param adamEpsilon the ε of Adam and its kin, below which a gradient moves little; empty for
   *     others
   */
  public record FileOptimizer(
      String name, OptionalDouble learningRate, OptionalDouble adamEpsilon) {

    @Override
    public String toString() {
      return learningRate.isEmpty()
          ? name
          : "%s (learning rate %s)"
              .formatted(name, MagnitudeText.number(learningRate.getAsDouble()));
    }
  }

  /**
   * A penalty l1·|w| + l2·w² on each parameter of a tensor.
   *
   * @param l1 at least 0
   * @param l2 at least 0; half of the paper's tuning parameter r
   */
  public record FileRegularizer(double l1, double l2) {

    /** The derivative by a parameter, 0 at 0. */
    double gradient(double parameter) {
      return l1 * Math.signum(parameter) + 2 * l2 * parameter;
    }

    @Override
    public String toString() {
      String first = "l1 = " + MagnitudeText.number(l1);
      String second = "l2 = " + MagnitudeText.number(l2);
      return l1 == 0 ? second : l2 == 0 ? first : first + ", " + second;
    }
  }

  /** Copies the maps. */
  public TrainingNote {
    regularizers = Map.copyOf(regularizers);
    initializers = Map.copyOf(initializers);
  }

  /** What the file says, in a sentence or two; none where it says nothing. */
  List<String> sentences() {
    List<String> parts = new ArrayList<>();
    loss.ifPresent(value -> parts.add("loss " + value));
    optimizer.ifPresent(value -> parts.add("optimizer " + value));
    if (!initializers.isEmpty()) {
      parts.add("initialisers " + String.join(", ", new TreeSet<>(initializers.values())));
    }
    List<String> sentences = new ArrayList<>();
    if (!parts.isEmpty()) {
      sentences.add("The file says of its training: %s.".formatted(String.join("; ", parts)));
    }
    if (!regularizers.isEmpty()) {
      Map<String, TreeSet<String>> places = new TreeMap<>();
      regularizers.forEach(
          (constant, regularizer) ->
              places.computeIfAbsent(regularizer.toString(), r -> new TreeSet<>()).add(constant));
      List<String> texts = new ArrayList<>();
      places.forEach((text, names) -> texts.add(text + " on " + String.join(", ", names)));
      sentences.add("The file's regularisers count: %s.".formatted(String.join("; ", texts)));
    }
    return sentences;
  }
}
