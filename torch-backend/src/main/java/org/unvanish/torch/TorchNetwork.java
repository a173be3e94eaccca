package org.unvanish.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.pooling.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.unvanish.network.Activated;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.Convolutional.SeparableConvolution;
import org.unvanish.network.Dense;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.Pooling.AveragePooling;
import org.unvanish.network.Pooling.MaxPooling;

/** A network in PyTorch's words, with all its parameters in one array, as the engine has them. */
final class TorchNetwork {

  private static final Shape ONE = new Shape(1, 1);

  /** A parameter tensor's place in the array of all, and its shape. */
  private record Slice(NDIndex index, Shape shape) {
    static Slice of(ParameterTensor tensor) {
      return new Slice(
          new NDIndex().addSliceDim(tensor.offset(), tensor.end()),
          new Shape(tensor.shape().stream().mapToLong(Integer::longValue).toArray()));
    }

    NDArray of(NDArray parameters) {
      return parameters.get(index).reshape(shape);
    }
  }

  /** What PyTorch computes for a layer of one kind. */
  private interface Mirror<L extends Layer> {
    /**
     * From what reaches a layer to its output, (sample, channel, row, column) both.
     *
     * @param own the layer's parameter tensors
     */
    NDArray apply(L layer, NDArray x, List<NDArray> own);
  }

  /** The table of layer kinds; a test fails for a kind that it lacks. */
  private static final Map<Class<?>, Mirror<?>> MIRRORS =
      Map.of(
          Convolution.class, (Mirror<Convolution>) TorchNetwork::convolution,
          SeparableConvolution.class, (Mirror<SeparableConvolution>) TorchNetwork::separable,
          MaxPooling.class, (Mirror<MaxPooling>) TorchNetwork::maximum,
          AveragePooling.class, (Mirror<AveragePooling>) TorchNetwork::mean,
          Dense.class, (Mirror<Dense>) TorchNetwork::dense,
          Activated.class,
              (Mirror<Activated>)
                  (layer, x, own) -> TorchActivation.apply(layer.activation(), x, own));

  private final Network network;
  private final List<List<Slice>> slices = new ArrayList<>();

  /**
   * @throws IllegalStateException if PyTorch has no mirror of one of its layers
   */
  TorchNetwork(Network network) {
    this.network = network;
    network.layers().forEach(TorchNetwork::mirror);
    for (int i = 0; i < network.layers().size(); i++) {
      slices.add(network.parameters(i).stream().map(Slice::of).toList());
    }
  }

  @SuppressWarnings("unchecked") // Each kind stands beside its own mirror.
  private static Mirror<Layer> mirror(Layer layer) {
    Mirror<?> mirror = MIRRORS.get(layer.getClass());
    if (mirror == null) {
      throw new IllegalStateException("PyTorch has no mirror of a layer " + layer.name());
    }
    return (Mirror<Layer>) mirror;
  }

  /**
   * From samples to logits.
   *
   * @param samples (sample, channel, row, column)
   * @param parameters of all layers, in the network's order
   * @return (sample, class)
   */
  NDArray logits(NDArray samples, NDArray parameters) {
    NDArray x = samples;
    for (int i = 0; i < slices.size(); i++) {
      List<NDArray> own = slices.get(i).stream().map(slice -> slice.of(parameters)).toList();
      x = mirror(network.layers().get(i)).apply(network.layers().get(i), x, own);
    }
    return x.reshape(x.size(0), network.outputs());
  }

  private static NDArray convolution(Convolution layer, NDArray x, List<NDArray> own) {
    return convolve(x, own.get(0), layer.bias() ? own.get(1) : null, 1);
  }

  private static NDArray separable(SeparableConvolution layer, NDArray x, List<NDArray> own) {
    NDArray middle = convolve(x, own.get(0).expandDims(1), null, (int) own.get(0).size(0));
    NDArray pointwise = own.get(1).reshape(own.get(1).getShape().addAll(ONE));
    return convolve(middle, pointwise, layer.bias() ? own.get(2) : null, 1);
  }

  private static NDArray maximum(MaxPooling layer, NDArray x, List<NDArray> own) {
    Shape size = new Shape(layer.size(), layer.size());
    return Pool.maxPool2d(x, size, size, new Shape(0, 0), false);
  }

  private static NDArray mean(AveragePooling layer, NDArray x, List<NDArray> own) {
    Shape size = new Shape(layer.size(), layer.size());
    return Pool.avgPool2d(x, size, size, new Shape(0, 0), false, true);
  }

  private static NDArray dense(Dense layer, NDArray x, List<NDArray> own) {
    NDArray y = x.reshape(x.size(0), -1).matMul(own.get(0).transpose());
    NDArray shaped = layer.bias() ? y.add(own.get(1)) : y;
    return shaped.reshape(x.size(0), layer.units(), 1, 1);
  }

  /** With stride 1 and as many zeros around as keep rows and columns. */
  private static NDArray convolve(NDArray x, NDArray weights, @Nullable NDArray bias, int groups) {
    long padding = weights.size(2) / 2;
    return Conv2d.conv2d(x, weights, bias, ONE, new Shape(padding, padding), ONE, groups)
        .singletonOrThrow();
  }
}
