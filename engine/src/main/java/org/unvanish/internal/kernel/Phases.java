package org.unvanish.internal.kernel;

import static org.unvanish.internal.kernel.Lanes.LENGTH;
import static org.unvanish.internal.kernel.Lanes.SPECIES;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.FloatVector;
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
   * The places of the input with one row and column modulo the stride, but those that no tap reads.
   *
   * @param number of the phase
   * @param row of its first place in the input
   * @param column of its first place in the input
   * @param paddingRows places of the phase above that one, which are padding
   * @param paddingColumns places of the phase before that one, which are padding
   * @param gradient with respect to its places, [channel][row][column], on the way back
   * @param positions in the kernel of the taps that read them
   * @param taps likewise their offsets in {@link Phases#outGradient}, within a channel
   */
  // The kernels' own offsets: nobody compares them.
  @SuppressWarnings("ArrayRecordComponent")
  public record Phase(
      int number,
      int row,
      int column,
      int paddingRows,
      int paddingColumns,
      LaneTensor gradient,
      int[] positions,
      int[] taps) {}

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
      addPhase(i, i / columnPhases, i % columnPhases);
    }
  }

  /** Places of a phase that a kernel reads after its first one. */
  private int rowReach() {
    return (window.rows() - 1) / window.rowStride();
  }

  private int columnReach() {
    return (window.columns() - 1) / window.columnStride();
  }

  private void addPhase(int number, int row, int column) {
    int r = row - window.rowPadding();
    int c = column - window.columnPadding();
    int paddingRows = paddingPlaces(r, window.rowStride());
    int paddingColumns = paddingPlaces(c, window.columnStride());
    int rows = places(r, window.rowStride(), shape.rows(), input.shape.rows()) - paddingRows;
    int columns =
        places(c, window.columnStride(), shape.columns(), input.shape.columns()) - paddingColumns;
    if (rows < 1 || columns < 1) {
      return;
    }
    int[] positions = new int[window.area()];
    int[] taps = new int[window.area()];
    int n = 0;
    // Turned by half a turn: the last tap of the kernel comes first.
    for (int i = window.area() - 1; i >= 0; i--) {
      int tapRow = i / window.columns();
      int tapColumn = i % window.columns();
      if (tapRow % window.rowStride() == row && tapColumn % window.columnStride() == column) {
        positions[n] = i;
        taps[n++] =
            (paddingRows + rowReach() - tapRow / window.rowStride()) * outGradient.rowStride
                + (paddingColumns + columnReach() - tapColumn / window.columnStride()) * COUNT;
      }
    }
    phases.add(
        new Phase(
            number,
            r + paddingRows * window.rowStride(),
            c + paddingColumns * window.columnStride(),
            paddingRows,
            paddingColumns,
            new LaneTensor(new Shape(shape.channels(), rows, columns), 0),
            Arrays.copyOf(positions, n),
            Arrays.copyOf(taps, n)));
  }

  /** Places that lie before the input if the first one does at {@code first}, below 0. */
  private static int paddingPlaces(int first, int stride) {
    return first >= 0 ? 0 : (-first + stride - 1) / stride;
  }

  /** Places up to the end of the input, of which taps read at most so many. */
  private static int places(int first, int stride, int length, int most) {
    return Math.min(most, Math.floorDiv(length - first + stride - 1, stride));
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
    int step = window.columnStride() * step(in);
    for (int i = 0; i < phases.size(); i++) {
      Phase phase = phases.get(i);
      Shape places = phase.gradient.shape;
      for (int channel = 0; channel < shape.channels(); channel++) {
        int to = phase.number * shape.channels() + channel;
        for (int q = 0; q < places.rows(); q++) {
          int r = phase.row + q * window.rowStride();
          copy(
              in.values,
              place(in, channel, r, phase.column),
              step,
              input.values,
              input.index(to, phase.paddingRows + q, phase.paddingColumns),
              COUNT,
              places.columns());
        }
      }
    }
  }

  private static void copy(
      float[] from, int at, int step, float[] to, int index, int toStep, int places) {
    for (int i = 0; i < places; i++) {
      for (int lane = 0; lane < COUNT; lane += LENGTH) {
        FloatVector.fromArray(SPECIES, from, at + i * step + lane)
            .intoArray(to, index + i * toStep + lane);
      }
    }
  }

  /** Where a place of the input lies in a tensor of its shape, or of as many values in another. */
  private int place(LaneTensor tensor, int channel, int row, int column) {
    return tensor.index((channel * shape.rows() + row) * shape.columns() + column);
  }

  /** Floats from one column of the input to the next, which may be the next channel there. */
  private int step(LaneTensor tensor) {
    return tensor.shape.columns() == shape.columns() ? COUNT : tensor.channelStride;
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
    for (int i = 0; i < shape.size(); i++) {
      int at = inGradient.index(i);
      Arrays.fill(inGradient.values, at, at + COUNT, 0);
    }
    int step = window.columnStride() * step(inGradient);
    for (int i = 0; i < phases.size(); i++) {
      Phase phase = phases.get(i);
      Shape places = phase.gradient.shape;
      for (int channel = 0; channel < shape.channels(); channel++) {
        for (int q = 0; q < places.rows(); q++) {
          int r = phase.row + q * window.rowStride();
          copy(
              phase.gradient.values,
              phase.gradient.index(channel, q, 0),
              COUNT,
              inGradient.values,
              place(inGradient, channel, r, phase.column),
              step,
              places.columns());
        }
      }
    }
  }
}
