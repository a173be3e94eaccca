package org.unvanish.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.meanfield.CriticalLine;
import org.unvanish.meanfield.TypicalFactor;
import org.unvanish.network.Layer.Role;
import org.unvanish.network.NetworkPart;

/**
 * Cuts layers into the rows of a diagnosis, as {@link
 * org.unvanish.diagnosis.measurement.BackwardMeasurement} does, and forecasts each.
 */
final class LayerRows {

  /** From energies' natural logarithms to decimal ones of amplitudes. */
  private static final double DECADES = 1 / (2 * StrictMath.log(10));

  private final StepRow row;
  private final int first;
  private final int behind;

  /** Of each step, the decimal logarithm of its factor of amplitude; 0 of the first one's. */
  private final double[] factors;

  private final double[] padding;

  /** The energies behind each step. */
  private final double[][] energies;

  /** Looked for once, as hundreds of layers may have the same biases. */
  private final Map<OnLine, OptionalDouble> criticalGains = new HashMap<>();

  /** A place on a function's critical line. */
  private record OnLine(ActivationFunction function, double sigmaB) {}

  /**
   * @param first where the backward pass ends: its own factor does not count
   * @param behind the last one
   * @param last the energies of the gradient behind that
   */
  private LayerRows(StepRow row, int first, int behind, double[] last) {
    this.row = row;
    this.first = first;
    this.behind = behind;
    this.factors = new double[behind];
    this.padding = new double[behind];
    this.energies = new double[behind][];
    double[] left = last;
    for (int i = behind - 1; i >= first; i--) {
      energies[i] = left;
      if (i > first) {
        double[] next = row.steps().get(i).back(left);
        factors[i] = StrictMath.log10(sum(next) / sum(left)) / 2;
        padding[i] = StrictMath.log10(row.steps().get(i).paddingFactor(left)) / 2;
        left = rescaled(next);
      }
    }
  }

  /**
   * The same shares of an energy near 1, by a power of two, which rounds nothing: a hundred layers
   * can come to less than a double holds, or more. Behind what passes nothing, each place has 1.
   */
  private static double[] rescaled(double[] energies) {
    double sum = sum(energies);
    double[] scaled = new double[energies.length];
    Arrays.setAll(scaled, i -> sum == 0 ? 1 : Math.scalb(energies[i], -Math.getExponent(sum)));
    return scaled;
  }

  /**
   * The rows of a network: what comes before the first weights, or behind the last, is in none.
   *
   * @throws IllegalArgumentException if no layer has weights
   */
  static List<LayerForecast> of(StepRow row) {
    int first = nextWithWeights(row.parts(), -1);
    if (first == row.parts().size()) {
      throw new IllegalArgumentException("a network needs a layer with weights to be forecast");
    }
    int last = row.parts().size() - 1;
    boolean activated = row.parts().get(last).layer().role() == Role.ACTIVATION;
    int behind = activated ? last : last + 1;
    double[] flat = new double[row.steps().get(behind - 1).output().places()];
    Arrays.fill(flat, 1);
    return new LayerRows(row, first, behind, flat).rows();
  }

  private static double sum(double[] values) {
    return Arrays.stream(values).sum();
  }

  private static int nextWithWeights(List<NetworkPart> parts, int part) {
    return IntStream.range(part + 1, parts.size())
        .filter(i -> parts.get(i).begins())
        .findFirst()
        .orElse(parts.size());
  }

  private List<LayerForecast> rows() {
    List<LayerForecast> rows = new ArrayList<>();
    for (int i = first; i < behind; i = nextWithWeights(row.parts(), i)) {
      rows.add(forecast(i, Math.min(nextWithWeights(row.parts(), i), behind)));
    }
    return rows;
  }

  private LayerForecast forecast(int from, int end) {
    List<Step> steps = row.steps().subList(from, end);
    double activation = 0;
    double all = 0;
    double meanLn = 0;
    double variance = 0;
    for (int i = from; i < end; i++) {
      all += factors[i];
      if (row.steps().get(i) instanceof ActivationStep) {
        activation += factors[i];
      }
      TypicalFactor own = i == first ? Step.STEADY : row.steps().get(i).typical(row.independent(i));
      meanLn += own.mean();
      variance += own.variance();
    }
    Step weights = steps.get(0);
    Plane plane = new Plane(from, end);
    return new LayerForecast(
        row.parts().get(from).name(),
        plane.own().map(ActivationStep::activation),
        plane.sigmaW(),
        plane.sigmaB(),
        weights.output().meanSquare(),
        saturatedShare(steps),
        activation,
        all - activation,
        padding[from],
        all + meanLn * DECADES,
        Math.sqrt(variance) * DECADES,
        plane.criticalFactor(),
        steps.stream().flatMap(step -> step.notForecast().stream()).distinct().toList(),
        steps.stream().flatMap(step -> step.approximated().stream()).distinct().toList(),
        weights instanceof ResidualStep block
            ? new LayerRows(block.branch(), 0, block.branch().steps().size(), energies[from]).rows()
            : List.of());
  }

  private static double saturatedShare(List<Step> steps) {
    return steps.stream()
        .mapToDouble(step -> step instanceof ActivationStep a ? a.saturatedShare() : 0)
        .max()
        .orElse(0);
  }

  /** Where a row's weights stand in the plane of σ_w and σ_b/α. */
  private final class Plane {
    private final int from;
    private final int end;
    private final @Nullable WeightsStep weights;

    Plane(int from, int end) {
      this.from = from;
      this.end = end;
      this.weights = row.steps().get(from) instanceof WeightsStep step ? step : null;
    }

    /** The activation behind the weights, if there is just one. */
    Optional<ActivationStep> own() {
      List<ActivationStep> own = activations(from, end);
      return own.size() == 1 ? Optional.of(own.get(0)) : Optional.empty();
    }

    /** The activation that they read, if there is just one. */
    private Optional<ActivationStep> read() {
      List<ActivationStep> read = activations(rowBefore(), from);
      return read.size() == 1 ? Optional.of(read.get(0)) : Optional.empty();
    }

    /** What a block adds to, no activation before it tells. */
    private int rowBefore() {
      int start = from - 1;
      while (start > 0
          && !row.parts().get(start).begins()
          && row.parts().get(start).layer().role() != Role.BLOCK) {
        start--;
      }
      return Math.max(0, start);
    }

    private List<ActivationStep> activations(int start, int stop) {
      return row.steps().subList(start, stop).stream()
          .filter(ActivationStep.class::isInstance)
          .map(ActivationStep.class::cast)
          .toList();
    }

    private double inner() {
      return own().map(ActivationStep::activation).map(Activation::inner).orElse(1.0);
    }

    double sigmaW() {
      double outer = read().map(ActivationStep::activation).map(Activation::outer).orElse(1.0);
      return weights == null ? Double.NaN : weights.sigmaW() * outer * inner();
    }

    double sigmaB() {
      return weights == null ? Double.NaN : weights.sigmaB() * inner();
    }

    /** Of the function that the weights read; of the first ones, that they are read by. */
    double criticalFactor() {
      Optional<Activation> function = read().or(this::own).map(ActivationStep::activation);
      boolean normalized =
          row.steps().subList(rowBefore(), end).stream()
              .anyMatch(step -> step instanceof NormalizationStep);
      if (weights == null || normalized || function.isEmpty() || !Double.isFinite(sigmaB())) {
        return Double.NaN;
      }
      OptionalDouble critical =
          criticalGains.computeIfAbsent(
              new OnLine(function.get().function(), sigmaB()),
              at -> new CriticalLine(at.function()).sigmaW(at.sigmaB()));
      double narrow = from == first ? 0 : weights.typical(0).mean();
      return critical.isEmpty() || sigmaW() == 0
          ? Double.NaN
          : critical.getAsDouble()
              / sigmaW()
              * StrictMath.exp(-narrow / 2)
              * StrictMath.pow(10, -padding[from]);
    }
  }
}
