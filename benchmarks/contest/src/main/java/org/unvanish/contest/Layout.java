package org.unvanish.contest;

/** The order of a sample's axes, in images and where a dense layer flattens one. */
public enum Layout {
  /** Channel, row, column: the task's own, PyTorch's and ND4J's. */
  CHANNELS_FIRST,
  /** Row, column, channel: TensorFlow's. */
  CHANNELS_LAST;

  /**
   * Where a value of a sample in this layout stands in the task's.
   *
   * @param shape of the sample
   * @param index in this layout
   */
  public int source(Op.Dimensions shape, int index) {
    if (this == CHANNELS_FIRST) {
      return index;
    }
    int channel = index % shape.channels();
    return channel * shape.rows() * shape.columns() + index / shape.channels();
  }

  /**
   * A dense layer's initial weights as [input, unit], its inputs in this layout.
   *
   * @param op a DENSE
   * @param parameters all of the task's
   */
  public float[] denseWeights(Op op, float[] parameters) {
    int inputs = op.in().size();
    int units = op.out().size();
    float[] weights = new float[inputs * units];
    for (int input = 0; input < inputs; input++) {
      for (int unit = 0; unit < units; unit++) {
        weights[input * units + unit] =
            parameters[op.offset() + unit * inputs + source(op.in(), input)];
      }
    }
    return weights;
  }

  /**
   * Weights as [input, sum], as frameworks have them that multiply from the right.
   *
   * @param tensor of a recurrent operation: [sum, input]
   * @param parameters all of the task's
   */
  public static float[] inputFirst(Op.Tensor tensor, float[] parameters) {
    int sums = tensor.shape().get(0);
    int inputs = tensor.shape().get(1);
    float[] weights = new float[tensor.size()];
    for (int sum = 0; sum < sums; sum++) {
      for (int input = 0; input < inputs; input++) {
        weights[input * sums + sum] = parameters[tensor.offset() + sum * inputs + input];
      }
    }
    return weights;
  }

  /**
   * A convolution's initial weights as [row, column, channel, filter], those of DEPTHWISE as [row,
   * column, channel, 1]: the order of TensorFlow and ND4J, whatever their images'.
   *
   * @param op a CONVOLUTION or DEPTHWISE
   * @param parameters all of the task's
   */
  public static float[] windowFirst(Op op, float[] parameters) {
    int area = op.size() * op.size();
    int kernels = op.parameters() / area;
    int filters = op.kind() == Op.Kind.CONVOLUTION ? op.out().channels() : 1;
    int channels = kernels / filters;
    float[] weights = new float[op.parameters()];
    for (int filter = 0; filter < filters; filter++) {
      for (int channel = 0; channel < channels; channel++) {
        for (int pixel = 0; pixel < area; pixel++) {
          weights[(pixel * channels + channel) * filters + filter] =
              parameters[op.offset() + (filter * channels + channel) * area + pixel];
        }
      }
    }
    return weights;
  }
}
