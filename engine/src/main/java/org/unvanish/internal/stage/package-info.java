/**
 * A network laid out as work on blocks of 16 samples. Not for users of the library.
 *
 * <p>In reading order: {@link org.unvanish.internal.stage.Stage}, one step of that work; {@link
 * org.unvanish.internal.stage.LaneNetwork}, a network's stages and the tensors between them. {@code
 * StageTable} says, kind by kind, how {@code LayerStages} become of a layer. The stages: {@code
 * ConvolutionStage}, {@code DepthwiseStage}, {@code WindowStage}, {@code DenseStage}, {@code
 * BiasStage}, {@code PoolingStage} and {@code ActivationStage}. {@link
 * org.unvanish.internal.stage.LossTable} says which kernel computes a loss.
 */
package org.unvanish.internal.stage;
