package org.unvanish.network;

import java.util.ArrayList;
import java.util.List;
import org.unvanish.network.ParameterTensor.Kind;

/**
 * A feed-forward classifier as a value: its layers, with all shapes checked.
 *
 * <p>The last layer is dense; its outputs are the logits of the classes, on which the loss applies
 * the softmax.
 */
public final class Network {

  private final Shape input;
  private final List<Layer> layers;
  private final List<Shape> outputs = new ArrayList<>();
  private final List<ParameterTensor> parameters = new ArrayList<>();
  private final List<List<ParameterTensor>> parametersOfLayer = new ArrayList<>();
  private int parameterCount;

  /**
   * @param input the shape of one sample
   * @param layers first to last
   * @throws IllegalArgumentException if a layer does not fit what reaches it, the last one is not a
   *     dense layer of at least two units, or there are more parameters than an array holds; the
   *     message names the layer by number and kind, or the parameter tensor
   */
  public Network(Shape input, List<Layer> layers) {
    this.input = input;
    this.layers = List.copyOf(layers);
    if (this.layers.isEmpty() || !(last(this.layers) instanceof Layer.Dense output)) {
      throw new IllegalArgumentException("the last layer must be dense: its units are the classes");
    }
    if (output.units() < 2) {
      throw new IllegalArgumentException(
          "the last dense layer needs a unit for each class, at least 2, but has "
              + output.units());
    }
    Shape shape = input;
    int convolutions = 0;
    int denses = 0;
    int activations = 0;
    for (int i = 0; i < this.layers.size(); i++) {
      List<ParameterTensor> own = new ArrayList<>();
      Layer layer = this.layers.get(i);
      if (layer instanceof Layer.Convolution c) {
        String name = "conv" + ++convolutions;
        int area = c.kernel() * c.kernel();
        requireSpatial(shape, i, "convolution", c.kernel());
        add(
            own,
            name + "/weights",
            Kind.WEIGHTS,
            List.of(c.filters(), shape.channels(), c.kernel(), c.kernel()),
            shape.channels() * area,
            c.filters() * area);
        addBias(own, name, c.bias(), c.filters(), shape.channels() * area);
        shape = new Shape(c.filters(), shape.rows(), shape.columns());
      } else if (layer instanceof Layer.SeparableConvolution c) {
        String name = "sepconv" + ++convolutions;
        int area = c.kernel() * c.kernel();
        requireSpatial(shape, i, "separable convolution", c.kernel());
        add(
            own,
            name + "/depthwise",
            Kind.WEIGHTS,
            List.of(shape.channels(), c.kernel(), c.kernel()),
            area,
            area);
        add(
            own,
            name + "/pointwise",
            Kind.WEIGHTS,
            List.of(c.filters(), shape.channels()),
            shape.channels(),
            c.filters());
        addBias(own, name, c.bias(), c.filters(), shape.channels());
        shape = new Shape(c.filters(), shape.rows(), shape.columns());
      } else if (layer instanceof Layer.MaxPooling p) {
        shape = pooled(shape, p.size(), i, "max pooling");
      } else if (layer instanceof Layer.AveragePooling p) {
        shape = pooled(shape, p.size(), i, "average pooling");
      } else if (layer instanceof Layer.Dense d) {
        String name = "dense" + ++denses;
        add(
            own,
            name + "/weights",
            Kind.WEIGHTS,
            List.of(d.units(), shape.size()),
            shape.size(),
            d.units());
        addBias(own, name, d.bias(), d.units(), shape.size());
        shape = Shape.flat(d.units());
      } else {
        activations++;
        if (((Layer.Activated) layer).activation().isLearned()) {
          add(own, "activation" + activations + "/alpha", Kind.SCALE, List.of(), 1, 1);
        }
      }
      outputs.add(shape);
      parametersOfLayer.add(List.copyOf(own));
      parameters.addAll(own);
    }
  }

  private void addBias(
      List<ParameterTensor> own, String name, boolean present, int units, int fanIn) {
    if (present) {
      add(own, name + "/bias", Kind.BIAS, List.of(units), fanIn, units);
    }
  }

  private void add(
      List<ParameterTensor> own,
      String name,
      Kind kind,
      List<Integer> shape,
      int fanIn,
      int fanOut) {
    ParameterTensor tensor = new ParameterTensor(name, kind, shape, parameterCount, fanIn, fanOut);
    own.add(tensor);
    try {
      parameterCount = Math.addExact(parameterCount, tensor.size());
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "with " + name + " the network has more than " + Integer.MAX_VALUE + " parameters", e);
    }
  }

  private static void requireSpatial(Shape shape, int index, String kind, int kernel) {
    if (kernel > 1 && shape.rows() == 1 && shape.columns() == 1) {
      throw new IllegalArgumentException(
          "layer "
              + (index + 1)
              + ", a "
              + kind
              + ", needs an image, but "
              + shape
              + " reaches it; put it before the first dense layer");
    }
  }

  private static Shape pooled(Shape shape, int size, int index, String kind) {
    if (shape.rows() % size != 0 || shape.columns() % size != 0) {
      throw new IllegalArgumentException(
          "layer "
              + (index + 1)
              + ", "
              + kind
              + " by "
              + size
              + ", needs rows and columns divisible by "
              + size
              + ", but "
              + shape
              + " reaches it");
    }
    return new Shape(shape.channels(), shape.rows() / size, shape.columns() / size);
  }

  private static Layer last(List<Layer> layers) {
    return layers.get(layers.size() - 1);
  }

  /** The shape of one sample. */
  public Shape input() {
    return input;
  }

  /** The layers, first to last. */
  public List<Layer> layers() {
    return layers;
  }

  /**
   * The output shape of a layer.
   *
   * @param layer its index from 0
   */
  public Shape output(int layer) {
    return outputs.get(layer);
  }

  /** The number of classes: the units of the last layer. */
  public int classes() {
    return output(layers.size() - 1).size();
  }

  /** All parameter tensors, first layer to last, without gaps from offset 0. */
  public List<ParameterTensor> parameters() {
    return List.copyOf(parameters);
  }

  /**
   * The parameter tensors of one layer, none for a pooling layer.
   *
   * @param layer its index from 0
   */
  public List<ParameterTensor> parameters(int layer) {
    return parametersOfLayer.get(layer);
  }

  /** The number of parameters. */
  public int parameterCount() {
    return parameterCount;
  }

  /** The multiplications, each with an addition, that weights take to send one sample forward. */
  public long multiplyAdds() {
    long sum = 0;
    for (int i = 0; i < layers.size(); i++) {
      long places = (long) outputs.get(i).rows() * outputs.get(i).columns();
      for (ParameterTensor tensor : parametersOfLayer.get(i)) {
        sum += tensor.kind() == Kind.WEIGHTS ? places * tensor.size() : 0;
      }
    }
    return sum;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Network that && input.equals(that.input) && layers.equals(that.layers);
  }

  @Override
  public int hashCode() {
    return 31 * input.hashCode() + layers.hashCode();
  }

  @Override
  public String toString() {
    return "Network[" + input + ", " + layers + "]";
  }
}
