package org.unvanish.spec.sweep;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.unvanish.codec.yaml.SpecException;
import org.unvanish.experiment.Racing;
import org.unvanish.experiment.Sweep;
import org.unvanish.spec.ArmSpec;

/**
 * Settings that a spec varies.
 *
 * @param design which points are taken
 * @param axes the settings, at least one, all different
 * @param base the arm that they are put into; without an activation where that is varied and not
 *     given
 * @param racing how its arms are raced; empty where all are trained to the end
 */
public record SweepSpec(
    SweepDesign design, List<SweptAxis<?>> axes, ArmSpec base, Optional<Racing> racing) {

  /** Copies the list. */
  public SweepSpec {
    axes = List.copyOf(axes);
  }

  /**
   * An arm of the sweep.
   *
   * @param arm named by its values
   * @param values one on each axis, in their order
   */
  public record Point(ArmSpec arm, List<Sweep.Value> values) {}

  /**
   * Its points, none twice, in the order of the design.
   *
   * @throws SpecException if an arm has no place for a value; the place is that of the setting
   */
  public List<Point> points() {
    List<Integer> order =
        IntStream.range(0, axes.size())
            .boxed()
            .sorted((a, b) -> rank(axes.get(a)) - rank(axes.get(b)))
            .toList();
    List<Point> points = new ArrayList<>();
    Set<List<Object>> seen = new HashSet<>();
    for (List<Object> values : design.points(axes)) {
      if (seen.add(values)) {
        points.add(point(values, order));
      }
    }
    return points;
  }

  private static int rank(SweptAxis<?> axis) {
    return List.copyOf(SweptSettings.ALL.keySet()).indexOf(axis.setting().name());
  }

  private Point point(List<Object> values, List<Integer> order) {
    ArmDraft draft = new ArmDraft(base);
    order.forEach(i -> axes.get(i).put(values.get(i), draft));
    List<Sweep.Value> shown =
        IntStream.range(0, axes.size()).mapToObj(i -> axes.get(i).value(values.get(i))).toList();
    String name =
        IntStream.range(0, axes.size())
            .mapToObj(i -> axes.get(i).name(shown.get(i)))
            .collect(Collectors.joining(", "));
    return new Point(draft.arm(name), shown);
  }

  /** Its arms. */
  public List<ArmSpec> arms() {
    return points().stream().map(Point::arm).toList();
  }

  /** As results have it. */
  public Sweep sweep() {
    Map<String, List<Sweep.Value>> values = new LinkedHashMap<>();
    points().forEach(point -> values.put(point.arm().name(), point.values()));
    return new Sweep(axes.stream().map(SweptAxis::axis).toList(), values, racing);
  }

  /** Whether it varies a setting. */
  public boolean varies(SweptSetting<?> setting) {
    return axes.stream().anyMatch(axis -> axis.setting() == setting);
  }

  /**
   * Refuses a command line's option for what is varied.
   *
   * @throws SpecException if the setting is varied
   */
  public void refuse(SweptSetting<?> setting, String option) {
    for (SweptAxis<?> axis : axes) {
      if (axis.setting() == setting) {
        throw axis.place()
            .error(
                "the sweep varies %s, which %s cannot set as well; leave out one of them",
                setting.name(), option);
      }
    }
  }

  /** With another base. */
  public SweepSpec withBase(ArmSpec other) {
    return new SweepSpec(design, axes, other, racing);
  }

  /** One whose arms are all trained to the end. */
  public SweepSpec withoutRacing() {
    return new SweepSpec(design, axes, base, Optional.empty());
  }

  /** With changed values of a setting, if it is one that is varied by named values. */
  @SuppressWarnings("unchecked") // The axis of a setting has its values.
  public <T> SweepSpec with(SweptSetting<T> setting, UnaryOperator<T> change) {
    return new SweepSpec(
        design,
        axes.stream()
            .<SweptAxis<?>>map(
                axis -> axis.setting() == setting ? ((SweptAxis<T>) axis).with(change) : axis)
            .toList(),
        base,
        racing);
  }
}
