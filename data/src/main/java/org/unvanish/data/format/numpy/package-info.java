/**
 * Arrays in the files of NumPy.
 *
 * <p>In reading order: {@link org.unvanish.data.format.numpy.NumpyFile}, {@code .npy} or {@code
 * .npz}, of which it makes {@link org.unvanish.data.format.numpy.NumpyArray NumpyArrays}; {@code
 * NumpyHeader} and {@code NumpyType}, what stands in front of the values; {@link
 * org.unvanish.data.format.numpy.NumpySamples}, which of them are samples and {@link
 * org.unvanish.data.format.numpy.NumpyTargets}, what is to be learnt; {@link
 * org.unvanish.data.format.numpy.NumpyReader}, which makes a data set of them.
 */
package org.unvanish.data.format.numpy;
