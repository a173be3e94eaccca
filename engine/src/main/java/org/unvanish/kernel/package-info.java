/**
 * The vector kernels of training: samples side by side in 16 lanes.
 *
 * <p>In reading order: {@link org.unvanish.kernel.Lanes}, the layout's constant; {@link
 * org.unvanish.kernel.LaneTensor}, a value for 16 samples; {@link org.unvanish.kernel.ImageKernel},
 * from bytes to lanes; {@link org.unvanish.kernel.ConvolutionKernel}, {@link
 * org.unvanish.kernel.DepthwiseKernel}, {@link org.unvanish.kernel.DenseKernel}, {@link
 * org.unvanish.kernel.BiasKernel}, {@link org.unvanish.kernel.PoolingKernel} and {@link
 * org.unvanish.kernel.ActivationKernel}, the layers; {@link org.unvanish.kernel.SoftmaxKernel}, the
 * loss; {@link org.unvanish.kernel.VectorMath}, elementary functions with the same bits on every
 * machine. For measuring: {@link org.unvanish.kernel.LaneValues}, a tensor's values as they are,
 * and {@link org.unvanish.kernel.ArgumentKernel}, where arguments lie.
 */
package org.unvanish.kernel;
