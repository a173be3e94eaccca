package org.unvanish.meanfield;

/** An activation with the weights and biases behind it: units that they read. */
public record DenseLayer(VarianceMap map, double units) {}
