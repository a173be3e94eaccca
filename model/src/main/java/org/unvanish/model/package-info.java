/**
 * Models of other frameworks.
 *
 * <p>In reading order: {@link org.unvanish.model.ImportedModel}, what a reader makes of a file;
 * {@link org.unvanish.model.ModelRefusedException}, its error for a file that it cannot use; {@link
 * org.unvanish.model.Limits}, how large a model may be; {@link org.unvanish.model.ModelReader},
 * which finds the reader for a file. {@link org.unvanish.model.ModelDiagnosis} finds out why its
 * gradients vanish: {@link org.unvanish.model.GraphStack} takes its graph apart into {@link
 * org.unvanish.model.GraphLayer GraphLayers} with {@link org.unvanish.model.GraphParameter
 * GraphParameters}, {@link org.unvanish.model.UserData} gives it {@link
 * org.unvanish.model.ModelData}, {@link org.unvanish.model.GraphProbe} measures and tries remedies,
 * {@link org.unvanish.model.RemedyCode} writes a prescription as lines to paste, and {@link
 * org.unvanish.model.RemediedModel} is the model with it.
 *
 * <p>Inside: {@code Segment} finds where a layer may end, {@code LayerFinder} what it is, with
 * {@code ScalarFunction} for activations, {@code LayerParameters} and {@code LayerNames}; {@code
 * GraphMeasurement} gathers mini-batches, each a {@code GraphPass} from an {@code OutputError} on,
 * {@code RecurrentNode} the steps of recurrent nodes; {@code GraphEdit} changes graphs, {@code
 * StackEdit} stacks; {@code DrawnWeights} are initial weights, {@code WeightOrigins} tells where a
 * file has them; {@code InputLayout} says how a model wants its samples.
 *
 * <p>{@link org.unvanish.model.graph} has the graph that all readers make, and its forward and
 * backward pass.
 */
package org.unvanish.model;
