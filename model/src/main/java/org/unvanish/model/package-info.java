/**
 * Other people's models, whatever they were written by.
 *
 * <p>In reading order: {@link org.unvanish.model.ImportedModel}, what a reader makes of a file;
 * {@link org.unvanish.model.ModelRefusedException}, what it says of a file that it cannot use;
 * {@link org.unvanish.model.Limits}, how large a model may be. {@link org.unvanish.model.graph} has
 * the graph that all readers make, and its forward and backward pass.
 */
package org.unvanish.model;
