/**
 * ONNX files, read and written.
 *
 * <p>In reading order: {@link org.unvanish.model.onnx.OnnxReader}, which makes a graph of a file;
 * {@link org.unvanish.model.onnx.OnnxWriter}, which makes a file of a graph. What they are built
 * of: {@code WireCheck} looks at every byte before messages are made of them, {@code OnnxGraphs}
 * takes the graph over node by node, {@code OnnxForms} knows what operators meant in which version,
 * {@code OnnxTensors} and {@code ExternalFiles} read numbers, {@code OnnxWarnings} says what a file
 * hides.
 */
package org.unvanish.model.onnx;
