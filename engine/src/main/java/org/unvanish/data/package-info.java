/**
 * Labelled images: read, drawn by code, installed and verified.
 *
 * <p>In reading order: {@link org.unvanish.data.ImageSet} and {@link org.unvanish.data.Dataset},
 * what a run is trained on; {@link org.unvanish.data.PixelScaling} and {@link
 * org.unvanish.data.ChannelScaling}, how its bytes become numbers; {@link
 * org.unvanish.data.DataCatalog}, where data sets come from, with {@link
 * org.unvanish.data.CatalogEntry}, {@link org.unvanish.data.InstallProgress}, {@link
 * org.unvanish.data.InstallOutcome}, {@link org.unvanish.data.Verification} and {@link
 * org.unvanish.data.DataException}; {@link org.unvanish.data.Cifar10}, what is published about
 * CIFAR-10; {@link org.unvanish.data.SyntheticImages}, the built-in images.
 *
 * <p>Inside: {@code Cifar10Format}, {@code Cifar10Reader} and {@code Verifier} know the files;
 * {@code Installer} puts them in place with {@code ArchiveSource} ({@code Download}, {@code
 * StallGuard}) and {@code Extractor}; {@code ImagePainter} paints a {@code Pattern} with {@code
 * Randomness}.
 */
package org.unvanish.data;
