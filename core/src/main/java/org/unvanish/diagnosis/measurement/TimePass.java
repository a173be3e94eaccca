package org.unvanish.diagnosis.measurement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The backward pass of one mini-batch through the steps of a recurrent layer, in one of its
 * directions. {@link BackwardPass#time} makes it.
 *
 * <p>Samples are measured from the last of their states to the first, step by step, so that the
 * ends of sequences of different lengths stand beside each other. A step counts only for those
 * samples that have a state before it: with respect to what a sequence starts from, nobody learns.
 */
public final class TimePass {

  /** From the last state of a sample on. */
  private static final class Way {
    /** What is carried to each state, as log₁₀; NaN as long as nothing has arrived. */
    private float[] carried = new float[16];

    private int states;
    private double log10 = Double.NaN;
    private StepSquares step = new StepSquares(0, 0, 0);

    private void add(StepSquares next) {
      if (states > 0) {
        pass(step);
      }
      if (Double.isNaN(log10) && next.state() > 0) {
        log10 = 0;
      }
      step = next;
      carried = states < carried.length ? carried : Arrays.copyOf(carried, 2 * states);
      carried[states++] = (float) log10;
    }

    private void pass(StepSquares done) {
      // What has overflowed tells no more.
      if (log10 != Double.POSITIVE_INFINITY && done.state() > 0) {
        double sum = log10 + log10(done.state(), done.before());
        log10 = Double.isNaN(sum) ? Double.POSITIVE_INFINITY : sum;
      }
    }
  }

  /** Sums over all samples that have a step. */
  private static final class Step {
    private double state;
    private double sums;
    private double recurrent;
    private double before;
    private double past;
    private double kept;

    private void add(StepSquares own) {
      state += own.state();
      sums += own.sums();
      recurrent += own.recurrent();
      before += own.before();
      past += own.past();
      kept += own.kept();
    }
  }

  private final int values;
  private final List<Way> samples = new ArrayList<>();

  /** From each state to the one before it. */
  private final List<Step> steps = new ArrayList<>();

  /** The gradient with respect to each state, of all samples that have it. */
  private final List<ScaledSum> states = new ArrayList<>();

  private boolean gated;

  /**
   * @param values of a state
   */
  TimePass(int values) {
    this.values = values;
  }

  /**
   * Adds a step of a sample; its steps come one after the other, from the last to the first.
   *
   * @param sample its number in the mini-batch
   * @param back how many states there are behind that after the step: 0 for the last step
   */
  public void add(int sample, int back, StepSquares squares) {
    while (samples.size() <= sample) {
      samples.add(new Way());
    }
    if (states.size() <= back) {
      states.add(new ScaledSum());
    }
    Way way = samples.get(sample);
    if (back > 0) {
      if (steps.size() < back) {
        steps.add(new Step());
      }
      steps.get(back - 1).add(way.step);
    }
    way.add(squares);
    double state = squares.state();
    states.get(back).add(Double.isFinite(state) ? state : 0, 0, values);
    gated = !Double.isNaN(squares.past());
  }

  boolean isGated() {
    return gated;
  }

  /** Steps of the longest sequence that lie between two of its states. */
  int steps() {
    return steps.size();
  }

  /** Root mean square of the gradient with respect to a state, as log₁₀. */
  double stateLog10(int back) {
    return states.get(back).rmsLog10();
  }

  /** What is carried to a state, of all samples that have it and something has arrived at. */
  DoubleStream carriedLog10(int back) {
    return samples.stream()
        .filter(way -> back < way.states)
        .mapToDouble(way -> way.carried[back])
        .filter(log10 -> !Double.isNaN(log10));
  }

  /** Whether single precision could hold all of a step. */
  boolean isFinite(int back) {
    Step step = steps.get(back);
    return Double.isFinite(step.state + step.sums + step.recurrent + step.before);
  }

  /** What the layer does on all ways from a state to the one before it; NaN if nothing arrives. */
  double stepLog10(int back) {
    return log10(steps.get(back).state, steps.get(back).before);
  }

  /** From a state to the sums that make it. */
  double activationLog10(int back) {
    return log10(steps.get(back).state, steps.get(back).sums);
  }

  /** From the sums to the state before them. */
  double recurrentLog10(int back) {
    return log10(steps.get(back).sums, steps.get(back).recurrent);
  }

  /** Past the sums. */
  double cellLog10(int back) {
    return log10(steps.get(back).past, steps.get(back).kept);
  }

  private static double log10(double from, double to) {
    return from == 0 ? Double.NaN : (StrictMath.log10(to) - StrictMath.log10(from)) / 2;
  }
}
