/**
 * What the page of a folder with runs shows, as one value.
 *
 * <p>In reading order: {@link org.unvanish.page.PageModel}; {@link
 * org.unvanish.page.ExperimentModel}, {@code ScoreModel}, {@link org.unvanish.page.FindingModel},
 * {@link org.unvanish.page.ArmModel} and {@link org.unvanish.page.OthersModel}, its parts; {@code
 * Curves}, {@code GradientFlow} and {@code NamedCurves}, numbers over the epochs; {@code
 * StackedLayer}, the network; {@code GroupsModel}, the arms of a sweep; {@link
 * org.unvanish.page.SignalModel}, what probing found, with {@code ThroughTime}, of recurrent
 * layers; {@code RemainingTime}, the time left; {@code SetupTables} and {@code ProvenanceTable},
 * what was run and by which program; {@link org.unvanish.page.PageJson}, which writes it.
 */
package org.unvanish.page;
