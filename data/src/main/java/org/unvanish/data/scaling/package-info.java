/**
 * How values are scaled before a network reads them.
 *
 * <p>In reading order: {@link org.unvanish.data.scaling.PixelScaling}, the choice; {@link
 * org.unvanish.data.scaling.ChannelScaling}, the numbers that were fitted, from {@code
 * FeatureStatistics}; {@link org.unvanish.data.scaling.InputScaling}, what a choice changes.
 */
package org.unvanish.data.scaling;
