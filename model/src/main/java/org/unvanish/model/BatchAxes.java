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

  private static final String FREE_BATCH =
      "Export it with a free batch dimension: torch.onnx.export(…, input_names=[\"input\"], dynamic_axes={\"input\": {0: \"batch\"}}), or with dynamo=True dynamic_shapes. Make initial states for the batch that comes, or leave them out.";

  private final Map<String, Integer> axes = new HashMap<>();
  private final Map<String, Integer> widths = new HashMap<>();
  private final Map<String, Integer> units;
  private final long bytesOfSample;
  private final long otherBytes;

  /**
   * @throws ModelRefusedException if the graph is made for one number of samples
   */
  BatchAxes(GraphStack stack, ModelData data) {
    Run few = few(stack, data);
    Run more;
    try {
      more = run(stack, data, MORE);
    } catch (ModelRefusedException e) {
      throw frozen(e.place(), e.reason());
    }
    stack.all().forEach(l -> widths.put(l.output(), few.value(l.output()).size() / FEW));
    units = UnitAxes.of(stack.graph(), few);
    axes.put(stack.input(), axis(stack.input(), few, more));
    stack.all().forEach(layer -> axes.put(layer.output(), axis(layer.output(), few, more)));
    stack.all().forEach(layer -> axes.put(layer.input(), axis(layer.input(), few, more)));
    bytesOfSample = more.bytes() - few.bytes();
    otherBytes = few.bytes() - FEW * bytesOfSample;
  }

  private static Run few(GraphStack stack, ModelData data) {
    try {
      return run(stack, data, FEW);
    } catch (ModelRefusedException e) {
      if (!e.wayOut().isEmpty()) {
        throw e;
      }
      if (computesOne(stack, data)) {
        throw frozen(e.place(), e.reason());
      }
      InputLayout layout = InputLayout.of(stack);
      String given =
          "%s, where the model was given samples of %s"
              .formatted(e.reason(), sample(data.inputs(new int[] {0}).shape(), layout));
      throw layout.isOpen()
          ? new ModelRefusedException(
              e.place(),
              "%s. The file leaves open what its input \"%s\" reads (%s for each sample)"
                  .formatted(given, layout.input(), layout.title()),
              "Give data of the shape that the model was made for, or say it as in --input-shape %s."
                  .formatted(layout.example()))
          : new ModelRefusedException(
              e.place(),
              given,
              "Give samples of the shape that the model was made for. If it was exported for a certain number of samples: "
                  + FREE_BATCH);
    }
  }

  private static String sample(int[] given, InputLayout layout) {
    long[] sample = new long[given.length - 1];
    for (int axis = 0, k = 0; axis < given.length; axis++) {
      if (axis != layout.batchAxis()) {
        sample[k++] = given[axis];
      }
    }
    return InputLayout.title(sample);
  }

  private static boolean computesOne(GraphStack stack, ModelData data) {
    try {
      run(stack, data, 1);
      return true;
    } catch (ModelRefusedException e) {
      return false;
    }
  }

  private static ModelRefusedException frozen(String place, String reason) {
    return new ModelRefusedException(
        place,
        reason + ", because the model was exported for a certain number of samples",
        FREE_BATCH);
  }

  private static Run run(GraphStack stack, ModelData data, int count) {
    int[] samples = new int[count];
    for (int i = 0; i < count; i++) {
      samples[i] = i % data.count();
    }
    return new Interpreter(stack.graph()).run(Map.of(stack.input(), data.inputs(samples)));
  }

  private static int axis(String name, Run few, Run more) {
    int[] small = few.value(name).shape();
    int[] large = more.value(name).shape();
    for (int i = 0; i < small.length && small.length == large.length; i++) {
      if (small[i] != large[i]) {
        return i;
      }
    }
    throw frozen(
        "the value \"" + name + "\"", "its shape does not change with the number of samples");
  }

  /** What the values of a pass forward take, in bytes, those that operators keep among them. */
  long bytes(int samples) {
    return otherBytes + samples * bytesOfSample;
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

  /**
   * The units, or channels, of a sample's values in the order of {@link #bySample}.
   *
   * @param count how many there are
   * @param together how many values of one unit follow each other
   */
  record Units(int count, int together) {
    /** The unit of a value. */
    int of(int index) {
      return index / together % count;
    }
  }

  /** Those of a value; where no layer before it tells, the axis behind the samples' has them. */
  Units units(Tensor value, String name, int samples) {
    int batchAxis = of(name);
    int axis = units.getOrDefault(name, batchAxis + 1);
    if (axis >= value.rank() || axis == batchAxis) {
      return new Units(1, 1);
    }
    int together = 1;
    for (int i = axis + 1; i < value.rank(); i++) {
      together *= i == batchAxis ? value.extent(i) / samples : value.extent(i);
    }
    return new Units(value.extent(axis), Math.max(1, together));
  }
}
