/**
 * The vector kernels of training: samples side by side in 16 lanes.
 *
 * <p>In reading order: {@link org.unvanish.internal.kernel.Lanes}, the layout's constant; {@link
 * org.unvanish.internal.kernel.LaneTensor}, a value for 16 samples; {@link
 * org.unvanish.internal.kernel.ImageKernel}, from bytes to lanes; {@link
 * org.unvanish.internal.kernel.ConvolutionKernel} with its {@code ConvolutionLoops}, {@link
 * org.unvanish.internal.kernel.DepthwiseKernel}, both a {@link
 * org.unvanish.internal.kernel.WindowKernel}, and for any stride and padding {@link
 * org.unvanish.internal.kernel.Window} and {@link org.unvanish.internal.kernel.Phases}, {@link
 * org.unvanish.internal.kernel.DenseKernel} and {@link
 * org.unvanish.internal.kernel.DenseGradientKernel}, {@link
 * org.unvanish.internal.kernel.BiasKernel}, {@link org.unvanish.internal.kernel.PoolingKernel},
 * {@link org.unvanish.internal.kernel.ActivationKernel}, {@link
 * org.unvanish.internal.kernel.BatchNormalizationKernel} and {@link
 * org.unvanish.internal.kernel.GroupNormalizationKernel} with their {@code LaneSums}, {@link
 * org.unvanish.internal.kernel.DropoutKernel}, {@link
 * org.unvanish.internal.kernel.ProbabilityKernel} and {@link
 * org.unvanish.internal.kernel.SumKernel}, the layers, and {@link
 * org.unvanish.internal.kernel.StepKernel}, {@link org.unvanish.internal.kernel.StepGradientKernel}
 * and {@link org.unvanish.internal.kernel.GateKernel}, which recurrent ones add; {@link
 * org.unvanish.internal.kernel.LossKernel}, what a loss needs, and {@link
 * org.unvanish.internal.kernel.SoftmaxKernel}, which is one; {@link
 * org.unvanish.internal.kernel.VectorMath}, elementary functions with the same bits on every
 * machine. For measuring: {@link org.unvanish.internal.kernel.LaneValues}, a tensor's values as
 * they are, and {@link org.unvanish.internal.kernel.PreActivationKernel}, where pre-activations
 * lie.
 */
package org.unvanish.internal.kernel;
