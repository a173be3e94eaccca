package org.unvanish.train;

import java.util.List;
import org.unvanish.gradient.GradientSource;
import org.unvanish.gradient.GradientStatistics;

/**
 * The measurements of a training, epoch by epoch.
 *
 * @param epochs in their order
 * @since 0.1
 */
public record TrainingHistory(List<EpochRecord> epochs) {

  /** Copies the list. */
  public TrainingHistory {
    epochs = List.copyOf(epochs);
  }

  /**
   * The last epoch.
   *
   * @throws IllegalStateException if there is none, as of a model that was loaded from a file
   */
  public EpochRecord last() {
    if (epochs.isEmpty()) {
      throw new IllegalStateException("there is no epoch: a model's file keeps no history");
    }
    return epochs.get(epochs.size() - 1);
  }

  /**
   * The data gradient of a parameter tensor in the last epoch.
   *
   * @param parameter its name, such as {@code dense1/weights}, or {@link ParameterGradient#ALL}
   * @throws IllegalArgumentException if there is none of that name
   * @throws IllegalStateException if there is no epoch
   */
  public GradientStatistics gradient(String parameter) {
    return last().gradient(parameter, GradientSource.DATA);
  }

  /**
   * The data gradient of a parameter tensor, epoch by epoch.
   *
   * @param parameter as of {@link #gradient}
   * @return as many as there are epochs, in their order
   * @throws IllegalArgumentException if there is none of that name
   */
  public List<GradientStatistics> gradients(String parameter) {
    return epochs.stream().map(epoch -> epoch.gradient(parameter, GradientSource.DATA)).toList();
  }
}
