package org.unvanish.internal.stage;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.unvanish.data.Shape;
import org.unvanish.internal.kernel.LaneTensor;
import org.unvanish.internal.kernel.Lanes;
import org.unvanish.internal.kernel.StepKernel;
import org.unvanish.network.Recurrent;

/**
 * One direction of a recurrent layer over all steps of a block.
 *
 * <p>Steps are done up to the longest sequence of the block. In lanes whose sequence has ended, or,
 * read backwards, has yet to begin, the state stays, and so does the gradient with respect to it.
 */
final class Unrolled {

  private final Cell cell;
  private final LaneTensor in;
  private final int direction;
  private final boolean reverse;
  private final boolean all;
  private final int units;
  private final int channel;
  private final int truncate;
  private final Pass pass;

  /** Before the first step, and after each one. */
  private final LaneTensor[] states;

  /** After a step and before it, in turn. */
  private final LaneTensor[] stateGradients;

  /** What is read at each step. */
  private final LaneTensor[] read;

  private final LaneTensor xGradient;
  private final LaneTensor zeros;
  private final LaneTensor scratch;

  /** Of the lanes: steps that are real, those at hand among them, and those that end a part. */
  private final int[] lengths = new int[Lanes.COUNT];

  private final float[] real = new float[Lanes.COUNT];
  private final float[] cuts = new float[Lanes.COUNT];
  private int longest;
  private int shortest;

  /** Looks at the steps; null where nobody does. */
  private @Nullable StepVisitor visitor;

  /** What is shown: of the row at hand, how many states there are behind its own. */
  private final int[] back = new int[Lanes.COUNT];

  private final StepSizes sizes;
  private int shownRow;

  /**
   * @param in what the layer reads
   * @param direction its number, from 0; the second one reads backwards
   */
  Unrolled(Recurrent layer, Cell cell, LaneTensor in, int direction, Pass pass) {
    this.cell = cell;
    this.in = in;
    this.direction = direction;
    this.reverse = direction == 1;
    this.all = layer.output() == Recurrent.Output.ALL;
    this.units = layer.units();
    this.channel = direction * units;
    this.truncate = layer.truncate();
    this.pass = pass;
    int steps = in.shape().rows();
    LaneTensor[] after = cell.states();
    this.states = new LaneTensor[steps + 1];
    this.stateGradients = new LaneTensor[] {cell.state(), cell.state()};
    states[0] = cell.state();
    System.arraycopy(after, 0, states, 1, steps);
    Shape features = Shape.flat(in.shape().channels());
    this.read = new LaneTensor[steps];
    Arrays.setAll(read, step -> pass.tensor(features, 0));
    this.xGradient = new LaneTensor(features, 0);
    this.sizes = cell.sizes();
    this.zeros = cell.state();
    this.scratch = cell.state();
  }

  Cell cell() {
    return cell;
  }

  /** Lets a visitor look at the steps of all batches to come. */
  void visit(StepVisitor looking) {
    visitor = looking;
    cell.visitor =
        (sums, first) -> {
          count(shownRow, false);
          looking.forward(direction, back, sums, first);
        };
  }

  /**
   * Counts the states behind that of a row.
   *
   * @param cut whether the way back is cut where layers do so
   */
  private void count(int row, boolean cut) {
    for (int lane = 0; lane < Lanes.COUNT; lane++) {
      int behind = reverse ? row : lengths[lane] - 1 - row;
      boolean real = row < lengths[lane] && !(cut && truncate > 0 && behind >= truncate);
      back[lane] = real ? behind : -1;
    }
  }

  /** The row of a step: steps have the numbers in which they are done. */
  private int row(int step) {
    return reverse ? longest - 1 - step : step;
  }

  private void measure() {
    int steps = in.shape().rows();
    longest = 1;
    shortest = steps;
    for (int lane = 0; lane < Lanes.COUNT; lane++) {
      lengths[lane] = pass.steps(lane, steps);
      longest = Math.max(longest, lengths[lane]);
      shortest = Math.min(shortest, lengths[lane]);
    }
  }

  /** Whether a row is padding in some lanes: then {@link #real} tells in which it is not. */
  private boolean isPadded(int row) {
    if (row < shortest) {
      return false;
    }
    for (int lane = 0; lane < Lanes.COUNT; lane++) {
      real[lane] = row < lengths[lane] ? 1 : 0;
    }
    return true;
  }

  void forward(LaneTensor out) {
    measure();
    for (int step = 0; step < longest; step++) {
      int row = row(step);
      LaneTensor state = states[step + 1];
      StepKernel.read(in, row, read[step]);
      shownRow = row;
      cell.forward(step, read[step], states[step], state);
      LaneTensor seen = state;
      if (isPadded(row)) {
        StepKernel.choose(real, state, states[step], state);
        StepKernel.choose(real, state, zeros, scratch);
        seen = scratch;
      }
      if (all) {
        StepKernel.write(seen, out, channel, units, row);
      }
    }
    if (all) {
      for (int row = longest; row < out.shape().rows(); row++) {
        StepKernel.clear(out, channel, units, row);
      }
    } else {
      StepKernel.write(states[longest], out, channel, units, 0);
    }
  }

  /** Goes back through all steps and adds the gradients of the parameters. */
  void backward(LaneTensor outGradient) {
    measure();
    LaneTensor last = stateGradients[longest % 2];
    StepKernel.clear(last);
    if (!all) {
      StepKernel.addTo(last, outGradient, channel, units, 0);
    }
    for (int step = longest - 1; step >= 0; step--) {
      int row = row(step);
      boolean padded = isPadded(row);
      LaneTensor after = stateGradients[(step + 1) % 2];
      LaneTensor before = stateGradients[step % 2];
      if (all) {
        addOutputGradient(outGradient, row, padded, after);
      }
      LaneTensor own = after;
      if (padded) {
        StepKernel.choose(real, after, zeros, scratch);
        own = scratch;
      }
      cell.backward(step, states[step], states[step + 1], own, before);
      if (visitor != null) {
        show(visitor, step, row, own, before);
      }
      if (isCut(row)) {
        StepKernel.choose(cuts, zeros, before, before);
      }
      if (padded) {
        StepKernel.choose(real, before, after, before);
      }
    }
    cell.addParameterGradients(read, states, longest);
  }

  private void show(StepVisitor looking, int step, int row, LaneTensor own, LaneTensor before) {
    cell.measure(step, own, before, sizes);
    count(row, true);
    looking.backward(direction, back, sizes);
  }

  private void addOutputGradient(
      LaneTensor outGradient, int row, boolean padded, LaneTensor after) {
    if (!padded) {
      StepKernel.addTo(after, outGradient, channel, units, row);
      return;
    }
    StepKernel.clear(scratch);
    StepKernel.addTo(scratch, outGradient, channel, units, row);
    StepKernel.choose(real, scratch, zeros, scratch);
    StepKernel.addTo(after, scratch);
  }

  /** Whether the way back is cut in front of a step: {@link #cuts} tells in which lanes. */
  private boolean isCut(int row) {
    boolean some = false;
    for (int lane = 0; lane < Lanes.COUNT && truncate > 0; lane++) {
      int left = reverse ? row + 1 : lengths[lane] - row;
      boolean cut = left % truncate == 0;
      cuts[lane] = cut ? 1 : 0;
      some |= cut;
    }
    return some;
  }

  /** Writes the gradient with respect to the input, or adds it to that of another direction. */
  void inputGradient(LaneTensor inGradient, boolean adds) {
    for (int step = 0; step < longest; step++) {
      cell.input.inputGradient(cell.sumGradients()[step], xGradient);
      if (adds) {
        StepKernel.add(xGradient, inGradient, row(step));
      } else {
        StepKernel.write(xGradient, inGradient, 0, in.shape().channels(), row(step));
      }
    }
    for (int row = longest; row < in.shape().rows() && !adds; row++) {
      StepKernel.clear(inGradient, 0, in.shape().channels(), row);
    }
  }
}
