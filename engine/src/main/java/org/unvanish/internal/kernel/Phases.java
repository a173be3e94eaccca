package org.unvanish.internal.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.unvanish.data.Shape;

/**
 * Tensors laid out anew so that a convolution with any stride and padding becomes convolutions with
 * stride 1, whose neighbouring outputs read neighbouring inputs.
 *
 * <p>With stride s, the input places that a tap meets are s apart. A <em>phase</em> holds all
 * places with the same row and column modulo s, counted from the padding's first zero: each tap
 * reads one phase only, place by place. So no multiplication is done in vain; the price is a copy
 * of the input on the way forth and of its gradient on the way back. Phases that no tap reads are
 * left out, as where the stride is larger than the kernel.
 */
public final class Phases {

  private static final int COUNT = Lanes.COUNT;

  /**
   * The places of the input with one row and column modulo the stride, on the way back.
   *
   * @param gradient with respect to them, [channel][row][column]
   * @param positions in the kernel of the taps that read them
   * @param taps likewise their offsets in {@link Phases#outGradient}, within a channel
   */
  public record Phase(LaneTensor gradient, int[] positions, int[] taps) {}

  private final Shape shape;
  private final Shape outShape;
  private final Window window;
  private final int rowPhases;
  private final int columnPhases;
  private final LaneTensor input;
  private final LaneTensor outGradient;
  private final List<Phase> phases = new ArrayList<>();

  /**
   * @param in the input's shape; tensors of as many values in columns of one are read as one row
   * @param out the output's shape
   * @param window the kernel that moves over the input
   */
  public Phases(Shape in, Shape out, Window window) {
    this.shape = in;
    this.outShape = out;
    this.window = window;
    this.rowPhases = Math.min(window.rowStride(), window.rows());
    this.columnPhases = Math.min(window.columnStride(), window.columns());
    int rows = out.rows() + rowReach();
    int columns = out.columns() + columnReach();
    this.input =
        new LaneTensor(new Shape(rowPhases * columnPhases * in.channels(), rows, columns), 0);
    this.outGradient =
        new LaneTensor(new Shape(out.channels(), rows + rowReach(), columns + columnReach()), 0);
    for (int i = 0; i < rowPhases * columnPhases; i++) {
      phases.add(phase(i / columnPhases, i % columnPhases, rows, columns));
    }
  }

  /** Places of a phase that a kernel reads after its first one. */
  private int rowReach() {
    return (window.rows() - 1) / window.rowStride();
  }

  private int columnReach() {
    return (window.columns() - 1) / window.columnStride();
  }

  private Phase phase(int row, int column, int rows, int columns) {
    int[] positions = new int[window.area()];
    int[] taps = new int[window.area()];
    int n = 0;
    // Turned by half a turn: the last tap of the kernel comes first.
    for (int i = window.area() - 1; i >= 0; i--) {
      int r = i / window.columns();
      int c = i % window.columns();
      if (r % window.rowStride() == row && c % window.columnStride() == column) {
        positions[n] = i;
        taps[n++] =
            (rowReach() - r / window.rowStride()) * outGradient.rowStride
                + (columnReach() - c / window.columnStride()) * COUNT;
      }
    }
    return new Phase(
        new LaneTensor(new Shape(shape.channels(), rows, columns), 0),
        Arrays.copyOf(positions, n),
        Arrays.copyOf(taps, n));
  }

  /** The input, phase by phase, each with all channels; {@link #read} fills it. */
  public LaneTensor input() {
    return input;
  }

  /** The taps' offsets in {@link #input} within a channel of the first phase, in row order. */
  int[] taps() {
    int[] taps = new int[window.area()];
    for (int i = 0; i < taps.length; i++) {
      int row = i / window.columns();
      int column = i % window.columns();
      int phase = row % window.rowStride() * columnPhases + column % window.columnStride();
      taps[i] =
          phase * shape.channels() * input.channelStride
              + row / window.rowStride() * input.rowStride
              + column / window.columnStride() * COUNT;
    }
    return taps;
  }

  Window window() {
    return window;
  }

  Shape shape() {
    return shape;
  }

  Shape outShape() {
    return outShape;
  }

  /** The gradient with respect to the output with zeros around; {@link #readGradient} fills it. */
  LaneTensor outGradient() {
    return outGradient;
  }

  /** All phases that a tap reads. */
  public List<Phase> phases() {
    return phases;
  }

  /** Takes over the input. */
  public void read(LaneTensor in) {
    for (int i = 0; i < phases.size(); i++) {
      int row = i / columnPhases - window.rowPadding();
      int column = i % columnPhases - window.columnPadding();
      for (int channel = 0; channel < shape.channels(); channel++) {
        int to = i * shape.channels() + channel;
        for (int q = 0; q < input.shape.rows(); q++) {
          int r = row + q * window.rowStride();
          if (r >= 0 && r < shape.rows()) {
            int from = first(column);
            int end = end(column);
            copy(
                in.values,
                place(in, channel, r, column + from * window.columnStride()),
                window.columnStride() * step(in),
                input.values,
                input.index(to, q, from),
                COUNT,
                end - from);
          }
        }
      }
    }
  }

  /** The first place of a phase's row that is not padding. */
  private int first(int column) {
    return column >= 0 ? 0 : (-column + window.columnStride() - 1) / window.columnStride();
  }

  /** Where a place of the input lies in a tensor of its shape, or of as many values in another. */
  private int place(LaneTensor tensor, int channel, int row, int column) {
    return tensor.index((channel * shape.rows() + row) * shape.columns() + column);
  }

  /** Floats from one column of the input to the next, which may be the next channel there. */
  private int step(LaneTensor tensor) {
    return tensor.shape.columns() == shape.columns() ? COUNT : tensor.channelStride;
  }

  /** The place of a phase's row after the last one that is not padding. */
  private int end(int column) {
    int stride = window.columnStride();
    return Math.min(input.shape.columns(), (shape.columns() - column + stride - 1) / stride);
  }

  private static void copy(
      float[] from, int at, int step, float[] to, int index, int toStep, int places) {
    if (step == COUNT && toStep == COUNT && places > 0) {
      System.arraycopy(from, at, to, index, places * COUNT);
      return;
    }
    for (int i = 0; i < places; i++) {
      System.arraycopy(from, at + i * step, to, index + i * toStep, COUNT);
    }
  }

  /** Takes over the gradient with respect to the output. */
  public void readGradient(LaneTensor gradient) {
    for (int channel = 0; channel < outShape.channels(); channel++) {
      for (int row = 0; row < outShape.rows(); row++) {
        System.arraycopy(
            gradient.values,
            gradient.index(channel, row, 0),
            outGradient.values,
            outGradient.index(channel, row + rowReach(), columnReach()),
            outShape.columns() * COUNT);
      }
    }
  }

  /** Writes the gradient with respect to the input; where no tap reads, it is 0. */
  public void writeGradient(LaneTensor inGradient) {
    for (int channel = 0; channel < shape.channels(); channel++) {
      for (int r = 0; r < shape.rows(); r++) {
        for (int c = 0; c < shape.columns(); c++) {
          int at = place(inGradient, channel, r, c);
          Arrays.fill(inGradient.values, at, at + COUNT, 0);
        }
        int row = (r + window.rowPadding()) % window.rowStride();
        int q = (r + window.rowPadding()) / window.rowStride();
        if (row < rowPhases && q < input.shape.rows()) {
          writeRow(inGradient, channel, r, row * columnPhases, q);
        }
      }
    }
  }

  private void writeRow(LaneTensor inGradient, int channel, int r, int firstPhase, int q) {
    for (int i = 0; i < columnPhases; i++) {
      int column = i - window.columnPadding();
      int from = first(column);
      LaneTensor phase = phases.get(firstPhase + i).gradient();
      copy(
          phase.values,
          phase.index(channel, q, from),
          COUNT,
          inGradient.values,
          place(inGradient, channel, r, column + from * window.columnStride()),
          window.columnStride() * step(inGradient),
          end(column) - from);
    }
  }
}
