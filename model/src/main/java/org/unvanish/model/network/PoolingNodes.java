package org.unvanish.model.network;

import java.util.Arrays;
import java.util.List;
import org.unvanish.data.Shape;
import org.unvanish.model.graph.Attributes;
import org.unvanish.model.graph.Node;
import org.unvanish.model.graph.Tensor;
import org.unvanish.network.Pooling;

/** Pooling over tiles, and means over all rows and columns. */
final class PoolingNodes {

  private PoolingNodes() {}

  static Converted convert(Site site) {
    Node node = site.only();
    Attributes attributes = node.attributes();
    long[] kernel = attributes.integers("kernel_shape");
    int size = (int) Arrays.stream(kernel).max().orElse(1);
    int[] planes = site.planes();
    boolean plain =
        Arrays.equals(kernel, attributes.integers("strides", new long[0]))
            && Arrays.stream(attributes.integers("pads")).allMatch(zeros -> zeros == 0)
            && Arrays.stream(attributes.integers("dilations")).allMatch(d -> d == 1)
            && size > 1;
    Pooling layer =
        node.operator().equals("MaxPool")
            ? new Pooling.MaxPooling(Math.max(2, size))
            : new Pooling.AveragePooling(Math.max(2, size));
    Shape shape = site.shape();
    int[] extents = site.extents(node);
    long tile = Arrays.stream(kernel).reduce(1, Math::multiplyExact);
    if (!plain
        || tile != (long) layer.tileRows(shape) * layer.tileColumns(shape)
        || (kernel.length == 2 && kernel[0] != layer.tileRows(shape))
        || size(extents) != layer.output(shape).size()) {
      throw site.refused(
          "its tiles overlap, have padding or are not square, which no pooling of the engine has");
    }
    int area = layer.output(shape).rows() * layer.output(shape).columns();
    double[] numbers = new double[size(extents)];
    Arrays.setAll(numbers, i -> planes[i / area] * area + i % area);
    return new Converted(layer, List.of(), Tensor.of(numbers, extents));
  }

  private static int size(int[] extents) {
    return Arrays.stream(extents).reduce(1, Math::multiplyExact);
  }

  /**
   * Means that are each over a whole channel: the mean of the channels' numbers is one of them, and
   * so is that of their squares.
   */
  static Converted global(Site site) {
    Node node = site.only();
    Places input = site.input();
    Tensor places = input.numbers();
    double[] channels = new double[places.size()];
    Arrays.setAll(channels, i -> input.at(i) / input.area());
    double[] squares = Arrays.stream(channels).map(c -> c * c).toArray();
    Tensor means = site.computed(node, Tensor.of(channels, places.shape()));
    Tensor ofSquares = site.computed(node, Tensor.of(squares, places.shape()));
    double[] numbers = Arrays.stream(means.values()).map(Math::rint).toArray();
    for (int i = 0; i < numbers.length; i++) {
      if (Math.abs(ofSquares.value(i) - numbers[i] * numbers[i]) > 1e-6) {
        numbers = new double[0];
      }
    }
    Places output =
        new Places(
            numbers.length == 0 ? Tensor.zeros(0) : Tensor.of(numbers, means.shape()),
            Shape.flat(site.shape().channels()));
    if (!input.areWhole() || !output.areWhole()) {
      throw site.refused("it is no mean over all rows and columns of each channel");
    }
    return new Converted(new Pooling.GlobalAveragePooling(), List.of(), output.numbers());
  }
}
