/**
 * What initial weights do to the backpropagated gradient, before any of them is drawn: mean-field
 * theory at the width that the layers have.
 *
 * <p>In reading order: {@link org.unvanish.forecast.Forecast}, of a network, and its {@link
 * org.unvanish.forecast.LayerForecast}s, the same rows as those of a {@link
 * org.unvanish.diagnosis.evidence.MeasuredBackward}; {@link org.unvanish.forecast.InputStatistics},
 * all that a forecast needs from the data; {@link org.unvanish.forecast.Forecaster}, which computes
 * it; {@link org.unvanish.forecast.ForecastText}, a forecast in words.
 *
 * <p>Inside: {@code StepTable} has the theory of each kind of layer, a {@code Step}; steps hand
 * {@code Values} on, whose {@code ArgumentLaw} says how they are distributed, and make a {@code
 * StepRow}; {@code LayerRows} cuts it into the rows of a diagnosis. {@code Outlook} looks at a
 * stack that repeats the layers.
 */
package org.unvanish.forecast;
