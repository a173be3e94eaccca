package org.unvanish.model.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.unvanish.data.Shape;
import org.unvanish.model.graph.Attributes;
import org.unvanish.model.graph.Node;
import org.unvanish.model.graph.Tensor;
import org.unvanish.network.Convolutional;
import org.unvanish.network.Convolutional.Convolution;
import org.unvanish.network.Convolutional.Convolution1d;
import org.unvanish.network.Padding;

/** Convolutions of images and signals. */
final class ConvolutionNodes {

  private ConvolutionNodes() {}

  static Converted convert(Site given) {
    Node node = given.first();
    Tensor kernels = given.need(node, 1);
    boolean signal = kernels.rank() == 3;
    Site site = signal ? ofSignal(given) : given;
    int[] planes = site.planes();
    int channels = kernels.extent(1);
    if (kernels.rank() > 4 || kernels.rank() < 3 || channels != site.shape().channels()) {
      throw site.refused("only plain convolutions of images and signals are layers of the engine");
    }
    int area = kernels.size() / kernels.extent(0) / channels;
    double[] weights = new double[kernels.size()];
    for (int i = 0; i < weights.length; i++) {
      int kernel = i / area;
      int from = kernel % channels;
      weights[(kernel - from + planes[from]) * area + i % area] = kernels.value(i);
    }
    List<double[]> parameters = new ArrayList<>(List.of(weights));
    bias(site, kernels).ifPresent(parameters::add);
    int[] extents = site.extents(node);
    Convolutional layer = layer(site, kernels, extents, parameters.size() > 1);
    return new Converted(layer, parameters, Places.inOrder(extents));
  }

  /** The engine reads the columns of a table as a signal of one channel. */
  private static Site ofSignal(Site site) {
    Shape shape = site.shape();
    boolean flat = shape.columns() == 1 && shape.rows() == 1;
    return flat
        ? new Site(
            site.layer(),
            site.nodes(),
            new Places(site.input().numbers(), new Shape(1, 1, shape.channels())),
            site.values())
        : site;
  }

  private static Optional<double[]> bias(Site site, Tensor kernels) {
    Optional<Tensor> own = site.given(site.first(), 2);
    if (own.isPresent()) {
      site.only();
      return own.map(Tensor::values);
    }
    return DenseNodes.added(site, kernels.extent(0), kernels.rank() - 2);
  }

  private static Convolutional layer(Site site, Tensor kernels, int[] extents, boolean bias) {
    Attributes attributes = site.first().attributes();
    int axes = kernels.rank() - 2;
    int kernel = kernels.extent(2);
    int filters = kernels.extent(0);
    long[] strides = attributes.integers("strides", ones(axes));
    boolean even =
        kernels.extent(-1) == kernel
            && Arrays.stream(strides).distinct().count() == 1
            && Arrays.stream(attributes.integers("dilations", ones(axes))).allMatch(d -> d == 1)
            && attributes.integer("group", 1) == 1;
    if (!even) {
      throw site.refused(
          "its kernel or stride differs by axis, or it has dilations or groups, which no convolution of the engine has");
    }
    int stride = (int) strides[0];
    for (Padding padding : Padding.values()) {
      if (padding == Padding.SAME && kernel % 2 == 0) {
        continue;
      }
      Convolutional layer =
          axes == 1
              ? new Convolution1d(kernel, filters, bias, stride, padding)
              : new Convolution(kernel, filters, bias, stride, padding);
      if (pads(site, layer, extents)) {
        return layer;
      }
    }
    throw site.refused(
        "its padding is neither none nor (k − 1)/2 zeros on every side, as the engine's");
  }

  /** Whether a layer begins and ends where the node does. */
  private static boolean pads(Site site, Convolutional layer, int[] extents) {
    Shape input = layer.read(site.shape());
    Shape output;
    try {
      output = layer.output(site.shape());
    } catch (IllegalArgumentException e) {
      return false;
    }
    int[] sizes = {input.rows(), input.columns()};
    int[] made = {output.rows(), output.columns()};
    int axes = extents.length - 2;
    for (int axis = 0; axis < axes; axis++) {
      int of = axes == 1 ? 1 : axis;
      int extent = extents[2 + axis];
      if (made[of] != extent
          || zerosBefore(site, axis, axes, sizes[of], extent, layer)
              != layer.padding().zeros(layer.kernel())) {
        return false;
      }
    }
    return true;
  }

  private static long zerosBefore(
      Site site, int axis, int axes, int size, int extent, Convolutional layer) {
    Attributes attributes = site.first().attributes();
    int all = Math.max(0, (extent - 1) * layer.stride() + layer.kernel() - size);
    return switch (attributes.text("auto_pad", "NOTSET")) {
      case "VALID" -> 0;
      case "SAME_UPPER" -> all / 2;
      case "SAME_LOWER" -> all - all / 2;
      default -> attributes.integers("pads", new long[2 * axes])[axis];
    };
  }

  private static long[] ones(int count) {
    long[] ones = new long[count];
    Arrays.fill(ones, 1);
    return ones;
  }
}
