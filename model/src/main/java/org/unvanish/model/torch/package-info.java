/**
 * What PyTorch's {@code torch.save} wrote, read without Python and without executing anything.
 *
 * <p>In reading order: {@link org.unvanish.model.torch.TorchReader}, which makes a graph of an
 * {@code nn.Sequential}; {@link org.unvanish.model.torch.NamedWeights}, weights without a network,
 * and {@code WeightMatching} with {@code WeightSlots}, which give them to the layers of one.
 *
 * <p>Of files: {@code TorchFile}, with {@code ZipContent} and {@code LegacyContent}, its two forms;
 * {@code Pickle}, which reads what Python has serialized as values ({@code PickledDict}, {@code
 * PickledList}, {@code PickledName}, {@code PickledObject}, {@code TorchTensor}) with {@code
 * PickleInput} and {@code KnownCalls}; {@code StateDict}, which finds tensors in them.
 *
 * <p>Of models: {@code TorchModule} and {@code ModuleTree}, what a model consists of; {@code
 * ModuleTable}, the forms of its classes, which are in {@code ActivationForms}, {@code
 * WeightForms}, {@code NormalizationForms}, {@code ShapeForms} and {@code RecurrentForms}; {@code
 * GraphDraft}, to which they add their nodes.
 */
package org.unvanish.model.torch;
