package org.unvanish.model.graph;

import java.util.Arrays;

/**
 * How a window of a convolution or a pooling moves over one or two axes. One axis is treated as two
 * with a first extent of 1.
 *
 * @param input height and width of what it moves over
 * @param kernel height and width of the window
 * @param strides how far it moves at a time
 * @param dilations how far its elements are apart
 * @param before padding above and on the left
 * @param after padding below and on the right
 * @param output how many places it has
 */
record Window(
    int[] input,
    int[] kernel,
    int[] strides,
    int[] dilations,
    int[] before,
    int[] after,
    int[] output) {
  /**
   * Reads the attributes of a node.
   *
   * @param shape of its first input: batch, channels, and one or two more
   * @param kernel as many extents as there are more
   */
  static Window of(Call call, int[] shape, long... kernel) {
    int axes = shape.length - 2;
    if (axes != 1 && axes != 2) {
      throw call.refused(
          "its input has the shape "
              + Arrays.toString(shape)
              + ", and only windows of one or two"
              + " axes are computed");
    }
    int[] input = extended(call, axes, 1, shape[shape.length - 2], shape[shape.length - 1]);
    if (axes == 1) {
      input = new int[] {1, shape[2]};
    }
    int[] size = extended(call, axes, 1, kernel);
    int[] strides = extended(call, axes, 1, call.attributes().integers("strides", ones(axes)));
    int[] dilations = extended(call, axes, 1, call.attributes().integers("dilations", ones(axes)));
    long[] pads = call.attributes().integers("pads", new long[2 * axes]);
    if (pads.length != 2 * axes) {
      throw call.refused("its pads are " + pads.length + " numbers, and not " + 2 * axes);
    }
    int[] before = extended(call, axes, 0, Arrays.copyOfRange(pads, 0, axes));
    int[] after = extended(call, axes, 0, Arrays.copyOfRange(pads, axes, 2 * axes));
    int[] output = new int[2];
    for (int axis = 0; axis < 2; axis++) {
      long reach = (size[axis] - 1L) * dilations[axis] + 1;
      automatic(call, axis, reach, input[axis], strides[axis], before, after);
      output[axis] = output(call, reach, input[axis], strides[axis], before[axis], after[axis]);
    }
    return new Window(input, size, strides, dilations, before, after, output);
  }

  private static void automatic(
      Call call, int axis, long reach, int input, int stride, int[] before, int[] after) {
    String way = call.attributes().text("auto_pad", "NOTSET");
    switch (way) {
      case "NOTSET", "" -> {}
      case "VALID" -> {
        before[axis] = 0;
        after[axis] = 0;
      }
      case "SAME_UPPER", "SAME_LOWER" -> {
        long places = (input + stride - 1L) / stride;
        long pad = Math.max(0, (places - 1) * stride + reach - input);
        if (pad > Integer.MAX_VALUE) {
          throw call.refused("its window is too large");
        }
        int less = (int) (pad / 2);
        int more = (int) (pad - less);
        before[axis] = way.equals("SAME_UPPER") ? less : more;
        after[axis] = way.equals("SAME_UPPER") ? more : less;
      }
      default -> throw call.refused("its auto_pad is " + way);
    }
  }

  private static int output(Call call, long reach, int input, int stride, int before, int after) {
    long room = (long) input + before + after - reach;
    if (room < 0) {
      throw call.refused("its window is larger than its input");
    }
    boolean up = call.attributes().flag("ceil_mode", false);
    long places = (up ? (room + stride - 1) / stride : room / stride) + 1;
    // As in PyTorch: no window begins behind the input.
    if (up && (places - 1) * stride >= (long) input + before) {
      places--;
    }
    if (places > Integer.MAX_VALUE) {
      throw call.refused("its window has too many places");
    }
    return (int) places;
  }

  private static long[] ones(int axes) {
    long[] ones = new long[axes];
    Arrays.fill(ones, 1);
    return ones;
  }

  /** One or two numbers as two; none below a least. */
  private static int[] extended(Call call, int axes, int least, long... values) {
    if (values.length != axes && values.length != 2) {
      throw call.refused(Arrays.toString(values) + " is not of " + axes + " numbers");
    }
    int[] result = {least, least};
    for (int i = 0; i < values.length; i++) {
      long value = values[i];
      if (value < least || value > Integer.MAX_VALUE / 4) {
        throw call.refused("it has " + value + " among its strides, dilations, pads or extents");
      }
      result[2 - values.length + i] = (int) value;
    }
    return result;
  }

  /** How many elements it has. */
  int size() {
    return kernel[0] * kernel[1];
  }

  /** How many places it has. */
  int places() {
    return output[0] * output[1];
  }

  /** How many elements a channel of the input has. */
  int plane() {
    return input[0] * input[1];
  }

  /**
   * Where in a channel one of its elements lies.
   *
   * @return −1 if that is padding
   */
  int element(int row, int column, int place) {
    int y = place / output[1] * strides[0] - before[0] + row * dilations[0];
    int x = place % output[1] * strides[1] - before[1] + column * dilations[1];
    return y < 0 || y >= input[0] || x < 0 || x >= input[1] ? -1 : y * input[1] + x;
  }

  /** Whether one of its elements lies within the input or the padding that the node names. */
  boolean covers(int row, int column, int place) {
    long y = (long) place / output[1] * strides[0] - before[0] + (long) row * dilations[0];
    long x = (long) place % output[1] * strides[1] - before[1] + (long) column * dilations[1];
    return y < (long) input[0] + after[0] && x < (long) input[1] + after[1];
  }

  /** The shape of what comes out. */
  int[] shape(int[] inputShape, int channels) {
    int[] shape = inputShape.clone();
    shape[1] = channels;
    shape[shape.length - 1] = output[1];
    if (shape.length == 4) {
      shape[2] = output[0];
    }
    return shape;
  }
}
