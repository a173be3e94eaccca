package org.unvanish.beyond;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.activation.Scale;
import org.unvanish.claim.ClaimedExperiment;
import org.unvanish.experiment.Arm;
import org.unvanish.experiment.Experiment;
import org.unvanish.penalty.Penalty;

/**
 * An experiment whose arms differ in one number, from small to large.
 *
 * @param axis what the number is: {@code α}
 * @param curves arms that differ in nothing else, in the order of the number
 * @param levels arms without the number, which the others are to be seen against
 */
public record ArmCurves(String axis, List<Curve> curves, List<Arm> levels) {

  /** Copies the lists. */
  public ArmCurves {
    curves = List.copyOf(curves);
    levels = List.copyOf(levels);
  }

  /**
   * Arms that differ in the number alone.
   *
   * @param name what they have in common
   * @param points in the order of the number
   */
  public record Curve(String name, List<Point> points) {
    /** Copies the list. */
    public Curve {
      points = List.copyOf(points);
    }
  }

  /**
   * An arm and its number.
   *
   * @param x above 0
   * @param arm of the experiment
   */
  public record Point(double x, Arm arm) {}

  /**
   * How an experiment is a sweep.
   *
   * @param axis what the number is
   * @param number an arm's; nothing where it has none
   */
  private record Kind(String axis, Function<Arm, OptionalDouble> number) {}

  private static final Map<String, Kind> KINDS =
      Map.of(
          BeyondSpecs.ALPHA_CURVE, new Kind("α", ArmCurves::alpha),
          BeyondSpecs.PENALTY_WINDOW, new Kind("r", ArmCurves::penalty));

  /** The sweep that an experiment beyond the paper is; nothing for any other experiment. */
  public static Optional<ArmCurves> of(Experiment experiment) {
    return BeyondSpecs.SERIES
        .find(experiment)
        .flatMap(found -> Optional.ofNullable(KINDS.get(found.name())).map(kind -> of(found, kind)))
        // Figure 1 of the paper has two arms of the penalty's, and one point is no curve.
        .filter(sweep -> sweep.curves().stream().anyMatch(curve -> curve.points().size() > 1));
  }

  private static ArmCurves of(ClaimedExperiment experiment, Kind kind) {
    Map<String, List<Point>> curves = new LinkedHashMap<>();
    List<Arm> levels = new ArrayList<>();
    experiment
        .arms()
        .forEach(
            (name, arm) -> {
              OptionalDouble x = kind.number().apply(arm);
              if (x.isPresent()) {
                // The specs name their arms so: "adam, r = 0.01".
                curves
                    .computeIfAbsent(name.split(",", 2)[0], curve -> new ArrayList<>())
                    .add(new Point(x.getAsDouble(), arm));
              } else {
                levels.add(arm);
              }
            });
    return new ArmCurves(
        kind.axis(),
        curves.entrySet().stream().map(e -> new Curve(e.getKey(), sorted(e.getValue()))).toList(),
        levels);
  }

  private static List<Point> sorted(List<Point> points) {
    return points.stream().sorted(Comparator.comparingDouble(Point::x)).toList();
  }

  private static OptionalDouble alpha(Arm arm) {
    Activation activation = arm.network().activations().get(0);
    // Of the identity every α is the same.
    return activation.scale() instanceof Scale.Fixed fixed
            && activation.function() != ActivationFunction.IDENTITY
        ? OptionalDouble.of(fixed.alpha())
        : OptionalDouble.empty();
  }

  private static OptionalDouble penalty(Arm arm) {
    return arm.settings().penalty() instanceof Penalty.L2 l2
        ? OptionalDouble.of(l2.r())
        : OptionalDouble.empty();
  }
}
