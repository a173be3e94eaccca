package org.unvanish.model.torch;

/**
 * What reaches a module.
 *
 * @param value its name in the graph
 * @param rank how many axes it has, the batch among them
 */
record Flow(String value, int rank) {}
