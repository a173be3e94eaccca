package org.unvanish.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.unvanish.activation.Activation;
import org.unvanish.activation.ActivationFunction;
import org.unvanish.data.Shape;

/**
 * A feed-forward network as a value: its layers, with all shapes checked.
 *
 * <p>The last layer may be any. The values of its output are the network's outputs, channel by
 * channel and row by row; what they mean is for the loss to say: logits, probabilities or numbers.
 *
 * @since 0.1
 */
public final class Network {

  private final Shape input;
  private final List<Layer> layers;
  private final List<Shape> shapes = new ArrayList<>();
  private final List<ParameterTensor> parameters = new ArrayList<>();
  private final List<List<ParameterTensor>> parametersOfLayer = new ArrayList<>();
  private int parameterCount;

  /**
   * Begins a network.
   *
   * @param input the shape of one sample
   */
  public static NetworkBuilder builder(Shape input) {
    return new NetworkBuilder(input);
  }

  /**
   * @param input the shape of one sample
   * @param layers first to last
   * @throws IllegalArgumentException if a layer does not fit what reaches it, or there are no
   *     parameters, or more than an array holds; the message names the layer by number and kind, or
   *     the parameter tensor
   */
  public Network(Shape input, List<Layer> layers) {
    this.input = input;
    this.layers = List.copyOf(layers);
    Map<String, Integer> counts = new HashMap<>();
    Shape shape = input;
    for (int i = 0; i < this.layers.size(); i++) {
      Layer layer = this.layers.get(i);
      int number = counts.merge(layer.countedAs(), 1, Integer::sum);
      List<ParameterTensor> own = new ArrayList<>();
      Shape reached = shape;
      shape = output(layer, i, reached);
      for (Layer.Parameters tensor : layer.parameters(reached)) {
        own.add(placed(layer.name() + number, tensor));
      }
      shapes.add(shape);
      parametersOfLayer.add(List.copyOf(own));
      parameters.addAll(own);
    }
    if (parameterCount == 0) {
      throw new IllegalArgumentException(
          "the network has no parameters to learn; it needs a layer with weights, such as a dense one");
    }
  }

  private static Shape output(Layer layer, int index, Shape input) {
    try {
      return layer.output(input);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("layer " + (index + 1) + ", " + e.getMessage(), e);
    }
  }

  /** Gives a tensor of a layer its place behind all others. */
  private ParameterTensor placed(String layer, Layer.Parameters own) {
    ParameterTensor tensor =
        new ParameterTensor(
            layer + "/" + own.name(),
            own.kind(),
            own.shape(),
            parameterCount,
            own.fanIn(),
            own.fanOut());
    try {
      parameterCount = Math.addExact(parameterCount, tensor.size());
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "with "
              + tensor.name()
              + " the network has more than "
              + Integer.MAX_VALUE
              + " parameters",
          e);
    }
    return tensor;
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
    return shapes.get(layer);
  }

  /** What its activation layers apply, first to last. */
  public List<Activation> activations() {
    return layers.stream()
        .flatMap(layer -> layer instanceof Activated a ? Stream.of(a.activation()) : Stream.of())
        .toList();
  }

  /** The number of outputs: the values of the last layer's output for one sample. */
  public int outputs() {
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
      long places = (long) shapes.get(i).rows() * shapes.get(i).columns();
      for (ParameterTensor tensor : parametersOfLayer.get(i)) {
        sum += tensor.kind() == ParameterTensor.Kind.WEIGHTS ? places * tensor.size() : 0;
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

  /** The network with all of its fixed scales α multiplied; learned ones find their own way. */
  public Network scaled(double factor) {
    return withActivations(a -> a.times(factor));
  }

  /** The network with this function in place of all its activation functions; scales stay. */
  public Network withFunction(ActivationFunction function) {
    return withActivations(a -> new Activation(function, a.scale()));
  }

  private Network withActivations(UnaryOperator<Activation> change) {
    List<Layer> changed =
        layers.stream()
            .map(
                layer ->
                    layer instanceof Activated activated
                        ? new Activated(change.apply(activated.activation()))
                        : layer)
            .toList();
    return new Network(input, changed);
  }
}
