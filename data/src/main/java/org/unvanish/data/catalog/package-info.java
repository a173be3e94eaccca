/**
 * The data sets that have a name, and their installation.
 *
 * <p>In reading order: {@link org.unvanish.data.catalog.DataCatalog}, with a {@link
 * org.unvanish.data.catalog.CatalogEntry} each; {@code Installer}, which puts CIFAR-10 in place and
 * tells {@link org.unvanish.data.catalog.InstallProgress} and {@link
 * org.unvanish.data.catalog.InstallOutcome}; {@code ArchiveSource}, {@code Download}, {@code
 * StallGuard}, {@code Extractor} and {@code Allowance}, from where and how.
 */
package org.unvanish.data.catalog;
