/**
 * Statistics of few numbers, paired by seed.
 *
 * <p>In reading order: {@link org.unvanish.statistics.Spread}, mean and quartiles, and {@link
 * org.unvanish.statistics.MeanDeviation}; {@link org.unvanish.statistics.PairedSample}, differences
 * of pairs with a {@link org.unvanish.statistics.ConfidenceInterval}; {@link
 * org.unvanish.statistics.SignedRanks} and {@code Resamples}, how likely they are by chance; {@link
 * org.unvanish.statistics.Rounding}, for what ranks by means.
 */
package org.unvanish.statistics;
