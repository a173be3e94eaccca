package org.unvanish.forecast;

import java.util.Arrays;
import java.util.List;

/** A layer that theory does not cover. */
final class UnknownStep extends Step {

  private final String reason;

  /**
   * @param reason a sentence
   */
  UnknownStep(Values output, String reason) {
    super(output);
    this.reason = reason;
  }

  @Override
  double[] back(double[] energies) {
    double[] unknown = new double[output().places()];
    Arrays.fill(unknown, Double.NaN);
    return unknown;
  }

  @Override
  List<String> notForecast() {
    return List.of(reason);
  }
}
