package org.unvanish.model.keras;

import java.util.Arrays;
import java.util.List;
import org.unvanish.model.graph.Attributes;
import org.unvanish.model.graph.Tensor;

/**
 * Convolutions and pooling. Keras has channels last by default, ONNX has them second: values are
 * turned before the first of these layers, and stay so until a layer needs Keras's order.
 */
final class ConvolutionLayers {
  private static final Attributes NONE = Attributes.NONE;

  private ConvolutionLayers() {}

  /** Cross-correlation over so many axes, with a bias of each filter. */
  static Value convolution(LayerCall call, int dims) {
    Settings settings = call.settings();
    if (settings.integer("groups", 1) != 1) {
      throw call.unknown("convolutions in groups");
    }
    Window window = new Window(call, dims, "kernel_size", "strides", "dilation_rate");
    int filters = settings.integer("filters", 0);
    int[] expected = new int[dims + 2];
    for (int i = 0; i < dims; i++) {
      expected[i] = (int) window.size[i];
    }
    expected[dims] = -1;
    expected[dims + 1] = filters;
    Tensor weights = call.weight("kernel", expected);
    call.fits(window.x, window.channels, weights.extent(dims));
    String kernel = call.derived("kernel", weights, ConvolutionLayers::filtersFirst);
    Attributes attributes = window.attributes().with("dilations", list(window.dilation));
    String z =
        settings.flag("use_bias", true)
            ? call.main(
                "Conv",
                attributes,
                window.x.name(),
                kernel,
                call.constant("bias", call.weight("bias", filters)))
            : call.main("Conv", attributes, window.x.name(), kernel);
    return Activations.after(call, window.result(z, filters));
  }

  /** The mean or the largest of each window. */
  static Value pooling(LayerCall call, int dims, String operator) {
    Window window = new Window(call, dims, "pool_size", "strides", "none");
    String z = call.main(operator, window.attributes(), window.x.name());
    return window.result(z, window.x.extent(window.channels));
  }

  /** The mean or the largest of all places of a channel. */
  static Value globalPooling(LayerCall call, int dims, boolean mean) {
    Value given = call.input(dims + 2);
    boolean first = channelsFirst(call);
    Value x = first ? call.plain(given) : call.graph().turn(given, Value.channelsFirst(dims + 2));
    long channels = x.extent(first ? 1 : -1);
    String z = mean ? call.main("GlobalAveragePool", NONE, x.name()) : largest(call, x, first);
    if (call.settings().flag("keepdims", false)) {
      long[] shape = x.shape().clone();
      Arrays.fill(shape, first ? 2 : 1, first ? shape.length : shape.length - 1, 1);
      return new Value(z, shape, x.order());
    }
    String flat = call.node("Flatten", "channels", NONE.with("axis", 1L), z);
    return Value.plain(flat, given.extent(0), channels);
  }

  private static String largest(LayerCall call, Value x, boolean first) {
    int start = first ? 2 : 1;
    long[] all = Arrays.copyOfRange(x.shape(), start, start + x.rank() - 2);
    if (Arrays.stream(all).anyMatch(extent -> extent < 0)) {
      throw call.unknown("the largest value over an axis without a fixed length");
    }
    return call.main("MaxPool", NONE.with("kernel_shape", list(all)), x.name());
  }

  /** Zeros around: one pair of widths for each axis. */
  static Value padding(LayerCall call, int dims) {
    Value given = call.input(dims + 2);
    Value x =
        channelsFirst(call)
            ? call.plain(given)
            : call.graph().turn(given, Value.channelsFirst(dims + 2));
    long[][] widths = pairs(call, "padding", dims);
    long[] pads = new long[2 * (dims + 2)];
    long[] shape = x.shape().clone();
    for (int i = 0; i < dims; i++) {
      pads[2 + i] = widths[i][0];
      pads[dims + 4 + i] = widths[i][1];
      int axis = i + (channelsFirst(call) ? 2 : 1);
      shape[axis] = shape[axis] < 0 ? -1 : shape[axis] + widths[i][0] + widths[i][1];
    }
    String widthsOf = call.constant("pads", Tensor.integers(pads));
    return new Value(call.main("Pad", NONE, x.name(), widthsOf), shape, x.order());
  }

  private static long[][] pairs(LayerCall call, String name, int dims) {
    var value = call.settings().get(name);
    long[][] result = new long[dims][2];
    for (int i = 0; i < dims; i++) {
      var one =
          dims == 1 && value.path(0).isNumber() ? value : value.isArray() ? value.get(i) : value;
      for (int side = 0; side < 2; side++) {
        var width = one == null ? null : one.isArray() ? one.get(side) : one;
        if (width == null || !width.isInt() || width.intValue() < 0) {
          throw call.settings().refused(name, "it is not a pair of widths for each axis");
        }
        result[i][side] = width.intValue();
      }
    }
    return result;
  }

  static boolean channelsFirst(LayerCall call) {
    return call.settings().text("data_format", "channels_last").equals("channels_first");
  }

  static List<Long> list(long... values) {
    return Arrays.stream(values).boxed().toList();
  }

  /** Of (places…, inputs, filters) to (filters, inputs, places…). */
  private static Tensor filtersFirst(Tensor kernel) {
    int[] shape = kernel.shape();
    int dims = shape.length - 2;
    int inputs = shape[dims];
    int filters = shape[dims + 1];
    int places = kernel.size() / Math.max(1, inputs * filters);
    double[] from = kernel.values();
    double[] to = new double[from.length];
    for (int place = 0; place < places; place++) {
      for (int input = 0; input < inputs; input++) {
        for (int filter = 0; filter < filters; filter++) {
          to[(filter * inputs + input) * places + place] =
              from[(place * inputs + input) * filters + filter];
        }
      }
    }
    int[] result = new int[shape.length];
    result[0] = filters;
    result[1] = inputs;
    System.arraycopy(shape, 0, result, 2, dims);
    return Tensor.of(to, result);
  }

  /** What slides over the places of an input, and what is left of them. */
  private static final class Window {
    private final LayerCall call;
    private final Value x;
    private final int channels;
    private final long[] size;
    private final long[] stride;
    private final long[] dilation;
    private final String padding;

    Window(LayerCall call, int dims, String size, String stride, String dilation) {
      Value given = call.input(dims + 2);
      this.call = call;
      this.channels = channelsFirst(call) ? 1 : -1;
      this.x =
          channelsFirst(call)
              ? call.plain(given)
              : call.graph().turn(given, Value.channelsFirst(dims + 2));
      Settings settings = call.settings();
      boolean pools = size.equals("pool_size");
      this.size = settings.sizes(size, dims, pools ? 2 : 1);
      this.stride = pools && !settings.has(stride) ? this.size : settings.sizes(stride, dims, 1);
      this.dilation = settings.sizes(dilation, dims, 1);
      this.padding = settings.text("padding", "valid");
      if (!List.of("valid", "same", "causal").contains(padding)) {
        throw settings.refused("padding", "\"" + padding + "\" is unknown");
      }
    }

    Attributes attributes() {
      Attributes result = NONE.with("kernel_shape", list(size)).with("strides", list(stride));
      return switch (padding) {
        case "same" -> result.with("auto_pad", "SAME_UPPER");
        case "causal" -> result.with("pads", list(dilation[0] * (size[0] - 1), 0));
        default -> result;
      };
    }

    Value result(String name, long filters) {
      long[] shape = x.shape().clone();
      int start = channels == 1 ? 2 : 1;
      for (int i = 0; i < size.length; i++) {
        shape[start + i] = places(shape[start + i], i);
      }
      shape[channels == 1 ? 1 : shape.length - 1] = filters;
      return new Value(name, shape, x.order());
    }

    private long places(long extent, int axis) {
      if (extent < 0) {
        return -1;
      }
      long reach = padding.equals("valid") ? dilation[axis] * (size[axis] - 1) : 0;
      if (extent <= reach) {
        throw call.refused("its window is larger than its input of " + extent, Hdf5.SAVE_AGAIN);
      }
      return (extent - reach - 1) / stride[axis] + 1;
    }
  }
}
