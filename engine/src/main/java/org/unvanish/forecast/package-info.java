/**
 * What initial weights do to the backpropagated gradient, before one of them is drawn: mean-field
 * theory at the width that the layers have.
 *
 * <p>In reading order: {@link org.unvanish.forecast.Forecast}, of a network, and its {@link
 * org.unvanish.forecast.LayerForecast}s, the same rows as those of a {@link
 * org.unvanish.diagnosis.evidence.MeasuredBackward}; {@link org.unvanish.forecast.InputStatistics},
 * all that is asked of the data; {@link org.unvanish.forecast.Forecaster}, which makes the one of
 * the other.
 */
package org.unvanish.forecast;
