package org.unvanish.experiment;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What an experiment's arms vary: each arm is a point of a space of settings.
 *
 * @param axes the settings that are varied, at least one
 * @param points where each arm is, by its name: a value on each axis, in their order
 * @param racing how these arms are raced; empty where all are trained to the end
 */
public record Sweep(List<Axis> axes, Map<String, List<Value>> points, Optional<Racing> racing) {

  /**
   * A setting that is varied.
   *
   * @param name as a spec names it: {@code alpha}, {@code r}, {@code activation}
   * @param symbol as tables and figures name it: {@code α}
   * @param logarithmic whether equal ratios are equal steps
   */
  public record Axis(String name, String symbol, boolean logarithmic) {}

  /**
   * A setting's value.
   *
   * @param text as tables show it
   * @param number empty for a named one, such as a function
   */
  public record Value(String text, OptionalDouble number) {}

  /**
   * Copies list and map.
   *
   * @throws IllegalArgumentException if there is no axis, or a point has not one value on each
   */
  public Sweep {
    axes = List.copyOf(axes);
    points = Map.copyOf(points);
    if (axes.isEmpty()) {
      throw new IllegalArgumentException("a sweep needs a setting that it varies");
    }
    for (Map.Entry<String, List<Value>> point : points.entrySet()) {
      if (point.getValue().size() != axes.size()) {
        throw new IllegalArgumentException(
            "arm %s has %d values on %d axes"
                .formatted(point.getKey(), point.getValue().size(), axes.size()));
      }
    }
  }

  /**
   * One whose arms are all trained to the end.
   *
   * @throws IllegalArgumentException if there is no axis, or a point has not one value on each
   */
  public Sweep(List<Axis> axes, Map<String, List<Value>> points) {
    this(axes, points, Optional.empty());
  }

  /** Where an arm is on an axis; empty for an arm that is no point of the sweep. */
  public Optional<Value> at(Arm arm, Axis axis) {
    int index = axes.indexOf(axis);
    return Optional.ofNullable(points.get(arm.name())).map(values -> values.get(index));
  }
}
