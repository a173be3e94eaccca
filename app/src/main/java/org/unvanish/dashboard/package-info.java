/**
 * Pages for a browser: that of folders with runs, that of a forecast, and the theory's playground.
 *
 * <p>In reading order: {@link org.unvanish.page.PageModel}, everything that the page of a folder
 * with runs shows, as one value; {@link org.unvanish.dashboard.ReportPage}, that page as one file
 * with the value inside; {@link org.unvanish.dashboard.Dashboard}, the same page served live for
 * each {@link org.unvanish.dashboard.ShownFolder}; {@link org.unvanish.dashboard.Playground}, the
 * theory's playground, on a page of its own or as a part of another one; {@link
 * org.unvanish.dashboard.ForecastPage}, the forecast of a network.
 *
 * <p>Inside: {@code PageAssets} are the page's template, style and scripts, which know nothing of
 * where the model comes from; {@code OneFile} puts styles and scripts into a template.
 *
 * <p>Of the live page: {@code ServedFolder} reads a folder that others train in, {@code
 * FolderWatcher} sees it change, {@code EventStreams} tell the browsers, {@code RequestFilter}
 * refuses what no browser of this page would ask, {@code LivePage} are the fixed files that are
 * served, {@code BoundPort} is the port, {@code LimitedConnector} limits its connections and makes
 * room for new ones, {@code BytesBody} sends a large answer without a waiting thread.
 */
package org.unvanish.dashboard;
