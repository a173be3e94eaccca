package org.unvanish.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.nn.pooling.Pool;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unvanish.network.Activated;
import org.unvanish.network.Convolutional;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.Convolutional.Convolution1d;
import org.unvanish.network.Convolutional.SeparableConvolution;
import org.unvanish.network.Dense;
import org.unvanish.network.Dropout;
import org.unvanish.network.Embedding;
import org.unvanish.network.Layer;
import org.unvanish.network.Network;
import org.unvanish.network.Normalization.BatchNormalization;
import org.unvanish.network.Normalization.GroupNormalization;
import org.unvanish.network.Normalization.LayerNormalization;
import org.unvanish.network.ParameterTensor;
import org.unvanish.network.Pooling;
import org.unvanish.network.Pooling.AveragePooling;
import org.unvanish.network.Pooling.GlobalAveragePooling;
import org.unvanish.network.Pooling.MaxPooling;
import org.unvanish.network.Recurrent.Gru;
import org.unvanish.network.Recurrent.Lstm;
import org.unvanish.network.Recurrent.SimpleRecurrent;
import org.unvanish.network.Residual;
import org.unvanish.network.Softmax;
import org.unvanish.random.RandomMask;

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
     * @param pass in which mode
     */
    NDArray apply(L layer, NDArray x, List<NDArray> own, TorchPass pass);
  }

  /** The table of layer kinds; a test fails for a kind that it lacks. */
  private static final Map<Class<?>, Mirror<?>> MIRRORS =
      Map.ofEntries(
          kind(Convolution.class, TorchNetwork::convolution),
          kind(SeparableConvolution.class, TorchNetwork::separable),
          kind(Convolution1d.class, TorchNetwork::convolution1d),
          kind(MaxPooling.class, TorchNetwork::maximum),
          kind(AveragePooling.class, TorchNetwork::mean),
          kind(GlobalAveragePooling.class, TorchNetwork::mean),
          kind(Dense.class, TorchNetwork::dense),
          kind(Embedding.class, TorchNetwork::embedding),
          kind(SimpleRecurrent.class, TorchRecurrent::simple),
          kind(Lstm.class, TorchRecurrent::lstm),
          kind(Gru.class, TorchRecurrent::gru),
          kind(BatchNormalization.class, TorchNetwork::batchNormalization),
          kind(LayerNormalization.class, TorchNetwork::layerNormalization),
          kind(GroupNormalization.class, TorchNetwork::groupNormalization),
          kind(Dropout.class, TorchNetwork::dropout),
          kind(Residual.class, TorchNetwork::residual),
          kind(Softmax.class, (layer, x, own, pass) -> x.softmax(1)),
          kind(
              Activated.class,
              (layer, x, own, pass) -> TorchActivation.apply(layer.activation(), x, own)));

  private static <L extends Layer> Map.Entry<Class<?>, Mirror<?>> kind(
      Class<L> kind, Mirror<L> mirror) {
    return Map.entry(kind, mirror);
  }

  private final Network network;
  private final List<List<Slice>> slices = new ArrayList<>();

  /**
   * @throws IllegalStateException if PyTorch has no mirror of one of its layers
   */
  TorchNetwork(Network network) {
    this.network = network;
    network.layers().stream().flatMap(Layer::flat).forEach(TorchNetwork::mirror);
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
   * @param pass in which mode; it is told of running statistics
   * @return (sample, class)
   */
  NDArray logits(NDArray samples, NDArray parameters, TorchPass pass) {
    NDArray x = samples;
    for (int i = 0; i < slices.size(); i++) {
      List<NDArray> own = slices.get(i).stream().map(slice -> slice.of(parameters)).toList();
      x = mirror(network.layers().get(i)).apply(network.layers().get(i), x, own, pass);
      pass.putOut(x);
    }
    return x.reshape(x.size(0), network.outputs());
  }

  private static NDArray convolution(
      Convolution layer, NDArray x, List<NDArray> own, TorchPass pass) {
    return convolve(layer, x, own.get(0), layer.bias() ? own.get(1) : null, 1);
  }

  private static NDArray separable(
      SeparableConvolution layer, NDArray x, List<NDArray> own, TorchPass pass) {
    NDArray middle = convolve(layer, x, own.get(0).expandDims(1), null, (int) own.get(0).size(0));
    NDArray pointwise = own.get(1).reshape(own.get(1).getShape().addAll(ONE));
    NDArray bias = layer.bias() ? own.get(2) : null;
    return Conv2d.conv2d(middle, pointwise, bias, ONE, new Shape(0, 0), ONE, 1).singletonOrThrow();
  }

  private static NDArray convolution1d(
      Convolution1d layer, NDArray x, List<NDArray> own, TorchPass pass) {
    NDArray signal = x.size(3) == 1 ? x.reshape(x.size(0), 1, 1, x.size(1)) : x;
    return convolve(layer, signal, own.get(0).expandDims(2), layer.bias() ? own.get(1) : null, 1);
  }

  private static NDArray maximum(MaxPooling layer, NDArray x, List<NDArray> own, TorchPass pass) {
    Shape tile = tile(layer, x);
    return Pool.maxPool2d(x, tile, tile, new Shape(0, 0), false);
  }

  private static NDArray mean(Pooling layer, NDArray x, List<NDArray> own, TorchPass pass) {
    Shape tile = tile(layer, x);
    return Pool.avgPool2d(x, tile, tile, new Shape(0, 0), false, true);
  }

  private static Shape tile(Pooling layer, NDArray x) {
    return new Shape(layer.tileRows(shape(x)), layer.tileColumns(shape(x)));
  }

  private static NDArray dense(Dense layer, NDArray x, List<NDArray> own, TorchPass pass) {
    NDArray y = x.reshape(x.size(0), -1).matMul(own.get(0).transpose());
    NDArray shaped = layer.bias() ? y.add(own.get(1)) : y;
    return shaped.reshape(x.size(0), layer.units(), 1, 1);
  }

  /** The rows of its weights, as products with rows of 0 and 1. */
  private static NDArray embedding(Embedding layer, NDArray x, List<NDArray> own, TorchPass pass) {
    NDArray flat = x.reshape(x.size(0), x.size(1));
    NDArray numbers = columns(flat, layer.column(), layer.column() + 1).flatten();
    NDArray rows = numbers.toType(DataType.INT64, true).oneHot(layer.categories(), x.getDataType());
    NDArray y =
        columns(flat, 0, layer.column())
            .concat(rows.matMul(own.get(0)), 1)
            .concat(columns(flat, layer.column() + 1, (int) x.size(1)), 1);
    return y.reshape(x.size(0), y.size(1), 1, 1);
  }

  private static NDArray columns(NDArray flat, int from, int to) {
    return flat.get(new NDIndex().addAllDim().addSliceDim(from, to));
  }

  private static NDArray layerNormalization(
      LayerNormalization layer, NDArray x, List<NDArray> own, TorchPass pass) {
    Shape sample = x.getShape().slice(1);
    return LayerNorm.layerNorm(
            x,
            sample,
            own.get(0).reshape(sample),
            own.get(1).reshape(sample),
            (float) layer.epsilon())
        .singletonOrThrow();
  }

  private static NDArray groupNormalization(
      GroupNormalization layer, NDArray x, List<NDArray> own, TorchPass pass) {
    int[] values = {2};
    NDArray grouped = x.reshape(x.size(0), layer.groups(), -1);
    NDArray centered = grouped.sub(grouped.mean(values, true));
    NDArray variance = centered.mul(centered).mean(values, true);
    NDArray normal = centered.div(variance.add(layer.epsilon()).sqrt()).reshape(x.getShape());
    Shape channels = new Shape(1, x.size(1), 1, 1);
    return normal.mul(own.get(0).reshape(channels)).add(own.get(1).reshape(channels));
  }

  /** With the engine's own draws: PyTorch's are others. */
  private static NDArray dropout(Dropout layer, NDArray x, List<NDArray> own, TorchPass pass) {
    if (!pass.isTraining()) {
      return x;
    }
    long key = pass.nextKey();
    int threshold = RandomMask.threshold(layer.rate());
    int values = shape(x).size();
    float[] mask = new float[(int) x.size(0) * values];
    for (int i = 0; i < mask.length; i++) {
      boolean dropped = RandomMask.drops(key, i / values, i % values, threshold);
      mask[i] = dropped ? 0 : (float) (1 / (1 - layer.rate()));
    }
    NDArray factors = x.getManager().create(mask, x.getShape());
    return x.mul(factors.toType(x.getDataType(), false));
  }

  private static NDArray residual(Residual block, NDArray x, List<NDArray> own, TorchPass pass) {
    Iterator<NDArray> tensors = own.iterator();
    NDArray y = x;
    for (Layer layer : block.layers()) {
      y = apply(layer, y, tensors, pass);
      pass.putOut(y);
    }
    Optional<Layer> projection = block.projectionOf(shape(x));
    return y.add(projection.isPresent() ? apply(projection.get(), x, tensors, pass) : x);
  }

  /**
   * A layer that a block holds.
   *
   * @param tensors gives its tensors, and those of the layers that follow
   */
  private static NDArray apply(Layer layer, NDArray x, Iterator<NDArray> tensors, TorchPass pass) {
    List<NDArray> own = new ArrayList<>();
    layer.parameters(shape(x)).forEach(tensor -> own.add(tensors.next()));
    return mirror(layer).apply(layer, x, own, pass);
  }

  /** Of one sample. */
  private static org.unvanish.data.Shape shape(NDArray x) {
    return new org.unvanish.data.Shape((int) x.size(1), (int) x.size(2), (int) x.size(3));
  }

  /** PyTorch moves the running mean and variance that it is given: copies here. */
  private static NDArray batchNormalization(
      BatchNormalization layer, NDArray x, List<NDArray> own, TorchPass pass) {
    NDArray mean = own.get(2).stopGradient().duplicate();
    NDArray variance = own.get(3).stopGradient().duplicate();
    NDArray y =
        BatchNorm.batchNorm(
                x,
                mean,
                variance,
                own.get(0),
                own.get(1),
                1,
                // DJL's momentum is what stays.
                (float) (1 - layer.momentum()),
                (float) layer.epsilon(),
                pass.isTraining())
            .singletonOrThrow();
    if (pass.isTraining()) {
      pass.tell(mean.toType(DataType.FLOAT32, false).toFloatArray());
      pass.tell(variance.toType(DataType.FLOAT32, false).toFloatArray());
    }
    return y;
  }

  private static NDArray convolve(
      Convolutional layer, NDArray x, NDArray weights, @Nullable NDArray bias, int groups) {
    Shape stride = new Shape(layer.rowStride(), layer.stride());
    Shape zeros =
        new Shape(layer.padding().zeros(layer.kernelRows()), layer.padding().zeros(layer.kernel()));
    return Conv2d.conv2d(x, weights, bias, stride, zeros, ONE, groups).singletonOrThrow();
  }
}
