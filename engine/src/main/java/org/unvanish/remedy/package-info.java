/**
 * Finds the remedy that fits, by measuring and by training.
 *
 * <p>In reading order: {@link org.unvanish.remedy.ExaminedNetwork}, all findings about a network;
 * {@link org.unvanish.remedy.Prescriber}, which tries remedies on a probe; {@code RemedySearch},
 * {@code ScaleSearch}, {@code TimeSearch}, {@code Remedy} and {@code ScaleText}, how; {@link
 * org.unvanish.remedy.ShortTrial}, which trains with them, each as a {@code TrialTraining}.
 */
package org.unvanish.remedy;
