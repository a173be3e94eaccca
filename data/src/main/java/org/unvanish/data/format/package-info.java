/**
 * The files that data come in.
 *
 * <p>In reading order: {@link org.unvanish.data.format.DataFiles}, which loads what lies at a path
 * in the format that {@code FormatDetector} finds; a reader for each: {@link
 * org.unvanish.data.format.Cifar10Reader} ({@link org.unvanish.data.format.Cifar10}, {@link
 * org.unvanish.data.format.Cifar10Format}, {@link org.unvanish.data.format.Verifier}, {@link
 * org.unvanish.data.format.Verification}), {@code Cifar100Reader}, {@code IdxReader} ({@code
 * IdxFile}).
 *
 * <p>Tables, folders of images and arrays of NumPy have packages of their own.
 */
package org.unvanish.data.format;
