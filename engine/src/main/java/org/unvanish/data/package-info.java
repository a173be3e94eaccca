/**
 * Labelled images and tables of numbers: read, drawn by code, installed and verified.
 *
 * <p>In reading order: {@link org.unvanish.data.ImageSet} with {@link org.unvanish.data.Pixels},
 * and {@link org.unvanish.data.Dataset}, what a run is trained on; {@link
 * org.unvanish.data.PixelScaling} and {@link org.unvanish.data.ChannelScaling}, how its values
 * become the numbers that a network reads, and {@link org.unvanish.data.InputScaling}, what that
 * changes; {@link org.unvanish.data.DataSource} and {@link org.unvanish.data.DataFormat}, which
 * data are wanted; {@link org.unvanish.data.DataCatalog}, where they come from, with {@link
 * org.unvanish.data.CatalogEntry}, {@link org.unvanish.data.LoadProgress}, {@link
 * org.unvanish.data.InstallProgress}, {@link org.unvanish.data.InstallOutcome}, {@link
 * org.unvanish.data.Verification} and {@link org.unvanish.data.DataException}; {@link
 * org.unvanish.data.Cifar10}, what is published about CIFAR-10; {@link
 * org.unvanish.data.SyntheticImages}, the built-in images.
 *
 * <p>Inside: {@code DataFiles} loads what lies at a path, in the format that {@code Recognition}
 * finds, with a reader for each: {@code Cifar10Reader} ({@code Cifar10Format}, {@code Verifier}),
 * {@code Cifar100Reader} ({@code Cifar100Classes}), {@code IdxReader} ({@code IdxFile}), {@code
 * ImageFolderReader} ({@code ImageFolders}, {@code DecodedImage}, {@code ImageFile}) and {@code
 * CsvReader} ({@code CsvTable}, {@code CsvHeader}, {@code CsvRows}, {@code Measured}). They make a
 * {@code TrainAndTest}, with a {@code Split} where the files have no test set, in the room that
 * {@code Memory} gives; {@code Subset} draws some of the training samples. {@link
 * org.unvanish.data.InputFiles} has the limits of what a file may hold, for which {@code
 * CsvRecordGuard} and {@code Allowance} look. {@code FeatureStatistics} serve the scaling. {@code
 * Installer} puts CIFAR-10 in place with {@code ArchiveSource} ({@code Download}, {@code
 * StallGuard}) and {@code Extractor}; {@code ImagePainter} paints a {@code Pattern} with {@code
 * Randomness}.
 */
package org.unvanish.data;
