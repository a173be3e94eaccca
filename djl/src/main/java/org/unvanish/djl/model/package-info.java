/**
 * A user's model: its blocks, parameters and batches. Internal.
 *
 * <p>In reading order: {@link org.unvanish.djl.model.ModelParameter}, a parameter under its name;
 * {@link org.unvanish.djl.model.ActivationFinder}, which recognises activation functions; {@link
 * org.unvanish.djl.model.RecurrentSettings}, what a recurrent block was built with; {@link
 * org.unvanish.djl.model.BlockCopy}, which copies a tree of blocks; {@link
 * org.unvanish.djl.model.BatchScores}, loss and accuracy; {@link
 * org.unvanish.djl.model.FloatArrays}, values as Java's arrays.
 *
 * <p>Inside: {@code Instances} makes objects without their constructors.
 */
package org.unvanish.djl.model;
