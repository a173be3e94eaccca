package org.unvanish.forecast;

import java.util.List;
import org.unvanish.meanfield.TypicalFactor;
import org.unvanish.network.NetworkPart;

/**
 * Layers one after the other, as theory knows them.
 *
 * @param parts the layers
 * @param steps what each of them does
 * @param input what reaches the first
 */
record StepRow(List<NetworkPart> parts, List<Step> steps, Values input) {

  /** Copies the lists. */
  StepRow {
    parts = List.copyOf(parts);
    steps = List.copyOf(steps);
  }

  /** What the last layer puts out. */
  Values output() {
    return steps.isEmpty() ? input : steps.get(steps.size() - 1).output();
  }

  /** The energy of a gradient in front of the first layer, from that behind the last one. */
  double[] back(double[] energies) {
    double[] left = energies;
    for (int i = steps.size() - 1; i >= 0; i--) {
      left = steps.get(i).back(left);
    }
    return left;
  }

  /**
   * How many independent values the gradient behind a step has: what the next weights mix into one.
   *
   * @param step its index from 0
   */
  double independent(int step) {
    for (int i = step + 1; i < steps.size(); i++) {
      if (steps.get(i) instanceof WeightsStep weights) {
        return weights.independent();
      }
      if (steps.get(i) instanceof ResidualStep) {
        break;
      }
    }
    return steps.get(step).output().shape().size();
  }

  /** What all of them add to the logarithm of the energy. */
  TypicalFactor typical() {
    double mean = 0;
    double variance = 0;
    for (int i = 0; i < steps.size(); i++) {
      TypicalFactor own = steps.get(i).typical(independent(i));
      mean += own.mean();
      variance += own.variance();
    }
    return new TypicalFactor(mean, variance, 0);
  }

  /** Why some have no factor. */
  List<String> notForecast() {
    return steps.stream().flatMap(step -> step.notForecast().stream()).distinct().toList();
  }
}
