/**
 * Statistics of gradients.
 *
 * <p>In reading order: {@link org.unvanish.gradient.GradientSource}, where a gradient comes from;
 * {@link org.unvanish.gradient.GradientStatistics}, the summary of a window of steps; {@link
 * org.unvanish.gradient.GradientRecorder}, which gathers it.
 */
package org.unvanish.gradient;
