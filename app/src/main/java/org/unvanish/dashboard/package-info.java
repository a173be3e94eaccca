/**
 * The web page of a folder with runs.
 *
 * <p>In reading order: {@link org.unvanish.dashboard.PageModel}, everything that the page shows, as
 * one value; {@link org.unvanish.dashboard.ReportPage}, the page as one file with that value
 * inside.
 *
 * <p>Inside: {@code ExperimentModel} and {@code ArmModel} are the parts of the model, {@code
 * Curves} and {@code GradientFlow} its numbers over the epochs, {@code Setup} and {@code Origin}
 * its tables on what was run and by which program; {@code PageJson} writes it; {@code PageAssets}
 * are the page's template, style and scripts, which know nothing of where the model comes from.
 */
package org.unvanish.dashboard;
