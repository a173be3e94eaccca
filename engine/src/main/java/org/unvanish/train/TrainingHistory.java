package org.unvanish.train;

import java.util.List;
import org.unvanish.gradient.GradientSource;
import org.unvanish.gradient.GradientStatistics;

/**
 * What was measured along a training.
 *
 * @param epochs in their order
 */
public record TrainingHistory(List<EpochRecord> epochs) {

  /** Copies the list. */
  public TrainingHistory {
    epochs = List.copyOf(epochs);
  }

  /** The last epoch. */
  public EpochRecord last() {
    return epochs.get(epochs.size() - 1);
  }

  /**
   * The data gradient of a parameter tensor in the last epoch.
   *
   * @param parameter its name, such as {@code dense1/weights}, or {@link ParameterGradient#ALL}
   * @throws IllegalArgumentException if there is none of that name
   */
  public GradientStatistics gradient(String parameter) {
    return last().gradient(parameter, GradientSource.DATA);
  }
}
