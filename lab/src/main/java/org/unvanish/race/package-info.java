/**
 * Races of sweeps: most of the training goes into the best arms.
 *
 * <p>In reading order: {@link org.unvanish.race.RaceRunner}, which runs one; {@link
 * org.unvanish.race.Race}, which arms are trained how far, and which are dropped; {@link
 * org.unvanish.race.RaceStage}, what is trained between two comparisons.
 *
 * <p>Inside: {@code RacePlan}, when arms are compared; {@code Standing}, how an arm stands then;
 * {@code PairedTest}, what a test over the seeds decides.
 */
package org.unvanish.race;
