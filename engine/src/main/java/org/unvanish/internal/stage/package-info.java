/**
 * A network laid out as work on blocks of 16 samples. Not for users of the library.
 *
 * <p>In reading order: {@link org.unvanish.internal.stage.Stage}, one step of that work; {@link
 * org.unvanish.internal.stage.LaneNetwork}, a network's stages, through which it sends a batch;
 * {@code BatchStage}, which lets a whole batch come to it, and {@code CompanyStage}, which gains
 * from several blocks at once; {@code Pass}, where the network stands with its batch. {@code
 * Layout} makes stages and the tensors between them; {@code StageTable} says, kind by kind, how
 * {@code LayerStages} become of a layer. The stages: {@code ConvolutionStage}, {@code
 * DepthwiseStage}, {@code WindowStage}, {@code DenseStage}, {@code EmbeddingStage}, {@code
 * BiasStage}, {@code PoolingStage}, {@code ActivationStage}, {@code BatchNormalizationStage},
 * {@code GroupNormalizationStage}, {@code DropoutStage}, {@code SoftmaxStage}, {@code
 * RecurrentStage} with its {@code Unrolled} directions and their {@code Cell}s ({@code SimpleCell},
 * {@code LstmCell}, {@code GruCell}), at whose steps a {@link
 * org.unvanish.internal.stage.StepVisitor} may look and be told {@link
 * org.unvanish.internal.stage.StepSizes}, and {@code ForkStage} and {@code JoinStage} of a residual
 * block. {@link org.unvanish.internal.stage.LossTable} says which kernel computes a loss.
 */
package org.unvanish.internal.stage;
