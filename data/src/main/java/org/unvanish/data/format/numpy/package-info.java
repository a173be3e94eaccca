/**
 * Arrays in the files of NumPy.
 *
 * <p>In reading order: {@link org.unvanish.data.format.numpy.NumpyFile}, {@code .npy} or {@code
 * .npz}, of which it makes {@link org.unvanish.data.format.numpy.NumpyArray NumpyArrays}; {@code
 * NumpyHeader} and {@code NumpyType}, what stands in front of the values.
 */
package org.unvanish.data.format.numpy;
