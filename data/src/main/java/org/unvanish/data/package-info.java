/**
 * Samples and what is to be learnt of them.
 *
 * <p>In reading order: {@link org.unvanish.data.Shape}, of one sample; {@link
 * org.unvanish.data.ImageSet} with {@link org.unvanish.data.Pixels}, {@link
 * org.unvanish.data.Targets} ({@link org.unvanish.data.TargetRange}), {@link
 * org.unvanish.data.Lengths} of sequences and {@link org.unvanish.data.Columns} ({@link
 * org.unvanish.data.InputColumn}, {@link org.unvanish.data.TargetColumn}), and {@link
 * org.unvanish.data.Dataset}, what a run is trained on; {@link org.unvanish.data.DataSource} and
 * {@link org.unvanish.data.DataFormat}, which data are wanted, and {@link
 * org.unvanish.data.ImageSteps}, how images become sequences; {@link
 * org.unvanish.data.LoadProgress}, who is told how far reading is; {@link
 * org.unvanish.data.DataException}, what is wrong with them.
 *
 * <p>Readers make a {@link org.unvanish.data.TrainAndTest}, with a {@link org.unvanish.data.Split}
 * where the files have no test set, in the room that {@link org.unvanish.data.Memory} gives; {@link
 * org.unvanish.data.Subset} draws some of the training samples, with {@link
 * org.unvanish.data.Randomness}. {@link org.unvanish.data.InputFiles} has the limits of what a file
 * may hold, {@link org.unvanish.data.SampleChecksums} tells contents apart, {@link
 * org.unvanish.data.Nearest} guesses what a misspelt name was meant to be.
 */
package org.unvanish.data;
