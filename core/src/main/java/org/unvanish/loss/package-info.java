/**
 * What a training lowers, and how well a network does by it.
 *
 * <p>In reading order: {@link org.unvanish.loss.Loss}, with the {@link org.unvanish.loss.TargetKind
 * kind of targets} that it needs; {@link org.unvanish.loss.SoftmaxCrossEntropy}, for classes;
 * {@link org.unvanish.loss.Score}, a number that a loss reports, and {@link
 * org.unvanish.loss.Scores}, the values of several; {@link org.unvanish.loss.ConstantPredictor},
 * what needs no training; {@link org.unvanish.loss.ClassShares}, what such a predictor knows of
 * classes.
 *
 * <p>Another loss is a record here, a kernel in the engine, and a line in the engine's {@code
 * LossTable}.
 */
package org.unvanish.loss;
