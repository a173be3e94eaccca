/**
 * Models of Keras, read without Keras.
 *
 * <p>In reading order: {@link org.unvanish.model.keras.KerasReader}, which makes an imported model
 * of a file; {@code KerasFile}, what lies in the two kinds of files ({@code Hdf5}, {@code
 * BoundedChannel}); {@code ModelParser}, which makes a {@code ModelConfig} ({@code LayerConfig},
 * {@code CallConfig}, {@code Settings}) of Keras's description; {@code Weights}, which finds the
 * arrays of each layer; {@code ModelTranslator}, which calls the layers one after the other ({@code
 * LayerCall}, {@code Value}, {@code GraphBuilder}); {@code TrainingConfig} reads what Keras keeps
 * of training.
 *
 * <p>{@code LayerTable} has a {@code LayerKind} for each class of layers that is understood: {@code
 * DenseLayers}, {@code ConvolutionLayers}, {@code RecurrentLayers}, {@code NormalizationLayers},
 * {@code ShapeLayers}, {@code MergeLayers}, {@code Activations}.
 */
package org.unvanish.model.keras;
