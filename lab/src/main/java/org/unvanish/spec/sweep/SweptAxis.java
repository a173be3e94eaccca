package org.unvanish.spec.sweep;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import org.unvanish.codec.yaml.Numbers;
import org.unvanish.codec.yaml.Place;
import org.unvanish.experiment.Sweep;

/**
 * A setting that a sweep varies.
 *
 * @param setting which
 * @param values that it takes
 * @param place where it stands
 */
public record SweptAxis<T>(SweptSetting<T> setting, SweptValues<T> values, Place place) {

  /** From here on, a list of numbers is looked at on a logarithmic axis. */
  private static final double WIDE = 10;

  /** As results have it. */
  Sweep.Axis axis() {
    return new Sweep.Axis(setting.name(), setting.symbol(), isLogarithmic());
  }

  private boolean isLogarithmic() {
    if (values instanceof SweptValues.Range range) {
      return range.logarithmic();
    }
    List<Double> numbers =
        ((SweptValues.Listed<T>) values)
            .values().stream()
                .filter(Double.class::isInstance)
                .map(Double.class::cast)
                .sorted()
                .toList();
    return !numbers.isEmpty()
        && numbers.get(0) > 0
        && numbers.get(numbers.size() - 1) >= WIDE * numbers.get(0);
  }

  /** A value of this axis as results have it. */
  Sweep.Value value(Object value) {
    return value instanceof Double number
        ? new Sweep.Value(Numbers.text(number), OptionalDouble.of(number))
        : new Sweep.Value(text(own(value)), OptionalDouble.empty());
  }

  /**
   * The first word of a named value, if no other value of the axis has the same; else all of it.
   */
  private String text(T value) {
    String word = setting.word(value);
    long alike =
        values.grid().stream()
            .filter(other -> !other.equals(value) && setting.word(other).equals(word))
            .count();
    return alike == 0 ? word : setting.text(value);
  }

  /** What an arm's name says of a value. */
  String name(Sweep.Value value) {
    return setting.isBare() ? value.text() : setting.symbol() + " = " + value.text();
  }

  /**
   * Puts a value into an arm.
   *
   * @throws org.unvanish.codec.yaml.SpecException if the arm has no place for it
   */
  void put(Object value, ArmDraft arm) {
    try {
      setting.put().accept(arm, own(value));
    } catch (IllegalArgumentException e) {
      throw place.error("%s", e.getMessage());
    }
  }

  /** With changed values, where they are listed. */
  SweptAxis<T> with(UnaryOperator<T> change) {
    return values instanceof SweptValues.Listed<T> listed
        ? new SweptAxis<>(
            setting,
            new SweptValues.Listed<>(listed.values().stream().map(change).distinct().toList()),
            place)
        : this;
  }

  @SuppressWarnings("unchecked") // The values of an axis are those of its setting.
  private T own(Object value) {
    return (T) value;
  }
}
