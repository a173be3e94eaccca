/**
 * The same runs through PyTorch: a second opinion on the engine.
 *
 * <p>In reading order: {@link org.unvanish.torch.PyTorch}, the library once it is loaded; {@link
 * org.unvanish.torch.PyTorchMissingException}, where it is not there; {@link
 * org.unvanish.torch.PyTorchTraining}, which trains runs with it.
 *
 * <p>Inside: {@code TorchBackend} computes a run's numbers from {@code TorchSamples}, {@code
 * TorchNetwork} with its {@code TorchActivation}s and a {@code TorchPass} for each batch, {@code
 * TorchLoss} ({@code TorchCrossEntropy}), {@code TorchPenalty} and {@code TorchOptimizer}; {@code
 * Autograd} differentiates.
 */
package org.unvanish.torch;
