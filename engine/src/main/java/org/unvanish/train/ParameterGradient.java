package org.unvanish.train;

import org.unvanish.gradient.GradientSource;
import org.unvanish.gradient.GradientStatistics;

/**
 * The gradient of one parameter tensor from one source, over the steps of one epoch.
 *
 * @param parameter the tensor's name, or {@link #ALL}
 * @param source data, penalty or total
 * @param statistics of its coordinates
 * @since 0.1
 */
public record ParameterGradient(
    String parameter, GradientSource source, GradientStatistics statistics) {
  /** Stands for all parameters pooled. */
  public static final String ALL = "all";
}
