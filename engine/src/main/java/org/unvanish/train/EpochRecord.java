package org.unvanish.train;

import java.util.List;
import org.unvanish.gradient.GradientSource;
import org.unvanish.gradient.GradientStatistics;

/**
 * What a run measured in one epoch.
 *
 * @param epoch from 1
 * @param trainLoss mean cross-entropy over the training samples, each at the step that used it,
 *     without the penalty
 * @param trainAccuracy share of training samples classified rightly at the step that used them, in
 *     [0, 1]
 * @param testLoss mean cross-entropy on the test data at the end of the epoch
 * @param testAccuracy accuracy on the test data at the end of the epoch, in [0, 1]
 * @param seconds wall-clock time of the epoch, its evaluation included
 * @param gradients for all parameters pooled and then each parameter tensor in the network's order,
 *     each with its data, penalty and total gradient
 * @since 0.1
 */
public record EpochRecord(
    int epoch,
    double trainLoss,
    double trainAccuracy,
    double testLoss,
    double testAccuracy,
    double seconds,
    List<ParameterGradient> gradients) {
  /** Copies the list. */
  public EpochRecord {
    gradients = List.copyOf(gradients);
  }

  /**
   * The gradient of a parameter tensor, or of {@link ParameterGradient#ALL}.
   *
   * @throws IllegalArgumentException if there is no such parameter tensor
   */
  public GradientStatistics gradient(String parameter, GradientSource source) {
    return gradients.stream()
        .filter(g -> g.parameter().equals(parameter) && g.source() == source)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no parameter tensor " + parameter))
        .statistics();
  }
}
