/**
 * What a training lowers, and how well a network does by it.
 *
 * <p>In reading order: {@link org.unvanish.loss.Loss}, with the {@link org.unvanish.loss.TargetKind
 * kind of targets} that it needs and the {@link org.unvanish.loss.TargetTable targets} themselves.
 * For classes: {@link org.unvanish.loss.SoftmaxCrossEntropy}, with {@link
 * org.unvanish.loss.ClassWeights}. For numbers: {@link org.unvanish.loss.NumberLoss}, which is
 * {@link org.unvanish.loss.MeanSquaredError}, {@link org.unvanish.loss.MeanAbsoluteError} or {@link
 * org.unvanish.loss.Huber}; and {@link org.unvanish.loss.BinaryCrossEntropy}. {@link
 * org.unvanish.loss.OneHot} makes these losses for classes.
 *
 * <p>{@link org.unvanish.loss.Score}, a number that a loss reports, {@link
 * org.unvanish.loss.Scores}, the values of several, and {@link org.unvanish.loss.ClassSums} and
 * {@link org.unvanish.loss.NumberSums}, the sums over samples from which they come; {@link
 * org.unvanish.loss.ConstantPredictor}, what needs no training; {@link
 * org.unvanish.loss.ClassShares}, what such a predictor knows of classes.
 *
 * <p>Another loss is a record here that {@code Loss} permits, a kernel in the engine, and a line in
 * the engine's {@code LossTable}.
 */
package org.unvanish.loss;
