package org.unvanish.model;

import java.util.HashMap;
import java.util.Map;
import org.unvanish.model.graph.Interpreter;
import org.unvanish.model.graph.Run;
import org.unvanish.model.graph.Tensor;

/**
 * Along which axis of each value the samples lie: the one that grows with them. Most have them
 * first, but the states of recurrent nodes do not.
 */
final class BatchAxes {

  private static final int FEW = 2;
  private static final int MORE = 3;

  private final Map<String, Integer> axes = new HashMap<>();
  private final Map<String, Integer> widths = new HashMap<>();

  /**
   * @throws ModelRefusedException if the graph is made for one number of samples
   */
  BatchAxes(GraphStack stack, ModelData data) {
    Run few = run(stack, data, FEW);
    Run more = run(stack, data, MORE);
    stack.all().forEach(l -> widths.put(l.output(), few.value(l.output()).size() / FEW));
    axes.put(stack.input(), axis(stack.input(), few, more));
    stack.all().forEach(layer -> axes.put(layer.output(), axis(layer.output(), few, more)));
    stack.all().forEach(layer -> axes.put(layer.input(), axis(layer.input(), few, more)));
  }

  private static Run run(GraphStack stack, ModelData data, int count) {
    int[] samples = new int[count];
    for (int i = 0; i < count; i++) {
      samples[i] = i % data.count();
    }
    try {
      return new Interpreter(stack.graph()).run(Map.of(stack.input(), data.inputs(samples)));
    } catch (ModelRefusedException e) {
      throw new ModelRefusedException(
          e.place(),
          e.reason() + ", when " + count + " samples are given to the model",
          e.wayOut().isEmpty()
              ? "If it was exported for a batch of one, export it with a free batch dimension: in PyTorch dynamic_axes={\"input\": {0: \"batch\"}}."
              : e.wayOut());
    }
  }

  private static int axis(String name, Run few, Run more) {
    int[] small = few.value(name).shape();
    int[] large = more.value(name).shape();
    for (int i = 0; i < small.length && small.length == large.length; i++) {
      if (small[i] != large[i]) {
        return i;
      }
    }
    throw new ModelRefusedException(
        "the value \"" + name + "\"",
        "its shape does not change with the number of samples, so that the model is made for one number of them",
        "Export it with a free batch dimension: in PyTorch dynamic_axes={\"input\": {0: \"batch\"}}.");
  }

  /** The axis of the samples. */
  int of(String name) {
    Integer axis = axes.get(name);
    return axis == null ? 0 : axis;
  }

  /** Multiplications, each with an addition, that weights take to send one sample forward. */
  double multiplyAdds(GraphStack stack) {
    double sum = 0;
    for (GraphLayer layer : stack.all().toList()) {
      int width = width(layer.output());
      for (GraphParameter parameter : layer.parameters()) {
        double units =
            parameter.unitAxis() < 0 ? 1 : stack.constant(parameter).extent(parameter.unitAxis());
        // Each weight acts at every place of its unit's output.
        sum +=
            parameter.isWeights()
                ? stack.constant(parameter).size() * Math.max(1, width / units)
                : 0;
      }
    }
    return Math.max(1, sum);
  }

  /** How many numbers a layer puts out for each sample. */
  int width(String name) {
    Integer width = widths.get(name);
    return width == null ? 0 : width;
  }

  /** Of a value, those of each sample, in their order. */
  double[][] bySample(Tensor value, String name, int samples) {
    int stride = stride(value, name, samples);
    double[][] result = new double[samples][value.size() / samples];
    int[] filled = new int[samples];
    for (int i = 0; i < value.size(); i++) {
      int sample = i / stride % samples;
      result[sample][filled[sample]++] = value.value(i);
    }
    return result;
  }

  /** The opposite of {@link #bySample}, in the shape of a value. */
  Tensor joined(double[][] parts, Tensor like, String name) {
    int stride = stride(like, name, parts.length);
    double[] values = new double[like.size()];
    int[] taken = new int[parts.length];
    for (int i = 0; i < values.length; i++) {
      int sample = i / stride % parts.length;
      values[i] = parts[sample][taken[sample]++];
    }
    return Tensor.of(values, like.shape());
  }

  /** Values between one sample and the next; where other things have the same axis, more. */
  private int stride(Tensor value, String name, int samples) {
    return TensorGradient.of(value, samples, of(name)).stride();
  }

  /** How many channels, or units, each sample of a value has: the axis behind the samples'. */
  int channels(Tensor value, String name) {
    int axis = of(name) + 1;
    return axis < value.rank() ? value.extent(axis) : 1;
  }
}
