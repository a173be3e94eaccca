/**
 * What a sweep is for: which arm is best, and what each setting matters.
 *
 * <p>In reading order: {@link org.unvanish.sweep.SweptArm}, what one arm came to; {@link
 * org.unvanish.sweep.SweepResult}, all of them, the best first; {@link org.unvanish.sweep.Levels},
 * the values of an axis, or bins of them; {@link org.unvanish.sweep.Marginal}, what one setting
 * matters; {@link org.unvanish.sweep.HeatMap}, two settings against each other; {@link
 * org.unvanish.sweep.SweepText}, all of it in sentences and tables.
 */
package org.unvanish.sweep;
